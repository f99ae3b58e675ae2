"""Sentences of our own with the events that they must give: `tests/cases/events/*.yaml`.

Those that are not right yet stand in `tests/cases/not_yet/sentences.txt`; when one of them comes right the test says so, and
its line goes. A side matches where its codes do; mode, when, where and by are compared where the case gives them.
"""

import datetime as dt
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from rasid.coder import code
from rasid.model import Article, Entity, Event, PageDate

CASES = Path(__file__).parent.parent / "cases"
NOT_YET = frozenset((CASES / "not_yet" / "sentences.txt").read_text(encoding="utf-8").splitlines())


class Wanted(NamedTuple):
    type: str
    mode: str | None
    actors: frozenset[str]
    recipients: frozenset[str]
    fields: dict[str, str]


def read_cases() -> list[Any]:
    cases = []
    for path in sorted((CASES / "events").glob("*.yaml")):
        for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1):
            marks = [pytest.mark.xfail(strict=True, reason="not right yet")] if row["text"] in NOT_YET else []
            cases.append(pytest.param(row, id=f"{path.stem}-{number}", marks=marks))
    return cases


def read_wanted(line: str) -> Wanted:
    """`CONSULT visit: FRA GOV > DZA GOV, when=2021-11-23, where=DZA`."""
    head, _, rest = line.partition(":")
    event_type, _, mode = head.strip().partition(" ")
    sides, *fields = rest.split(",")
    actors, _, recipients = sides.partition(">")
    return Wanted(
        event_type,
        mode or None,
        side(actors),
        side(recipients),
        dict(re.split(r"\s*=\s*", field.strip(), maxsplit=1) for field in fields),
    )


def side(codes: str) -> frozenset[str]:
    return frozenset(code.strip() for code in codes.split("+")) - {"-", ""}


def codes(entities: tuple[Entity, ...]) -> frozenset[str]:
    return frozenset(entity.code for entity in entities if entity.code)


def first_and_last(text: str) -> tuple[dt.date, dt.date]:
    start, _, end = text.partition("/")
    first = dt.date.fromisoformat(start + "-01-01"[len(start) - 4 :] if len(start) < 10 else start)
    if end:
        return first, dt.date.fromisoformat(end)
    if len(start) == 4:
        return first, first.replace(month=12, day=31)
    if len(start) == 7:
        return first, (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first, first


def is_met(wanted: Wanted, event: Event) -> bool:
    fields = wanted.fields
    return (
        event.type == wanted.type
        and (wanted.mode is None or event.mode == wanted.mode)
        and codes(event.actors) == wanted.actors
        and codes(event.recipients) == wanted.recipients
        and event.status == fields.get("status", "occurred")
        and (
            "when" not in fields
            or (event.when is not None and (event.when.start, event.when.end) == first_and_last(fields["when"]))
        )
        and ("where" not in fields or (event.where is not None and event.where.country == fields["where"]))
        and ("by" not in fields or any(set(fields["by"].split()) & set(span.text.split()) for span in event.attributed_to))
    )


@pytest.mark.parametrize("row", read_cases())
def test_sentence_gives_its_events_and_no_others(row: dict[str, Any]) -> None:
    day = dt.date.fromisoformat(str(row["date"]))
    events = code(Article("case", row["text"], date=PageDate(day, day, "given"))).events
    wanted = [read_wanted(line) for line in row["is"]]
    assert len(events) == len(wanted), events
    for one in wanted:
        assert any(is_met(one, event) for event in events), (one, events)
