"""The formal state of a relation on any day: none, open, cut, resumed, recognised, allied, at war, or unknown.

Events that change the state are found by the rules of `states.csv`. Reports of one change are put together; where they give it
different days, or somebody denies it, both stand. What is only planned changes nothing; what is told in hindsight changes the
state on its own day, not on the day on which it is told.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rasid.analysis.between import events_between
from rasid.analysis.names import Actor
from rasid.analysis.state_rules import State, StateRule, event_types, matching_rules
from rasid.arabic.letters import fold
from rasid.arabic.words import read_words
from rasid.lexicon import read_table
from rasid.model import PageDate
from rasid.record import EventRow, Record

# Reports of one act often differ by a day or two, by when an outlet went to press: that far apart they do not contradict.
_NEAR = dt.timedelta(days=3)
_PROMPT = dt.timedelta(days=31)  # who reports a change so soon after it was there
_STALE = dt.timedelta(days=92)  # a denial later than this is about something else
_WIDE = dt.timedelta(days=62)  # days vaguer than this are laid to others before they make a change of their own
_PLAN = dt.timedelta(days=731)  # a plan that was carried out later than this was another plan
CAUSES = Path(__file__).parent / "causes.csv"


@dataclass(frozen=True, slots=True)
class StateReport:
    """An event that reports a change of state, done, denied or planned, and the days on which it puts it (None: open)."""

    event: EventRow
    rule: StateRule
    first: dt.date | None
    last: dt.date | None

    @property
    def state(self) -> State:
        """The state that the change leads to."""
        return self.rule.state


@dataclass(frozen=True, slots=True)
class Version:
    """When a change was, as some reports have it, and who says so."""

    first: dt.date | None
    last: dt.date | None
    reports: tuple[StateReport, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Each once, by name; an outlet that is not known is `?`."""
        return tuple(sorted({report.event.source or "?" for report in self.reports}))


@dataclass(frozen=True, slots=True)
class Change:
    """A change of state, and its evidence.

    `versions` are the accounts of when it was: the one that is followed first, the others contradict it. `denials` say that it
    did not happen. `before` is the state that it implies. `by_order` is True where no report gives a day, so that it is
    placed between the changes that must have come before and after it.
    """

    state: State
    before: State | None
    first: dt.date | None
    last: dt.date | None
    versions: tuple[Version, ...]
    denials: tuple[StateReport, ...] = ()
    by_order: bool = False

    @property
    def is_disputed(self) -> bool:
        """Do reports contradict each other on when, or on whether it was?"""
        return len(self.versions) > 1 or bool(self.denials)

    @property
    def reports(self) -> tuple[StateReport, ...]:
        """All that tell of it, whenever they put it."""
        return tuple(report for version in self.versions for report in version.reports)


@dataclass(frozen=True, slots=True)
class Band:
    """Days, inclusive, with one state; `possible` has more than one where the days of a change are not known, or reports lack.

    `start` and `end` are None where nothing bounds them. `change` brought the state about, if one did; before the first
    change, and between changes that do not follow on each other, the state is what they imply.
    """

    state: State
    start: dt.date | None
    end: dt.date | None
    possible: tuple[State, ...]
    change: Change | None

    @property
    def is_sure(self) -> bool:
        """Is this what reports say, and the only thing that can have been?"""
        return len(self.possible) == 1 and self.change is not None


@dataclass(frozen=True, slots=True)
class States:
    """The states of a relation: changes in order, the bands of days between them, plans, and denials of what none reports."""

    changes: tuple[Change, ...] = ()
    bands: tuple[Band, ...] = ()
    planned: tuple[tuple[StateReport, Change | None], ...] = ()  # and the change that carried it out, if one did
    denials: tuple[StateReport, ...] = ()


@dataclass(frozen=True, slots=True)
class StateOn:
    """The state on a day: the likeliest (`unknown` within the days of a change that has several), all that it can be, why."""

    day: dt.date
    state: State
    possible: tuple[State, ...]
    is_sure: bool
    change: Change | None


def states(record: Record, a: Actor, b: Actor) -> States:
    """The formal states of the relation between two actors, by all that a record holds.

    Raises:
        InputError: both are one.
    """
    return states_of(events_between(record, a, b, types=event_types()))


def states_of(events: Iterable[EventRow]) -> States:
    """The same by events, all of them between the same two."""
    reports = [(event, rules) for event in events if (rules := _rules_of(event))]
    strong = [_report(event, rules[0]) for event, rules in reports if not rules[0].only_from and _is_done(event)]
    # What carries its own day is laid down first, the surest of its day before the vague: they join what is there.
    changes: list[Change] = []
    for report in sorted(strong, key=_by_sureness):
        _add(changes, report)
    weak = [(event, rules) for event, rules in reports if rules[0].only_from and _is_done(event)]
    for event, rules in sorted(weak, key=lambda one: (one[0].when_start or dt.date.max, one[0].event_id)):
        _add_if_it_changes_anything(changes, event, rules)
    denied = [_report(event, rules[0]) for event, rules in reports if event.status == "negated"]
    changes, unheard = _with_denials(_ordered(changes), denied)
    planned = [_report(event, rules[0]) for event, rules in reports if event.status in ("future", "hypothetical")]
    return States(tuple(changes), tuple(_bands(changes)), tuple((one, _fulfilment(one, changes)) for one in planned), unheard)


def state_on(found: States, day: dt.date) -> StateOn:
    """The state on a day."""
    for band in found.bands:
        if (band.start is None or band.start <= day) and (band.end is None or day <= band.end):
            return StateOn(day, band.state, band.possible, band.is_sure, band.change)
    return StateOn(day, "unknown", ("unknown",), False, None)


def _rules_of(event: EventRow) -> list[StateRule]:
    return matching_rules(event.type, event.mode, event.trigger, event.sentence, _is_done(event))


def _is_done(event: EventRow) -> bool:
    return event.status in ("occurred", "historical")


def _report(event: EventRow, rule: StateRule) -> StateReport:
    """The days that an event's own sentence gives; for something long past, the day of the page is none of them."""
    if event.when_from == "page" and event.status == "historical":
        return StateReport(event, rule, *_since_cause(event))
    if event.when_start is None and event.when_end is None:
        return StateReport(event, rule, *_since_cause(event))
    return StateReport(event, rule, event.when_start, event.when_end)


def _since_cause(event: EventRow) -> tuple[dt.date | None, dt.date | None]:
    """`تقطعها الرباط بسبب الانتفاضة التي انطلقت عام 2000`: not before the first day of its cause."""
    from rasid.times import find_times

    words = read_words(event.sentence)
    at = event.sentence.find(event.trigger)
    cause = next((word.start for word in words if word.start > at and word.form.fold in _causes()), None)
    if cause is None:
        return None, None
    published = PageDate(event.published_start, event.published_end)
    times = [time for time in find_times(event.sentence, words, published) if time.span and time.span.start > cause]
    return (times[0].start if times else None), None


@cache
def _causes() -> frozenset[str]:
    return frozenset(fold(cells["word"]) for _, cells in read_table(CAUSES, ("word",)))


def _by_sureness(report: StateReport) -> tuple[int, dt.date, str]:
    first, last = report.first, report.last
    vague = 3 if first is None and last is None else 2 if first is None or last is None else int(last - first > _WIDE)
    return vague, first or last or report.event.published_start or dt.date.max, report.event.event_id


def _add(changes: list[Change], report: StateReport) -> None:
    """Lay a report to the change that it tells of, or let it tell of a new one."""
    same = [change for change in changes if change.state == report.state]
    near = [change for change in same if any(_overlap(version, report) for version in change.versions)]
    home = near[-1] if near else _same_by_order(changes, same, report)
    if home:
        changes[changes.index(home)] = _joined(home, report)
    elif report.first is None and report.last is None:
        changes.append(_between_others(_ordered(changes), report))
    else:
        changes.append(_follow(Change(report.state, report.rule.before, None, None, (Version(None, None, (report,)),))))


def _overlap(version: Version, report: StateReport) -> bool:
    if (report.first is None and report.last is None) or (version.first is None and version.last is None):
        return False
    return _low(report.first) - _NEAR <= _high(version.last) and _low(version.first) <= _high(report.last) + _NEAR


def _low(day: dt.date | None) -> dt.date:
    return max(day, dt.date.min + _NEAR) if day else dt.date.min + _NEAR


def _high(day: dt.date | None) -> dt.date:
    return min(day, dt.date.max - _NEAR) if day else dt.date.max - _NEAR


def _same_by_order(changes: list[Change], same: list[Change], report: StateReport) -> Change | None:
    """The change that a report with other days, or none, must mean: nothing cuts a relation twice that nobody resumed.

    Of those told of before the report's own day of publication the last, if it gives no day itself.
    """
    if report.first is None and report.last is None:
        told = [change for change in same if not report.event.published_end or _low(change.first) <= report.event.published_end]
        return _ordered(told)[-1] if told else None
    if report.rule.again:
        return None
    for change in same:
        low, high = sorted((_low(change.first or change.last), _low(report.first or report.last)))
        others = (one for one in changes if one.state != report.state and (one.first or one.last))
        if not any(low < _low(one.first or one.last) < high for one in others):
            return change
    return None


def _joined(change: Change, report: StateReport) -> Change:
    versions = list(change.versions)
    at = next((n for n, version in enumerate(versions) if _overlap(version, report)), None)
    if at is None and report.first is None and report.last is None:
        at = 0
    if at is None:
        versions.append(Version(report.first, report.last, (report,)))
    else:
        versions[at] = replace(versions[at], reports=(*versions[at].reports, report))
    return _follow(replace(change, versions=tuple(versions)))


def _follow(change: Change) -> Change:
    """The change with its versions' days worked out, the one that most speaks for first."""
    versions = sorted((_dated(version) for version in change.versions), key=_weight)
    return replace(change, first=versions[0].first, last=versions[0].last, versions=tuple(versions))


def _dated(version: Version) -> Version:
    """The days that all reports allow; of those that do not overlap, the ones most of them give."""
    known = [report for report in version.reports if report.first or report.last]
    if not known:
        return version
    first = max((report.first for report in known if report.first), default=None)
    last = min((report.last for report in known if report.last), default=None)
    if first and last and first > last:  # days apart, no more: the earlier that anybody gives
        first = last = min(report.last for report in known if report.last)
    reports = sorted(version.reports, key=lambda report: (report.event.published_start or dt.date.max, report.event.event_id))
    return Version(first, last, tuple(reports))


def _weight(version: Version) -> tuple[int, int, dt.timedelta, dt.date]:
    prompt = {report.event.source for report in version.reports if _is_prompt(report)}
    width = _high(version.last) - _low(version.first)
    return -len(prompt), -len(version.outlets), width, _low(version.first)


def _is_prompt(report: StateReport) -> bool:
    published = report.event.published_start
    return bool(published and report.last and published - report.last <= _PROMPT)


def _between_others(changes: list[Change], report: StateReport) -> Change:
    """A change of which no day is known, where it fits: before one that implies it, after the one before that."""
    lone = Change(report.state, report.rule.before, None, None, (Version(None, None, (report,)),), by_order=True)
    for n, after in enumerate(changes):
        before = changes[n - 1] if n else None
        if after.before == report.state and (before is None or before.state != report.state):
            return replace(lone, first=(before.last or before.first) if before else None, last=after.last or after.first)
    return replace(lone, first=None, last=report.event.published_end)


def _add_if_it_changes_anything(changes: list[Change], event: EventRow, rules: Sequence[StateRule]) -> None:
    for rule in rules:
        report = _report(event, rule)
        known = [
            change for change in changes if change.state == rule.state and any(_overlap(v, report) for v in change.versions)
        ]
        day = report.first or report.last
        if known:
            changes[changes.index(known[0])] = _joined(known[0], report)
            return
        if day is None or not rule.only_from:
            continue
        there = state_on(States(bands=tuple(_bands(_ordered(changes)))), day)
        if set(there.possible) <= rule.only_from:
            changes.append(_follow(Change(rule.state, rule.before, None, None, (Version(None, None, (report,)),))))
            return


def _ordered(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (_low(change.first or change.last), _high(change.last)))


def _with_denials(changes: list[Change], denied: list[StateReport]) -> tuple[list[Change], tuple[StateReport, ...]]:
    """Each denial with the change that it denies: the nearest before it; and those that deny what nobody reports."""
    unheard = []
    for denial in denied:
        said = denial.event.published_start or denial.last
        meant = [
            change
            for change in changes
            if change.state == denial.state and said and abs(said - _low(change.last or change.first)) <= _STALE
        ]
        if meant:
            at = changes.index(meant[-1])
            changes[at] = replace(changes[at], denials=(*changes[at].denials, denial))
        else:
            unheard.append(denial)
    return changes, tuple(unheard)


def _fulfilment(plan: StateReport, changes: list[Change]) -> Change | None:
    said = plan.event.published_start
    if said is None:
        return None
    done = (change for change in changes if change.state == plan.state and (change.last or change.first))
    return next((change for change in done if said <= _low(change.last or change.first) <= said + _PLAN), None)


def _bands(changes: Sequence[Change]) -> Iterable[Band]:
    """The days between changes, and those within which a change lies, in order and without a hole."""
    if not changes:
        return
    state: State = changes[0].before or "unknown"
    may: tuple[State, ...] = (state,)
    by: Change | None = None
    since: dt.date | None = None
    day = dt.timedelta(days=1)
    for change in changes:
        if change.before and change.before not in may and not _is_open(state, change.before):
            may = (*may, change.before)  # something came between, of which no report tells
        is_open_ended = change.last is None and change.first is not None  # `after 1993`: it counts from there
        sure_from = _not_before(change.last or change.first, since)
        begins = _not_before(change.first or (None if change.by_order else change.last), since)
        if begins is not None and (since is None or since < begins):
            yield Band(state, since, begins - day, may, by)
        if sure_from is None:
            continue
        if begins is None or begins < sure_from:
            both = tuple(dict.fromkeys((*may, change.state)))
            yield Band("unknown" if len(both) > 1 else both[0], begins, sure_from - day, both, change)
        may = (change.state, *may) if is_open_ended else (change.state,)
        state, by, since = change.state, change, sure_from
    yield Band(state, since, None, may, by)


def _is_open(state: State, wanted: State | None) -> bool:
    """A relation that was resumed, or is one of allies, is open too."""
    return wanted == "open" and state in ("resumed", "allied", "recognised")


def _not_before(day: dt.date | None, since: dt.date | None) -> dt.date | None:
    return max(day, since) if day and since else day
