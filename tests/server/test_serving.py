"""`rasid serve` as a process of its own: told to stop while it writes, sent to by `rasid ingest --to`, started wrongly."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

import rasid
from rasid.record import open_record
from rasid.record.checking import check
from rasid.server import accounts

RASID = [sys.executable, "-c", "from rasid.cli import main; main()"]
VISIT = "زار وزير الخارجية الأردني بغداد أمس الثلاثاء والتقى نظيره العراقي. واعتقلت الشرطة المصرية 20 متظاهرا في القاهرة."


@contextmanager
def running(*options: object, before: Callable[[], None] | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [*RASID, "serve", "--port", "0", "--rate", "0", *map(str, options)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=before)
    assert process.stderr
    try:
        for line in process.stderr:
            if found := re.search(r"running on (http://[^ ]+)", line):
                yield process, found[1]
                break
    finally:
        process.kill()
        process.communicate()


def _end(process: subprocess.Popen[str]) -> tuple[int, list[dict[str, Any]]]:
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=40)
    return process.returncode, [json.loads(line) for line in errors.splitlines()]


def token_of(path: Path) -> dict[str, str]:
    accounts.add_account(path.with_name("record.sqlite.accounts"), "layla", "coder", "a long password")
    return {"Authorization": f"Bearer {accounts.make_token(path.with_name('record.sqlite.accounts'), 'layla')}"}


def test_told_to_stop_while_it_writes_all_that_it_acknowledged_is_there(record_path: Path) -> None:
    headers = token_of(record_path)
    kept: list[str] = []
    with running("--record", record_path) as (process, url):

        def send(k: int) -> None:
            with suppress(httpx.HTTPError), httpx.Client(base_url=url, headers=headers, timeout=30) as client:
                for n in range(1000):
                    rows = [{"id": f"{k}-{n}-{i}", "text": f"{VISIT} {k} {n} {i}", "date": "2022-05-04"} for i in range(10)]
                    answer = client.post("/api/v1/ingest", json={"rows": rows, "name": f"{k}-{n}"})
                    if answer.status_code != 201:
                        return
                    assert answer.json()["articles"] == 10
                    kept.extend(row["id"] for row in rows)

        senders = [threading.Thread(target=send, args=(k,)) for k in range(3)]
        for sender in senders:
            sender.start()
        while len(kept) < 40 and any(sender.is_alive() for sender in senders):
            senders[0].join(0.1)
        status, log = _end(process)
        for sender in senders:
            sender.join()
    assert status == 0
    assert log[-1]["said"].startswith("Finished server process")
    with open_record(record_path) as record:
        held = {id_ for (id_,) in record.connection.execute("SELECT id FROM articles")}
        assert list(check(record)) == []
    assert len(kept) >= 40
    assert held >= set(kept)


def test_articles_are_sent_to_a_server(record_path: Path, tmp_path: Path) -> None:
    headers = token_of(record_path)
    rows = [{"id": f"r{n}", "text": f"{VISIT} {n}", "date": "2022-05-04"} for n in range(3)]
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"id": "bad"}\n', encoding="utf-8")
    with running("--record", record_path) as (process, url):
        command = [*RASID, "ingest", str(source), "--to", url, "--format", "jsonl"]
        env = {**os.environ, "RASID_TOKEN": headers["Authorization"].removeprefix("Bearer ")}
        first, second = (subprocess.run(command, capture_output=True, text=True, env=env) for _ in range(2))
        refused = subprocess.run([*command, "--token", "rasid_wrong"], capture_output=True, text=True)
        with rasid.connect(url) as served:
            assert served.article("r1").article.text == rows[1]["text"]
        assert _end(process)[0] == 0
    assert (json.loads(first.stdout)["articles"], json.loads(second.stdout)["known"]) == (3, 3)
    assert first.returncode == 2
    assert 'rows.jsonl:4: the row has no "text"' in first.stderr
    assert (refused.returncode, "rasid accounts token" in refused.stderr) == (2, True)


def test_the_demo_serves_a_record_of_the_sample_pages_and_takes_it_away(tmp_path: Path) -> None:
    with running("--demo") as (process, url):
        assert len(httpx.get(f"{url}/api/v1/events").json()["items"]) == 50
        status, log = _end(process)
        assert process.stdout
    assert status == 0
    assert {"method", "path", "status", "ms", "client"} <= next(one for one in log if one["said"] == "request").keys()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--record", "nothing.sqlite"], "there is no such record"),
        (["--record", "RECORD", "--host", "0.0.0.0"], "--open-reading lets everybody read"),
        (["--record", "RECORD", "--host", "203.0.113.1"], "--open-reading"),
    ],
)
def test_started_wrongly_it_says_what_to_do_in_one_line(record_path: Path, options: list[str], says: str) -> None:
    command = [*RASID, "serve", *(option.replace("RECORD", str(record_path)) for option in options)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, says in done.stderr, done.stderr.count("\n")) == (2, True, 1)


def test_accounts_are_made_on_the_command_line(record_path: Path) -> None:
    def run(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
        command = [*RASID, "accounts", *arguments, "--record", str(record_path)]
        return subprocess.run(command, capture_output=True, text=True, input=said, timeout=60)

    assert "account layla, coder, made" in run("add", "layla", "--role", "coder", said="a long password\n").stdout
    assert "10 letters or more" in run("add", "omar", said="short\n").stderr
    token = run("token", "layla", "--role", "reader").stdout.strip()
    assert accounts.account_of_token(record_path.with_name("record.sqlite.accounts"), token) == ("layla", "reader")
    assert "layla" in run("list").stdout
    assert "1 token of layla revoked" in run("token", "layla", "--revoke").stdout
