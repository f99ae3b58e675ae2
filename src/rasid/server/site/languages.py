"""The two languages of the pages: their words, and days, numbers and names as their readers expect them."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, localedata
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from rasid.actors.latin import alpha2
from rasid.actors.lexicon import all_names
from rasid.errors import LexiconError
from rasid.lexicon import read_table
from rasid.model import Interval, PageDate

_HERE = Path(__file__).parent
SOURCES = (_HERE / "words.csv", _HERE / "labels.csv")
_MONTHS = _HERE / "months.csv"
_FORMS = {"en": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
Code = Literal["ar", "en"]
Digits = Literal["latn", "arab"]  # 123 or ١٢٣, as CLDR calls them
_MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F))  # of direction, which CLDR puts before a sign: pages say directions in HTML
_AS_ARAB = str.maketrans("0123456789.,%", "٠١٢٣٤٥٦٧٨٩٫٬٪")


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages: its code, the direction of its script, what it calls itself, and its locale of CLDR.

    `digits` are those of its numbers; `months` what its readers call the months, where they do not as CLDR says.
    """

    code: Code
    direction: Literal["rtl", "ltr"]
    name: str
    locale: str
    digits: Digits = "latn"
    months: tuple[str, ...] = ()

    def say(self, key: str, **parts: object) -> str:
        """What stands in the tables under `key`, filled in; whole numbers in the digits of the reader."""
        said = {name: self.number(part) if isinstance(part, int) else part for name, part in parts.items()}
        return _words()[self.code][key].format(**said)

    def label(self, kind: str, code: str | None) -> str:
        """What a code is called: `label("type", "AGREE")`; the code itself where it is none of ours."""
        return _words()[self.code].get(f"{kind}.{code}", code or "")

    def count(self, key: str, number: int) -> str:
        """`3 events`: a number with its noun, in the form that the language asks for."""
        forms = dict(zip(_FORMS[self.code], _words()[self.code][key].split("|"), strict=True))
        form = str(_locale(self.locale).plural_form(number))
        return forms.get(form, forms["other"]).format(n=self.number(number))

    def number(self, number: float) -> str:
        """`1,204`."""
        return self._in_digits(format_decimal(number, locale=self.locale).translate(_MARKS))

    def share(self, share: float) -> str:
        """`87%`."""
        return self._in_digits(format_percent(share, locale=self.locale))

    def decimal(self, number: float) -> str:
        """`0.87`."""
        return self._in_digits(f"{number:.2f}")

    def signed(self, number: float) -> str:
        """`+2.1`, `-0.4`: a mean score."""
        return self._in_digits(format_decimal(number, "+0.0;-0.0", self.locale).translate(_MARKS))

    def moment(self, at: str) -> str:
        """`24 Nov 2021, 14:05`, of a time (UTC) as the record keeps it."""
        time = dt.datetime.fromisoformat(at)
        return f"{self.day(time.date())}{self.comma}{self._in_digits(f'{time:%H:%M}')}"

    def day_named(self, name: str) -> str:
        """`24 Nov 2021`, of 2021-11-24; empty where no day is named."""
        return self.day(dt.date.fromisoformat(name[:10])) if name else ""

    def month_named(self, name: str) -> str:
        """`Nov 2021`, of 2021-11."""
        return self.month(dt.date.fromisoformat(f"{name}-01"))

    def day(self, day: dt.date) -> str:
        """`24 Nov 2021`."""
        if self.months:
            return self._in_digits(f"{day.day} {self.months[day.month - 1]} {day.year}")
        return self._in_digits(format_date(day, "d MMM y", self.locale))

    def month(self, day: dt.date) -> str:
        """`Nov 2021`."""
        if self.months:
            return self._in_digits(f"{self.months[day.month - 1]} {day.year}")
        return self._in_digits(format_skeleton("yMMM", day, locale=self.locale))

    def year(self, year: int) -> str:
        """`2021`: a year is not counted in thousands."""
        return self._in_digits(str(year))

    def _in_digits(self, said: str) -> str:
        return said.translate(_AS_ARAB) if self.digits == "arab" else said

    def days(self, interval: Interval | PageDate | None) -> str:
        """An interval in as few words as say it wholly; empty where nothing is known."""
        start, end = (interval.start, interval.end) if interval else (None, None)
        if start is None or end is None:
            known = start or end
            return self.say("since" if start else "until", day=self.day(known)) if known else ""
        if start == end:
            return self.day(start)
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            first, last = self.year(start.year), self.year(end.year)
            return first if first == last else f"{first}–{last}"
        if start.day == 1 and (end + dt.timedelta(days=1)).day == 1:
            return self.month(start) if (start.year, start.month) == (end.year, end.month) else self._between(start, end)
        return f"{self.day(start)} – {self.day(end)}"

    def _between(self, start: dt.date, end: dt.date) -> str:
        return f"{self.month(start)} – {self.month(end)}"

    def country(self, code: str | None) -> str | None:
        """A country or an organisation by its code; None where it is none that we know."""
        return _country(self.code, code) if code else None

    def actor_code(self, code: str) -> str:
        """`MAR GOV` in words: `Morocco, government`; `GOV`: `government (country unknown)`."""
        first, *rest = code.split()
        country = self.country(first)
        if not country:
            sectors = self._listed(self._sectors(code))
            return self.say("sector.alone", said=sectors) if sectors != code else code
        return self._listed([country, *(self.label("sector", part) for part in rest)])

    def sectors(self, code: str) -> str:
        """The sectors of a code in words."""
        first, *rest = code.split() or [""]
        return self._listed([self.label("sector", part) for part in rest] if self.country(first) else self._sectors(code))

    def _sectors(self, code: str) -> list[str]:
        return [self.label("sector", part) for part in code.split()]

    def _listed(self, parts: list[str]) -> str:
        return self.comma.join(parts)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list."""
        return "، " if self.code == "ar" else ", "


ARABIC = Language("ar", "rtl", "العربية", "ar")
ENGLISH = Language("en", "ltr", "English", "en_GB")
LANGUAGES = {language.code: language for language in (ARABIC, ENGLISH)}


def best_language(accepted: str) -> Language:
    """The one of our languages that a browser asks for first; Arabic where it asks for neither."""
    for part in accepted.split(","):
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in ("ar", "en"):
            return ARABIC if code == "ar" else ENGLISH
    return ARABIC


def arabic_of(accepted: str, digits: str = "") -> Language:
    """Arabic for the country of a reader, by the first `ar-IQ` that a browser accepts: its months, and its digits.

    Args:
        accepted: the header Accept-Language.
        digits: `latn` or `arab` where the reader chose them.
    """
    asked = (part.partition(";")[0].strip().upper().split("-") for part in accepted.split(","))
    region = next((parts[-1] for parts in asked if parts[0] == "AR" and len(parts) > 1 and len(parts[-1]) == 2), "")
    return _arabic(region if region.isascii() and region.isalpha() else "", digits)


@lru_cache(maxsize=256)
def _arabic(region: str, digits: str) -> Language:
    locale = f"ar_{region}"
    usual = Locale.parse(locale).default_numbering_system if localedata.exists(locale) else "latn"
    wanted: Digits = "arab" if (digits or usual) == "arab" else "latn"
    return replace(ARABIC, digits=wanted, months=_months().get(region, ()))


@cache
def _months() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for where, cells in read_table(_MONTHS, ("regions", "months")):
        months = tuple(cells["months"].split("|"))
        if len(months) != 12 or not all(months):
            raise LexiconError(f"{where}: {len(months)} months; give twelve names with | between them")
        found |= dict.fromkeys(cells["regions"].split(), months)
    return found


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"en": {}, "ar": {}}
    for path in SOURCES:
        for where, cells in read_table(path, ("key", "en", "ar")):
            for code in found:
                if not cells[code] or cells["key"] in found[code]:
                    raise LexiconError(f"{where}: {cells['key']} needs one line, with words in both languages")
                forms = cells[code].split("|")
                if len(forms) not in (1, len(_FORMS[code])):
                    raise LexiconError(f"{where}: {len(forms)} forms in {code}; give {' | '.join(_FORMS[code])}")
                found[code][cells["key"]] = cells[code]
    return found


@lru_cache(maxsize=1024)
def _country(language: str, code: str) -> str | None:
    two = alpha2(code)
    if two:
        return _locale("ar" if language == "ar" else "en").territories.get(two)
    return _organisations().get(code, {}).get(language)


@cache
def _organisations() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for names, kind, country, sector, latin in all_names():
        if kind == "organisation" and country and not sector and not alpha2(country) and names:
            found.setdefault(country, {"ar": names[0], "en": latin or country})
    return found
