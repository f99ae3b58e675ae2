"""Casting: who takes part in a candidate event, and on which side, chosen among all whom its sentence names.

For each side everyone named there competes with nobody: a softmax over linear scores of named features (a conditional logit;
`casting_features.py` names them), trained by `training/train.py`; the weights stand in `weights.json`.
"""

import math

from rasid.events.casting_features import Stage, nobody_features, role_features
from rasid.events.casting_grammar import settle
from rasid.events.outline import Part
from rasid.events.propose import Candidate
from rasid.linear import Linear

_AS_LIKELY = 0.5  # of the likeliest one's probability: whoever comes so near takes part as well

RoleWeights = Linear[complex]  # for being an actor (real) and a recipient (imaginary): one look-up and one sum for both


def cast(stage: Stage, candidate: Candidate, known: RoleWeights) -> tuple[list[Part], list[Part]]:
    """The actors and the recipients of a candidate."""
    options = role_features(stage, candidate)
    scores = [known.of(nobody_features(stage, candidate)), *[known.of(features) for _, features in options]]
    whose = [part.phrase and (part.phrase.country or part.phrase.sector) for part, _ in options]
    shares = [_shares([score.real for score in scores]), _shares([score.imag for score in scores])]
    actors, recipients = _choose(*shares, *[_backed(share, whose) for share in shares])
    return settle(candidate, [options[n - 1][0] for n in actors], [options[n - 1][0] for n in recipients])


def _shares(scores: list[float]) -> list[float]:
    """Scores as probabilities that sum to one."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised, 0.0)
    return [value / total for value in raised]


def _backed(shares: list[float], whose: list[str | None]) -> list[float]:
    """`shares`, but the likeliest of one country or sector has those of all of it: two mentions make neither less likely."""
    best: dict[str, int] = {}
    sums: dict[str, float] = {}
    backed = list(shares)
    for n, code in enumerate(whose, 1):
        if code:
            backed[n] = 0.0
            sums[code] = sums.get(code, 0.0) + shares[n]
            if code not in best or shares[n] > shares[best[code]]:
                best[code] = n
    for code, n in best.items():
        backed[n] = sums[code]
    return backed


def _choose(
    actor: list[float], recipient: list[float], backed_actor: list[float], backed_recipient: list[float]
) -> tuple[list[int], list[int]]:
    """The likeliest actor and recipient together, either of whom may be nobody (0), and those who are nearly as likely."""
    first, second = _likeliest(backed_actor), _likeliest(backed_recipient)
    if first and first == second:  # nobody stands on both sides: one of them makes way
        other_first, other_second = _likeliest(backed_actor, first), _likeliest(backed_recipient, second)
        _, first, second = max(
            (backed_actor[first] * backed_recipient[other_second], first, other_second),
            (backed_actor[other_first] * backed_recipient[second], other_first, second),
        )
    size = range(1, len(actor))
    actors = [
        n
        for n in (size if first else ())
        if n == first or (n != second and actor[n] >= _AS_LIKELY * actor[first] and actor[n] > recipient[n])
    ]
    recipients = [
        n
        for n in (size if second else ())
        if n not in actors and (n == second or (recipient[n] >= _AS_LIKELY * recipient[second] and recipient[n] > actor[n]))
    ]
    return actors, recipients


def _likeliest(shares: list[float], but: int = -1) -> int:
    """The last of the likeliest places, other than `but`."""
    most = max([share for n, share in enumerate(shares) if n != but])
    return max([n for n, share in enumerate(shares) if share == most and n != but])
