"""What a server is told when it starts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Which record is served, to whom, and how much of it at once.

    Args:
        record: the record, which is there.
        accounts: where accounts, tokens, sessions and the log of writes are kept; beside the record if not given.
        open_reading: whether those without account or token may read.
        names: names under which the server may be asked, beside `localhost` and addresses in digits; one asked under another
            name answers nothing, as a page of another site could otherwise make a browser read from it (DNS rebinding).
        secure: whether browsers reach it by https alone (behind a proxy), so that cookies are for https alone.
        rate: requests a minute of one client, on average; 0 sets no bound.
        largest: bytes of a request's body.
        apart: whether articles that are sent are coded in a process of its own, so that readers do not wait for it.
        allow_private: whether pages may be fetched from addresses of the local network; for tests.
    """

    record: Path
    accounts: Path | None = None
    open_reading: bool = True
    names: tuple[str, ...] = ()
    secure: bool = False
    rate: int = 1200
    largest: int = 16_000_000
    apart: bool = False
    allow_private: bool = False

    @property
    def accounts_file(self) -> Path:
        """Where accounts are kept."""
        return self.accounts or self.record.with_name(f"{self.record.name}.accounts")
