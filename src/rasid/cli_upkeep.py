"""The commands that look after a record: check, back up, code anew, compare versions, forget."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rasid.cli_input import BAD_INPUT, RECORD, LeftOut, RecordPath, attempt, complain, print_lines
from rasid.cli_record import By, Note
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.model import Article
    from rasid.record.history import Change

_DIFF_FORMATS = "table, jsonl, or counts: by type of event."


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (check, backup, recode, diff, forget):
        app.command()(command)


def check(record: RecordPath = RECORD) -> None:
    """Prove that a record is whole: spans at their words, references, full text, corrections. Status 2 if it is not.

    Of a folder of shards: that every file is there and can be read to its end.
    """
    from rasid.record import count_rows, open_record
    from rasid.record.checking import check as find_faults
    from rasid.record.shards import check_shards, is_shards
    from rasid.show.words import number_of

    if is_shards(record):
        _say_faults(record, check_shards(record))
        sys.stdout.write(f"{record}: whole; every file of its shards can be read.\n")
        return
    with open_record(record, create=False) as opened:
        _say_faults(record, find_faults(opened))
        rows = count_rows(opened)
        sys.stdout.write(
            f"{record}: whole; {number_of(rows['articles'], 'article')}, {number_of(rows['events'], 'event')}: every span at "
            "its words, references, full text and corrections agree.\n"
        )


def _say_faults(place: Path, found: Iterable[str]) -> None:
    faults = 0
    for faults, fault in enumerate(found, 1):  # noqa: B007
        complain(f"{place}: {fault}")
    if faults:
        raise SystemExit(BAD_INPUT)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy, which must not be there yet.")],
    record: RecordPath = RECORD,
) -> None:
    """Copy a record as it is at one moment, also while it is in use."""
    from rasid.record import open_record
    from rasid.record.migrating import back_up

    with open_record(record, create=False) as opened:
        back_up(opened.connection, file)
    sys.stdout.write(f"{file}: {file.stat().st_size / 1e6:,.1f} MB written.\n")


def recode(
    record: RecordPath = RECORD,
    all_of_them: Annotated[
        bool, typer.Option("--all", help="Every article: after decisions on actors, or an import of your own.")
    ] = False,
) -> None:
    """Code anew what another version of rasid or of its lexicons coded. Corrections stay; killed, the next run goes on.

    Articles without a word of the entries that changed are not coded, where nothing else changed: the result is the same.
    """
    from rasid.cli_ingest import kept_out, uncoded
    from rasid.coder import code, coder_version, warm_up
    from rasid.model import CodedArticle
    from rasid.record import note_failure, open_record
    from rasid.record.left import gated
    from rasid.record.lexicons import knowledge
    from rasid.record.memory import load_memory
    from rasid.record.recoding import STEP, count_outdated
    from rasid.record.recoding import recode as code_anew
    from rasid.show.words import number_of

    with open_record(record, create=False) as opened:
        memory, kept_from_it = load_memory(opened), gated(opened)

        def code_one(article: "Article") -> CodedArticle:
            out = article.id in kept_from_it and kept_out(article)
            return uncoded(article) if out else code(article, memory)

        def try_to_code(article: "Article") -> CodedArticle | str:
            coded = attempt(code_one, article, article.id, STEP)
            return coded.reason if isinstance(coded, LeftOut) else coded

        version = coder_version()
        todo = count_outdated(opened, version, all_of_them=all_of_them)
        warm_up()
        failed = done = untouched = 0
        for one in code_anew(opened, try_to_code, version, all_of_them=all_of_them, known=knowledge()):
            done += 1
            untouched += one.untouched
            if one.error:
                failed += 1
                complain(f"{one.page}: {one.error}")
                note_failure(opened, one.page, STEP, one.error)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r\033[K{done:,} of {todo:,} articles " if done < todo else "\r\033[K")
        left = f", {failed:,} left as they were (see `rasid failures`)" if failed else ""
        same = f", {untouched:,} that nothing of what changed can touch left as they are" if untouched else ""
        compare = "; `rasid diff` shows what changed" if done > failed else ""
        coded_anew = number_of(done - failed - untouched, "article")
        sys.stdout.write(f"{record}: {coded_anew} coded anew by {version}{same}{left}{compare}.\n")
        if failed:
            raise SystemExit(BAD_INPUT)


def diff(
    versions: Annotated[
        list[str] | None, typer.Argument(metavar="[OLD] [NEW]", help="Versions of the coder; the last two if not given.")
    ] = None,
    record: RecordPath = RECORD,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=_DIFF_FORMATS)] = "table",
) -> None:
    """Show which of the machine's events came, went and changed between two versions of the coder or its lexicons."""
    from rasid.record import open_record
    from rasid.record.history import coder_names, differences

    writers: dict[str, Any] = {"table": _print_changes, "jsonl": lambda found: print_lines(one._asdict() for one in found)}
    writers["counts"] = _print_counts
    if format not in writers:
        raise InputError(f'there is no format "{format}" here (one of {", ".join(writers)})')
    with open_record(record, create=False) as opened:
        names = versions or coder_names(opened)[-2:]
        if len(names) != 2:
            known = ", ".join(coder_names(opened)) or "none"
            raise InputError(f"two versions can be compared; this record knows {known}")
        writers[format](differences(opened, *names))


def forget(
    article: Annotated[str | None, typer.Argument(metavar="[ARTICLE]", help="The article's id.")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Or a private person, by the whole name in Arabic.")
    ] = None,
    by: By = "",
    note: Note = None,
    record: RecordPath = RECORD,
) -> None:
    """Take an article or a private person out for good: of record, search and later releases. That it was done is kept."""
    from rasid.record import open_record
    from rasid.record.forgetting import forget_article, forget_person
    from rasid.show.words import number_of

    if (article is None) == (person is None):
        raise InputError("say what to forget: the id of an article, or --person NAME")
    with open_record(record, create=False) as opened:
        if article is not None:
            forget_article(opened, article, by=by, note=note)
            sys.stdout.write("The article is forgotten, and will not be added again.\n")
        else:
            number = forget_person(opened, str(person), by=by, note=note)
            sys.stdout.write(f"The name is blackened in {number_of(number, 'article')}, and will be in what is added later.\n")
    sys.stdout.write("Backups and releases that were made before are other files: delete or remake them.\n")


def _print_changes(found: "Any") -> None:
    from rasid.show.tables import print_table

    rows = [(one.kind, one.event[:8], one.article, *_said(one)) for one in found]
    print_table(("what", "event", "article", "before", "after", "fields"), rows, "change")


def _said(change: "Change") -> tuple[str, str, str]:
    before, after = (_kind(event) for event in (change.before, change.after))
    return before, after, ", ".join(change.fields)


def _kind(event: dict[str, Any] | None) -> str:
    if event is None:
        return ""
    sides = (" + ".join(entity["code"] or "?" for entity in event[role]) for role in ("actor", "recipient"))
    return (
        f"{event['type']} {event['mode'] or ''} {event['status']} {' > '.join(filter(None, sides))} {event['trigger']['text']}"
    )


def _print_counts(found: "Any") -> None:
    from rasid.show.tables import print_table

    counted: Counter[tuple[str, str]] = Counter(((one.after or one.before)["type"], one.kind) for one in found)
    kinds = ("came", "went", "changed")
    rows = [(event_type, *(counted[event_type, kind] for kind in kinds)) for event_type in sorted({key for key, _ in counted})]
    print_table(("type", *kinds), rows, "type")
