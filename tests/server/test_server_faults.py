"""A server killed while it writes, without room, without the right to write, over a damaged file, as its clock goes back."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from served import TEXTS, serving
from test_serving import RASID, VISIT, running, token_of

from rasid.record import corrections, find_events, open_record
from rasid.record.checking import check
from rasid.record.opening import Record
from rasid.server import accounts
from tests.without_rights import without_rights

API = "/api/v1"
KILLS = int(os.environ.get("RASID_KILLS", "20")) // 10
AT_ONCE = 5  # corrections of a request


class Writing:
    """Clients that send articles and corrections until the server is gone, and remember what it acknowledged."""

    def __init__(self, url: str, headers: dict[str, str], event: str, round_: int) -> None:
        self.url, self.headers, self.event, self.round = url, headers, event, round_
        self.articles: list[str] = []
        self.notes: list[str] = []
        self.clients = [threading.Thread(target=one, args=(n,)) for n in range(2) for one in (self._send, self._correct)]
        for client in self.clients:
            client.start()

    def _ask(self, path: str, bodies: Callable[[int], object], kept: Callable[[int], None]) -> None:
        with suppress(httpx.HTTPError), httpx.Client(base_url=self.url + API, headers=self.headers, timeout=30) as client:
            for k in range(10_000):
                if client.post(path, json=bodies(k)).status_code != 201:
                    return
                kept(k)

    def _send(self, n: int) -> None:
        def rows(k: int) -> list[dict[str, str]]:
            return [{"id": f"{self.round}-{n}-{k}-{i}", "text": f"{VISIT} {self.round} {n} {k} {i}"} for i in range(4)]

        self._ask("/ingest", lambda k: {"rows": rows(k)}, lambda k: self.articles.extend(row["id"] for row in rows(k)))

    def _correct(self, n: int) -> None:
        def note(k: int) -> str:
            return f"{self.round}-{n}-{k}"

        body = {"action": "accept", "ids": [self.event] * AT_ONCE}
        self._ask("/corrections", lambda k: {**body, "note": note(k)}, lambda k: self.notes.append(note(k)))

    def wait(self) -> None:
        """Until something of each kind was acknowledged."""
        until = time.monotonic() + 60
        while not (self.articles and self.notes) and time.monotonic() < until:
            time.sleep(0.02)

    def ended(self) -> None:
        """Until all clients have seen that the server is gone."""
        for client in self.clients:
            client.join()


def _damage(path: Path, start: float) -> None:
    """Overwrite a page of the file, so far behind its beginning."""
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size // 4096 * start) * 4096)
        file.write(os.urandom(4096))


def _held(record: Record) -> tuple[set[str], Counter[str]]:
    articles = {id_ for (id_,) in record.connection.execute("SELECT id FROM articles")}
    return articles, Counter(one.note or "" for one, _ in corrections.find_corrections(record))


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_ended_with_writes_in_flight_all_that_was_acknowledged_is_there_and_nothing_is_half(
    record_path: Path, ended_by: signal.Signals
) -> None:
    headers, chance = token_of(record_path), random.Random(2026)
    with open_record(record_path) as record:
        event = next(iter(find_events(record))).event_id
    articles, notes = list[str](), list[str]()
    for round_ in range(KILLS if ended_by == signal.SIGKILL else 1):
        with running("--record", record_path) as (process, url):
            writing = Writing(url, headers, event, round_)
            writing.wait()
            time.sleep(chance.uniform(0, 0.5))
            process.send_signal(ended_by)
            process.communicate(timeout=60)
            writing.ended()
            articles, notes = articles + writing.articles, notes + writing.notes
        with open_record(record_path) as record:
            assert list(check(record)) == []
            held, made = _held(record)
        assert held >= set(articles)
        assert set(made) >= set(notes)
        assert set(made.values()) == {AT_ONCE}  # of a request all corrections, or none
    logged = Counter(one.path for one in accounts.read_writes(record_path.with_name(f"{record_path.name}.accounts"), 100_000))
    assert logged[f"{API}/corrections"] >= len(notes)  # what is not logged is not acknowledged
    assert logged[f"{API}/ingest"] * 4 >= len(articles)


def test_without_room_it_says_so_and_goes_on_answering(record_path: Path) -> None:
    headers = token_of(record_path)
    most = record_path.stat().st_size + 60_000

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    with running("--record", record_path, before=little_room) as (_, url):
        statuses: list[int] = []
        for n in range(40):
            rows = [{"id": f"{n}-{k}", "text": f"{VISIT} {n} {k}" * 20} for k in range(10)]
            answer = httpx.post(f"{url}{API}/ingest", json={"rows": rows}, headers=headers, timeout=60)
            statuses.append(answer.status_code)
            if answer.status_code != 201:
                break
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.status_code in (500, 507)
        assert "what was added before is kept" in answer.json()["detail"]
        assert httpx.get(f"{url}{API}/events").status_code == 200
    with open_record(record_path) as record:
        assert list(check(record)) == []


def test_without_the_right_to_write_it_does_not_start_and_says_so_in_one_line(record_path: Path) -> None:
    record_path.chmod(0o444)
    record_path.parent.chmod(0o555)
    try:
        command = [*RASID, "serve", "--port", "0", "--record", str(record_path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=without_rights)
    finally:
        record_path.parent.chmod(0o755)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "cannot be opened for writing" in done.stderr


def test_over_a_damaged_file_it_says_so_and_a_backup_brings_it_back(record_path: Path, tmp_path: Path) -> None:
    shutil.copy(record_path, tmp_path / "backup.sqlite")
    for part in (0.3, 0.5, 0.7, 0.9):
        _damage(record_path, part)
    with suppress(Exception), serving(record_path) as served:
        answers = [
            served.client.get(f"{API}{path}") for path in ("/events", "/articles", "/quotes", "/tables/events?format=jsonl")
        ]
        wrong = [answer for answer in answers if answer.status_code != 200]
        assert wrong
        for answer in wrong:
            assert (answer.status_code, "rasid check" in answer.json()["detail"]) == (500, True), answer.text
            assert "retry-after" not in answer.headers
    shutil.copy(tmp_path / "backup.sqlite", record_path)
    with serving(record_path) as served:
        assert len(served.client.get(f"{API}/articles").json()["items"]) == len(TEXTS)


def test_a_clock_that_goes_back_undoes_nothing(record_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(record_path) as served:
        coder = served.as_role("coder")
        event = served.client.get(f"{API}/events").json()["items"][0]["event_id"]
        made = served.client.post(f"{API}/corrections", json={"action": "reject", "ids": [event]}, headers=coder).json()[0][
            "id"
        ]
        for module in ("contents", "writing", "corrections"):
            monkeypatch.setattr(f"rasid.record.{module}.now", lambda: "1999-01-01T00:00:00Z", raising=False)
        undo = {"action": "undo", "ids": [made]}
        assert served.client.post(f"{API}/corrections", json=undo, headers=coder).status_code == 201
        assert served.client.get(f"{API}/events/{event}").status_code == 200
        listed = served.client.get(f"{API}/corrections").json()["items"]
        assert [(one["action"], one["state"]) for one in listed] == [("reject", "undone"), ("undo", "in force")]
        assert listed[1]["at"] < listed[0]["at"]
        sent = {"rows": [{"id": "later", "text": VISIT, "date": "2022-05-04"}]}
        assert served.client.post(f"{API}/ingest", json=sent, headers=coder).status_code == 201
        days = served.client.get(f"{API}/articles/later").json()["date"]
        assert days["start"] == "2022-05-04"
    with open_record(record_path) as record:
        assert list(check(record)) == []


def test_the_process_that_codes_ends_with_a_server_that_was_killed(record_path: Path) -> None:
    headers = token_of(record_path)
    with running("--record", record_path) as (process, url):
        assert httpx.post(f"{url}{API}/ingest", json={"rows": []}, headers=headers, timeout=60).status_code == 201
        coding = [
            int(child) for file in Path(f"/proc/{process.pid}/task").glob("*/children") for child in file.read_text().split()
        ]
        process.kill()
        process.communicate()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{child}").exists() for child in coding) and time.monotonic() < until:
            time.sleep(0.05)
        assert coding
        assert not [child for child in coding if Path(f"/proc/{child}").exists() and not _is_zombie(child)]


def _is_zombie(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def test_the_log_of_a_server_says_who_asked_for_what(record_path: Path) -> None:
    headers = token_of(record_path)
    with running("--record", record_path) as (process, url):
        httpx.post(f"{url}{API}/corrections", json={"action": "undo", "ids": ["x"]}, headers=headers)
        httpx.get(f"{url}{API}/events?words=%0Aforged")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=40)
    lines = [json.loads(line) for line in errors.splitlines()]
    asked = [(one["method"], one["path"], one["status"], one["by"]) for one in lines if one["said"] == "request"]
    assert asked == [("POST", f"{API}/corrections", 404, "layla"), ("GET", f"{API}/events", 200, "")]
