"""Latin forms for readers of English: of persons, countries and organisations."""

from functools import cache, lru_cache
from typing import Any

from rasid.actors.persons import names_at
from rasid.arabic.words import read_words


def latin_of(name: str | None, country: str | None, known: str | None) -> str | None:
    """The form in Latin letters of somebody's own name, else of his country or organisation.

    Args:
        name: a person's name as written.
        country: an ISO 3166 alpha-3 code, or an organisation's.
        known: the form that the tables give, if they have one.
    """
    if known:
        return known
    return romanize(name, country) if name else country_name(country)


_LONGEST = 7  # words


@lru_cache(maxsize=1 << 14)
def romanize(name: str, country: str | None) -> str | None:
    """A person's name in Latin letters: the usual form of the well known, else as spelled in the country (ISO 3166)."""
    words = read_words(name)
    found = names_at(words, 0) if words else None
    if found and found[0] == len(words):
        return found[1][0].latin
    if len(words) > _LONGEST:  # no name; what the library weighs grows with every further word many times over
        return None
    latin = _transliterator().transliterate(name, country=alpha2(country))
    return str(latin) if latin else None


@cache
def _transliterator() -> Any:
    from arabic_name_romanizer import Transliterator

    return Transliterator(auto_load_model=False)  # the model takes 0.3 s to load and ten times as long a name


@lru_cache(maxsize=512)
def country_name(country: str | None) -> str | None:
    """The English name of an ISO 3166 alpha-3 code, by CLDR."""
    code = alpha2(country)
    return territories().get(code) if code else None


def alpha2(country: str | None) -> str | None:
    """`MAR` -> `MA`; None for organisations and unknown codes."""
    return _alpha2().get(country) if country else None


@cache
def _alpha2() -> dict[str, str]:
    from babel.core import get_global

    names = territories()
    aliases: dict[str, list[str]] = get_global("territory_aliases")  # type: ignore[assignment]
    return {three: two[0] for three, two in aliases.items() if len(three) == 3 and three.isalpha() and two[0] in names} | {
        "XKX": "XK"
    }


@cache
def territories() -> dict[str, str]:
    """The English names of countries by ISO 3166 alpha-2 code, by CLDR."""
    from babel import Locale

    return dict(Locale("en").territories)
