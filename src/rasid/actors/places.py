"""The gazetteer: what is known of each place by name, and which of several places of one name is meant."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rasid.actors.lexicon import BODIES, FOLDER, PLACE_COLUMNS
from rasid.actors.phrase import Phrase
from rasid.actors.resolve import Sentence
from rasid.arabic.letters import fold
from rasid.arabic.words import Form, Word, per_form
from rasid.errors import LexiconError
from rasid.lexicon import Row, compiled, read_table, variants

PLACES, COUNTRIES = FOLDER / "places.csv", FOLDER / "countries.csv"
PLACE_KINDS = frozenset(["city", "region", "camp", "airport", "crossing", "sea", "strait", "mountain", "river", "capital"])
SOURCES = frozenset(("own", "geonames"))
_IN_SENTENCE = 2  # what a sentence names counts so many times more than what the article does
_COUNTRY_COLUMNS = ("code", "names", "nisba", "capitals", "seats", "ambiguous")


class Known(NamedTuple):
    """A place as the tables know it. `lat` and `lon` are degrees (WGS 84); None where they are not sure, and for countries.

    `country` is an ISO 3166 alpha-3 code, None where the place lies in several; `iso` its own ISO 3166-2 code, for first-level
    regions; `claimants` all countries that claim it, where more than one does.
    """

    name: str
    country: str | None
    kind: str
    latin: str | None
    lat: float | None
    lon: float | None
    iso: str | None
    claimants: tuple[str, ...]


@cache
def gazetteer() -> dict[str, tuple[Known, ...]]:
    """Every place by each of its folded names; of several of one name, the one that is meant more often first."""
    table = compiled("places", [PLACES, COUNTRIES], _build)
    return {name: tuple(Known(*known) for known in found) for name, found in table.items()}


def _build() -> dict[str, list[tuple[object, ...]]]:
    table: dict[str, list[tuple[object, ...]]] = {}
    for names, known in (*_countries(), *_places()):
        for name in names:
            table.setdefault(fold(name), []).append(tuple(known))
    return table


def _countries() -> Iterator[tuple[list[str], Known]]:
    for _, cells in read_table(COUNTRIES, _COUNTRY_COLUMNS):
        names = variants(cells["names"])
        yield names, Known(names[0], cells["code"], "country", None, None, None, None, ())


def _places() -> Iterator[tuple[list[str], Known]]:
    """The rows of places.csv, capitals first: of `طرابلس` the capital is meant where nothing says otherwise."""
    rows = [(_read(row), variants(row.cells["names"])) for row in read_table(PLACES, PLACE_COLUMNS)]
    for known, names in sorted(rows, key=lambda row: row[0].kind != "capital"):
        yield names, known


def _read(row: Row) -> Known:
    where, cells = row
    names, claimants = variants(cells["names"]), tuple(variants(cells["claimants"]))
    if not names:
        raise LexiconError(f"{where}: no name; write one, with | between variants")
    if cells["kind"] not in PLACE_KINDS:
        raise LexiconError(f'{where}: unknown kind "{cells["kind"]}" (one of {", ".join(sorted(PLACE_KINDS))})')
    if cells["source"] not in SOURCES:
        raise LexiconError(f'{where}: unknown source "{cells["source"]}" (own or geonames)')
    if any(len(code) != 3 or not code.isupper() for code in claimants) or len(claimants) == 1:
        raise LexiconError(f'{where}: claimants are two or more alpha-3 codes with | between, not "{cells["claimants"]}"')
    if cells["iso"] and not (cells["iso"][:2].isupper() and cells["iso"][2:3] == "-"):
        raise LexiconError(f'{where}: "{cells["iso"]}" is no ISO 3166-2 code, such as IQ-AN')
    lat, lon = _degrees(where, cells["lat"], 90), _degrees(where, cells["lon"], 180)
    if (lat is None) != (lon is None):
        raise LexiconError(f"{where}: lat and lon go together; give both or leave both empty")
    return Known(
        names[0], cells["country"] or None, cells["kind"], cells["latin"] or None, lat, lon, cells["iso"] or None, claimants
    )


def _degrees(where: str, cell: str, most: int) -> float | None:
    try:
        value = float(cell) if cell else None
    except ValueError:
        value = most + 1.0
    if value is not None and not -most <= value <= most:
        raise LexiconError(f'{where}: "{cell}" is no number of degrees between -{most} and {most}')
    return value


def place_named(words: list[Word], first: int, last: int, country: str | None) -> Known | None:
    """The place that words `first` to `last` (exclusive) name, in `country` if that is given; without clitics before it."""
    rest = "".join(f" {word.form.fold}" for word in words[first + 1 : last])
    for reading in words[first].form.readings:
        if reading.pronoun:
            continue
        found = gazetteer().get(("ال" if reading.article else "") + reading.stem + rest, ())
        known = next((one for one in found if country in (None, one.country)), None)
        if known:
            return known
    return None


@cache
def _namesakes() -> dict[str, dict[tuple[str, ...], tuple[Known, ...]]]:
    """Names that several countries share, by their first word and by the words after it."""
    found: dict[str, dict[tuple[str, ...], tuple[Known, ...]]] = {}
    for name, known in gazetteer().items():
        if len({one.country for one in known} - {None}) > 1:
            first, *rest = name.split()
            found.setdefault(first, {})[tuple(rest)] = known
    return found


@per_form
def _shared(form: Form) -> dict[tuple[str, ...], tuple[Known, ...]] | None:
    """The shared names that begin with a word; None for nearly all words."""
    table = _namesakes()
    for reading in form.readings:
        found = None if reading.pronoun else table.get(("ال" if reading.article else "") + reading.stem)
        if found:
            return found
    return None


def tell_apart(sentences: list[Sentence], outlet: str | None) -> list[Sentence]:
    """`sentences` with each name that several countries share given to the one that is meant.

    That is the one whose country is named most besides, in the sentence first of all; else that of the outlet; else the one
    which the tables give first.
    """
    shared = [
        (n, k, known)
        for n, sentence in enumerate(sentences)
        for k, phrase in enumerate(sentence.phrases)
        if phrase.country and (known := _candidates(sentence.words, phrase))
    ]
    if not shared:
        return sentences
    doubtful = {(n, k) for n, k, _ in shared}
    named = [
        Counter(
            phrase.country
            for k, phrase in enumerate(sentence.phrases)
            if phrase.country and phrase.country not in BODIES and (n, k) not in doubtful
        )
        for n, sentence in enumerate(sentences)
    ]
    everywhere = sum(named, Counter[str]())
    told = {n: list(sentences[n].phrases) for n, _, _ in shared}
    for n, k, known in shared:
        phrase = told[n][k]
        weight = {one.country: everywhere[one.country] + _IN_SENTENCE * named[n][one.country] for one in known if one.country}
        weight = weight if any(weight.values()) or outlet not in weight else {str(outlet): 1}
        best = max(weight, key=lambda country: (weight[country], country == phrase.country))
        if best != phrase.country:
            told[n][k] = _moved(phrase, next(one for one in known if one.country == best))
    return [sentence._replace(phrases=told[n]) if n in told else sentence for n, sentence in enumerate(sentences)]


def _candidates(words: list[Word], phrase: Phrase) -> tuple[Known, ...]:
    """The places of one name, in several countries, one of which gives a phrase its country."""
    for at in range(phrase.first, phrase.last):
        for rest, known in (_shared(words[at].form) or {}).items():
            end = at + 1 + len(rest)
            whole = end <= phrase.last and tuple(word.form.fold for word in words[at + 1 : end]) == rest
            if whole and any(one.country == phrase.country for one in known):
                return known
    return ()


def _moved(phrase: Phrase, known: Known) -> Phrase:
    """`phrase` in another country. What stands for a government as one country's capital is only a town in another."""
    if phrase.kind not in ("place", "country"):
        return phrase._replace(country=known.country)
    kind, sector = ("country", None) if known.kind == "country" else ("place", "GOV" if known.kind == "capital" else None)
    return phrase._replace(country=known.country, kind=kind, sector=sector, latin=known.latin)  # type: ignore[arg-type]
