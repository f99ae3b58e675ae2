# Everything here starts from Python 3.11 or newer with pip, and make. What is installed stays in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold
PAGES ?= ../shared/pages
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=requirements.lock $(BIN)/python -m pip install --quiet

.PHONY: demo test lint bench accuracy lock clean

demo: $(VENV)/.installed ## code the sample pages: a table, a record, a report to open
	$(BIN)/rasid ingest samples/pages --record demo/record.sqlite
	$(BIN)/rasid events --record demo/record.sqlite
	$(BIN)/rasid code samples/pages --format html > demo/report.html || test $$? -eq 2
	@echo "The record is demo/record.sqlite; open demo/report.html in a browser."

test: $(VENV)/.dev lint ## all tests, on the same machine
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## style, types, the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## speed, beside peers in the same run
	$(BIN)/python benchmarks/speed.py

accuracy: $(VENV)/.dev ## figures on the gold, where it is there, else on our own cases
	$(BIN)/python benchmarks/accuracy.py --gold $(GOLD)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml requirements.lock
	@mkdir -p demo
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml requirements.lock
	$(PIP) -e '.[dev]'
	@touch $@ $(VENV)/.installed

lock: ## write the exact versions that are installed now
	$(BIN)/python -m pip freeze --exclude-editable | grep -v -e '@' -e '^rasid' > requirements.lock

clean:
	rm -rf $(VENV) demo
