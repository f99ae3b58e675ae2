"""`rasid lexicon`: for those who write predicates. What is wrong in the files, and what each rule does to a sentence."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import BAD_INPUT, LeftOut, complain, good, print_lines, read_articles, read_day, read_objects, tally
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.model import Article
    from rasid.tryout import Tried

app = typer.Typer(help="Check and try the predicates that events are found by.")
_FORMATS = "table or jsonl."
_NAMED = 10  # entries that one line names
Format = Annotated[str, typer.Option(metavar="FORMAT", help=_FORMATS)]
Own = Annotated[
    list[str] | None, typer.Option("--predicates", metavar="FILE", help="Predicates of your own; may be given again.")
]


def use_own(files: list[str] | None) -> None:
    """Let the entries of a user's files go before those of the package."""
    from rasid.events.predicates import add_predicates

    add_predicates(map(Path, files or []))


@app.command()
def check(
    articles: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Articles to count hits in: a folder, a file, -; may be given again."),
    ] = None,
    gold: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="Coded rows (id, date, text, events) to measure precision on.")
    ] = None,
    predicates: Own = None,
    format: Format = "table",
) -> None:
    """Name every mistake in the files by file and line, and the cases of your own entries that do not hold.

    With articles or coded rows, say how each entry does on them.
    """
    from rasid.errors import LexiconError
    from rasid.events import modes, signs
    from rasid.events.predicates import TOPICS, mistakes, read_topics, sources

    _choose(format)
    wrong = list(mistakes([*map(_file, predicates or []), *sources()]))
    tables: list[tuple[Callable[[Path], object], Path]] = [
        (read_topics, TOPICS), (modes.read_modes, modes.SOURCE), (signs.read_signs, signs.SOURCE),
    ]  # fmt: skip
    for read, path in tables:
        try:
            read(path)
        except LexiconError as error:
            wrong.append(str(error))
    for line in wrong:
        complain(line)
    if wrong:
        raise SystemExit(BAD_INPUT)
    use_own(predicates)
    right = _check_cases(list(map(Path, predicates or [])))
    if not (articles or gold):
        from rasid.events.predicates import lexicon
        from rasid.show.words import number_of

        yours = f"; {number_of(right, 'case')} of yours right" if predicates else ""
        sys.stdout.write(f"{len(lexicon().predicates):,} entries in {len(sources())} files: no mistake{yours}.\n")
        return
    _count(articles or [], gold or [], format)


def _check_cases(own: list[Path]) -> int:
    """How many cases the user's own entries have; those that the coder is not right about are named, and end it."""
    from rasid.cases import wrong
    from rasid.events.predicates import cases

    of_own = list(cases(own))
    failed = [(case, given) for case in of_own if (given := wrong(case))]
    for case, given in failed:
        complain(f"{case.predicate.where}: the case «{case.text}» wants {case.wanted}, and gets {given}")
    if failed:
        raise SystemExit(BAD_INPUT)
    return len(of_own)


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{name}: no such file of predicates")
    return path


def _choose(format: str) -> None:
    if format not in ("table", "jsonl"):
        raise InputError(f"unknown format {format!r} (one of table, jsonl)")


def _count(articles: list[str], gold: list[str], format: str) -> None:
    """How each entry does in articles and on coded rows."""
    from rasid.events.predicates import sources
    from rasid.lexicon import read_entries
    from rasid.tryout import check_rows, count_hits, count_right, new_counts

    counts = new_counts()
    whys = {entry.where: str(entry.keys["why"]) for path in sources() for entry in read_entries(path) if "why" in entry.keys}
    with tally() as counted:
        number = count_hits((read.article for read in good(read_articles(articles, None), counted)), counts) if articles else 0
        count_right(_gold_rows(gold), counts)
        rows = [row for row in check_rows(counts, whys) if row["event"] != "no event"]
        if format == "jsonl":
            print_lines(rows)
        else:
            _print_check(rows)
        if articles:
            unseen = [row for row in rows if not row["hits"]]
            silent = [str(row["predicate"]) for row in unseen if not row["why"]]
            said = f"{len(unseen):,} of {len(rows):,} entries have no hit in {number:,} articles"
            some = f"{', '.join(silent[:_NAMED])}{' ...' if len(silent) > _NAMED else ''}"
            complain(f"{said}; {f'{len(silent):,} do not say why they stay: {some}' if silent else 'all say why they stay'}")


def _gold_rows(files: list[str]) -> "Iterator[tuple[Article, list[dict[str, Any]]]]":
    """The articles of coded rows, and the events that they truly have."""
    from rasid.model import Page
    from rasid.pages import read_article, read_date

    for row in read_objects(files):
        if isinstance(row, LeftOut):
            raise InputError(f"{row.page}: {row.reason}")
        name, keys = row
        events = keys.get("events")
        if not isinstance(keys.get("text"), str) or not isinstance(events, list):
            raise InputError(f"{name}: a coded row needs text and events")
        day = read_date(str(keys["date"])) if keys.get("date") else None
        page = Page(keys["text"], name, id=str(keys.get("id", name)), title=keys.get("title"), is_text=True)
        yield read_article(page, day), events


def _print_check(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    from rasid.show.table import open_console

    table = Table("entry", "lemma", "event", "hits", "coded", "right", "precision", "actors", "recipients", box=None)
    for row in rows:
        shares = ("" if row[key] is None else f"{row[key]:.2f}" for key in ("precision", "actors_right", "recipients_right"))
        table.add_row(
            row["predicate"], row["lemma"], row["event"], *(str(row[key]) for key in ("hits", "coded", "right")), *shares
        )
    open_console().print(table)


@app.command("try")
def try_sentence(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence, or - for standard input.")],
    date: Annotated[str, typer.Option(metavar="DAY", help="The day it was published.")] = "2021-11-24",
    predicates: Own = None,
    format: Format = "table",
) -> None:
    """Show what each rule does to a sentence: entries tried, conditions that fail, places, roles, the decision."""
    from rasid.model import Page
    from rasid.pages import read_article
    from rasid.tryout import tried_to_json, try_text

    _choose(format)
    day = read_day(date)
    use_own(predicates)
    said = sys.stdin.read() if text == "-" else text
    if not said.strip():
        raise InputError("there is no sentence to try")
    tried = list(try_text(read_article(Page(said, "the sentence", id="sentence", is_text=True), day)))
    if format == "jsonl":
        print_lines(map(tried_to_json, tried))
    else:
        _print_tried(tried)


def _print_tried(found: "list[Tried]") -> None:
    from rasid.show.table import open_console

    console = open_console()
    if not found:
        console.print("no word of this text is a predicate that can report an event")
    for tried in found:
        console.print(f"[bold]{tried.span.text}[/bold]  {tried.tense}: {tried.outcome}", soft_wrap=True)
        for line in _lines(tried):
            console.print(f"  {line}", markup=False, soft_wrap=True)
        console.print()


def _lines(tried: "Tried") -> Iterator[str]:
    for sense in tried.senses:
        held = f"does not hold: {sense.failed}" if sense.failed else "holds"
        yield f"entry      {sense.where} ({sense.lemma}): {sense.kind}, {held}"
    for slot, words in tried.places:
        yield f"place      {slot}: {' + '.join(words)}"
    if tried.probability is not None:
        yield f"frame      actor {' + '.join(tried.actors) or '-'}; recipient {' + '.join(tried.recipients) or '-'}"
        yield f"likely     {tried.probability:.2f}"
    event = tried.event
    if event is not None:
        for role, entities in (("actor", event.actors), ("recipient", event.recipients)):
            yield f"{role:<10} " + (" + ".join(f"{entity.span.text} ({entity.code or '?'})" for entity in entities) or "-")
        rules = {reason.field: reason.rule for reason in reversed(event.reasons)}
        yield f"coded as   {event.type} {event.mode or ''}".rstrip() + f", {event.status}: {rules.get('status', '')}"
        if event.attributed_to:
            yield f"source     {' < '.join(span.text for span in event.attributed_to)}: {rules.get('attributed_to', '')}"
