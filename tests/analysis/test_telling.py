"""The quick way to a relation of two countries gives the figures of the whole way, and those of the record's own sums."""

import datetime as dt
from dataclasses import fields

import pytest

from rasid.analysis import relation
from rasid.record import Record
from rasid.record.dyads import dyad_days


@pytest.mark.parametrize("by", ["day", "month", "year"])
@pytest.mark.parametrize(("start", "end"), [(None, None), (dt.date(2005, 1, 1), dt.date(2016, 3, 31))])
def test_without_the_events_all_else_is_the_same(record: Record, by: str, start: dt.date | None, end: dt.date | None) -> None:
    whole = relation(record, "URY", "MRT", by, start, end)
    quick = relation(record, "URY", "MRT", by, start, end, events=False)
    assert whole.events
    assert not quick.events
    for field in fields(whole):
        if field.name != "events":
            assert getattr(quick, field.name) == getattr(whole, field.name), field.name


def test_offices_and_persons_are_told_the_whole_way(record: Record) -> None:
    whole, quick = (relation(record, "MRT GOV", "URY", "year", events=events) for events in (True, False))
    assert (quick.counts, quick.firsts) == (whole.counts, whole.firsts)


@pytest.mark.parametrize("by", ["month", "year"])
def test_counts_are_those_of_the_records_own_sums(record: Record, by: str) -> None:
    counted = [one for one in relation(record, "MRT", "URY", by, events=False).counts if one.events]
    summed = dyad_days(record, "MRT", "URY", by=by)  # type: ignore[arg-type]
    assert [(one.start, one.events) for one in counted] == [(one.first, one.events) for one in summed]
    scores = [one.cooperation_score + one.conflict_score for one in counted]
    assert scores == pytest.approx([one.score for one in summed])
    assert [one.quads for one in counted] == [
        (one.material_conflict, one.material_cooperation, one.verbal_conflict, one.verbal_cooperation) for one in summed
    ]
