"""Names of people: whether two names, as the press writes them, name one person.

Two names are laid side by side word by word. Words agree when they are spellings of one given name, or when what one has and
the other has not costs little in renderings of foreign names (`spelling.py`). What is left over on one side only makes
the answer less sure; what is left over on both sides makes two people of them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from rasid.arabic.letters import MARKS, fold
from rasid.arabic.spelling import spelling_cost
from rasid.errors import LexiconError
from rasid.lexicon import read_table, variants

FOLDER = Path(__file__).parent / "lexicon"
SAME = 0.5  # from this score on, two names are one person's

_ALLOWANCE, _MOST = 0.14, 1.2  # what a word may cost for each of its letters, and at most
_ARABIC_ONLY = re.compile("^ال|[عحضظ]")  # the word is Arabic, where a long vowel is part of the name: الحمدي is not الحامدي
_VOWEL_IN_ARABIC = 3.0
_STRICT_WHEN_JOINED = 0.5  # else a short word is swallowed by its neighbour
_LATIN_DISCOUNT = 0.5  # Latin letters tell ط from ت and long vowels from short ones even less

_SOUND = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict(zip("ىیئؤکڪپڤژ", "يييوككبفج", strict=True)),
        "ء": None,
        **dict.fromkeys(MARKS),
    }
)
_IF_OFFICE_FOLLOWS = {"realm": "royal", "post": "office"}
_CH = re.compile("ش?تش")  # one sound, and Russian shch: يوشتشينكو يوشينكو
_CUT = re.compile(r"(?<=\w)\s*[،,(:].*")
_NO_LETTER = re.compile(r"[^\w\s]|_")
_JOINED_LATIN = re.compile(r"\b(?:abd(?:[eaou]?[lr]|u)?)[ -]+(?:(?:[ae]l|ar|as)-)?|\babd[aeu]l(?=\w)")
_LATIN_ARTICLE = re.compile(r"\b(?:[ae][lnrszdt]|ash|adh|ath)-(?=\w)|\b[ae]l (?=\w)")

# What renderings of one name exchange is one letter in its key; vowels become alif, so that the regex can drop them.
_KEY = str.maketrans(
    {
        **dict.fromkeys("أإآٱويىیؤئ", "ا"),
        **dict(zip("جگقژکڪزصثذضظطپڤچة", "غغغغككسسسدددتبفشه", strict=True)),
        **dict.fromkeys(f"{MARKS}ء -‐‑–'’ʼ.\u200c\u200d\u200e\u200f\xa0"),
    }
)
_KEY_DROPS = re.compile(r"^ال(?=..)|(?<!^)(?<!^ال)ا|(?<!^)ه(?!ا)|ت(?=[سش])|(.)(?=\1)")


class Part(NamedTuple):
    """A word of a name."""

    text: str  # as it sounds: one letter for all that are written alike, Latin letters turned into Arabic ones
    names: frozenset[int]  # the rows of name_given.csv that hold it
    kind: str  # what stands before it, or what it is: "", son (after بن), house (after آل), loose, ordinal


class Name(NamedTuple):
    """A name as it is compared."""

    parts: tuple[Part, ...]
    royal: bool  # the title says that the given name alone may stand for the person
    latin: bool


class _Pairing(NamedTuple):
    worth: float
    pairs: tuple[tuple[int, int, int, int, float], ...]  # first and end in one name, first and end in the other, likeness


def name_key(name: str) -> str:
    """A key under which renderings of one name agree, for look-ups: `غانتس`, `گانتز` and `جانتس` give the same.

    Long vowels, doubled letters and spaces do not count, so that some different names share a key (`حسن`, `حسين`): ask
    `same_person` where that matters.
    """
    key = _KEY_DROPS.sub("", name.translate(_KEY))
    return "ا" + key[1:] if key.startswith("ع") else key


@lru_cache(maxsize=1 << 14)
def same_person(a: str, b: str) -> tuple[bool, float]:
    """Whether two names may name one person, and how surely, from 0 to 1.

    A family name alone, or the given name of a king, agrees with the full name at a lower score. Titles and offices before a
    name do not count. Names in Latin letters are compared with Arabic ones by sound.
    """
    score = max(_likeness(read_name(x), read_name(y)) for x in _also_known(a) for y in _also_known(b))
    return score >= SAME, round(score, 3)


@lru_cache(maxsize=1 << 14)
def read_name(name: str) -> Name:
    """The words of a name without its titles; عبد and أبو are joined to the next word, بن and آل are taken off."""
    text = _without_accents(name)
    latin = bool(re.search("[a-z]", text))
    if latin:
        text = _LATIN_ARTICLE.sub("ال", _JOINED_LATIN.sub("عبدال", text))
    words = _NO_LETTER.sub(" ", _CUT.sub("", text).translate(_SOUND)).split()
    words, royal = _without_titles(words)
    return Name(tuple(_parts(words)), royal, latin)


def _without_accents(name: str) -> str:
    """`name` in small letters; é and ğ are e and g, but أ stays as it is."""
    letters = unicodedata.normalize("NFKD", name)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")).lower()


def _without_titles(words: Sequence[str]) -> tuple[list[str], bool]:
    """`words` without the titles and offices that they begin with; at least one word stays."""
    titles = _titles()
    at, royal, before = 0, False, ""
    while at < len(words) - 1:
        kind = titles.get(fold(words[at]), "")
        if kind in _IF_OFFICE_FOLLOWS:
            kind = _IF_OFFICE_FOLLOWS[kind] if titles.get(fold(words[at + 1])) in ("of", "title") else ""
        nisba = before and words[at].startswith("ال") and len(words[at]) > 5 and words[at].endswith(("ي", "ية", "يه"))
        if not (kind in ("title", "royal", "office") or (before and kind == "of") or nisba or _goes_on(before, words[at])):
            break
        royal, before, at = royal or kind == "royal", kind or "of", at + 1
    return list(words[at:]), royal


def _goes_on(before: str, word: str) -> bool:
    """Whether an office that was just begun goes on with this word: وزير الأشغال, رئيس المجلس, المبعوث للسلام."""
    return before == "office" and word.startswith(("ال", "لل"))


def _parts(words: Sequence[str]) -> list[Part]:
    links = _links()
    parts: list[Part] = []
    before = joined = ""
    for at, word in enumerate(words):
        link = links.get(word, "loose" if len(word) == 1 else "")
        if link == "house" and word == "ال" and not parts:
            link = "joined"
        if link == "ending" and parts and not joined:
            last = parts.pop()
            parts.append(_part(last.text + word, last.kind))
        elif link in ("son", "house") and at < len(words) - 1:
            before = link
        elif link == "joined" and at < len(words) - 1:
            joined += word
        else:
            kind = before or (link if link in ("loose", "ordinal") else "")
            part = _part(joined + word, kind)
            if not parts or parts[-1] != part:  # بطرس بطرس غالي is called بطرس غالي too
                parts.append(part)
            before = joined = ""
    return parts


@lru_cache(maxsize=1 << 14)
def _part(word: str, kind: str) -> Part:
    given = _given_names()
    names = given.get(_plain(word)) or given.get(_plain(word.removeprefix("ال")), frozenset())
    return Part(_CH.sub("چ", _in_arabic(word)), names, kind)


def _plain(word: str) -> str:
    return word.replace("ة", "ه")


def _likeness(a: Name, b: Name) -> float:
    if len(_firm(a.parts)) > len(_firm(b.parts)):
        a, b = b, a
    latin = a.latin != b.latin
    pairing = _pair(a.parts, b.parts, latin)
    if not pairing.pairs:
        return 0.0
    quality = sum(pair[4] for pair in pairing.pairs) / len(pairing.pairs)
    covered_a = {at for start, end, *_ in pairing.pairs for at in range(start, end)}
    covered_b = {at for *_, start, end, _ in pairing.pairs for at in range(start, end)}
    left_a = [at for at in _firm(a.parts) if at not in covered_a]
    left_b = [at for at in _firm(b.parts) if at not in covered_b]
    if left_a and left_b:
        return 0.3 * quality * len(pairing.pairs) / max(len(a.parts), len(b.parts))
    if left_a:
        a, b, left_b, covered_b = b, a, left_a, covered_a
    return quality * (_when_shorter(a, b, sorted(covered_b), left_b) if left_b else 1.0)


def _firm(parts: Sequence[Part]) -> list[int]:
    """The places of the words that a full name would not leave out."""
    return [at for at, part in enumerate(parts) if part.kind not in ("loose", "house")] or list(range(len(parts)))


def _when_shorter(short: Name, full: Name, covered: Sequence[int], left: Sequence[int]) -> float:
    """How likely `short` is `full` with the words `left` unsaid; `covered` are those of `full` that both have."""
    parts, firm = full.parts, _firm(full.parts)
    first, last = covered[0], covered[-1]
    if parts[first].kind == "son" and short.parts[0].kind != "son":
        return 0.35  # سلمان بن عبد العزيز is the father of محمد بن سلمان بن عبد العزيز
    if len(_firm(short.parts)) == 1 and len(covered) == 1:
        return _when_one_word(short, full, first)
    if left[0] < first:
        named_after = parts[left[0]].names and short.parts[0].names and not parts[left[0]].names & _before_names()
        return 0.4 if named_after and short.parts[0].kind != "son" else 0.8  # سعد رفيق الحريري is no رفيق الحريري
    if left[-1] > last and last < firm[-1]:
        return 0.6 if all(part.names for part in short.parts) else 0.8
    return 0.88


def _when_one_word(short: Name, full: Name, at: int) -> float:
    one, parts, firm = short.parts[0], full.parts, _firm(full.parts)
    if at != firm[0] and (one.kind == "son") != (parts[at].kind == "son"):
        return 0.4
    if at == firm[-1]:
        return 0.7
    if at == firm[0]:
        return 0.62 if short.royal else 0.35 if one.names else 0.6  # كيم is كيم جونغ أون, محمود is not محمود عباس
    return 0.62 if one.kind == "son" or not one.names else 0.35


def _pair(a: tuple[Part, ...], b: tuple[Part, ...], latin: bool) -> _Pairing:
    """The best pairing of words in their order; one word may stand for two or three that the other name writes apart."""
    best: dict[tuple[int, int], _Pairing] = {}
    for i in range(len(a), -1, -1):
        for j in range(len(b), -1, -1):
            options = [_Pairing(0.0, ())]
            if i < len(a):
                options.append(best[i + 1, j])
            if j < len(b):
                options.append(best[i, j + 1])
            for m, n in ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1)):
                if i + m <= len(a) and j + n <= len(b):
                    alike = _alike(a[i : i + m], b[j : j + n], latin)
                    if alike:
                        rest = best[i + m, j + n]
                        options.append(_Pairing(rest.worth + alike * (m + n), ((i, i + m, j, j + n, alike), *rest.pairs)))
            best[i, j] = max(options, key=lambda option: option.worth)
    return best[0, 0]


def _alike(a: tuple[Part, ...], b: tuple[Part, ...], latin: bool) -> float:
    """How alike two words are, from 0.6 to 1, or 0 where they are different ones."""
    if len(a) == len(b) == 1:
        if a[0].names and b[0].names:
            return 1.0 if a[0].names & b[0].names else 0.0
        if (a[0].kind == "son") == (b[0].kind == "son"):
            return _sounds_like(a[0].text, b[0].text, latin)
        return max(_sounds_like(_written(a), _written(b), latin), _sounds_like(a[0].text, b[0].text, latin))
    return _sounds_like(_written(a), _written(b), latin, _STRICT_WHEN_JOINED)


def _written(parts: Sequence[Part]) -> str:
    return "".join(("بن" if part.kind == "son" else "") + part.text for part in parts)


@lru_cache(maxsize=1 << 16)
def _sounds_like(a: str, b: str, latin: bool, strictness: float = 1.0) -> float:
    if a == b:
        return 1.0
    bare_a, bare_b = a.removeprefix("ال"), b.removeprefix("ال")
    if abs(len(bare_a) - len(bare_b)) > max(len(a), len(b)) / 2:
        return 0.0
    vowel = _VOWEL_IN_ARABIC if _ARABIC_ONLY.search(a) and _ARABIC_ONLY.search(b) and not latin else 1.0
    discount = _LATIN_DISCOUNT if latin else 1.0
    allowed = strictness * min(_ALLOWANCE * max(len(bare_a), len(bare_b)), _MOST)
    cost = spelling_cost(bare_a, bare_b, vowel, discount)
    if (a == bare_a) != (b == bare_b):  # ألمرت has no article, الغنوشي may lose his
        cost = min(cost + 0.1, spelling_cost(a, b, vowel, discount))
    return 1.0 - 0.4 * cost / allowed if cost <= allowed else 0.0


def _in_arabic(word: str) -> str:
    if not re.search("[a-z]", word):
        return word
    pattern, letters = _latin_letters()
    return pattern.sub(lambda match: letters[match.lastgroup or ""], word)


@lru_cache(maxsize=1 << 12)
def _also_known(name: str) -> tuple[str, ...]:
    parts = read_name(name).parts
    return (name, *_aliases().get(_written(parts), ()))


@cache
def _titles() -> dict[str, str]:
    """The kind of each word that may stand before a name, folded."""
    titles: dict[str, str] = {}
    for where, cells in read_table(FOLDER / "name_titles.csv", ("words", "kind")):
        if cells["kind"] not in ("title", "royal", "office", "realm", "post", "of"):
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (title, royal, office, realm, post or of)')
        for word in variants(cells["words"]):
            titles.setdefault(fold(word.translate(_SOUND)), cells["kind"])
    return titles


@cache
def _links() -> dict[str, str]:
    links: dict[str, str] = {}
    for where, cells in read_table(FOLDER / "name_links.csv", ("words", "kind")):
        if cells["kind"] not in ("son", "house", "joined", "ending", "loose", "ordinal"):
            raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (son, house, joined, ending, loose or ordinal)')
        links.update({word.translate(_SOUND): cells["kind"] for word in variants(cells["words"])})
    return links


@cache
def _given_names() -> dict[str, frozenset[int]]:
    """The rows in which each spelling of a given name stands."""
    rows: dict[str, set[int]] = {}
    for number, (_, cells) in enumerate(read_table(FOLDER / "name_given.csv", ("names",))):
        for name in variants(cells["names"].replace(" ", "")):
            rows.setdefault(_plain(_without_accents(name).translate(_SOUND)), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in rows.items()}


@cache
def _before_names() -> frozenset[int]:
    """The rows of names that are put before a man's own: محمد حسني مبارك is حسني مبارك."""
    given = _given_names()
    return given["محمد"]


@cache
def _latin_letters() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all Latin letters, the longest first, and what each of its groups is in Arabic letters."""
    rows = [(cells["latin"], cells["arabic"]) for _, cells in read_table(FOLDER / "name_latin.csv", ("latin", "arabic"))]
    rows.sort(key=lambda row: -len(row[0]))
    return (
        re.compile("|".join(f"(?P<_{at}>{latin})" for at, (latin, _) in enumerate(rows))),
        {f"_{at}": arabic for at, (_, arabic) in enumerate(rows)},
    )


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """What else each person of name_aliases.csv is called."""
    aliases: dict[str, tuple[str, ...]] = {}
    for _, cells in read_table(FOLDER / "name_aliases.csv", ("names",)):
        names = variants(cells["names"])
        for name in names:
            others = tuple(other for other in names if other != name)
            key = _written(read_name(name).parts)
            aliases[key] = aliases.get(key, ()) + others
    return aliases
