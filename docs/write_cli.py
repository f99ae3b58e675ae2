"""Write docs/cli.md from the commands themselves: `python docs/write_cli.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from rasid.cli import app

PAGE = Path(__file__).parent / "cli.md"
_INTRODUCTION = """# Commands

Written from the code by `python docs/write_cli.py`; a test sees to it that it is current.

Errors that input can cause are one line each on standard error, and the status is then 2; the good pages and rows are done
all the same. `-` stands for standard input wherever a path does. Rows are JSON lines with `id` and `text` and, where they are
known, `date`, `title`, `url` and `source`; the text of a row is coded as it is, while pages (HTML or text) are cleaned first.
"""


def cli_page() -> str:
    """The page, whole."""
    return "\n".join([_INTRODUCTION, *(line for name, command in commands() for line in _section(name, command))])


def commands() -> Iterator[tuple[str, Any]]:
    """Every command with its whole name, in the order of `rasid --help`."""
    return _each(getattr(get_command(app), "commands", {}))


def _each(commands: dict[str, Any], group: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its whole name, those of a group in its place: `lexicon check`."""
    for name, command in commands.items():
        below: dict[str, Any] = getattr(command, "commands", {})
        if not below or command.invoke_without_command:  # `rasid stories` by itself lists them
            yield f"{group}{name}", command
        yield from _each(below, f"{group}{name} ")


def _section(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and one.name != "help"]
    usage = " ".join([name, *(one.metavar or one.name for one in arguments), *(["[OPTIONS]"] if options else [])])
    yield f"## rasid {name}\n"
    yield f"    rasid {usage}\n"
    yield f"{command.help}\n"
    yield "| | |"
    yield "| --- | --- |"
    for one in (*arguments, *options):
        flags = ", ".join(f"`{flag}`" for flag in one.opts) if one in options else f"`{one.metavar}`"
        value = f" `{one.metavar}`" if one in options and one.metavar else ""
        default = f" Default: `{one.default}`." if one in options and one.default not in (None, [], False) else ""
        yield f"| {flags}{value} | {one.help}{default} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(cli_page(), encoding="utf-8")
