"""What became of an accord: announced, signed, ratified, in force, suspended, ended, by the verbs and nouns around it."""

from typing import Literal, NamedTuple

from rasid.arabic.words import Form
from rasid.events.agreements_words import DECLARED, Known, agreement_words, is_accord, known
from rasid.events.build import Reading
from rasid.events.outline import predicate_kind
from rasid.events.quotes_cues import small

How = Literal["done", "planned", "refused", "untold"]
_BEFORE, _AFTER, _OF_IT = (
    14,
    7,
    20,
)  # words around the noun in which a verb may say what became of it; behind it, with its pronoun
_SIGNED_BEFORE = 45  # words between وقع and the noun, with signatories and their offices between
_FAR = 14  # words from the noun to حيز التنفيذ, with the parties between
_NEAR = 4  # words from what it undoes to the noun
_ASIDE = frozenset(".؛;:؟!")
_OF_PAST = frozenset(("قد", "ان", "بان", "قبل"))  # before a verb in the past these plan nothing
_DONE = frozenset(("تم", "جري", "جرت", "وتم", "شهد", "شهدت", "اعلن", "اعلنت", "اعلنا"))
_AFTER_IT = frozenset((  # before a verbal noun: what it names has been done
    "بعد", "عقب", "منذ", "اثر", "وبعد", "وعقب", "ومنذ", "مع", "ومع", "مراسم", "حفل", "بمناسبه", "هامش", "اثناء", "خلال", "رغم",
    "فور", "غداه", "نتيجه", "بفضل",
))  # fmt: skip
_LENGTHS = frozenset(
    ("عام", "عاما", "عامان", "عامين", "سنه", "سنوات", "عقود", "عقد", "عقدين", "عقدان", "اعوام", "شهر", "اشهر", "شهور", "اسبوع")
)
_FORCE = frozenset(("حيز", "قيد", "السريان", "سريانها", "سريانه"))
_PASSED = ("اقر", "اقرت", "اجاز", "اجازت")  # `أقر البرلمان الاتفاقية`, not `أقر بأن الاتفاقية فشلت`
_LED_TO = frozenset(("توصل", "توصلت", "توصلا", "توصلوا", "ادي", "ادت", "اسفر", "اسفرت", "افضي", "افضت", "انتهت", "انتهي"))


class Phase(NamedTuple):
    """A phase of an accord's life, and the word that tells of it; `untold` is how of a verbal noun that says neither.

    `main` where that word says it of itself (`وقع`, `تم توقيع`), `passing` where it is a participle (`الاتفاق الموقع`);
    `declared` where somebody only makes it known.
    """

    what: str
    how: How
    at: int
    main: bool
    passing: bool
    declared: bool
    past: bool = False  # a verb in the past


def phases_of(reading: Reading, at: int, last: int) -> tuple[Phase, ...]:
    """The phases told of the accord at words `at` to `last` (exclusive)."""
    words = reading.sentence.words
    first = at
    while (
        first > max(0, at - _SIGNED_BEFORE) and words[first - 1].form.text not in _ASIDE and not _other_noun(reading, first - 1)
    ):
        first -= 1
    end = last
    near = last + _AFTER
    while end < min(len(words), last + _OF_IT) and words[end].form.text not in _ASIDE and not _other_noun(reading, end):
        end += 1
    noun = known("noun", words[at].form) or known("plural", words[at].form)
    # `الانسحاب، ووقف إطلاق النار`: what stands before is of the other
    listed = noun is not None and noun.conjunction == "و" and at > 0 and words[at - 1].form.kind == "mark"
    noun_is_truce = noun is not None and noun.what == "ceasefire"
    found: list[Phase] = []
    for n in [*range(at if listed else first, at), *range(at + 1, end)]:
        told = known("phase", words[n].form)
        if told is None or not _is_phase(reading, n, at, told) or (n > at + 1 and not _tells_of(reading, at, n, told)):
            continue
        if n >= near and not (told.pronoun or noun_is_truce):
            continue
        passing = _is_participle(words[n].form)
        if n < at and (passing or (at - n > _BEFORE and (told.what != "signed" or predicate_kind(words[n].form) != "verb"))):
            continue  # of another noun
        declared = told.what == DECLARED
        what = "announced" if declared else told.what
        found.append(
            Phase(
                what, _how(reading, n, told), n, not passing and _is_main(reading, n), passing, declared, is_past(words[n].form)
            )
        )
    return tuple(found)


def _is_participle(form: Form) -> bool:
    return any(
        r.stem.startswith("م") and not r.stem.startswith("مصادق") for r in form.readings if r.stem in agreement_words("phase")
    )


def _other_noun(reading: Reading, n: int) -> bool:
    form = reading.sentence.words[n].form
    noun = known("noun", form) or known("plural", form)
    return noun is not None and is_accord(reading.sentence.words, n, noun)


def _is_phase(reading: Reading, n: int, at: int, told: Known) -> bool:
    """Does the word speak of an accord's life: دخل only with حيز التنفيذ, علق and أنهى right before or behind the noun?"""
    words = reading.sentence.words
    truce = known("noun", words[at].form)
    is_truce = truce is not None and truce.what == "ceasefire"
    if told.what == DECLARED:
        return n < at and _is_declared(reading, n, at)
    if told.what == "in_force":
        beside = {word.form.fold for word in words[n : n + 5]} | {word.form.fold for word in words[at : at + _FAR]}
        if words[n].form.fold.endswith(("سريان", "نفاذ", "يسري", "تسري")):
            return abs(n - at) <= 3
        if n > at and is_truce and predicate_kind(words[n].form) == "verb":
            return True  # `هدنة تبدأ مساء الخميس`
        return not beside.isdisjoint(("حيز", "قيد", "التنفيذ", "سريان", "سريانه", "سريانها", "السريان"))
    if told.what == "ratified" and words[n].form.fold.endswith(_PASSED):
        admitted = any(word.form.fold in small("that") or word.form.fold.startswith("ب") for word in words[n + 1 : at + 1])
        return n < at and not admitted and apart(reading, n, at) <= _NEAR
    if told.what in ("ended", "suspended") and not told.pronoun:
        if n == at + 1 and predicate_kind(words[n].form) != "verb":
            return False  # `اتفاقية إلغاء التأشيرات`: its name
        if n > at and words[n - 1].form.fold in ("الذي", "التي"):
            return False  # `الاتفاق الذي أنهى الحرب`
    if told.what == "suspended":
        comment = words[n].form.fold.endswith("تعليق") or told.pronoun  # `في تعليقه على الاتفاق`
        return apart(reading, n, at) <= _NEAR and not (comment and any(word.form.fold == "علي" for word in words[n + 1 : at]))
    if told.what == "ended":
        return apart(reading, n, at) <= _NEAR
    if words[n].form.fold.endswith("توقع"):  # expected, where what is expected stands between
        between = words[n + 1 : at] if n < at else words[n + 1 : n + 2]
        return not any(known("action", w.form) or known("phase", w.form) or w.form.fold in small("that") for w in between)
    return told.what != "ratified" or apart(reading, n, at) <= 2 * _NEAR


def apart(reading: Reading, n: int, at: int) -> int:
    """How many words lie from `n` to `at`, without marks, times and those who are named between."""
    words, first, last = reading.sentence.words, min(n, at), max(n, at)
    named = {
        k for one in reading.sentence.phrases if first < one.first and one.last <= last for k in range(one.first, one.last)
    }
    passed = (k for k in range(first + 1, last) if words[k].form.kind == "mark" or k in reading.sentence.timed or k in named)
    return last - first - sum(1 for _ in passed)


def _is_declared(reading: Reading, n: int, at: int) -> bool:
    """Is it the accord that is made known: `أعلن الوزير (التوصل إلى) اتفاق`, not `أعلن الوزير تأييده للاتفاق`?"""
    words = reading.sentence.words
    spoken = {place for phrase in reading.sentence.phrases if phrase.first > n for place in range(phrase.first, phrase.last)}
    place = at - 1
    while place > n and place not in spoken and place not in reading.sentence.timed:
        form = words[place].form
        between = known("phase", form)
        if between is not None and between.what not in ("signed", "announced"):
            return False
        if between is None and form.fold not in ("عن", "الي", "علي", "هذا", "هذه"):
            return False
        place -= 1
    return not any(
        (between := known("phase", word.form)) and between.what in ("ended", "suspended", "in_force")
        for word in words[n + 1 : at]
    )


def _tells_of(reading: Reading, at: int, n: int, told: Known) -> bool:
    """Behind the noun: `الاتفاق الذي وقعه`, `الاتفاق الموقع`, `تم التوقيع عليه`, `سيتم توقيعه`, `الاتفاق دخل`."""
    words = reading.sentence.words
    if told.pronoun or told.article:
        return True
    before = words[n - 1].form.fold
    behind = words[n + 1].form.fold if n + 1 < len(words) else ""
    if before in ("الذي", "التي", "قد", "تم", "سيتم", "يتم", "جري") or behind in ("عليه", "عليها"):
        return True
    truce = known("noun", words[at].form)
    in_force = told.what == "in_force" and (behind in _FORCE or (truce is not None and truce.what == "ceasefire"))
    reach = 3 * _NEAR if in_force else _NEAR + 1
    return told.what in ("in_force", "suspended", "ended") and n - at <= reach


def _is_main(reading: Reading, n: int) -> bool:
    """Is the word a verb that says it of itself, or a verbal noun behind one that only says that it was done?"""
    words = reading.sentence.words
    before = {word.form.fold for word in words[max(0, n - 2) : n]}
    if predicate_kind(words[n].form) == "verb":
        return before.isdisjoint(("الذي", "التي", "اللذين", "اللتين", "بعدما", "منذ", "عندما", "حين"))
    return not {word.form.fold for word in words[max(0, n - 5) : n]}.isdisjoint(_DONE)


def _how(reading: Reading, n: int, told: Known) -> How:
    words = reading.sentence.words
    before = [word.form for word in words[max(0, n - 4) : n]]
    if any(known("refused", form) for form in before[-3:]):
        return "refused"
    past = is_past(words[n].form)
    comma = next((k for k in (1, 2) if past and len(before) >= k and before[-k].kind == "mark"), 3)
    near = before[-2:] if comma > 2 else before[len(before) - comma + 1 :]  # `قد نوقع`, `قبل التوصل إلى`
    plans = told.future or any(form.fold in ("سوف", "سيتم", "سيجري", "وسيتم") for form in before)
    plans = plans or any(known("plan", form) and not (past and form.fold in _OF_PAST) for form in near)
    if plans or told.preposition == "ل" or (_is_aim(reading, n) and not _counts_time(reading, n - 1)):
        return "planned"
    if n and words[n - 1].form.fold == "علي" and _counts_time(reading, n - 1):
        return "done"  # `مرت أربعة عقود على توقيع`
    told_of = predicate_kind(words[n].form) == "verb" or _is_participle(words[n].form) or _is_main(reading, n)
    return "done" if told_of or any(form.fold in _AFTER_IT for form in before[-3:]) else "untold"


def is_past(form: Form) -> bool:
    """Is the word a verb in the past: `أبرم`, `توصلت`, not `يوقع`, `توقعان`?"""
    if predicate_kind(form) != "verb":
        return False
    stems = [r.stem for r in form.readings if r.stem in agreement_words("phase")]
    return not stems or any(stem.startswith("توصل") or stem[0] not in "يتن" for stem in stems)


def _counts_time(reading: Reading, n: int) -> bool:
    """Does a length of time stand right before word `n`: `مرت أربعة عقود على`, `بعد عام على`?"""
    return n > 0 and (n - 1 in reading.sentence.timed or reading.sentence.words[n - 1].form.fold in _LENGTHS)


def _is_aim(reading: Reading, n: int) -> bool:
    """`دعا إلى توقيع`, `إجبارهم على التوقيع`: a verbal noun behind a preposition, unless something led to it."""
    words = reading.sentence.words
    if not n or words[n - 1].form.fold not in ("علي", "الي") or predicate_kind(words[n].form) == "verb":
        return False
    return not any(word.form.fold in _LED_TO for word in words[max(0, n - 2 * _NEAR) : n])
