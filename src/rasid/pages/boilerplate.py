"""Lines that no writer wrote: comment forms, share bars, tags, related and most-read boxes, consent lines, footers.

The patterns are data (`lexicon/boilerplate.csv`); the evidence is the pattern, the line's length, and where it stands.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from rasid.arabic.letters import fold
from rasid.errors import LexiconError
from rasid.lexicon import read_table
from rasid.pages.lines import Line, has_arabic, is_bar

Effect = Literal["line", "box", "end"]
Shape = Literal["is", "starts", "contains", "matches"]
Position = Literal["top", "bottom", "any"]

COLUMNS = ("pattern", "shape", "position", "effect", "upto", "note")
ARTICLE = 150  # characters of running text before a comment form, from which on an article stands before it
_UPTO = 200
_REPEATED = 40  # the same line again, this long, is the page repeating itself
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_LEFT_EDGE = re.compile(r"^[^\w\[(#©-]+")


class Rule(NamedTuple):
    """A row of the data file, folded."""

    pattern: str
    position: Position
    effect: Effect
    upto: int


class Rules(NamedTuple):
    """The rules as they are looked up: whole lines and first words in hashes, expressions as one."""

    whole: dict[str, Rule]
    first: dict[str, tuple[Rule, ...]]  # `starts`, by first word
    inside: tuple[Rule, ...]
    expressions: tuple[Rule, ...]
    expression: re.Pattern[str]  # one group for each of `expressions`


def effect_of(line: Line, begun: bool) -> Effect | None:
    """What `line` is taken for, or None for a line that may belong to an article.

    Args:
        line: the line.
        begun: whether running text stands before it.
    """
    rule = _find_again(line.fold, begun) if len(line.fold) <= _UPTO else _find(line.fold, load_rules(), begun)
    if rule is not None:
        return rule.effect
    if is_bar(line.text) or (len(line.text) < _REPEATED and not has_arabic(line.text)):
        return "line"  # a row of links; a number, a name of a network, a rule of dashes
    return None


def remove(lines: Iterable[Line]) -> list[Line]:
    """`lines` without those that no writer wrote. Doing it again changes nothing."""
    return list(_kept(lines))


def _kept(lines: Iterable[Line]) -> Iterator[Line]:
    prose = 0
    in_box = False
    seen: set[str] = set()
    for line in lines:
        effect = effect_of(line, prose > 0)
        if effect == "end" and prose >= ARTICLE:
            return
        if effect is not None:
            in_box = in_box or effect == "box"
        elif line.prose or not in_box:
            in_box = False
            repeated = len(line.text) >= _REPEATED and line.fold in seen
            if not repeated:
                seen.add(line.fold)
                prose += len(line.text) if line.prose else 0
                yield line


@lru_cache(maxsize=20_000)  # the menus and headings of a site stand on each of its pages
def _find_again(folded: str, begun: bool) -> Rule | None:
    return _find(folded, load_rules(), begun)


def _find(folded: str, rules: Rules, begun: bool) -> Rule | None:
    """The first rule that hits, whole lines before beginnings before parts."""
    size = len(folded)
    whole = rules.whole.get(_EDGES.sub("", folded)) if size <= _UPTO else None
    if whole is not None and _stands(whole, size, begun):
        return whole
    start = _LEFT_EDGE.sub("", folded).replace(" :", ":")
    for rule in rules.first.get(start.partition(" ")[0].rstrip(":,،;؛"), ()):
        if start.startswith(rule.pattern) and not start[len(rule.pattern) :][:1].isalnum() and _stands(rule, size, begun):
            return rule
    for rule in rules.inside:
        if rule.pattern in folded and _stands(rule, size, begun):
            return rule
    match = rules.expression.match(folded) if size <= _UPTO else None
    if match is not None and match.lastindex is not None:
        rule = rules.expressions[match.lastindex - 1]
        if _stands(rule, size, begun):
            return rule
    return None


def _stands(rule: Rule, size: int, begun: bool) -> bool:
    return size <= rule.upto and (rule.position == "any" or (rule.position == "bottom") == begun)


@cache
def load_rules(path: Path = Path(__file__).parent / "lexicon" / "boilerplate.csv") -> Rules:
    """The rules of a data file.

    Raises:
        LexiconError: a shape, position, effect or length that is none, or an expression that does not compile.
    """
    found: dict[Shape, list[Rule]] = {shape: [] for shape in get_args(Shape)}
    for where, cells in read_table(path, COLUMNS):
        shape = cast(Shape, _one_of(get_args(Shape), cells, "shape", where))
        position = cast(Position, _one_of(get_args(Position), cells, "position", where))
        effect = cast(Effect, _one_of(get_args(Effect), cells, "effect", where))
        if cells["upto"] and not cells["upto"].isdecimal():
            raise LexiconError(f'{where}: "upto" is "{cells["upto"]}"; it must be a number of characters, or empty')
        pattern = _checked(cells["pattern"], shape, where)
        found[shape].append(Rule(pattern, position, effect, int(cells["upto"] or _UPTO)))
    first: dict[str, tuple[Rule, ...]] = {}
    for rule in found["starts"]:
        word = rule.pattern.partition(" ")[0].rstrip(":")
        first[word] = (*first.get(word, ()), rule)
    expression = "|".join(rf"({rule.pattern})\s*$" for rule in found["matches"])
    whole = {rule.pattern: rule for rule in reversed(found["is"])}
    return Rules(whole, first, tuple(found["contains"]), tuple(found["matches"]), re.compile(expression or "(?!)"))


def _checked(cell: str, shape: Shape, where: str) -> str:
    pattern = fold(cell).lower()
    if shape == "matches":
        try:
            groups = re.compile(pattern).groups
        except re.error as error:
            raise LexiconError(f"{where}: the expression does not compile: {error}") from None
        if groups:
            raise LexiconError(f"{where}: groups must be written (?:...)")
    elif shape == "is":
        pattern = _EDGES.sub("", pattern)
    if not pattern:
        raise LexiconError(f"{where}: the pattern is empty")
    return pattern


def _one_of(allowed: tuple[str, ...], cells: dict[str, str], column: str, where: str) -> str:
    if cells[column] not in allowed:
        raise LexiconError(f'{where}: "{column}" is "{cells[column]}"; it must be one of {", ".join(allowed)}')
    return cells[column]
