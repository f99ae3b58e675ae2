"""Every regular expression of the package, and inputs that make a slow one show itself.

Run as a program: all modules are imported and an article is read and coded while `re` tells what it compiles, also where an
expression is made in a function; the expressions are printed as JSON.
"""

import ast
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

op: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")
_MANY = 64  # a repetition that may go on as often is one that a long input can keep busy


class Expression(NamedTuple):
    """A regular expression: where it was compiled, how it is used, its source, its flags and whether it reads bytes."""

    where: str
    name: str  # of the constant, empty where it has none
    anchored: str  # `match` or `fullmatch` where it is used in no other way, else `search`
    source: str
    flags: int
    is_bytes: bool

    def compiled(self) -> "re.Pattern[str]":
        """The expression for text; one for bytes is the same over letters of one byte."""
        return re.compile(self.source, self.flags & ~re.ASCII & ~re.UNICODE if self.is_bytes else self.flags)


def units(source: str, flags: int) -> Iterator[str]:
    """Strings which, many times over, keep a repetition of the expression busy: its body, with what comes before and after."""
    tree = parser.parse(source, flags & ~re.UNICODE & ~re.ASCII)
    whole = _sample(tree)
    seen = {whole, " ", "a", "1", "ا"} - {""}
    for before, body, after in _repeats(list(tree), ""):
        seen |= {body, before + body, body + after} - {""}
    yield from sorted(seen)


def prefixes(source: str, flags: int) -> set[str]:
    """What stands before the repetitions of the expression."""
    tree = parser.parse(source, flags & ~re.UNICODE & ~re.ASCII)
    return {"", *(before for before, _, _ in _repeats(list(tree), ""))}


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, str, str]]:
    for at, (kind, value) in enumerate(items):
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] >= _MANY:
                yield before, _sample(value[2]), _sample(items[at + 1 :])
            yield from _repeats(list(value[2]), before)
        elif kind is op.SUBPATTERN:
            yield from _repeats(list(value[3]), before)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before)
        elif kind is op.ATOMIC_GROUP:
            yield from _repeats(list(value), before)
        before += _sample([(kind, value)])


def _sample(items: Any) -> str:
    """A string that (nearly) matches."""
    return "".join(_sample_of(kind, value) for kind, value in items)


def _sample_of(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sample(value[2]) * int(max(1, min(value[0], 3)))
    if kind is op.SUBPATTERN:
        return _sample(value[3])
    if kind is op.BRANCH:
        return _sample(value[1][0])
    if kind is op.ATOMIC_GROUP:
        return _sample(value)
    if kind is op.IN:
        return _of_class(value)
    if kind in (op.ANY, op.NOT_LITERAL):
        return "a"
    return ""


_CLASSES: dict[Any, str] = {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a"}


def _of_class(items: list[Any]) -> str:
    if items[0][0] is op.NEGATE:
        tried = (c for c in ("a", " ", "1", ".", "ا") if not any(_is_in(c, item) for item in items[1:]))
        return next(tried, "")
    kind, value = items[0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else _CLASSES.get(value, "x")


def _is_in(letter: str, item: Any) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return ord(letter) == int(value)
    if kind is op.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    tests = {
        op.CATEGORY_DIGIT: letter.isdigit(),
        op.CATEGORY_NOT_DIGIT: not letter.isdigit(),
        op.CATEGORY_SPACE: letter.isspace(),
        op.CATEGORY_NOT_SPACE: not letter.isspace(),
        op.CATEGORY_WORD: letter.isalnum(),
        op.CATEGORY_NOT_WORD: not letter.isalnum(),
    }
    return tests.get(value, False)


def uses(file: Path, line: int) -> tuple[str, str]:
    """The constant to which the expression compiled at a line of a file is given, and how that constant is used there."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    given = (node for node in tree.body if isinstance(node, ast.Assign) and node.lineno <= line <= (node.end_lineno or 0))
    names = [target.id for node in given for target in node.targets if isinstance(target, ast.Name)]
    if not names:
        return "", "search"
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == names[0]]
    ways = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and any(node.value is one for one in named)}
    seldom = len(named) - 1 == sum(
        isinstance(node, ast.Attribute) and any(node.value is one for one in named) for node in ast.walk(tree)
    )
    return names[0], ways.pop() if seldom and ways in ({"match"}, {"fullmatch"}) else "search"


def watched() -> dict[tuple[str, int, bool], tuple[Path, int, str]]:
    """What `re` is asked to compile from now on by files of rasid, where, and by which function of `re`."""
    found: dict[tuple[str, int, bool], tuple[Path, int, str]] = {}
    compile_one = re._compile  # type: ignore[attr-defined]

    def told(pattern: Any, flags: Any) -> Any:
        frame, made, way = sys._getframe(1), compile_one(pattern, flags), sys._getframe(1).f_code.co_name
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        file = Path(frame.f_code.co_filename)
        if "rasid" in file.parts and "site-packages" not in file.parts and "tests" not in file.parts:
            source = made.pattern.decode("latin-1") if isinstance(made.pattern, bytes) else made.pattern
            key = (source, made.flags, isinstance(made.pattern, bytes))
            found.setdefault(key, (file, frame.f_lineno, way))
        return made

    re._compile = told  # type: ignore[attr-defined]
    return found


def main(sample: str) -> None:
    """Print the expressions."""
    found = watched()
    import rasid

    for module in pkgutil.walk_packages(rasid.__path__, "rasid."):
        importlib.import_module(module.name)
    from rasid.coder import code
    from rasid.errors import InputError
    from rasid.model import Page
    from rasid.pages import read_article, read_pages

    for page in read_pages([sample]):
        with suppress(InputError):
            if isinstance(page, Page):
                code(read_article(page))
    print(json.dumps([_told(*place, key) for key, place in found.items()]))


def _told(file: Path, line: int, way: str, key: tuple[str, int, bool]) -> Expression:
    name, anchored = uses(file, line) if way == "compile" else ("", way if way in ("match", "fullmatch") else "search")
    return Expression(f"{file.parent.name}/{file.name}:{line}", name, anchored, *key)


if __name__ == "__main__":
    main(sys.argv[1])
