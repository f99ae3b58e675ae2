"""Fresh passages about agreements and quotes: what the coder makes of them beside what a reader takes from them."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from rasid.coder import code
from rasid.model import Agreement, Article, Entity, Interval, PageDate, Quote

CASES = Path(__file__).parent.parent / "cases"
DAY = dt.date(2023, 5, 17)
_OF_STATE = frozenset((None, "GOV", "MIL", "LEG", "JUD", "COP", "SPY", "ELI", "CVL"))
_DAYS = ("announced", "signed", "ratified", "in_force", "suspended", "ended")


def passages(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    cases: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return cases


def article(case: dict[str, Any]) -> Article:
    day = case.get("date", DAY)
    return Article("a", case["text"], date=PageDate(day, day, "given"))


def agreement_mistakes(case: dict[str, Any]) -> list[str]:
    """What the coder makes otherwise of the agreements of a passage; empty where nothing."""
    found = code(article(case)).agreements
    wanted = case["agreements"]
    if len(found) != len(wanted):
        return [f"{len(found)} agreements, not {len(wanted)}: {[_seen(one) for one in found]}"]
    mistakes = []
    for one, told in zip((_seen(one) for one in found), wanted, strict=True):
        mistakes += [f"{key}: {one[key]}, not {want}" for key, want in told.items() if not _agrees(one[key], want)]
    return mistakes


def _seen(one: Agreement) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "parties": sorted({party(entity) for entity in one.parties}),
        "status": one.status,
        "fields": list(one.fields),
        "provisions": [span.text for span in one.provisions],
        "signatories": sorted(entity.code for entity in one.signatories),
        "where": one.where and one.where.country,
        **{name: interval(getattr(one, name)) for name in _DAYS},
    }


def party(entity: Entity) -> str:
    """A state or an organisation by its code without sector, anybody else by the whole code, or by the words."""
    if entity.country and entity.sector in _OF_STATE:
        return entity.country
    return entity.code or entity.span.text


def interval(time: Interval | None) -> str | None:
    if time is None:
        return None
    return str(time.start) if time.start == time.end else f"{time.start or ''}/{time.end or ''}"


def _agrees(one: Any, want: Any) -> bool:
    if isinstance(want, dt.date):
        want = str(want)
    if isinstance(want, str) and want.endswith("/"):
        return isinstance(one, str) and one.startswith(want[:-1])
    if isinstance(want, list) and isinstance(one, list):
        return sorted(one) == sorted(want)
    return bool(one == want)


def quote_mistakes(case: dict[str, Any]) -> list[str]:
    """What the coder makes otherwise of the quotes of a passage; empty where nothing."""
    found = code(article(case)).quotes
    wanted = case["quotes"]
    right = len(found) == len(wanted) and all(is_quote(one, want) for one, want in zip(found, wanted, strict=True))
    mistakes = [] if right else [f"{[shown(one) for one in found]}, not {wanted}"]
    if right and "outlet" in case:
        carriers = [one.span.text for one in (found[-1].through, found[-1].addressee) if one]
        if not any(case["outlet"] in text for text in carriers):
            mistakes.append(f"outlet: {carriers}, not {case['outlet']}")
    if right and "about" in case and [one.code for one in found[-1].about] != case["about"]:
        mistakes.append(f"about: {[one.code for one in found[-1].about]}, not {case['about']}")
    return mistakes


def is_quote(one: Quote, want: list[str]) -> bool:
    """The same way, speaker and words as wanted."""
    way, speaker, words = want
    if one.direct != (way == "D") or one.text.text != words:
        return False
    if one.speaker is None:
        return False
    return speaker == "*" or speaker in (one.speaker.code, one.speaker.country) or speaker in one.speaker.span.text


def shown(one: Quote) -> tuple[str, str, str]:
    return ("D" if one.direct else "I", (one.speaker and (one.speaker.code or one.speaker.span.text)) or "?", one.text.text)
