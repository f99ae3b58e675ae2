"""Asking a record for claims that rank or count."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rasid.contract import claim_from_json
from rasid.errors import InputError
from rasid.model import Claim
from rasid.record.opening import Record, as_record_errors
from rasid.record.said import about_code, all_of, answers, day_of, published, some
from rasid.record.search_terms import Sql, matching_articles, read_terms
from rasid.record.whose_words import is_somebody, read_somebody


@dataclass(frozen=True, slots=True)
class ClaimQuery:
    """Which claims; what is left out does not matter, and all that is given must hold.

    Args:
        kinds: rank, first, first_since, nth_time, after_gap, only, largest and so on, any of them.
        about: who is named in its sentence: a code or a name in Arabic or English.
        words: what the claim says; see `read_terms`.
        start: published on this day or later.
        end: published on this day or before.
        source: the outlet that published the article.
        negated: True for those that are denied only, False for the others.
    """

    kinds: tuple[str, ...] = ()
    about: str | None = None
    words: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None
    negated: bool | None = None


class ClaimRow(NamedTuple):
    """A claim of a record, with the article and the sentence in which it stands."""

    article_id: str
    n: int
    published_start: dt.date | None
    published_end: dt.date | None
    source: str | None
    title: str | None
    url: str | None
    claim: Claim


def find_claims(
    record: Record, query: ClaimQuery = ClaimQuery(), limit: int | None = None, skip: int = 0
) -> Iterator[ClaimRow]:
    """The claims that `query` asks for, the latest article first, within it in order; read as they are taken.

    Raises:
        InputError: a kind that no claim can have, or nobody is named where somebody must be.
    """
    from rasid.events.claims import claim_kinds

    for kind in query.kinds:
        if kind not in claim_kinds():
            raise InputError(f'"{kind}" is no kind of claim; there are {", ".join(claim_kinds())}')
    about = read_somebody(query.about) if query.about else None
    terms = read_terms(query.words) if query.words.strip() else []
    conditions = [*_conditions(query), *published(query.start, query.end, query.source)]
    if about and about.code:
        conditions.append(about_code("c.about_codes", about.code))
    where = all_of(conditions)
    sql = (
        "SELECT a.id, a.title, a.source, a.url, a.date_start, a.date_end, a.text, c.n, c.content FROM claims AS c "
        f"JOIN articles AS a ON a.key = c.article WHERE {where.text} ORDER BY a.date_start DESC, a.key DESC, c.n"
    )

    def wanted(row: ClaimRow) -> bool:
        if about and not any(is_somebody(entity, about) for entity in row.claim.about):
            return False
        return answers(row.claim.span.text, terms)

    with as_record_errors(record.path):
        rows = (
            ClaimRow(article, n, day_of(first), day_of(last), source, title, url, claim_from_json(json.loads(content), text))
            for article, title, source, url, first, last, text, n, content in record.connection.execute(sql, where.values)
        )
        yield from some(filter(wanted, rows), limit, skip)


def _conditions(query: ClaimQuery) -> Iterator[Sql]:
    if query.kinds:
        yield Sql(f"c.kind IN ({', '.join('?' * len(query.kinds))})", query.kinds)
    if query.negated is not None:
        yield Sql("c.negated = ?", (int(query.negated),))
    if query.words.strip():
        articles = matching_articles(query.words)
        yield Sql(f"c.article IN ({articles.text})", articles.values)
