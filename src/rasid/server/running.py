"""Running the server in this process until it is told to stop, with nothing half done."""

import ipaddress
import signal
import sys
from types import FrameType

import uvicorn

from rasid.errors import InputError
from rasid.server.app import Served
from rasid.server.connections import Connection
from rasid.server.logs import log_as_json

_STOPPING = 30  # seconds that requests under way have to come to their end
_IDLE = 25  # seconds that a connection is kept for the next request
_SWITCH = 0.001  # seconds after which a thread that codes lets others go on


class _Server(uvicorn.Server):
    """Tells what codes articles to come to an end as soon as the process is told to; and ends as one that was asked to."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        app = self.config.app
        if isinstance(app, Served):
            app.state.ingesting.stopping.set()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def serve(app: Served, host: str, port: int, proxy: str | None = None) -> None:
    """Answer requests until SIGTERM or SIGINT; those under way are answered first.

    Args:
        app: what answers.
        host: the address to listen at.
        port: 0 for one that is free.
        proxy: the address of a proxy whose word on where a request comes from is taken.

    Raises:
        InputError: the address cannot be listened at.
    """
    log_as_json()
    sys.setswitchinterval(_SWITCH)
    try:
        _Server(configured(app, host, port, proxy)).run()
    except SystemExit as end:
        if end.code:
            raise InputError(f"{host}:{port} cannot be listened at; the log says why (another --port?)") from None


def configured(app: Served, host: str, port: int, proxy: str | None = None) -> uvicorn.Config:
    """How uvicorn is to run it; the arguments are those of `serve`."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        timeout_graceful_shutdown=_STOPPING,
        timeout_keep_alive=_IDLE,
        http=Connection,
        ws="none",
        h11_max_incomplete_event_size=64_000,
        lifespan="on",
    )


def is_local(host: str) -> bool:
    """Whether only this machine can ask a server that listens there."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
