"""Asking a record for agreements, as each article reports them; `rasid.analysis.agreements` joins those that are one."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rasid.contract import agreement_from_json
from rasid.model import Agreement, Interval
from rasid.record.opening import Record, as_record_errors
from rasid.record.said import all_of, day_of, published, some
from rasid.record.whose_words import Somebody, is_somebody, read_somebody


@dataclass(frozen=True, slots=True)
class AgreementQuery:
    """Which agreements; what is left out does not matter, and all that is given must hold.

    Args:
        parties: codes or names in Arabic or English, all of whom must be parties.
        kinds: treaty, framework, memorandum, ceasefire, trade, loan, normalisation and so on, any of them.
        fields: military, energy and so on, any of them.
        statuses: announced, planned, signed, ratified, in_force, suspended, ended, any of them.
        start: something became of it on this day or later, or, where no day is known, it was reported then.
        end: likewise, on this day or before.
        source: the outlet that published the article.
    """

    parties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None


class AgreementRow(NamedTuple):
    """An agreement as one article reports it."""

    article_id: str
    n: int
    published_start: dt.date | None
    published_end: dt.date | None
    source: str | None
    title: str | None
    url: str | None
    agreement: Agreement


def find_agreements(
    record: Record, query: AgreementQuery = AgreementQuery(), limit: int | None = None, skip: int = 0
) -> Iterator[AgreementRow]:
    """The agreements that `query` asks for, the earliest article first, within it in order; read as they are taken.

    Raises:
        InputError: a party has no name.
    """
    parties = [read_somebody(party) for party in query.parties]
    where = all_of(published(None, None, query.source))
    sql = (
        "SELECT a.id, a.title, a.source, a.url, a.date_start, a.date_end, g.n, g.content FROM agreements AS g "
        f"JOIN articles AS a ON a.key = g.article WHERE {where.text} ORDER BY a.date_start, a.key, g.n"
    )
    with as_record_errors(record.path):
        rows = (
            AgreementRow(article, n, day_of(first), day_of(last), source, title, url, agreement_from_json(json.loads(content)))
            for article, title, source, url, first, last, n, content in record.connection.execute(sql, where.values)
        )
        found = (row for row in rows if _is_wanted(row, query, parties))
        yield from some(found, limit, skip)


def _is_wanted(row: AgreementRow, query: AgreementQuery, parties: list[Somebody]) -> bool:
    one = row.agreement
    if query.kinds and one.kind not in query.kinds:
        return False
    if query.statuses and one.status not in query.statuses:
        return False
    if query.fields and not set(query.fields) & set(one.fields):
        return False
    if not all(any(is_somebody(entity, who) for entity in (*one.parties, *one.signatories)) for who in parties):
        return False
    days = days_of(one) or [Interval(row.published_start, row.published_end)]
    return any(
        (query.start is None or day.end is None or day.end >= query.start)
        and (query.end is None or day.start is None or day.start <= query.end)
        for day in days
    )


def days_of(agreement: Agreement) -> list[Interval]:
    """The days on which something became of an agreement."""
    one = agreement
    return [day for day in (one.announced, one.signed, one.ratified, one.in_force, one.suspended, one.ended) if day]
