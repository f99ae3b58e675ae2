"""The register of agreements: one entry for each accord, however many articles report it, with what they disagree on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rasid.model import Agreement, Entity, Interval
from rasid.record.agreements import AgreementQuery, AgreementRow, days_of, find_agreements
from rasid.record.opening import Record

_APART = dt.timedelta(days=45)  # between days that different articles give of one accord
_LIKE = frozenset(("agreement", "framework", "partnership", "treaty", "protocol", "deal", "charter"))  # one may be called any
_ORDER = ("planned", "announced", "signed", "ratified", "in_force", "suspended", "ended")
_PHASES = ("announced", "signed", "ratified", "in_force", "suspended", "ended")
_LEAST_PARTIES = 2


class Version(NamedTuple):
    """What some articles say of one thing, and which they are."""

    value: str
    articles: tuple[str, ...]


class Dispute(NamedTuple):
    """What articles do not agree on about an accord: `about` is a field of the entry."""

    about: str
    versions: tuple[Version, ...]


class Accord(NamedTuple):
    """An accord of the register. Of each thing the version that most articles give; of days the narrowest."""

    parties: tuple[Entity, ...]
    kind: str
    name: str | None
    status: str | None
    fields: tuple[str, ...]
    signatories: tuple[Entity, ...]
    announced: Interval | None
    signed: Interval | None
    ratified: Interval | None
    in_force: Interval | None
    suspended: Interval | None
    ended: Interval | None
    where: str | None
    reports: tuple[AgreementRow, ...]
    disputes: tuple[Dispute, ...]


def read_register(record: Record, query: AgreementQuery = AgreementQuery()) -> list[Accord]:
    """The accords of a record, the earliest first; `query` says which reports of them count."""
    return register(find_agreements(record, query))


def register(rows: Iterable[AgreementRow]) -> list[Accord]:
    """One entry for each accord, joined by its parties, its kind and its days.

    Two reports are of one accord where their parties are the same (one may name fewer than the other, two at the least), their
    kinds go together, and the days that they give lie at most 45 apart, or one gives none and was published meanwhile.
    """
    groups: list[list[AgreementRow]] = []
    for row in rows:
        fitting = [group for group in groups if any(_is_one(row, other) for other in group)]
        for group in fitting[1:]:
            fitting[0].extend(group)
            groups.remove(group)
        if fitting:
            fitting[0].append(row)
        else:
            groups.append([row])
    return sorted((_entry(group) for group in groups), key=_first_day)


def _first_day(accord: Accord) -> tuple[dt.date, str]:
    days = [day.start for day in (accord.signed, accord.announced, accord.in_force) if day and day.start]
    published = [row.published_start for row in accord.reports if row.published_start]
    return min([*days, *published], default=dt.date.max), accord.kind


def _codes(agreement: Agreement) -> frozenset[str]:
    return frozenset(entity.country or entity.code or entity.span.text for entity in agreement.parties)


def _is_one(row: AgreementRow, other: AgreementRow) -> bool:
    """Are two reports of one accord?"""
    a, b = row.agreement, other.agreement
    one, two = _codes(a), _codes(b)
    if len(one & two) < min(_LEAST_PARTIES, len(one), len(two)) or not (one <= two or two <= one) or not (one and two):
        return False
    if a.name and b.name and a.name != b.name:
        return False
    if a.kind != b.kind and not ({a.kind, b.kind} <= _LIKE) and "agreement" not in (a.kind, b.kind):
        return False
    if a.fields and b.fields and a.kind == b.kind == "memorandum" and not set(a.fields) & set(b.fields):
        return False  # two states may sign several on one day
    return _meet(row, other)


def _meet(row: AgreementRow, other: AgreementRow) -> bool:
    """Do the days of two reports allow that they are of one accord?"""
    a, b = row.agreement, other.agreement
    for one, two in ((a.signed, b.signed), (a.announced, b.announced), (a.in_force, b.in_force)):
        if one and two:
            return _near(one, two)
    days, others = (days_of(x.agreement) or [Interval(x.published_start, x.published_end)] for x in (row, other))
    return any(_near(one, two) for one in days for two in others)


def _near(one: Interval, two: Interval) -> bool:
    latest_start = max(one.start or dt.date.min, two.start or dt.date.min)
    earliest_end = min(one.end or dt.date.max, two.end or dt.date.max)
    return latest_start <= earliest_end or latest_start - earliest_end <= _APART


def _entry(rows: Sequence[AgreementRow]) -> Accord:
    told = [row.agreement for row in rows]
    kinds = Counter(one.kind or "agreement" for one in told)
    kind = max(kinds, key=lambda kind: (kind != "agreement", kinds[kind]))
    days = {phase: _narrowest([getattr(one, phase) for one in told]) for phase in _PHASES}
    places = Counter(one.where.country for one in told if one.where and one.where.country)
    parties: dict[str, Entity] = {}
    signatories: dict[tuple[str, str], Entity] = {}
    for one in told:
        for entity in one.parties:
            parties.setdefault(entity.country or entity.code or entity.span.text, entity)
        for entity in one.signatories:
            signatories.setdefault((entity.code, entity.latin or entity.name or entity.role or ""), entity)
    statuses = [one.status for one in told if one.status]
    return Accord(
        tuple(parties.values()),
        kind,
        next((one.name for one in told if one.name), None),
        max(statuses, key=_ORDER.index, default=None),
        tuple(dict.fromkeys(field for one in told for field in one.fields)),
        tuple(signatories.values()),
        days["announced"],
        days["signed"],
        days["ratified"],
        days["in_force"],
        days["suspended"],
        days["ended"],
        max(places, key=lambda place: places[place], default=None),
        tuple(rows),
        _disputes(rows),
    )


def _narrowest(days: Iterable[Interval | None]) -> Interval | None:
    """The shortest of the intervals, the first of equally short ones."""

    def width(day: Interval) -> int:
        return (day.end - day.start).days if day.start and day.end else dt.timedelta.max.days

    return min((day for day in days if day), key=width, default=None)


def _disputes(rows: Sequence[AgreementRow]) -> tuple[Dispute, ...]:
    """Where reports contradict one another: other parties, another kind or place, days that cannot both be."""
    found = [
        _dispute("parties", [(" ".join(sorted(_codes(row.agreement))), row) for row in rows]),
        _dispute("kind", [(row.agreement.kind, row) for row in rows if row.agreement.kind != "agreement"]),
        _dispute("where", [(row.agreement.where.country, row) for row in rows if row.agreement.where]),
    ]
    for phase in _PHASES:
        dated = [(day, row) for row in rows if (day := getattr(row.agreement, phase))]
        if any(not _overlap(one, two) for one, _ in dated for two, _ in dated):
            found.append(_dispute(phase, [(_day_words(day), row) for day, row in dated]))
    return tuple(dispute for dispute in found if dispute)


def _dispute(about: str, told: Sequence[tuple[str | None, AgreementRow]]) -> Dispute | None:
    versions: dict[str, list[str]] = {}
    for value, row in told:
        if value:
            versions.setdefault(value, []).append(row.article_id)
    if len(versions) < _LEAST_PARTIES:
        return None
    return Dispute(about, tuple(Version(value, tuple(articles)) for value, articles in versions.items()))


def _overlap(one: Interval, two: Interval) -> bool:
    return max(one.start or dt.date.min, two.start or dt.date.min) <= min(one.end or dt.date.max, two.end or dt.date.max)


def _day_words(day: Interval) -> str:
    start, end = (str(one) if one else "" for one in (day.start, day.end))
    return start if start == end else f"{start}/{end}"
