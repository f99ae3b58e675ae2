"""How much was read, with gaps shown as gaps."""

import datetime as dt
from pathlib import Path

import pytest

from rasid.analysis import exposure, relation
from rasid.errors import InputError
from rasid.record import Record, open_record

from .conftest import fill, rows


def test_periods_have_no_hole(record: Record) -> None:
    found = exposure(record, "month")
    assert len(found.rows) == 12 * 20 + 2
    assert sum(row.articles for row in found.rows) == found.articles == 30


def test_a_period_in_which_nothing_was_read_has_no_share(record: Record) -> None:
    row = exposure(record, "year").of("2006")
    assert row is not None
    assert (row.articles, row.share, row.outlets) == (0, None, ())


def test_one_outlet_can_be_asked_for(record: Record) -> None:
    found = exposure(record, "year", source="الضفاف")
    assert {outlet for row in found.rows for outlet, _ in row.outlets} == {"الضفاف"}


def test_an_article_of_no_known_day_is_counted_apart(tmp_path: Path) -> None:
    with open_record(tmp_path / "r.sqlite") as record:
        fill(record, rows(tmp_path / "r.jsonl", ("", "المدار", "زار وزير خارجية تشاد النرويج.")))
        found = exposure(record)
    assert (found.rows, found.unplaced) == ((), 1)


def test_an_event_told_later_stands_in_a_period_in_which_nothing_was_read(tmp_path: Path) -> None:
    text = "وكانت تشاد قد قطعت علاقاتها الدبلوماسية مع النرويج في مايو 2009."
    with open_record(tmp_path / "r.sqlite") as record:
        fill(record, rows(tmp_path / "r.jsonl", ("2012-05-07", "المدار", text)))
        counts = {count.period: count for count in relation(record, "TCD", "NOR", by="year").counts}
    assert [(counts[year].events, counts[year].articles) for year in ("2009", "2010", "2012")] == [(1, 0), (None, 0), (0, 1)]


def test_days_of_a_thousand_years_are_refused_in_one_line(record: Record) -> None:
    with pytest.raises(InputError, match="count by month or year"):
        exposure(record, "day", start=dt.date(1000, 1, 1))
    with pytest.raises(InputError, match='no period "week"'):
        exposure(record, "week")
