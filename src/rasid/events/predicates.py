"""The predicates: which words can report an event, of what type, and which place in the clause each role comes from.

The files in `lexicon/` are read, checked and conjugated once; what comes out is a look-up from every form that news can write
(folded, without clitics) to the predicates that it can be.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.verbs import conjugate, noun_forms
from rasid.arabic.words import Form, Reading, forget, per_form
from rasid.errors import LexiconError
from rasid.events import plover
from rasid.lexicon import Entry, compiled, read_entries, read_table, variants

FOLDER = Path(__file__).parent / "lexicon"
TOPICS = FOLDER / "topics.csv"
PREPOSITIONS = frozenset((
    "ب", "ل", "على", "إلى", "من", "مع", "ضد", "عن", "في", "بين", "حول", "أمام", "لدى", "تجاه", "نحو", "ك", "حيال", "إزاء",
    "بحق", "قرب", "باتجاه", "دون", "فوق",
))  # fmt: skip
_KEYS = frozenset((
    "lemma", "pattern", "nouns", "never", "event", "mode", "negated", "actor", "recipient", "of", "with", "if", "unless",
    "passive", "contexts", "why", "case", "light", "gives", "status", "tense",
))  # fmt: skip
_PLACES = frozenset(("subject", "object", "any", "next", "before"))
_CHOICES = {
    "of": ("subject", "object"),
    "passive": ("likely",),
    "mode": ("by words", "none"),
    "gives": ("subject", "object"),
    "status": ("future", "hypothetical", "negated", "topic", "said"),
}
_TENSES = ("past", "present", "future", "noun", "participle")
# What is said, asked and promised is also told by a participle in the feminine: `قالت الحكومة، متهمة المعارضة`.
_TOLD = frozenset(("ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"))

Slots = tuple[tuple[str, ...], ...]  # alternatives, the first that is filled counts; each the union of its slots
Condition = tuple[tuple[str, "Wanted"], ...]  # where to look, and for what
Tense = Literal["past", "present", "noun", "participle"]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The words of a condition, made once and shared: single ones, and phrases of several by their first word."""

    phrases: tuple[str, ...]
    single: frozenset[str]
    several: dict[str, list[tuple[str, ...]]]
    firsts: frozenset[str]  # of the phrases of several words
    any: frozenset[str]  # single words and firsts: a sentence without any of these has none of all


@cache
def wanted(phrases: tuple[str, ...]) -> Wanted:
    """The words of a condition, `phrases`, as they are looked for."""
    several: dict[str, list[tuple[str, ...]]] = {}
    for words in (tuple(phrase.split()) for phrase in phrases):
        if len(words) > 1:
            several.setdefault(words[0], []).append(words)
    single = frozenset(phrase for phrase in phrases if " " not in phrase)
    return Wanted(phrases, single, several, frozenset(several), single.union(several))


class Predicate(NamedTuple):
    """One entry of the lexicon. A predicate without a `type` is known to report no event."""

    where: str  # `consult.yaml:14`
    lemma: str
    type: str | None
    mode: str | None
    actor: Slots
    recipient: Slots
    of: str  # what the genitive of its nouns is: subject or object
    complement: tuple[str, ...]  # fixed words, one of which must follow
    needs: Condition
    forbids: Condition
    passive: bool  # with one noun phrase only, it is read as passive
    contexts: tuple[str, ...]
    light: tuple[str, ...]  # a light verb: where the noun that it carries stands (`object`, or a preposition)
    gives: str  # what a light verb's subject is to that noun
    status: str | None  # what a verb says of the act in its complement: future, hypothetical, negated; `topic`: no act reported
    by_words: bool  # the words around it may say another mode (`modes.csv`)
    never: tuple[str, ...]  # words that look like a form of it and are mostly another word
    negated: tuple[str, str | None] | None  # type and mode of not doing it: `لن يقبل` is REJECT yield
    tenses: tuple[str, ...]  # only in these; none for all


class Use(NamedTuple):
    """One way to take a form: the predicates that it can be, in the order of the lexicon, and its grammar."""

    predicates: tuple[Predicate, ...]
    tense: Tense
    voices: frozenset[str]
    number: str  # s, d, p
    gender: str  # m, f
    person: int
    future: bool
    reading: Reading
    says: bool  # can it be a verb of saying?


class Case(NamedTuple):
    """A sentence that an entry must be right about: `FRA GOV > DZA GOV, when=2021-11-24`, or `none` where nothing is coded."""

    predicate: Predicate
    text: str
    wanted: str


_Raw = tuple[tuple[int, ...], str, tuple[str, ...], str, str, int]


class Lexicon(NamedTuple):
    """All predicates, and the forms under which each is found."""

    predicates: tuple[Predicate, ...]
    free: dict[str, list[_Raw]]
    joined: dict[str, list[_Raw]]  # the shapes that stand before a pronoun


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package.

    Raises:
        LexiconError: a mistake in one of its files.
    """
    name = "own_predicates" if _own else "predicates"
    predicates, free, joined = compiled(name, [*sources(), TOPICS], lambda: _build(sources()))
    return Lexicon(tuple(_compiled(Predicate(*predicate)) for predicate in predicates), free, joined)


def _compiled(stored: Predicate) -> Predicate:
    """A predicate with its conditions as they are looked for, of one as it is stored, with their mere words."""
    return stored._replace(needs=_looked_for(stored.needs), forbids=_looked_for(stored.forbids))


def _looked_for(stored: Any) -> Condition:
    return tuple((place, wanted(words)) for place, words in stored)


def sources() -> list[Path]:
    """The files that hold predicates, in the order in which they are read: by name, the verbs that report no event last.

    A user's own files stand before all others.
    """
    return [*_own, *sorted(FOLDER.glob("*.yaml"), key=lambda path: (path.name == "general.yaml", path.name))]


_own: list[Path] = []  # set once, before anything is coded


def add_predicates(paths: Iterable[Path]) -> None:
    """Let entries of further files go before those of the package. To be called before this process codes anything.

    Raises:
        LexiconError: no such file, or a mistake in it.
    """
    for path in paths:
        if not path.is_file():
            raise LexiconError(f"{path}: no such file of predicates")
        for entry in read_entries(path):
            read_predicate(entry)
            list(_forms(entry))
        _own.append(path)
    lexicon.cache_clear()
    forget()


def mistakes(paths: Iterable[Path]) -> Iterator[str]:
    """All that is wrong in files of predicates, a line each: `consult.yaml:14: unknown type ...`."""
    for path in paths:
        whole: dict[tuple[str, str], str] = {}  # by verb and noun, the entry without conditions behind which none is tried
        try:
            entries = read_entries(path)
        except LexiconError as error:
            yield str(error)
            continue
        for entry in entries:
            try:
                predicate = read_predicate(entry)
                list(_forms(entry))
            except LexiconError as error:
                yield str(error)
                continue
            words = [
                *(("verb", word) for word in _list(entry.keys.get("lemma"))),
                *(("noun", n) for n in _list(entry.keys.get("nouns"))),
            ]
            if all(word in whole for word in words):
                earlier, word = whole[words[0]], words[0][1]
                yield f"{entry.where}: never tried, for {earlier} takes {word} without a condition; put it before that"
            if not (predicate.needs or predicate.forbids or predicate.complement or predicate.tenses):
                whole |= {word: entry.where for word in words if word not in whole}


def cases(paths: Iterable[Path] | None = None) -> Iterator[Case]:
    """Every `case` of the lexicon, or of these files, in their order."""
    for path in sources() if paths is None else paths:
        for entry in read_entries(path):
            predicate = read_predicate(entry)
            for case in _list(entry.keys.get("case")):
                text, _, wanted = case.rpartition("=>")
                yield Case(predicate, text.strip(), wanted.strip())


def read_topics(path: Path) -> dict[str, tuple[str, ...]]:
    """For each type of event, the words beside which its predicates speak of sport, weather and the like.

    Raises:
        LexiconError: an unknown type, or a row without words.
    """
    found: dict[str, tuple[str, ...]] = {}
    for where, cells in read_table(path, ("topic", "words", "blocks")):
        words = tuple(" ".join(map(bare, phrase.split())) for phrase in variants(cells["words"]))
        if not words or not cells["blocks"]:
            raise LexiconError(f"{where}: a row needs words, and the types that they block")
        for name in cells["blocks"].split():
            kind = event_of(name, where)[0]
            found[str(kind)] = (*found.get(str(kind), ()), *words)
    return found


def _build(paths: Iterable[Path]) -> tuple[Any, Any, Any]:
    topics = read_topics(TOPICS)
    predicates: list[tuple[Any, ...]] = []
    forms: dict[str, dict[tuple[str, str, str, int], list[Any]]] = {}
    joined: dict[str, dict[tuple[str, str, str, int], list[Any]]] = {}
    for path in paths:
        for entry in read_entries(path):
            predicate = read_predicate(entry)
            if predicate.type in topics:
                words: Any = topics[predicate.type]
                predicate = predicate._replace(forbids=(*predicate.forbids, ("any", words)))
            predicates.append(tuple(predicate))
            for written, before_pronoun, tense, voice, number, gender, person in _forms(entry):
                grammar = (tense, number, gender, person)
                for index, shape in ((forms, written), (joined, before_pronoun)):
                    found, voices = index.setdefault(shape, {}).setdefault(grammar, [[], []])
                    if len(predicates) - 1 not in found:
                        found.append(len(predicates) - 1)
                    if voice not in voices:
                        voices.append(voice)
    return predicates, _packed(forms), _packed(joined)


def _packed(forms: dict[str, dict[tuple[str, str, str, int], list[Any]]]) -> dict[str, list[_Raw]]:
    return {
        shape: [
            (tuple(found), tense, tuple(voices), number, gender, person)
            for (tense, number, gender, person), (found, voices) in uses.items()
        ]
        for shape, uses in forms.items()
    }


def shapes_of(entry: Entry) -> frozenset[str]:
    """The words, folded and without clitics, by which an entry of a file is found."""
    return frozenset(shape for written, before_pronoun, *_ in _forms(entry) for shape in (written, before_pronoun))


def _forms(entry: Entry) -> Iterator[tuple[str, str, str, str, str, str, int]]:
    lemma, pattern = entry.keys.get("lemma"), entry.keys.get("pattern")
    if lemma and pattern:
        try:
            conjugated = conjugate(lemma.split()[0], str(pattern))
        except ValueError as error:
            raise LexiconError(f"{entry.where}: {error}") from None
        told = str(entry.keys.get("event")).split()[0] in _TOLD and (str(pattern)[:2] != "I " or "defective" in str(pattern))
        for form in conjugated:
            if form.tense in ("past", "present"):
                yield form.written, form.joined, form.tense, form.voice, form.number, form.gender, form.person
            elif form.tense == "participle_active" and (form.gender == "m" or told):
                yield form.written, form.joined, "participle", "active", form.number, form.gender, 3
            elif form.tense == "noun" and not entry.keys.get("nouns"):
                yield form.written, form.joined, "noun", "active", "s", "", 0
    for noun in _list(entry.keys.get("nouns")):
        for written, before_pronoun in noun_forms(noun.split()[0]):
            yield written, before_pronoun, "noun", "active", "s", "", 0


def read_predicate(entry: Entry) -> Predicate:
    """An entry of a file, checked.

    Raises:
        LexiconError: an unknown key, type, mode, slot, pattern or context; says what is allowed.
    """
    keys, where = entry.keys, entry.where
    unknown = set(keys) - _KEYS
    if unknown:
        raise LexiconError(f"{where}: unknown key {sorted(map(str, unknown))[0]!r} (one of {', '.join(sorted(_KEYS))})")
    if not keys.get("lemma") and not keys.get("nouns"):
        raise LexiconError(f"{where}: an entry needs a lemma with its pattern, or nouns")
    if keys.get("lemma") and not keys.get("pattern"):
        raise LexiconError(f"{where}: the lemma {keys['lemma']} needs a pattern, such as 'I hollow u' or 'VIII'")
    for key, allowed in _CHOICES.items():
        if keys.get(key, allowed[0]) not in allowed:
            raise LexiconError(f"{where}: {key} is {keys[key]!r}; it must be {' or '.join(allowed)}")
    event_type, mode = event_of(keys.get("event"), where)
    negated_type, negated_mode = event_of(keys.get("negated"), where)
    contexts = tuple(_list(keys.get("contexts")))
    for context in contexts:
        if context not in plover.contexts():
            raise LexiconError(f"{where}: unknown context {context!r} (one of {', '.join(sorted(plover.contexts()))})")
    tenses = tuple(_list(keys.get("tense")))
    for tense in tenses:
        if tense not in _TENSES:
            raise LexiconError(f"{where}: unknown tense {tense!r} (one of {', '.join(_TENSES)})")
    lemma = keys.get("lemma") or _list(keys["nouns"])[0]
    fixed = [" ".join(lemma.split()[1:])] if " " in lemma else []
    return Predicate(
        where, lemma, event_type, mode,
        _slots(keys.get("actor"), where), _slots(keys.get("recipient"), where), keys.get("of", "subject"),
        tuple(bare(word) for word in fixed + _list(keys.get("with"))),
        _condition(keys.get("if"), where), _condition(keys.get("unless"), where),
        keys.get("passive") == "likely", contexts,
        tuple(fold(place) for place in _list(keys.get("light"))), keys.get("gives", "subject"), keys.get("status"),
        keys.get("mode", "none" if mode else "by words") == "by words", tuple(fold(word) for word in _list(keys.get("never"))),
        (negated_type, negated_mode) if negated_type else None, tenses,
    )  # fmt: skip


def event_of(value: str | None, where: str) -> tuple[str | None, str | None]:
    """The type and the mode that a file names (`ASSAULT firearms`), checked; no type for `none`.

    Raises:
        LexiconError: PLOVER has no such type, or the type no such mode; says which there are.
    """
    if value in (None, "none"):
        return None, None
    event_type, _, mode = str(value).partition(" ")
    if event_type not in plover.types():
        raise LexiconError(f"{where}: unknown type {event_type!r} (one of {', '.join(sorted(plover.types()))}, or none)")
    modes = sorted(plover.modes(event_type))
    if mode and mode not in modes:
        raise LexiconError(f"{where}: {event_type} has no mode {mode!r} (one of {', '.join(modes) or 'none'})")
    return event_type, mode or None


def _slots(value: Any, where: str) -> Slots:
    alternatives = [[part.strip() for part in str(item).split("+")] for item in _list(value)]
    for slot in (slot for union in alternatives for slot in union):
        if slot not in ("subject", "object") and slot not in PREPOSITIONS:
            raise LexiconError(f"{where}: unknown slot {slot!r} (subject, object, or one of {' '.join(sorted(PREPOSITIONS))})")
    return tuple(tuple(fold(slot) for slot in union) for union in alternatives)


def _condition(value: dict[str, Any] | None, where: str) -> Any:
    if value is not None and not isinstance(value, dict):
        raise LexiconError(f"{where}: a condition says where to look for which words, as in 'if: {{object: [اتفاق, معاهدة]}}'")
    for place in value or {}:
        if place not in _PLACES and place not in PREPOSITIONS:
            allowed = ", ".join(sorted(_PLACES | PREPOSITIONS))
            raise LexiconError(f"{where}: unknown place {place!r} in a condition (one of {allowed})")
    return tuple((fold(place), tuple(bare(word) for word in _list(words))) for place, words in (value or {}).items())


def bare(word: str) -> str:
    """A word of a condition as it is compared: folded, without ال."""
    folded = fold(str(word))
    return folded.removeprefix("ال") if len(folded) > 4 else folded


def _list(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


@per_form
def uses(form: Form) -> tuple[Use, ...]:
    """Every way in which `form` can be a predicate; those with the fewest clitics first. Empty for nearly all words."""
    if form.kind != "word":
        return ()
    known = lexicon()
    found: list[Use] = []
    for reading in form.readings:
        index = known.joined if reading.pronoun else known.free
        stem = reading.stem
        found += _uses(known, [raw for raw in index.get(stem, ()) if _fits(raw, reading, form)], reading, False)
        if stem[0] == "س" and not reading.article and not reading.preposition:
            found += _uses(known, [raw for raw in index.get(stem[1:], ()) if raw[1] == "present"], reading, True)
    return tuple(dict.fromkeys(found))


def _uses(known: Lexicon, raws: Iterable[_Raw], reading: Reading, future: bool) -> Iterator[Use]:
    whole = reading.stem + reading.pronoun
    for numbers, tense, voices, number, gender, person in raws:
        when = "future" if future else tense
        found = tuple(
            predicate
            for predicate in map(known.predicates.__getitem__, numbers)
            if whole not in predicate.never and (not predicate.tenses or when in predicate.tenses)
        )
        if found:
            says = any(predicate.status == "said" for predicate in found)
            yield Use(found, tense, frozenset(voices), number, gender, person, future, reading, says)  # type: ignore[arg-type]


def _fits(raw: _Raw, reading: Reading, form: Form) -> bool:
    """Can a form of this tense carry these clitics?"""
    tense = raw[1]
    if tense == "noun":
        return True
    if reading.article:
        return False
    if tense == "participle":
        return not reading.preposition and not reading.pronoun and reading.stem.endswith(("ا", "ين", "ه"))
    if reading.preposition and not (tense == "present" and reading.preposition == "ل"):
        return False
    return not form.text.endswith("ة")
