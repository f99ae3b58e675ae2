"""Asking a record what people said: by whom, of whom, through whom, when, and in which words."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rasid.contract import Json, entity_from_json, span_from_json
from rasid.model import Entity, Span
from rasid.record.opening import Record, as_record_errors
from rasid.record.reading import entity_of_row
from rasid.record.said import about_code, all_of, answers, day_of, published, some
from rasid.record.search_terms import Sql, matching_articles, read_terms
from rasid.record.whose_words import Somebody, is_somebody, read_somebody

_COLUMNS = (
    "a.id, a.title, a.source, a.url, a.date_start, a.date_end, q.n, q.start, q.end, q.text, q.cue_text, q.direct, q.carried, "
    "q.content, q.speaker_start, q.speaker_end, q.speaker_text, q.speaker_country, q.speaker_sector, q.speaker_name, "
    "q.speaker_latin, q.speaker_office, q.speaker_holder, q.speaker_holder_latin, q.speaker_holder_wikidata, "
    "q.speaker_wikidata, q.speaker_basis"
)


@dataclass(frozen=True, slots=True)
class QuoteQuery:
    """Which quotes; what is left out does not matter, and all that is given must hold.

    Args:
        by: who speaks: a code (`MAR`, `MAR GOV`) or a name in Arabic or English.
        about: who is named in the words, likewise.
        through: the outlet or whoever passed the words on, likewise, or words of its name.
        words: what the quote says; see `read_terms`.
        direct: True for the speaker's own words only, False for reported ones only.
        start: published on this day or later.
        end: published on this day or before.
        source: the outlet that published the article.
    """

    by: str | None = None
    about: str | None = None
    through: str | None = None
    words: str = ""
    direct: bool | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    source: str | None = None


class QuoteRow(NamedTuple):
    """A quote of a record, with the article in which it stands; `text` is what was said, `whole` what stands around it."""

    article_id: str
    n: int
    published_start: dt.date | None
    published_end: dt.date | None
    source: str | None
    title: str | None
    url: str | None
    speaker: Entity | None
    text: Span
    cue: str | None
    direct: bool
    carried: bool
    through: Entity | None
    addressee: Entity | None
    about: tuple[Entity, ...]
    whole: Span | None


def find_quotes(
    record: Record, query: QuoteQuery = QuoteQuery(), limit: int | None = None, skip: int = 0
) -> Iterator[QuoteRow]:
    """The quotes that `query` asks for, the latest article first, within it in order; read as they are taken.

    Raises:
        InputError: nobody is named where somebody must be, or the words ask for nothing.
    """
    by, about, through = (read_somebody(typed) if typed else None for typed in (query.by, query.about, query.through))
    where = all_of(_conditions(query, by, about))
    sql = (
        f"SELECT {_COLUMNS} FROM quotes AS q JOIN articles AS a ON a.key = q.article WHERE {where.text} "
        "ORDER BY a.date_start DESC, a.key DESC, q.n"
    )
    terms = read_terms(query.words) if query.words.strip() else []

    def wanted(row: QuoteRow) -> bool:
        if by and not (row.speaker and is_somebody(row.speaker, by)):
            return False
        if about and not any(is_somebody(entity, about) for entity in row.about):
            return False
        if through and not (row.through and is_somebody(row.through, through)):
            return False
        return answers(row.text.text, terms)

    with as_record_errors(record.path):
        found = (row for cells in record.connection.execute(sql, where.values) if wanted(row := _row(cells)))
        yield from some(found, limit, skip)


def _conditions(query: QuoteQuery, by: Somebody | None, about: Somebody | None) -> Iterator[Sql]:
    if by and by.code:
        country, _, sector = by.code.partition(" ")
        both = Sql(" AND q.speaker_sector = ?", (sector,)) if sector else Sql("")
        yield Sql(f"(q.speaker_country = ?{both.text} OR q.speaker_sector = ?)", (country, *both.values, by.code))
    if about and about.code:
        yield about_code("q.about_codes", about.code)
    if query.direct is not None:
        yield Sql("q.direct = ?", (int(query.direct),))
    if query.words.strip():
        articles = matching_articles(query.words)
        yield Sql(f"q.article IN ({articles.text})", articles.values)
    yield from published(query.start, query.end, query.source)


def _entity_or_none(data: Json | None) -> Entity | None:
    """An entity of the contract, if there is one."""
    return None if data is None else entity_from_json(data)


def _row(cells: tuple[object, ...]) -> QuoteRow:
    article, title, source, url, first, last, n, start, end, text, cue, direct, carried, content, *speaker = cells
    known = json.loads(str(content))
    return QuoteRow(
        article_id=str(article), n=int(str(n)), published_start=day_of(first), published_end=day_of(last),  # type: ignore[arg-type]
        source=source, title=title, url=url,  # type: ignore[arg-type]
        speaker=entity_of_row(*speaker) if speaker[0] is not None else None,
        text=Span(start, end, text), cue=cue, direct=bool(direct), carried=bool(carried),  # type: ignore[arg-type]
        through=_entity_or_none(known.get("through")),
        addressee=_entity_or_none(known.get("addressee")),
        about=tuple(map(entity_from_json, known.get("about", ()))),
        whole=span_from_json(known["whole"]) if known.get("whole") else None,
    )  # fmt: skip
