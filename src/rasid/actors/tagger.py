"""Names of persons that stand in a sentence without an office: found by a small linear model over words and their neighbours.

Every feature of a word falls into one of 2^18 buckets, which hold its weight for each label in two bytes (`names.weights`, made
by `training/names.py`). A list (`listed.py`) says which words are names, and which plain words. A word's
features depend on its letters and on what the tables and that list say of it, so that they are summed once a form; a sentence
costs a few additions for each word that could be a name at all.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from rasid.actors.lexicon import FOLDER, first_word, is_given
from rasid.actors.listed import CLASSES, hash_of, listed, numbers
from rasid.actors.persons import SOURCE as PERSONS
from rasid.actors.persons import read_persons
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Reading, Word, per_form
from rasid.lexicon import compiled, read_table, variants

WEIGHTS = Path(__file__).parent / "names.weights"
BUCKETS = 1 << 18
OUT, BEGINS, GOES_ON = range(3)  # the labels: no name, its first word, a further one
NEAR = (-2, -1, 1, 2)  # the neighbours that are looked at
Scores = tuple[float, float, float]
Predicate = Callable[[Form], str]

_FAMILIES = FOLDER / "family_names.csv"
_LINKS = frozenset(
    fold(word)
    for word in [
        "بن",
        "ابن",
        "بنت",
        "أبو",
        "أبي",
        "أبا",
        "آل",
        "ولد",
        "عبد",
        "دو",
        "دي",
        "دا",
        "دل",
        "ديل",
        "لا",
        "فان",
        "فون",
        "بو",
        "ماك",
        "أم",
        "عز",
        "سيف",
        "نصر",
    ]
)
_NAMES = frozenset(("given", "family", "known"))
_PARTS = frozenset(("given", "family", "known", "link"))
_MAY_BE = frozenset(("begins", "begins+", "family+", "known+", "given+", "unknownو"))
_INSIDE = frozenset(("nisba", "place", "people", "office", "verb", "noun", "link", "group", "doubtful"))
HOPELESS = -500.0  # so much worse than no name by its own letters that neighbours hardly make up for it

EXPECTED = -4000.0  # where a name is expected, so much worse than no name still is one
LONGEST = 5  # words of a name


class Look(NamedTuple):
    """What can be told of a form before its letters are weighed."""

    kinds: tuple[str, ...]  # what the tables hold it for
    may: int  # 2: it may be a name by itself, 1: only beside one, 0: never


def find_names(words: Sequence[Word], predicate: Predicate, timed: AbstractSet[int]) -> dict[int, int]:
    """Where names of persons begin in a sentence, and where each ends (exclusive), in words.

    Args:
        words: the words of a sentence.
        predicate: what a form is to the lexicon of predicates.
        timed: places of the words of time expressions, which are in no name.
    """
    found: dict[int, int] = {}
    after = 0
    seen: dict[int, Scores] = {}
    for first, last in _runs(words, predicate, timed, seen):
        emissions = [seen[at] if at in seen else _emission(words, at, predicate) for at in range(first, last)]
        steps = [steps_to(words[at].form, predicate) for at in range(first, min(last + 1, len(words)))]
        for at, label in enumerate(best_labels(emissions, steps, within=first > 0), first):
            if label == BEGINS:
                start = at - 1 if at > max(first, after) and _opens(words[at - 1].form, predicate) else at
            elif label == GOES_ON and _parts(words[at].form, predicate):
                start = at
            if label != OUT:
                found[start] = after = at + 1
    return found


@lru_cache(maxsize=1 << 16)
def _parts(form: Form, predicate: Predicate) -> bool:
    """Does a word begin a second name after و: `أحمد سالم وعبدالرحمن فهد`?"""
    kinds = look(form, predicate).kinds
    given = any(kind[0] == "g" and kind.endswith("+") for kind in kinds)
    return given and form.fold[0] == "و" and "given" not in kinds and not any(kind in CLASSES for kind in kinds)


@lru_cache(maxsize=1 << 16)
def _opens(form: Form, predicate: Predicate) -> bool:
    """Is a word nothing but a given name with a preposition joined to it, so that the family name behind it is not all?"""
    kinds = look(form, predicate).kinds
    return len(kinds) == 1 and kinds[0] in ("g2+", "g3+", "g4+")


class _Promise(NamedTuple):
    """What a word that may be a name by itself is before its neighbours are weighed."""

    listed: bool  # the tables hold it for a name or part of one
    least: float  # by how much steps favour no name over the first word of one, at the least
    most: float  # and over a further one


@cache
def _promises(predicate: Predicate) -> Callable[[Form], _Promise | None]:
    """For each form its promise; None for nearly all, which are done with there."""
    return per_form(partial(_promise, predicate))


def _promise(predicate: Predicate, form: Form) -> _Promise | None:
    if not _promising(form, predicate):
        return None
    return _Promise(not _PARTS.isdisjoint(look(form, predicate).kinds), *_leaning(form, predicate))


def _runs(
    words: Sequence[Word], predicate: Predicate, timed: AbstractSet[int], seen: dict[int, Scores]
) -> Iterator[tuple[int, int]]:
    """Stretches of words that could hold a name: words that could be one, and those beside them; `seen` gets their weights."""
    first = last = -1
    promise_of = _promises(predicate)
    for at, word in enumerate(words):
        promise = promise_of(word.form)
        if promise is None or at in timed:
            continue
        if not promise.listed:
            out, begins, goes_on = seen[at] = _emission(words, at, predicate)
            if out + promise.least > begins and out + promise.most > goes_on:
                continue
        begin, end = max(at - 1, 0), min(at + 4, len(words))
        if begin >= last and last >= 0:
            yield from _parted(words, first, last, predicate, timed)
            first = last = -1
        first, last = (begin, end) if last < 0 else (first, end)
    if last >= 0:
        yield from _parted(words, first, last, predicate, timed)


def _parted(
    words: Sequence[Word], first: int, last: int, predicate: Predicate, timed: AbstractSet[int]
) -> Iterator[tuple[int, int]]:
    """The stretches of `first` to `last` without the words that are in no name."""
    begun = -1
    for at in range(first, last):
        if at in timed or not look(words[at].form, predicate).may:
            if begun >= 0:
                yield begun, at
            begun = -1
        elif begun < 0:
            begun = at
    if begun >= 0:
        yield begun, last


def end_of_name(words: Sequence[Word], at: int, predicate: Predicate, timed: AbstractSet[int]) -> int:
    """Where a name ends that begins with the word at `at`, were there one; `at` itself where that is most unlikely.

    For a place where a name is expected, such as right after an office; `find_names` asks for more.
    """
    if at in timed or not look(words[at].form, predicate).may:
        return at
    steps = steps_to(words[at].form, predicate)
    emission = _emission(words, at, predicate)
    gain = emission[BEGINS] + steps[OUT][BEGINS] - emission[OUT] - steps[OUT][OUT]
    best, end, label = float("-inf"), at, BEGINS
    for after in range(at + 1, at + 1 + LONGEST):
        following = steps_to(words[after].form, predicate) if after < len(words) else None
        left = gain + (following[label][OUT] - following[OUT][OUT] if following else 0.0)
        if left > best:
            best, end = left, after
        if following is None or after in timed or not look(words[after].form, predicate).may:
            break
        emission = _emission(words, after, predicate)
        gain += emission[GOES_ON] + following[label][GOES_ON] - emission[OUT] - following[OUT][OUT]
        label = GOES_ON
    return end if best > EXPECTED else at


def best_labels(emissions: Sequence[Sequence[float]], steps: Sequence[Sequence[Sequence[float]]], *, within: bool) -> list[int]:
    """The likeliest labels of a row of words.

    Args:
        emissions: what each label scores for each word.
        steps: what the label before (first index) adds to each label of a word; may have one more, of the word after the row.
        within: whether a word in no name stands before the row.
    """
    score = [emissions[0][OUT], emissions[0][BEGINS], float("-inf")]
    if within:
        score = [one + step for one, step in zip(score, steps[0][OUT], strict=True)]
    back: list[list[int]] = []
    for emission, step in zip(emissions[1:], steps[1:], strict=False):
        arrows, new = [], []
        for label in (OUT, BEGINS, GOES_ON):
            options = [score[before] + step[before][label] for before in (OUT, BEGINS, GOES_ON)]
            best = options.index(max(options))
            arrows.append(best)
            new.append(options[best] + emission[label])
        back.append(arrows)
        score = new
    if len(steps) > len(emissions):
        score = [one + step[OUT] for one, step in zip(score, steps[-1], strict=True)]
    label = score.index(max(score))
    labels = [label]
    for arrows in reversed(back):
        label = arrows[label]
        labels.append(label)
    return labels[::-1]


@lru_cache(maxsize=1 << 16)
def steps_to(form: Form, predicate: Predicate) -> tuple[Scores, Scores, Scores]:
    """What each label of the word before a word adds to each of its own."""
    seen = look(form, predicate)
    out, begins, goes_on = (weigh(step_features(before, form, seen)) for before in (OUT, BEGINS, GOES_ON))
    return ((out[OUT], out[BEGINS], float("-inf")), begins, goes_on)


def _leaning(form: Form, predicate: Predicate) -> tuple[float, float]:
    """By how much steps favour no name over the first word of one, and over a further one, at the least."""
    steps = steps_to(form, predicate)
    return min(step[OUT] - step[BEGINS] for step in steps), min(step[OUT] - step[GOES_ON] for step in steps[1:])


def step_features(before: int, form: Form, seen: Look) -> list[str]:
    """The features of the step from a word labelled `before` to the next."""
    return [f"{before}>", f"{before}>{'+'.join(seen.kinds[:2])}", f"{before}><{form.fold[:2]}", f"{before}>w={form.fold}"]


def _emission(words: Sequence[Word], at: int, predicate: Predicate) -> Scores:
    last = len(words) - 1
    before = words[at - 1].form if at else None
    after = words[at + 1].form if at < last else None
    scores = (
        _own(words[at].form, predicate),
        _near(words[at - 2].form if at > 1 else None, -2, predicate),
        _near(words[at + 2].form if at + 1 < last else None, 2, predicate),
        _beside(words[at].form, before, -1, predicate),
        _beside(words[at].form, after, 1, predicate),
    )
    out = begins = goes_on = 0.0
    for score in scores:
        out += score[0]
        begins += score[1]
        goes_on += score[2]
    return (out, begins, goes_on)


@lru_cache(maxsize=1 << 16)
def _beside(own: Form, near: Form | None, place: int, predicate: Predicate) -> Scores:
    """What the word right before or behind a word adds, by itself and together with it."""
    pair = _pair_of_kinds(look(own, predicate).kinds[:2], near, look(near, predicate) if near else None, place)
    out, begins, goes_on = _near(near, place, predicate)
    return (pair[0] + out, pair[1] + begins, pair[2] + goes_on)


@lru_cache(maxsize=1 << 16)
def _pair_of_kinds(own: tuple[str, ...], near: Form | None, seen: Look | None, place: int) -> Scores:
    return weigh(pair_features(own, near, seen, place))


def pair_features(own: tuple[str, ...], near: Form | None, seen: Look | None, place: int) -> list[str]:
    """What a word of kinds `own` and its neighbour are together: what the neighbour is, and which word it is."""
    kinds = "+".join(own[:2])
    if near is None or seen is None:
        return [f"{place}{kinds}|edge"]
    return [f"{place}{kinds}|{'+'.join(seen.kinds[:2])}", f"{place}{kinds}|w={near.fold}"]


def _promising(form: Form, predicate: Predicate) -> bool:
    """May a word be a name by itself, as far as its own letters tell?"""
    if look(form, predicate).may < 2:
        return False
    out, begins, goes_on = _own(form, predicate)
    return max(begins, goes_on) - out > HOPELESS


@lru_cache(maxsize=1 << 16)
def _own(form: Form, predicate: Predicate) -> Scores:
    return weigh(own_features(form, look(form, predicate)))


@lru_cache(maxsize=1 << 17)
def _near(form: Form | None, place: int, predicate: Predicate) -> Scores:
    return weigh(near_features(form, look(form, predicate) if form else None, place))


@lru_cache(maxsize=1 << 16)
def look(form: Form, predicate: Predicate) -> Look:
    """What the tables hold a form for, and whether it may be a name or part of one."""
    if form.kind != "word":
        return Look((form.kind,), int(form.kind == "latin"))
    kinds: dict[str, None] = {}
    if form.fold in _LINKS:
        kinds["link"] = None
    role = particle(form)
    if role:
        kinds[role.kind] = None
    for reading, rows in first_word(form):
        joined = "+" if reading.conjunction or reading.preposition else ""
        kinds[(rows.alone.kind if rows.alone else "begins") + joined] = None
    for reading in form.readings:
        named = _name_words().get(("ال" if reading.article else "") + reading.stem)
        if named and not reading.pronoun:
            kinds[named + ("+" if reading.conjunction or reading.preposition else "")] = None
    kinds[predicate(form)] = None
    kinds.pop("", None)
    if not kinds and form.fold[0] == "و" and len(form.fold) > 3:
        kinds["unknown" + form.fold[0]] = None
    names = _NAMES & kinds.keys()
    called = listed(form)
    if role and form.text != "علي" and not {"given", "family", "link"} & kinds.keys():
        return Look((*kinds, *called), 0)
    if role:
        return Look((*kinds, *called), 1)
    if names or not kinds or kinds.keys() <= _MAY_BE:
        return Look((*kinds, *called) or ("unknown",), 2)
    return Look((*kinds, *called), int(bool(_INSIDE & kinds.keys())))


def is_name(reading: Reading) -> bool:
    """Is a word so taken apart a name that the tables know?"""
    word = ("ال" if reading.article else "") + reading.stem
    return not reading.pronoun and (word in _name_words() or is_given(word))


def own_features(form: Form, seen: Look) -> list[str]:
    """The features of a word itself: what it is, its letters at the beginning, at the end and within, its length."""
    word = form.fold
    bare = f"^{word}{'ة' if form.text.endswith('ة') else ''}$"
    kinds = "+".join(seen.kinds)
    return [
        "w=" + word,
        "k=" + kinds,
        *("k:" + kind for kind in seen.kinds),
        *(f"<{bare[:n]}" for n in (2, 3, 4)),
        *(f">{bare[-n:]}" for n in (2, 3, 4, 5)),
        *{f"s={r.stem}" for r in form.readings[1:6] if len(r.stem) > 2},
        *(f"g{bare[at : at + 3]}" for at in range(len(bare) - 2)),
        f"n={min(len(word), 9)}",
        f"n={min(len(word), 9)}{kinds}",
    ]


def near_features(form: Form | None, seen: Look | None, place: int) -> list[str]:
    """The features that a word gives the one that stands `place` words before it (or, below 0, after it)."""
    if form is None or seen is None:
        return [f"{place}edge"]
    word = form.fold
    features = [f"{place}w={word}", f"{place}k={'+'.join(seen.kinds)}", *(f"{place}k:{kind}" for kind in seen.kinds)]
    if abs(place) == 1 and form.kind == "word":
        features += [f"{place}<{word[:2]}", f"{place}>{word[-2:]}", f"{place}<>{word[:2]}{form.text[-1]}"]
    return features


def bucket(feature: str) -> int:
    """Where the weights of a feature stand."""
    return hash_of(feature) % BUCKETS


def weigh(features: Sequence[str]) -> Scores:
    """The sum of the weights of `features`, for each label."""
    out = begins = goes_on = 0
    weights = _weights()
    for feature in features:
        at = 3 * bucket(feature)
        out, begins, goes_on = out + weights[at], begins + weights[at + 1], goes_on + weights[at + 2]
    return (float(out), float(begins), float(goes_on))


@cache
def _weights() -> Sequence[int]:
    """Three numbers for each bucket, of two bytes, the lower one first. The file is compressed: most are 0."""
    return numbers("h", zlib.decompress(WEIGHTS.read_bytes()))


@cache
def _name_words() -> dict[str, str]:
    """Words that are `known` from the table of persons, or stand in that of `family` names, folded."""
    words: dict[str, str] = compiled("names", (_FAMILIES, PERSONS), _read_name_words)
    return words


def _read_name_words() -> dict[str, str]:
    known = {word for names, _ in read_persons() for name in names for word in fold(name).split()}
    words = {word: "known" for word in known - _LINKS if len(word) > 1}
    for _, cells in read_table(_FAMILIES, ("names",)):
        words.update((fold(name), "family") for name in variants(cells["names"]))
    return words
