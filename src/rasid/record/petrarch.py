"""Events as lines of PETRARCH: a day, a source, a target and a CAMEO code, for programs that read those.

A line says who does what to whom and no more, so that an event becomes one for each pair; those without sides do it to each
other. What is denied or only possible has no place in such a line and is left out, and so is what was over long ago, unless
its day is known.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import permutations, product

from rasid.record.cameo import cameo_of
from rasid.record.rows import EventRow

COLUMNS = ("date", "source", "target", "code", "issues", "ids", "url", "outlet")
NOBODY = "---"
_BETWEEN = " + "
_TOLD = frozenset(("occurred", "future", "historical"))


def petrarch_rows(row: EventRow) -> Iterator[tuple[str, ...]]:
    """The lines of an event, in the order of its actors and recipients.

    Yields:
        date: of the act where that is one day, else of its page, as `20211124`.
        source, target: codes without a blank (`MARGOV`), or `---`.
        code: of CAMEO; issues: nothing, rasid's contexts are not those of PETRARCH's list.
        ids: of the event, which leads back to its words; url and outlet, empty where they are not known.
    """
    day = _day(row)
    if row.status not in _TOLD or day is None:
        return
    code, _ = cameo_of(row.type, row.mode, tuple((row.contexts or "").split(_BETWEEN)))
    for source, target in _pairs(_codes(row.actor_codes), _codes(row.recipient_codes)):
        yield f"{day:%Y%m%d}", source, target, code, "", row.event_id, row.url or "", row.source or ""


def _day(row: EventRow) -> dt.date | None:
    if row.when_start == row.when_end is not None:
        return row.when_start
    published = row.published_start if row.published_start == row.published_end else None
    return None if row.status == "historical" else published


def _codes(codes: str | None) -> list[str]:
    """`MAR GOV + ?` as `MARGOV`; who has no code is not named."""
    return [code.replace(" ", "") for code in dict.fromkeys((codes or "").split(_BETWEEN)) if code not in ("", "?")]


def _pairs(actors: list[str], recipients: list[str]) -> Iterator[tuple[str, str]]:
    if len(actors) > 1 and not recipients:
        return permutations(actors, 2)
    return product(actors or [NOBODY], recipients or [NOBODY])
