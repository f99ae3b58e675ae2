"""Watches: what is new is reported once, whatever is coded anew, and never lost when a webhook fails."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest

from rasid.analysis.feed import atom_feed
from rasid.analysis.watches import (
    add_watch,
    find_watch,
    find_watches,
    last_reported,
    remove_watch,
    report_new,
    waiting,
)
from rasid.analysis.webhook import deliver, signature
from rasid.coder import code
from rasid.errors import InputError, RecordError
from rasid.record import EventQuery, Record, open_record, transaction
from rasid.record.recoding import recode

from .conftest import fill, rows

VISIT = ("2015-03-02", "المدار", "زار وزير خارجية تشاد النرويج اليوم الاثنين.")
CUT = ("2016-03-07", "الضفاف", "قطعت تشاد اليوم الاثنين علاقاتها الدبلوماسية مع النرويج.")
ASKED = EventQuery(("تشاد", "Norway"))
SECRET = "nobody knows"


@dataclass
class Hook:
    """A server that answers with these statuses, one after the other, the last for ever; and what it was sent."""

    address: str
    answers: list[int]
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def listening(*answers: int) -> Iterator[Hook]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.taken.append(({key.lower(): value for key, value in self.headers.items()}, body))
            status = hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hook = Hook(f"http://127.0.0.1:{server.server_address[1]}/hook", list(answers))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    """A record with one event, and a watch that knows it."""
    monkeypatch.setenv("RASID_WEBHOOK_SECRET", SECRET)
    with open_record(tmp_path / "r.sqlite") as record:
        fill(record, rows(tmp_path / "a.jsonl", VISIT))
        add_watch(record, "dyad", ASKED)
        yield record


def grow(record: Record) -> None:
    path = rows(record.path.with_name("more.jsonl"), VISIT, CUT)
    fill(record, path)


def types(record: Record, name: str = "dyad") -> list[str]:
    return [row.type for row in report_new(record, name)]


def test_what_was_there_before_is_not_new(watched: Record) -> None:
    assert types(watched) == []


def test_from_start_all_is_new(watched: Record) -> None:
    add_watch(watched, "all", ASKED, from_start=True)
    assert types(watched, "all") == ["CONSULT"]


def test_what_came_since_is_new_once(watched: Record) -> None:
    grow(watched)
    assert [types(watched), types(watched)] == [["SANCTION"], []]


def test_coding_anew_makes_nothing_new(watched: Record) -> None:
    grow(watched)
    types(watched)
    assert len(list(recode(watched, code, "another", all_of_them=True))) == 2
    assert types(watched) == []


def test_another_type_of_what_was_reported_is_not_new(watched: Record) -> None:
    add_watch(watched, "all", ASKED, from_start=True)
    types(watched, "all")
    with transaction(watched) as connection:
        connection.execute("UPDATE events SET id = 'f' || substr(id, 2), type = 'AGREE'")
    assert types(watched, "all") == types(watched) == []


def test_what_could_not_be_shown_is_new_again(watched: Record) -> None:
    grow(watched)

    def show() -> None:
        with transaction(watched):
            report_new(watched, "dyad")
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        show()
    assert types(watched) == ["SANCTION"]


def test_two_that_run_it_at_once_share_what_is_new(watched: Record) -> None:
    grow(watched)
    found: list[list[str]] = []

    def run() -> None:
        with open_record(watched.path) as own:
            found.append(types(own))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [[], [], [], ["SANCTION"]]


def test_type_place_and_words_narrow_it_down(watched: Record) -> None:
    grow(watched)
    for name, query, wanted in (
        ("typed", EventQuery(types=("SANCTION",)), ["SANCTION"]),
        ("words", EventQuery(words="الدبلوماسية"), ["SANCTION"]),
        ("elsewhere", EventQuery(places=("FRA",)), []),
    ):
        add_watch(watched, name, query, from_start=True)
        assert types(watched, name) == wanted


def test_a_webhook_gets_what_is_new_signed(watched: Record) -> None:
    with listening(200) as hook:
        add_watch(watched, "posted", ASKED, webhook=hook.address, allow_private=True)
        grow(watched)
        report_new(watched, "posted")
        assert [trouble for _, trouble in deliver(watched, find_watch(watched, "posted"))] == [None]
    ((headers, body),) = hook.taken
    assert headers["x-rasid-signature"] == signature(SECRET.encode(), headers["x-rasid-timestamp"], body)
    content = json.loads(body)
    assert (content["watch"], content["delivery"]) == ("posted", headers["x-rasid-delivery"])
    assert [(event["type"], event["article"]["source"]) for event in content["events"]] == [("SANCTION", "الضفاف")]
    assert waiting(watched, "posted") == []


def test_a_failing_webhook_is_tried_again_with_growing_pauses(watched: Record) -> None:
    pauses: list[float] = []
    with listening(503, 500, 429, 204) as hook:
        add_watch(watched, "posted", ASKED, webhook=hook.address, allow_private=True, from_start=True)
        report_new(watched, "posted")
        assert [trouble for _, trouble in deliver(watched, find_watch(watched, "posted"), sleep=pauses.append)] == [None]
    assert pauses == [1.0, 2.0, 4.0]
    assert len({headers["x-rasid-delivery"] for headers, _ in hook.taken}) == 1


def test_what_a_webhook_does_not_take_waits_for_the_next_run(watched: Record) -> None:
    with listening(500) as hook:
        add_watch(watched, "posted", ASKED, webhook=hook.address, allow_private=True, from_start=True)
        report_new(watched, "posted")
        watch = find_watch(watched, "posted")
        ((delivery, trouble),) = deliver(watched, watch, sleep=lambda _: None)
        assert (trouble, len(hook.taken)) == ("the server answered 500", 5)
        assert [(one.id, one.tries) for one in waiting(watched, "posted")] == [(delivery.id, 5)]
        assert report_new(watched, "posted") == []
        hook.answers[:] = [200]
        assert [(one.id, why) for one, why in deliver(watched, watch)] == [(delivery.id, None)]
    assert len(json.loads(hook.taken[-1][1])["events"]) == 1


def test_a_private_address_is_never_posted_to_unless_allowed(watched: Record) -> None:
    with listening(200) as hook:
        for address in (hook.address, hook.address.replace("127.0.0.1", "localhost")):
            name = f"to-{len(find_watches(watched))}"
            add_watch(watched, name, ASKED, webhook=address, from_start=True)
            report_new(watched, name)
            ((_, trouble),) = deliver(watched, find_watch(watched, name), sleep=lambda _: None)
            assert "private address" in str(trouble)
    assert hook.taken == []


def test_a_redirect_is_not_followed(watched: Record) -> None:
    with listening(302) as hook:
        add_watch(watched, "posted", ASKED, webhook=hook.address, allow_private=True, from_start=True)
        report_new(watched, "posted")
        ((_, trouble),) = deliver(watched, find_watch(watched, "posted"))
    assert (trouble, len(hook.taken)) == ("the server answered 302", 1)


def test_without_the_secret_nothing_is_posted_or_lost(watched: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASID_WEBHOOK_SECRET")
    add_watch(watched, "posted", ASKED, webhook="https://example.org/", from_start=True)
    report_new(watched, "posted")
    with pytest.raises(InputError, match="RASID_WEBHOOK_SECRET"):
        deliver(watched, find_watch(watched, "posted"))
    assert len(waiting(watched, "posted")) == 1


def test_the_secret_is_not_in_the_record(watched: Record) -> None:
    add_watch(watched, "posted", ASKED, webhook="https://example.org/")
    watched.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert SECRET.encode() not in watched.path.read_bytes()


def test_the_feed_is_atom_and_holds_what_was_reported(watched: Record) -> None:
    grow(watched)
    report_new(watched, "dyad")
    made = find_watch(watched, "dyad").created_at
    first, again = (atom_feed("dyad", made, last_reported(watched, "dyad", 10)) for _ in range(2))
    root = ElementTree.fromstring(first)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert first == again
    assert all(root.find(f"a:{tag}", atom) is not None for tag in ("id", "title", "updated", "author"))
    assert [entry.findtext("a:title", "", atom) for entry in root.findall("a:entry", atom)] == [
        "2016-03-07 SANCTION discontinue: Chad → Norway"
    ]


def test_letters_that_xml_cannot_hold_do_not_break_the_feed(watched: Record) -> None:
    grow(watched)
    ((row, at),) = [(row, "2026-01-01T00:00:00Z") for row in report_new(watched, "dyad")]
    ElementTree.fromstring(atom_feed("dyad", at, [(row._replace(sentence="a\x00\x0b<b>&\ufffe", url="javascript:x"), at)]))


@pytest.mark.parametrize("address", ["ftp://example.org/", "example.org", "http://", "https://a:b@example.org/", "http://[::1"])
def test_an_address_that_cannot_be_posted_to_is_refused(watched: Record, address: str) -> None:
    with pytest.raises(InputError, match="no address to post to"):
        add_watch(watched, "posted", ASKED, webhook=address)


def test_a_watch_that_is_removed_is_gone(watched: Record) -> None:
    remove_watch(watched, "dyad")
    assert find_watches(watched) == []
    with pytest.raises(RecordError, match='no watch "dyad"'):
        report_new(watched, "dyad")
