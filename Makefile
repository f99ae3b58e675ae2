# Everything here starts from Python 3.11 or newer with pip, and make. What is installed stays in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GOLD ?= ../shared/gold
PAGES ?= ../shared/pages
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_CONSTRAINT=requirements.lock $(BIN)/python -m pip install --quiet
# Some of the sample pages are bad on purpose: the demo shows that they are named and left out, and that the status is then 2.
ENDS_WITH_2 := ; test $$? -eq 2

# To measure what tests reach makes those of events half as slow again: these are run without, but for `make coverage`.
UNMEASURED := tests/events tests/fuzz

.PHONY: demo serve test soak coverage lint bench bench-record bench-server bench-scale bench-flat accuracy train docs site figures
.PHONY: wheel lock clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/'

demo: $(VENV)/.installed ## code the sample pages: a table, a record, a report to open
	@mkdir -p demo && rm -f demo/news.sqlite*
	$(BIN)/rasid ingest samples/pages --record demo/news.sqlite $(ENDS_WITH_2)
	$(BIN)/rasid events --record demo/news.sqlite
	$(BIN)/rasid code samples/pages --format html > demo/report.html 2> demo/left-out.txt $(ENDS_WITH_2)
	@echo "The record is demo/news.sqlite; open demo/report.html in a browser. The pages left out are in demo/left-out.txt."

serve: $(VENV)/.installed ## the demo's record as pages and a REST API on this machine, until Ctrl-C
	@test -f demo/news.sqlite || $(MAKE) demo
	$(BIN)/rasid serve --record demo/news.sqlite

test: $(VENV)/.dev lint ## all tests
	$(BIN)/python -m pytest $(UNMEASURED)
	$(BIN)/python -m pytest tests $(UNMEASURED:%=--ignore=%) --cov=rasid --cov-report=
	$(BIN)/python tests/covered.py

soak: $(VENV)/.dev ## fuzz every room for half an hour, kill it 300 times at any point, and see that nothing is lost
	RASID_KILLS=300 $(BIN)/python -m pytest tests/record/test_killing.py
	RASID_FUZZ=1800 $(BIN)/python -m pytest tests/fuzz/test_rooms.py tests/server/test_fuzz_server.py

coverage: $(VENV)/.dev ## which lines the tests reach, file by file and room by room
	$(BIN)/python -m pytest --cov=rasid --cov-report=term:skip-covered
	$(BIN)/python tests/covered.py

lint: $(VENV)/.dev ## style, types, the order of the rooms, what we depend on
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python benchmarks/audit.py

bench: $(VENV)/.dev ## speed on one core, beside trafilatura and dateparser in the same run
	$(BIN)/python benchmarks/speed.py --pages $(PAGES)
	$(BIN)/python benchmarks/times_speed.py
	$(BIN)/python benchmarks/scale.py wet

bench-record: $(VENV)/.dev ## how fast a record of a million events answers (it takes a while to make one)
	$(BIN)/python benchmarks/record_speed.py

bench-scale: $(VENV)/.dev ## archives to a record, what pages cost, Ray beside plain processes (some minutes)
	$(BIN)/python benchmarks/scale.py wet kinds cluster --pages $(PAGES)

bench-flat: $(VENV)/.dev ## memory and time, 10,000 articles beside 100,000 (most of an hour)
	$(BIN)/python benchmarks/scale.py flat

bench-server: $(VENV)/.dev ## how fast a server answers 50 readers on a million events while articles come in
	$(BIN)/python benchmarks/server_speed.py

accuracy: $(VENV)/.dev ## figures on the gold, where it is there, else on our own cases
	$(BIN)/python benchmarks/accuracy.py --gold $(GOLD) --pages $(PAGES)

train: $(VENV)/.dev ## fit the weights of the decision anew, on the gold and on our own sentences
	$(PIP) --editable '.[train]'
	$(BIN)/python training/called.py --gold $(GOLD)
	$(BIN)/python training/names.py --gold $(GOLD)
	$(BIN)/python training/train.py --gold $(GOLD)
	$(BIN)/python training/when.py --gold $(GOLD)
	$(BIN)/python training/where.py --gold $(GOLD)
	$(BIN)/python training/relevance.py --gold $(GOLD)
	$(BIN)/python training/contexts.py --gold $(GOLD)

docs: $(VENV)/.dev ## write the pages that are made of the code, run their examples, build the site in site/
	$(BIN)/python docs/write_cli.py
	$(BIN)/python docs/write_rest.py
	$(BIN)/python docs/write_api_examples.py
	$(BIN)/python docs/run_examples.py
	$(MAKE) site

site: $(VENV)/.dev ## build the site of docs/ in site/, of the pages as they are
	$(BIN)/python -m sphinx --quiet --fail-on-warning --fresh-env docs site

figures: $(VENV)/.dev ## measure, and put the figures into the pages
	$(BIN)/python benchmarks/speed.py --pages $(PAGES) --write
	$(BIN)/python benchmarks/accuracy.py --gold $(GOLD) --pages $(PAGES) --write
	$(BIN)/python benchmarks/peers.py --gold $(GOLD) --pages $(PAGES) --write

wheel: $(VENV)/.dev ## build the wheel in dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

lock: ## write the exact versions that a fresh environment gets today
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet -e '.[dev,train]' hatchling editables
	echo "# The exact versions that rasid is built and tested with; make lock writes them, installing takes them as constraints." > requirements.lock
	$(VENV)/lock/bin/python -m pip freeze --exclude-editable >> requirements.lock
	rm -rf $(VENV)/lock

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml requirements.lock | $(BIN)/python
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml requirements.lock | $(BIN)/python
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

clean: ## take away what was installed and made
	rm -rf $(VENV) demo dist site
