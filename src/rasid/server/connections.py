"""How long a client may take, and how many there may be at once: what uvicorn does not say by itself.

A client that sends its request a letter a minute, or takes the answer a letter a minute, costs a socket only for so long.
"""

import asyncio
import re
from urllib.parse import quote

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from rasid.server.problems import problem

HEAD = 30.0  # seconds until the next request of a connection has come, up to its body
STALLED = 60.0  # seconds in which a client takes some 50 kB of what is sent to it
_BEGINS = re.compile(rb"[A-Z]{3,7} /")
_ASCII = bytes(range(128))
MOST = 600  # connections; each is a file to the system, which often gives a process 1,024


class Connection(H11Protocol):
    """A connection that ends where its client makes it wait."""

    waits: asyncio.TimerHandle | None = None  # for a request
    stalls: asyncio.TimerHandle | None = None  # as nobody takes what is sent

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; where too many wait, the one that waits longest ends."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST:
            waiting = [one for one in self.connections if isinstance(one, Connection) and one.waits]
            min(waiting, key=lambda one: one.waits.when() if one.waits else 0.0).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._answer()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """An address may be written in any letters, as people type it: those beyond ASCII are UTF-8."""
        if not data.isascii() and self.conn.their_state is h11.IDLE and _BEGINS.match(data):
            line, ends, rest = data.partition(b"\r\n")
            data = quote(line, safe=_ASCII).encode() + ends + rest
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Say it as other errors are said."""
        said = problem(400, f"{msg} It is HTTP/1.1 that is spoken here, and a request's headers have 64 kB at most.")
        headers = [*said.raw_headers, (b"connection", b"close")]
        for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=bytes(said.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def handle_events(self) -> None:
        """Where a request has come, it is no longer waited for, however long its answer takes."""
        super().handle_events()
        if self.cycle and not self.cycle.response_complete:
            self._answer()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._answer()
        self._wait()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """More waits to be taken than is good."""
        super().pause_writing()
        self.stalls = self.loop.call_later(STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        """It was taken."""
        if self.stalls:
            self.stalls.cancel()
            self.stalls = None
        super().resume_writing()

    def _wait(self) -> None:
        self.waits = self.loop.call_later(HEAD, self.transport.abort)

    def _answer(self) -> None:
        if self.waits:
            self.waits.cancel()
            self.waits = None
