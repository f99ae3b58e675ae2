"""`rasid serve`: the record over HTTP. `rasid accounts`: who may do what there. `rasid ingest --to`: sending articles to it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_input import RECORD, RecordPath
from rasid.errors import InputError

if TYPE_CHECKING:
    from rasid.server.settings import Settings

Name = Annotated[str, typer.Argument(metavar="NAME", help="The account.")]
Role = Annotated[str, typer.Option("--role", metavar="ROLE", help="reader, coder (corrects, ingests) or editor (decides).")]
Accounts = Annotated[
    Path | None, typer.Option("--accounts", metavar="FILE", help="Accounts; FILE of the record with .accounts if not given.")
]
accounts = typer.Typer(help="Accounts, passwords and tokens of those who use `rasid serve`.")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(serve)
    app.add_typer(accounts, name="accounts")


def serve(
    record: RecordPath = RECORD,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0 takes one that is free.")] = 8000,
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="A name it is asked under, as rasid.example.org.")
    ] = None,
    open_reading: Annotated[
        bool, typer.Option("--open-reading", help="Let everybody read who can reach it, though others than this machine can.")
    ] = False,
    https: Annotated[bool, typer.Option("--https", help="A proxy before it speaks https; cookies are for that alone.")] = False,
    proxy: Annotated[
        str | None, typer.Option("--proxy", metavar="ADDRESS", help="Of a proxy, whose word on who asks is taken.")
    ] = None,
    rate: Annotated[int, typer.Option("--rate", metavar="N", min=0, help="Requests a minute of a client; 0: no bound.")] = 1200,
    accounts: Accounts = None,
    demo: Annotated[bool, typer.Option("--demo", help="Serve a sample record, made now and gone at the end.")] = False,
) -> None:
    """Serve the record: a REST API (/api/v1), and pages for people. Reading is open on this machine; writing is by account."""
    from rasid.server.running import is_local
    from rasid.server.settings import Settings

    local = is_local(host)
    settings = Settings(
        record,
        accounts,
        open_reading=local or open_reading,
        names=tuple(name or ()),
        secure=https,
        rate=rate,
        apart=True,
    )
    if demo:
        with TemporaryDirectory(prefix="rasid-demo-") as folder:
            _serve(_sample(Path(folder) / "sample.sqlite", settings), host, port, proxy)
        return
    _check_readers(settings)
    _serve(settings, host, port, proxy)


def _check_readers(settings: "Settings") -> None:
    from rasid.server.accounts import list_accounts

    if not settings.open_reading and not list_accounts(settings.accounts_file):
        raise InputError(
            "others than this machine could ask this server, and nobody has an account: `rasid accounts add NAME --role reader`"
            " makes one, or --open-reading lets everybody read"
        )


def _serve(settings: "Settings", host: str, port: int, proxy: str | None) -> None:
    from rasid.record import open_record
    from rasid.server.app import make_app
    from rasid.server.running import serve as run

    open_record(settings.record, create=False).close()  # what is wrong with it is said here
    place = f"http://{f'[{host}]' if ':' in host else host}:{port}/" if port else "a free port, which the log names"
    sys.stdout.write(f"rasid: {settings.record} at {place}\n")
    sys.stdout.flush()
    run(make_app(settings), host, port, proxy)


def _sample(path: Path, settings: "Settings") -> "Settings":
    from dataclasses import replace
    from secrets import token_urlsafe

    from rasid.server.accounts import add_account, make_token
    from rasid.server.demo import make_sample
    from rasid.show.words import number_of

    done = make_sample(path)
    settings = replace(settings, record=path, accounts=None)
    password = token_urlsafe(12)
    add_account(settings.accounts_file, "demo", "editor", password)
    token = make_token(settings.accounts_file, "demo")
    sys.stdout.write(f"{number_of(done.added, 'article')} with {number_of(done.events, 'event')}. To write: ")
    sys.stdout.write(f"account demo, password {password}, token {token}\n")
    return settings


@accounts.command("add")
def add(name: Name, role: Role = "reader", record: RecordPath = RECORD, accounts: Accounts = None) -> None:
    """Make an account; the password is asked for, or read from standard input."""
    from rasid.server.accounts import add_account

    file = _file(record, accounts)
    made = add_account(file, name, role, _password())
    sys.stdout.write(f"{file}: account {made.name}, {made.role}, made.\n")


@accounts.command("password")
def password(name: Name, record: RecordPath = RECORD, accounts: Accounts = None) -> None:
    """Give an account another password; its sessions end."""
    from rasid.server.accounts import change_password

    file = _file(record, accounts)
    change_password(file, name, _password())
    sys.stdout.write(f"{file}: password of {name} changed.\n")


@accounts.command("role")
def role(
    name: Name,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, coder or editor.")],
    record: RecordPath = RECORD,
    accounts: Accounts = None,
) -> None:
    """Give an account another role."""
    from rasid.server.accounts import change_role

    file = _file(record, accounts)
    change_role(file, name, role)
    sys.stdout.write(f"{file}: {name} is {role} now.\n")


@accounts.command("remove")
def remove(name: Name, record: RecordPath = RECORD, accounts: Accounts = None) -> None:
    """Take an account away, with its tokens and sessions."""
    from rasid.server.accounts import remove_account

    file = _file(record, accounts)
    remove_account(file, name)
    sys.stdout.write(f"{file}: account {name} removed.\n")


@accounts.command("list")
def list_(record: RecordPath = RECORD, accounts: Accounts = None) -> None:
    """List the accounts."""
    from rasid.server.accounts import list_accounts
    from rasid.show.tables import print_table

    print_table(("name", "role"), list_accounts(_file(record, accounts)), "account")


@accounts.command("token")
def token(
    name: Name,
    role: Annotated[str | None, typer.Option("--role", metavar="ROLE", help="A lesser one than the account's.")] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="Make all tokens of the account worthless instead.")] = False,
    record: RecordPath = RECORD,
    accounts: Accounts = None,
) -> None:
    """Make a token for programs of an account. It is shown this once: only its hash is kept."""
    from rasid.server.accounts import make_token, revoke_tokens
    from rasid.show.words import number_of

    file = _file(record, accounts)
    if revoke:
        sys.stdout.write(f"{file}: {number_of(revoke_tokens(file, name), 'token')} of {name} revoked.\n")
        return
    sys.stdout.write(f"{make_token(file, name, role)}\n")


@accounts.command("writes")
def writes(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = 50,
    record: RecordPath = RECORD,
    accounts: Accounts = None,
) -> None:
    """List who wrote what through the server, the newest first."""
    from rasid.server.accounts import Write, read_writes
    from rasid.show.tables import print_table

    print_table(Write._fields, read_writes(_file(record, accounts), limit), "write")


def _file(record: Path, accounts: Path | None) -> Path:
    from rasid.server.settings import Settings

    if accounts is None and not record.exists():
        raise InputError(f"{record}: there is no such record, beside which accounts are kept; name it with --record")
    return Settings(record, accounts).accounts_file


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
