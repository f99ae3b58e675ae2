"""Names in a query that a record does not know, so that no answer can be told from a wrong question."""

from collections.abc import Iterator

from rasid.record.contents import fold_name
from rasid.record.opening import Record, as_record_errors
from rasid.record.queries import EventQuery, check_query
from rasid.record.query_sql import taking_part

_NEAREST = 3
_ALIKE = 60.0  # of 100, as rapidfuzz counts
_KNOWN = {
    "actor": "SELECT DISTINCT code FROM participants UNION SELECT DISTINCT latin FROM participants "
    "UNION SELECT DISTINCT coalesce(name, text) FROM participants",
    "outlet": "SELECT DISTINCT source FROM articles",
    "place": "SELECT DISTINCT where_code FROM events",
}


def unknown_in(record: Record, query: EventQuery, outlet: str | None = None, nearest: int = _NEAREST) -> Iterator[str]:
    """A line for each actor, place and outlet of a query that stands nowhere in the record, with the nearest that do.

    Args:
        record: the record.
        query: what is asked for.
        outlet: whose articles are asked for, if not those of `query.source`.
        nearest: how many of the names that are most like it are said, for which all names have to be read; 0 is quick.

    Raises:
        InputError: the query asks for what there cannot be.
    """
    check_query(query)
    source = outlet or query.source
    with as_record_errors(record.path):
        for actor in query.actors:
            found = taking_part(actor)
            if not _any(record, found.text, found.values):
                yield _line(record, "actor", actor, nearest)
        for place in query.places:
            if not _any(record, "SELECT 1 FROM events WHERE where_code = ?", (place,)):
                yield _line(record, "place", place, nearest)
        if source and not _any(record, "SELECT 1 FROM articles WHERE source = ? COLLATE NOCASE", (source,)):
            yield _line(record, "outlet", source, nearest)


def _any(record: Record, select: str, values: tuple[object, ...]) -> bool:
    return record.connection.execute(f"SELECT 1 FROM ({select}) LIMIT 1", values).fetchone() is not None


def _line(record: Record, kind: str, name: str, number: int) -> str:
    there_are = [known for (known,) in record.connection.execute(_KNOWN[kind]) if known] if number else []
    near = nearest(name, there_are)[:number]
    said = f'{record.path}: knows no {kind} "{name}"'
    return f"{said}; nearest: {', '.join(near)}" if near else said


def nearest(name: str, known: list[str]) -> list[str]:
    """The names that are most like `name`, the likest first; none where none is like it."""
    from rapidfuzz import process

    found = process.extract(name, known, processor=_folded, limit=_NEAREST, score_cutoff=_ALIKE)
    return [one for one, *_ in found]


def _folded(name: str) -> str:
    return fold_name(name).lower()
