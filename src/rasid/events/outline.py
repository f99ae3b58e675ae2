"""The outline of a sentence: which of its words are predicates, where clauses break, and its constituents."""

from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from rasid.actors.lexicon import look_up
from rasid.actors.phrase import Phrase
from rasid.actors.resolve import Sentence
from rasid.arabic.particles import particle
from rasid.arabic.words import Form, Word, per_form
from rasid.events.predicates import Use, uses

_HARD = frozenset(("relative", "complementizer", "contrast", "condition"))
_HARD_MARKS = frozenset(":؛;.!?؟")
_SOFT_MARKS = frozenset('،,«»"“”()[]-–—…')
_BREAKS = {**dict.fromkeys(_SOFT_MARKS, 1), **dict.fromkeys(_HARD_MARKS, 2)}
_NEVER_OBJECTS = frozenset(("ني", "ي", "ك", "كم", "كن", "كما"))  # news does not speak of thee and me: `بذلك` is no verb
# من قبل, على يد: who did it follows.
_BY = {**dict.fromkeys(("قبل", "جانب", "طرف"), "من"), **dict.fromkeys(("يد", "ايدي", "ايادي"), "علي")}
SCENE = frozenset(("في", "ب", "قرب", "داخل", "وسط", "شرق", "غرب", "شمال", "جنوب"))  # what a place follows where things happen
_MASCULINE = frozenset(("IRQ", "JOR", "LBN", "MAR", "SDN", "SSD", "YEM", "SOM", "VAT"))  # all other countries are feminine
_LINKS = frozenset(("preposition", "adverb"))


class Head(NamedTuple):
    """A word that is a predicate, and the way it is taken here."""

    at: int
    use: Use


class Part(NamedTuple):
    """A constituent: a phrase that names somebody, a predicate's noun, or a run of unknown words; `preposition` governs it."""

    first: int
    last: int
    preposition: str
    conjoined: bool
    phrase: Phrase | None
    head: Head | None
    origin: Sentence | None = None  # of somebody named in a sentence before: the words are counted there


class Outline(NamedTuple):
    """A sentence as clauses are read from it."""

    words: list[Word]
    breaks: list[int]  # per word: 0 none, 1 a mark that may end a clause, 2 a word or mark that does
    kinds: list[str]  # per word: the kind of particle that it is, or nothing
    heads: list[Head]
    verbs: dict[int, Head]  # finite verbs by place
    parts: list[Part]
    stems: list[frozenset[str]]  # per word: every shape under which a condition can name it
    vocabulary: frozenset[str]  # all of them
    read: dict[tuple[int, bool, bool], Any]  # the places of verbs that were read already


@per_form
def predicate_kind(form: Form) -> str:
    """`verb` for a form that can be a finite verb of the lexicon, `noun` for one that can only be a noun of it, else ''."""
    taken = uses(form)
    if not taken:
        return ""
    return "verb" if any(use.tense in ("past", "present") for use in taken) else "noun"


@per_form
def can_report(form: Form) -> bool:
    """Can this form be a predicate that reports an event? For most sentences no word can, and nothing more is read of them."""
    return any(predicate.type for use in uses(form) for predicate in use.predicates)


@per_form
def stems(form: Form) -> frozenset[str]:
    """Every folded shape under which a condition of the lexicon can name this word."""
    found = {form.fold}
    for reading in form.readings:
        found.add(reading.stem)
        if reading.stem.endswith("ا") and len(reading.stem) > 3:
            found.add(reading.stem[:-1])
    return frozenset(found)


def read_outline(words: list[Word], phrases: list[Phrase], timed: AbstractSet[int]) -> Outline:
    """The outline of a sentence. `timed` are the places of words that belong to time expressions, which fill no role."""
    alone = [_alone(word.form) for word in words]
    kinds = [_kind(words, at) if one.kind is None else one.kind for at, one in enumerate(alone)]
    breaks = [2 if kind in _HARD else one.level for one, kind in zip(alone, kinds, strict=True)]
    named = _named_places(phrases)
    starts = {phrase.first for phrase in phrases}
    heads: list[Head] = []
    for at, one in enumerate(alone):
        if not one.predicate or at in timed or at in named or kinds[at] not in ("", "auxiliary"):
            continue
        use = _choose_use(words, kinds, breaks, at, heads, starts)
        if use is not None:
            heads.append(Head(at, use))
    verbs = {head.at: head for head in heads if _is_finite(head)}
    parts = _parts(words, kinds, phrases, heads, verbs, timed)
    shapes = [one.stems for one in alone]
    return Outline(words, breaks, kinds, heads, verbs, parts, shapes, frozenset().union(*shapes), {})


class _Alone(NamedTuple):
    """What a word is to the outline wherever it stands."""

    kind: str | None  # of particle; None where that hangs on its neighbours
    level: int  # as a mark: how hard it breaks a sentence
    predicate: bool  # may it be one?
    stems: frozenset[str]


@per_form
def _alone(form: Form) -> _Alone:
    role = particle(form)
    varies = form.fold in _BY or (role and role.kind in _LINKS and not role.pronoun and uses(form))
    kind = None if varies else role.kind if role else ""
    return _Alone(kind, _BREAKS.get(form.text, 0), bool(uses(form)), stems(form))


def _kind(words: list[Word], at: int) -> str:
    """The kind of particle that a word is; none where it is a verb that only looks like one (`فتحت`, `عبر عن`)."""
    form = words[at].form
    if form.fold in _BY and at and words[at - 1].form.fold.lstrip("و") == _BY[form.fold]:
        return "agent"
    role = particle(form)
    if role is None:
        return ""
    taken = uses(form)
    if taken and role.kind in _LINKS and not role.pronoun:
        looks = role.conjunction and any(not use.reading.conjunction for use in taken)
        following = particle(words[at + 1].form) if at + 1 < len(words) else None
        if looks or (
            following and following.kind == "preposition" and role.kind == "preposition" and not following.conjunction
        ):
            return ""
    return role.kind


def _named_places(phrases: list[Phrase]) -> set[int]:
    """Words inside names and offices, which are not read as predicates; the first word of a phrase of people may be one."""
    return {at for phrase in phrases for at in range(phrase.first, phrase.last) if phrase.kind != "people" or at > phrase.first}


def _choose_use(
    words: list[Word], kinds: list[str], breaks: list[int], at: int, heads: list[Head], starts: set[int]
) -> Use | None:
    """Of the ways to take a form, the one that its neighbours allow: after a preposition it is a noun, and so on."""
    options, nouns, finite = _ways(words[at].form)
    if not options:
        return None
    if len(finite) > 1 and finite[0].gender != finite[1].gender:
        finite = _agreeing(words, kinds, at, finite)
    after_verb = bool(heads) and heads[-1].at == at - 1 and _is_finite(heads[-1])
    if after_verb and finite and not nouns and not finite[0].reading.conjunction:
        return None  # two verbs do not meet: in `اعتقل طالب` the second one is a student
    if not nouns or not finite:
        return (finite or nouns or options)[0]
    begins = at == 0 or breaks[at - 1]
    if finite[0].reading.conjunction and not nouns[0].reading.preposition:
        goes_on = heads and heads[-1].at == at - 1 and heads[-1].use.tense == "noun"  # `إدانة وشجب`
        return nouns[0] if goes_on or not (begins or at + 1 in starts or _is_small(kinds, at + 1)) else finite[0]
    if nouns[0].reading.preposition or nouns[0].reading.article:
        return nouns[0]
    if begins:
        return finite[0]
    if kinds[at - 1] in ("preposition", "adverb", "quantity", "demonstrative", "agent"):
        return nouns[0]
    if kinds[at - 1]:
        return finite[0]
    if heads and (heads[-1].at == at - 1 or (_is_finite(heads[-1]) and _goes_on(words, breaks, heads[-1].at, at))):
        return nouns[0]
    return nouns[0] if _is_construct(words[at - 1].form) else finite[0]


def _goes_on(words: list[Word], breaks: list[int], verb: int, at: int) -> bool:
    """Does this verb's clause go on after somebody definite, so that no other verb follows: `أعلن السودان رفضه`?"""
    if any(breaks[verb + 1 : at]):
        return False
    hit = look_up(words, at - 1)
    return words[at - 1].form.fold.startswith("ال") or (hit is not None and hit.known.kind in ("country", "capital", "group"))


def _agreeing(words: list[Word], kinds: list[str], at: int, finite: tuple[Use, ...]) -> tuple[Use, ...]:
    """The uses of a form that may be he or she, the one of its subject's gender first: `تلقى ملك` is "he received"."""
    after = next((n for n in range(at + 1, len(words)) if not kinds[n]), None)
    gender = _gender(words, after) if after is not None and words[after].form.kind == "word" else None
    return finite if gender is None else tuple(sorted(finite, key=lambda use: use.gender != gender))


def _gender(words: list[Word], at: int) -> str | None:
    """The gender of the noun at `at` by its ending or by what it names; None where neither tells (`جنود` may be both)."""
    form, hit = words[at].form, look_up(words, at)
    if form.text.endswith(("ة", "ات")):
        return "f"
    if hit is None or hit.reading.preposition or hit.reading.conjunction:
        return None
    known = hit.known
    if known.kind in ("country", "capital"):
        return "m" if known.country in _MASCULINE and known.kind == "country" else "f"
    return "m" if known.kind == "office" else None


class _Ways(NamedTuple):
    """The ways to take a form: all, those as a noun, and those as a finite verb, the least odd first."""

    all: tuple[Use, ...]
    nouns: tuple[Use, ...]
    finite: tuple[Use, ...]


@per_form
def _ways(form: Form) -> _Ways:
    options = tuple(use for use in uses(form) if use.tense == "noun" or use.reading.pronoun not in _NEVER_OBJECTS)
    return _Ways(
        options,
        tuple(use for use in options if use.tense == "noun"),
        tuple(sorted((use for use in options if use.tense in ("past", "present")), key=_oddity)),
    )


def _is_finite(head: Head) -> bool:
    return head.use.tense in ("past", "present")


def _is_small(kinds: list[str], at: int) -> bool:
    return at < len(kinds) and bool(kinds[at])


def _is_construct(form: Form) -> bool:
    """Can a noun that follows own this word (`عملية قتل`)? Not one with ال, nor a plural in ون or ات."""
    return form.kind == "word" and not form.fold.startswith("ال") and not form.fold.endswith(("ون", "ين", "ات"))


def _oddity(use: Use) -> tuple[bool, int]:
    """News speaks in the third person; `أصيب` is "was hit" before it is "I hit"."""
    return use.person == 1, (bool(use.reading.conjunction) + bool(use.reading.preposition) + bool(use.reading.pronoun))


def _parts(
    words: list[Word],
    kinds: list[str],
    phrases: list[Phrase],
    heads: list[Head],
    verbs: dict[int, Head],
    timed: AbstractSet[int],
) -> list[Part]:
    """The constituents in order. Runs of unknown words count: they fill places that a later phrase must not take."""
    starts = {phrase.first: phrase for phrase in phrases}
    nouns = {head.at: head for head in heads if head.at not in verbs}
    parts: list[Part] = []
    at = 0
    while at < len(words):
        phrase = starts.get(at)
        if phrase is not None:
            parts.append(
                Part(at, phrase.last, _governor(words, kinds, at, phrase.preposition), phrase.conjoined, phrase, nouns.get(at))
            )
            at = phrase.last
        elif at in nouns:
            reading = nouns[at].use.reading
            parts.append(
                Part(at, at + 1, _governor(words, kinds, at, reading.preposition), bool(reading.conjunction), None, nouns[at])
            )
            at += 1
        elif words[at].form.kind != "word" or kinds[at] or at in timed or at in verbs:
            at += 1
        else:
            end = at + 1
            while (
                end < len(words)
                and words[end].form.kind == "word"
                and not kinds[end]
                and end not in timed
                and end not in verbs
                and end not in nouns
                and end not in starts
            ):
                end += 1
            conjunction, preposition = _unknown_clitics(words[at].form)
            parts.append(Part(at, end, _governor(words, kinds, at, preposition), conjunction, None, None))
            at = end
    return parts


def _unknown_clitics(form: Form) -> tuple[bool, str]:
    """For a word that no table knows only ال makes sure that the letters before it are clitics."""
    for reading in form.readings:
        if reading.article:
            return bool(reading.conjunction), reading.preposition
    return False, ""


def _governor(words: list[Word], kinds: list[str], at: int, preposition: str) -> str:
    """The preposition that governs a constituent; `agent` for من قبل and على يد."""
    if at and kinds[at - 1] == "agent":
        return "agent"
    if preposition or at == 0:
        return preposition
    role = particle(words[at - 1].form)
    if role is None or role.pronoun:
        return ""
    return role.stem if kinds[at - 1] in _LINKS else ""
