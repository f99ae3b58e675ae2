"""What was coded of an article as rows of the tables, written all at once and taken out all at once."""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rasid.arabic.letters import fold
from rasid.arabic.sentences import split_sentences
from rasid.contract import agreement_to_json, claim_to_json, quote_details_to_json, reason_to_json
from rasid.events.plover import quad_of, score_of
from rasid.model import Claim, CodedArticle, Entity, Event, Place, Quote, Span
from rasid.record.settling import Settled

_EVENT = (
    "key, id, article, n, type, mode, status, quad, score, confidence, trigger_start, trigger_end, trigger_text, sentence, "
    "when_start, when_end, when_from, when_text_start, when_text_end, when_text, where_code, where_start, where_end, "
    "where_text, predicate, coder, reasons, where_name, where_latin, where_kind, where_lat, where_lon, where_claimants, "
    "where_evidence, where_confidence, own_type, correction, stands"
)
_INSERT_EVENT = f"INSERT INTO events ({_EVENT}) VALUES ({', '.join('?' * 38)})"
_INSERT_PARTICIPANT = (
    "INSERT INTO participants (event, role, n, start, end, text, code, form, country, sector, name, latin, office, "
    f"holder, holder_latin, holder_wikidata, wikidata, basis) VALUES ({', '.join('?' * 18)})"
)
_INSERT_QUOTE = (
    "INSERT INTO quotes (article, n, start, end, text, cue_start, cue_end, cue_text, speaker_start, speaker_end, "
    "speaker_text, speaker_country, speaker_sector, speaker_name, speaker_latin, speaker_office, speaker_holder, "
    "speaker_holder_latin, speaker_holder_wikidata, speaker_wikidata, speaker_basis, direct, carried, about_codes, content) "
    f"VALUES ({', '.join('?' * 25)})"
)
_INSERT_CLAIM = f"INSERT INTO claims VALUES ({', '.join('?' * 12)})"
_INSERT_PERSON = (
    "INSERT INTO persons (article, n, start, end, text, form, country, sector, name, latin, office, holder, holder_latin, "
    f"holder_wikidata, wikidata, basis) VALUES ({', '.join('?' * 16)})"
)
_INSERT_DYAD = (
    "INSERT INTO dyads (a, b, first_day, event, last_day, way, type, status, quad, score) "
    "SELECT ?, ?, first_day, key, last_day, ?, type, status, quad, score FROM events WHERE key = ?"
)
_NOWHERE = (None, None, None)
_WAYS = {frozenset("><"): "<>"}
Cell = str | int | float | None
Row = tuple[Cell, ...]
Keys = dict[str, int]


def write_contents(
    connection: sqlite3.Connection, article: int, coded: CodedArticle, settled: Sequence[Settled], keys: Mapping[str, int]
) -> None:
    """Write all that is known of an article, of which nothing is there but its row in `articles`.

    Args:
        connection: inside a transaction.
        article: its key.
        coded: the article with the machine's coding.
        settled: its events, the machine's and people's.
        keys: those that standing events had before, by id, to be used again.
    """
    write_events(connection, article, coded.article.text, settled, keys)

    def insert(statement: str, rows: Iterable[Row]) -> None:
        connection.executemany(statement, rows)

    insert(_INSERT_QUOTE, (_quote_row(quote, article, n) for n, quote in enumerate(coded.quotes)))
    insert(
        "INSERT INTO agreements VALUES (?, ?, ?)",
        ((article, n, as_json(agreement_to_json(agreement))) for n, agreement in enumerate(coded.agreements)),
    )
    insert(_INSERT_CLAIM, (_claim_row(claim, article, n) for n, claim in enumerate(coded.claims)))
    insert(_INSERT_PERSON, (_person_row(person, article, n) for n, person in enumerate(coded.persons)))


def clear_contents(connection: sqlite3.Connection, article: int) -> Keys:
    """Take out what was coded of an article; what hangs on its events goes with them. Returns the keys its events had."""
    keys = clear_events(connection, article)
    for table in ("quotes", "agreements", "claims", "persons"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    return keys


def clear_events(connection: sqlite3.Connection, article: int) -> Keys:
    """Take out the events of an article and its sentences. Returns the keys that the standing ones had, by id."""
    keys = dict(connection.execute("SELECT id, key FROM events WHERE article = ? AND stands = 1", (article,)).fetchall())
    for table in ("events", "sentences"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    return keys


def write_events(
    connection: sqlite3.Connection, article: int, text: str, settled: Sequence[Settled], keys: Mapping[str, int]
) -> None:
    """Write the events of an article, and its sentences, where none are there; `keys` are to be used again for their ids."""
    sentences = _sentences(text, [one.event for one in settled])
    coders = {name: coder_key(connection, name) for name in {one.event.coder for one in settled}}
    # Keys are given here, not by SQLite, so that each table takes its rows at once; no one else writes meanwhile.
    last = max(connection.execute("SELECT coalesce(max(key), 0) FROM events").fetchone()[0], *keys.values(), 0)
    numbered = [
        (keys[one.event.id] if one.stands and one.event.id in keys else last + n, one) for n, one in enumerate(settled, 1)
    ]
    events = [(key, one.event) for key, one in numbered]

    def insert(statement: str, rows: Iterable[Row]) -> None:
        connection.executemany(statement, rows)

    insert("INSERT INTO sentences VALUES (?, ?, ?, ?)", ((article, n, *bounds) for bounds, n in sentences.items()))
    insert(
        _INSERT_EVENT,
        (
            (*_event_row(one.event, key, article, n, sentences, coders[one.event.coder]), one.correction, int(one.stands))
            for n, (key, one) in enumerate(numbered)
        ),
    )
    insert(_INSERT_PARTICIPANT, (row for key, event in events for row in _participant_rows(event, key)))
    insert(
        "INSERT INTO contexts VALUES (?, ?, ?)",
        ((key, n, context) for key, event in events for n, context in enumerate(event.contexts)),
    )
    insert(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?)",
        ((key, n, *_span(span)) for key, event in events for n, span in enumerate(event.attributed_to)),
    )
    insert(
        "INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, n, count.kind, count.min, count.max, *_span(count.span))
            for key, event in events
            for n, count in enumerate(event.counts)
        ),
    )
    insert(
        "INSERT INTO reports VALUES (?, ?, ?, ?, ?, ?)",
        (
            (key, n, *_span(report.trigger), sentences[report.sentence.start, report.sentence.end])
            for key, event in events
            for n, report in enumerate(event.also)
        ),
    )
    insert(_INSERT_DYAD, (row for key, one in numbered if one.stands for row in _dyad_rows(one.event, key)))


def dyad_pairs(actor_codes: Sequence[str], recipient_codes: Sequence[str]) -> list[tuple[str, str, str]]:
    """The pairs that an event is between: two sides, in the order of the alphabet, and which way; see the table `dyads`.

    Args:
        actor_codes: of all actors, in order; empty where none is known.
        recipient_codes: likewise.
    """
    actors, recipients = ([code.partition(" ")[0] for code in side if code] for side in (actor_codes, recipient_codes))
    ways: dict[tuple[str, str], set[str]] = {}
    for a in actors:
        for b in recipients:
            ways.setdefault((min(a, b), max(a, b)), set()).add(">" if a <= b else "<")
    alone = actors if not recipient_codes else recipients if not actor_codes else []
    for n, a in enumerate(alone):
        for b in alone[n + 1 :]:
            ways.setdefault((min(a, b), max(a, b)), set()).add("=")
    return [(a, b, _WAYS.get(frozenset(found)) or min(found)) for (a, b), found in ways.items()]


def _dyad_rows(event: Event, key: int) -> Iterator[Row]:
    codes = [[entity.code for entity in side] for side in (event.actors, event.recipients)]
    for pair in dyad_pairs(*codes):
        yield (*pair, key)


def coder_key(connection: sqlite3.Connection, name: str) -> int | None:
    """The row of a coder version, made if need be; None for one that has no name."""
    if not name:
        return None
    found = connection.execute("SELECT key FROM coders WHERE name = ?", (name,)).fetchone()
    if found:
        return int(found[0])
    version, _, lexicon = name.partition("+")
    row = (name, version, lexicon or None)
    return connection.execute("INSERT INTO coders (name, version, lexicon) VALUES (?, ?, ?)", row).lastrowid


def form_of(entity: Entity) -> str:
    """How a participant is looked up by name: the person's name or else the words, folded."""
    return fold_name(entity.name or entity.span.text)


def fold_name(name: str) -> str:
    """`name` with its letters folded and one space between words."""
    return " ".join(fold(name).split())


def as_json(content: object) -> str:
    """JSON as it stands in cells: letters as they are, no spaces."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def now() -> str:
    """This second, UTC, as it stands in cells."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(date: dt.date | None) -> str | None:
    """A day as it stands in cells."""
    return None if date is None else date.isoformat()


def _span(span: Span | None) -> tuple[Cell, Cell, Cell]:
    return (span.start, span.end, span.text) if span else _NOWHERE


def _sentences(text: str, events: Sequence[Event]) -> dict[tuple[int, int], int]:
    """The number of each sentence of the text, in order, and behind them of what else events name as theirs."""
    bounds = [(span.start, span.end) for span in split_sentences(text)]
    named = [one for event in events for one in (event.sentence, *(report.sentence for report in event.also))]
    return {pair: n for n, pair in enumerate(dict.fromkeys([*bounds, *((span.start, span.end) for span in named)]))}


def _event_row(
    event: Event, key: int, article: int, n: int, sentences: Mapping[tuple[int, int], int], coder: int | None
) -> Row:
    when, where = event.when, event.where
    return (
        key,
        event.id,
        article,
        n,
        event.type,
        event.mode,
        event.status,
        quad_of(event.type),
        score_of(event.type, event.mode),
        event.confidence,
        *_span(event.trigger),
        sentences[event.sentence.start, event.sentence.end],
        day(when.start) if when else None,
        day(when.end) if when else None,
        event.when_from,
        *(_span(when.span) if when else _NOWHERE),
        where.country if where else None,
        *(_span(where.span) if where else _NOWHERE),
        event.predicate,
        coder,
        as_json([reason_to_json(reason) for reason in event.reasons]),
        *(_place(where) if where else (None,) * 8),
        event.own_type,
    )


def _place(place: Place) -> Row:
    claimants = as_json(place.claimants) if place.claimants else None
    known = (place.name, place.latin, place.kind, place.lat, place.lon)
    return (*known, claimants, place.evidence, place.confidence)


def _participant_rows(event: Event, key: int) -> Iterator[Row]:
    for role, entities in (("actor", event.actors), ("recipient", event.recipients)):
        for n, entity in enumerate(entities):
            yield (key, role, n, *_span(entity.span), entity.code or None, form_of(entity), *known_of(entity))


def _quote_row(quote: Quote, article: int, n: int) -> Row:
    speaker = quote.speaker
    known = known_of(speaker) if speaker else (None,) * 10
    spans = (*_span(quote.text), *_span(quote.cue), *_span(speaker.span if speaker else None))
    details = (int(quote.direct), int(quote.carried), _codes(quote.about), as_json(quote_details_to_json(quote)))
    return (article, n, *spans, *known, *details)


def _claim_row(claim: Claim, article: int, n: int) -> Row:
    known = (claim.kind, claim.number, claim.unit, day(claim.since.start) if claim.since else None, int(claim.negated))
    return (article, n, *_span(claim.span), *known, _codes(claim.about), as_json(claim_to_json(claim)))


def _codes(entities: Sequence[Entity]) -> str:
    """The codes of entities as SQL finds one of them: `|MAR GOV|ISR|`; empty for none."""
    codes = dict.fromkeys(entity.code for entity in entities if entity.code)
    return f"|{'|'.join(codes)}|" if codes else ""


def _person_row(person: Entity, article: int, n: int) -> Row:
    return (article, n, *_span(person.span), form_of(person), *known_of(person))


def known_of(entity: Entity) -> Row:
    """The cells of all that is known of an entity beside its words: country, sector, name, latin, office, holder's three ..."""
    holder = entity.holder
    held = (holder.name, holder.latin, holder.wikidata) if holder else _NOWHERE
    return (entity.country, entity.sector, entity.name, entity.latin, entity.role, *held, entity.wikidata, entity.basis)
