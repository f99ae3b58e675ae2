"""Whether a sentence looks ahead: what decides where a bare weekday or a date without its year lies."""

from collections.abc import Sequence
from typing import Literal

from rasid.arabic.words import Word
from rasid.times.phrases import is_word
from rasid.times.vocabulary import tense_of

_FARTHEST = 40  # words; a cue farther off governs something else
_AHEAD = 8


def direction(words: Sequence[Word], first: int, after: int, farthest: int = _FARTHEST) -> Literal["plan", "past"] | None:
    """Whether the words around `first` to `after` announce or report.

    The nearest cue before them in their sentence decides; where there is none, the nearest after them in their clause; None
    where there is no cue. A cue more than `farthest` words before does not count.
    """
    for at in range(first - 1, max(-1, first - 1 - farthest), -1):
        form = words[at].form
        if form.kind == "mark":
            if form.text in ".!؟?؛;…":
                break
            continue
        tense = tense_of(form)
        if tense == "call":
            return "plan" if any(is_word(words, between, "الي") for between in range(at + 1, first)) else "past"
        if tense:
            ahead = tense == "plan" and not (at and tense_of(words[at - 1].form) == "past")  # لم يعقد, كان يعقد
            return "plan" if ahead else "past"
    for word in words[after : after + _AHEAD]:
        if word.form.kind == "mark" and word.form.text in ".!؟?؛;…،:":
            return None
        tense = tense_of(word.form)
        if tense:
            return "plan" if tense == "plan" else "past"
    return None
