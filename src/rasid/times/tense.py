"""Whether a sentence looks ahead: what decides where a bare weekday or a date without its year lies."""

from collections.abc import Sequence

from rasid.arabic.words import Word
from rasid.times.phrases import is_word
from rasid.times.vocabulary import tense_of

_FARTHEST = 40  # words; a cue farther off governs something else
_AHEAD = 8


def looks_ahead(words: Sequence[Word], first: int, after: int) -> bool:
    """Whether the words around `first` to `after` speak of what is to come.

    The nearest cue before them in their sentence decides; where there is none, the nearest after them in their clause.
    """
    for at in range(first - 1, max(-1, first - _FARTHEST), -1):
        form = words[at].form
        if form.kind == "mark":
            if form.text in ".!؟?؛;…":
                break
            continue
        tense = tense_of(form)
        if tense == "call":
            return any(is_word(words, between, "الي") for between in range(at + 1, first))
        if tense:
            return tense == "plan" and not (at and tense_of(words[at - 1].form) == "past")  # لم يعقد, كان يعقد
    for word in words[after : after + _AHEAD]:
        if word.form.kind == "mark" and word.form.text in ".!؟?؛;…،:":
            return False
        tense = tense_of(word.form)
        if tense:
            return tense == "plan"
    return False
