"""PLOVER: which types, modes, contexts and sectors there are, and how each is scored. The facts stand in `plover.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

QUADS = ("none", "material conflict", "material cooperation", "verbal conflict", "verbal cooperation")


@cache
def _facts() -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    facts: dict[str, Any] = yaml.load((Path(__file__).parent / "plover.yaml").read_text(encoding="utf-8"), loader)
    return facts


def types() -> frozenset[str]:
    """The sixteen event types."""
    return frozenset(_facts()["types"])


def modes(event_type: str) -> frozenset[str]:
    """The modes that events of this type can have; none for types without."""
    return frozenset(_facts()["types"][event_type]["modes"])


def contexts() -> frozenset[str]:
    """The labels that an event's contexts are taken from."""
    return frozenset(_facts()["contexts"])


def sectors() -> frozenset[str]:
    """The sectors of actors."""
    return frozenset(_facts()["sectors"])


def quad_of(event_type: str) -> int:
    """1 material conflict, 2 material cooperation, 3 verbal conflict, 4 verbal cooperation."""
    return QUADS.index(_facts()["types"][event_type]["quad"])


def score_of(event_type: str, mode: str | None = None) -> float:
    """From -10 (conflict) to 10 (cooperation); the mode's own score where it has one."""
    facts = _facts()["types"][event_type]
    score = facts["modes"].get(mode)
    return float(facts["score"] if score is None else score)
