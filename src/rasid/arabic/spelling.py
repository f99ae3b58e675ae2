"""How far two spellings of one name are apart: an edit measure made for Arabic renderings of foreign names."""

from functools import cache
from pathlib import Path

from rasid.errors import LexiconError
from rasid.lexicon import read_table

SOURCE = Path(__file__).parent / "lexicon" / "name_letters.csv"
_UNLIKE, _MISSING = 1.6, 1.2  # letters that have nothing to do with each other; a consonant that one of the names lacks
_VOWELS = frozenset("اوي")


def spelling_cost(a: str, b: str, vowel: float = 1.0, discount: float = 1.0) -> float:
    """What it costs to take one word for another rendering of the other: `name_letters.csv`, summed over the cheapest way.

    Args:
        a: a word as `read_name` gives it.
        b: the other one.
        vowel: by what a long vowel that only one of them has is dearer than in foreign names.
        discount: by what the exchange of letters that sound alike is cheaper.
    """
    costs = _costs()
    drop_a, drop_b = _drops(a, vowel, discount), _drops(b, vowel, discount)
    row = [0.0]
    for cost in drop_b:
        row.append(row[-1] + cost)
    for i, one in enumerate(a):
        above, row = row, [row[0] + drop_a[i]]
        for j, other in enumerate(b):
            change = 0.0 if one == other else discount * costs.get((one, other), _UNLIKE / discount)
            row.append(min(above[j] + change, above[j + 1] + drop_a[i], row[j] + drop_b[j]))
    return row[-1]


def _drops(word: str, vowel: float, discount: float) -> list[float]:
    """What each letter of a word costs where the other word lacks it."""
    costs, last = _costs(), len(word) - 1
    drops = []
    for at, letter in enumerate(word):
        cost = costs.get((letter, ""))
        after = word[at + 1] if at < last else ""
        if at and letter == word[at - 1]:
            cost = 0.1
        elif (letter == "ت" and after and after in "سصزش") or (letter == "د" and after == "ج"):
            cost = 0.25
        elif at and word[at - 1] == "ن" and letter in "غجك":
            cost = 0.3  # ng: أونغ أون
        if cost is None:
            drops.append(_MISSING)
            continue
        if letter in _VOWELS:
            cost *= _at_an_end(letter) * (vowel if at == last else 1.0) if at in (0, last) else vowel
        drops.append(cost * discount)
    return drops


def _at_an_end(letter: str) -> float:
    """By what a vowel is dearer at the beginning or end of a word, where it can be heard."""
    return 1.3 if letter == "ا" else 1.6


@cache
def _costs() -> dict[tuple[str, str], float]:
    """What each exchange of letters costs; the other letter is empty where one is dropped."""
    costs: dict[tuple[str, str], float] = {}
    for where, cells in read_table(SOURCE, ("letters", "others", "cost", "why")):
        try:
            cost = float(cells["cost"])
        except ValueError:
            raise LexiconError(f'{where}: the cost "{cells["cost"]}" must be a number like 0.25') from None
        for letter in cells["letters"]:
            for other in cells["others"]:
                other = other.replace("-", "")
                costs[letter, other] = costs[other, letter] = cost
    return costs
