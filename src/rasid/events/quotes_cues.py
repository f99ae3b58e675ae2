"""Which words report what somebody says: verbs (`lexicon/said.csv`) and the small words around them (`lexicon/quoting.csv`)."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rasid.arabic.letters import fold
from rasid.arabic.verbs import conjugate
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.events.signs import read_signs
from rasid.lexicon import compiled, read_table, variants

VERBS = Path(__file__).parent / "lexicon" / "said.csv"
SMALL = Path(__file__).parent / "lexicon" / "quoting.csv"
KINDS = (
    "that",
    "other",
    "words_of",
    "according",
    "as",
    "aside",
    "outlet",
    "account",
    "title",
    "breaks",
    "publishes",
    "no_source",
    "matter",
    "publication",
    "telling",
    "goes_on",
    "by_noun",
)
TAKES = ("that", "marks", "relay")
_TENSES = {"past": "verb", "present": "verb", "participle_active": "participle"}
_ADVERBIAL = ("ا", "ه", "ين")  # endings of a participle that tells what somebody says: مؤكدا, مؤكدة, مؤكدين

_NEAR_THAT = 8  # words of a sentence in which `وبين الوزير أن` has its أن
_CAME = frozenset(("جاء", "جاءت", "جا", "رد", "ورد"))
CueKind = Literal["verb", "participle"]


class Cue(NamedTuple):
    """A word that reports what somebody says: how, and what may link it to أن (an empty string for nothing)."""

    lemma: str
    kind: CueKind
    takes: str
    links: tuple[str, ...]
    conjunction: str
    first_person: bool


@cache
def _verbs() -> dict[str, tuple[Any, ...]]:
    verbs: dict[str, tuple[Any, ...]] = compiled("said", [VERBS], _read_verbs)
    return verbs


def _read_verbs() -> dict[str, tuple[Any, ...]]:
    return read_verbs(VERBS)


def read_verbs(path: Path) -> dict[str, tuple[Any, ...]]:
    """Every form of every verb of saying, folded: lemma, kind, what it takes, links, first person or not, no spellings.

    Raises:
        LexiconError: a pattern, a way of taking or an answer that there is not, or a lemma that stands twice.
    """
    found: dict[str, tuple[Any, ...]] = {}
    seen: set[str] = set()
    for where, cells in read_table(path, ("lemma", "pattern", "link", "takes", "participle", "never")):
        lemma = cells["lemma"]
        if cells["takes"] not in TAKES or cells["participle"] not in ("yes", "no") or not cells["link"]:
            raise LexiconError(f"{where}: takes is one of {', '.join(TAKES)}, participle yes or no, link a word or -")
        if lemma in seen:
            raise LexiconError(f"{where}: {lemma} stands here a second time; keep one of the two")
        seen.add(lemma)
        links = tuple("" if link == "-" else fold(link) for link in variants(cells["link"]))
        never = {fold(form) for form in variants(cells["never"]) if not form.startswith("=")}
        spelled = tuple(form[1:] for form in variants(cells["never"]) if form.startswith("="))
        for written, kind, first in _forms(lemma, cells["pattern"], cells["participle"] == "yes", where):
            if written not in never:
                found.setdefault(written, (lemma, kind, cells["takes"], links, first, spelled))
    return found


def _forms(lemma: str, pattern: str, participle: bool, where: str) -> Iterator[tuple[str, str, bool]]:
    try:
        forms = conjugate(lemma, pattern)
    except (ValueError, KeyError) as error:
        raise LexiconError(f"{where}: {lemma} cannot be conjugated as {pattern!r}: {error}") from None
    for form in forms:
        kind = _TENSES.get(form.tense)
        if kind is None or form.voice != "active" or (kind == "participle" and not participle):
            continue
        if kind == "verb" or form.written.endswith(_ADVERBIAL):
            yield form.written, kind, form.person == 1


@per_form
def cue_of(form: Form) -> Cue | None:
    """What a word is to reported speech; None for nearly all words."""
    verbs = _verbs()
    for reading in form.readings:
        known = verbs.get(reading.stem)
        if known is None or reading.article or reading.preposition or reading.pronoun:
            continue
        lemma, kind, takes, links, first, spelled = known
        if form.text.removeprefix(reading.conjunction) in spelled:
            continue
        return Cue(lemma, kind, takes, links, reading.conjunction, first)
    return None


def cue_at(words: Sequence[Word], at: int) -> Cue | None:
    """What the word at `at` is to reported speech: as `cue_of`, and `جاء` of `جاء في بيان للوزارة أن`."""
    form = words[at].form
    if form.fold.lstrip("و") in _CAME and at + 2 < len(words) and words[at + 1].form.fold in ("في", "ضمن"):
        if words[at + 2].form.fold in small("publication"):
            return Cue("جاء", "verb", "published", ("",), "و" if form.fold[0] == "و" else "", first_person=False)
        return None
    if at == 0 and form.fold in ("وبين", "بين") and any(w.form.text in ("أن", "ان", "أنه") for w in words[2:_NEAR_THAT]):
        return Cue("بين", "verb", "that", ("",), "و" if form.fold[0] == "و" else "", first_person=False)
    if (
        at > 1
        and (words[at - 1].form.kind == "mark" or words[at - 1].form.fold == "ما")
        and form.fold in ("قالها", "قاله", "قالته", "كتبها", "كتبه", "رددها")
    ):
        return Cue("قال", "verb", "that", ("",), "", first_person=False)  # `«...»، قالها فلان`
    return cue_of(form)


@cache
def small(kind: str) -> frozenset[str]:
    """The small words of one kind, folded.

    Raises:
        LexiconError: a mistake in the file.
    """
    return _small()[kind]


@cache
def _small() -> dict[str, frozenset[str]]:
    return read_signs(SMALL, KINDS)
