"""What a record is for: relations between two actors over time, agreements, people's words, claims, charts, watches."""

from rasid.analysis.coverage import ExposureRow, exposure
from rasid.analysis.formal import StateOn, States, state_on, states
from rasid.analysis.names import Actor, actor_named
from rasid.analysis.relations import Relation, relation

__all__ = [
    "Actor",
    "ExposureRow",
    "Relation",
    "StateOn",
    "States",
    "actor_named",
    "exposure",
    "relation",
    "state_on",
    "states",
]
