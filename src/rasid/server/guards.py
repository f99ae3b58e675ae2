"""What stands before every request, as small ASGI middlewares: under which name, how often and how much; and its trace."""

import asyncio
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rasid.server.problems import problem

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SLOWEST = 30.0  # seconds that any body may take
A_SECOND = 20_000  # bytes that give it a second more
_CLIENTS = 10_000  # that are remembered
_LOGIN_A_MINUTE = 10
LOGINS = frozenset((("POST", "/login"), ("POST", "/api/v1/session")))
Guarded = Callable[[Scope, Receive, Send], Awaitable[None]]


def with_headers(app: ASGIApp) -> Guarded:
    """Every response says what a browser may do with it; a good one has the headers in the request's `state.headers` too."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                own = scope.get("state", {}).get("headers", {}) if message["status"] < 400 else {}
                for name, value in (*_HEADERS.items(), *own.items()):
                    headers.setdefault(name, value)
            await send(message)

        await app(scope, receive, sending if scope["type"] == "http" else send)

    return guarded


def asked_for_headers(app: ASGIApp) -> Guarded:
    """HEAD is answered as GET is, without the body."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await app({**scope, "method": "GET"}, receive, sending)

    return guarded


def under_own_name(app: ASGIApp, names: tuple[str, ...]) -> Guarded:
    """Only what is asked under a name of ours is answered; addresses in digits cannot be another site's name."""
    own = frozenset(name.lower().rstrip(".") for name in (*names, "localhost"))

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_own(Headers(scope=scope).get("host", ""), own):
            said = "this server does not answer under that name; `rasid serve --name NAME` adds one"
            await problem(421, said)(scope, receive, send)
            return
        await app(scope, receive, send)

    return guarded


def _is_own(host: str, own: frozenset[str]) -> bool:
    name = host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    if name.lower().rstrip(".") in own:
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


@dataclass
class _Bucket:
    left: float
    at: float


def not_too_often(app: ASGIApp, rate: int) -> Guarded:
    """A client may send `rate` requests a minute on average, a third of them at once; logging in, ten. 0 sets no bound."""
    buckets: OrderedDict[tuple[str, int], _Bucket] = OrderedDict()

    def wait(client: str, a_minute: int) -> float:
        """Seconds until the next request of a client, 0 if it may be now."""
        now, most = time.monotonic(), max(1.0, a_minute / 3 if a_minute > _LOGIN_A_MINUTE else a_minute)
        bucket = buckets.setdefault((client, a_minute), _Bucket(most, now))
        buckets.move_to_end((client, a_minute))
        if len(buckets) > _CLIENTS:
            buckets.popitem(last=False)
        bucket.left, bucket.at = min(most, bucket.left + (now - bucket.at) * a_minute / 60), now
        if bucket.left < 1:
            return (1 - bucket.left) * 60 / a_minute
        bucket.left -= 1
        return 0.0

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            is_login = (scope["method"], scope["path"]) in LOGINS
            a_minute = _LOGIN_A_MINUTE if is_login else rate
            seconds = wait(client_of(scope), a_minute) if a_minute else 0.0
            if seconds:
                after = {"Retry-After": str(int(seconds) + 1)}
                said = f"more than {a_minute} requests a minute; wait {int(seconds) + 1} seconds"
                await problem(429, said, headers=after)(scope, receive, send)
                return
        await app(scope, receive, send)

    return guarded


TWO_LENGTHS = "the request says its length twice, by Content-Length and by Transfer-Encoding; send one of them"


def not_too_much(app: ASGIApp, largest: int) -> Guarded:
    """A request's body has `largest` bytes at most, whatever it says of itself, and comes in good time."""
    said = f"the request is larger than {largest / 1e6:g} MB; send it in parts"
    too_slow = (
        f"the request did not come within {SLOWEST:.0f} seconds and one for each {A_SECOND / 1000:.0f} kB; send it in parts"
    )

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        sent = Headers(scope=scope)
        declared = sent.get("content-length", "0")
        if "transfer-encoding" in sent and "content-length" in sent:  # where it ends would be another's guess
            await problem(400, TWO_LENGTHS, headers={"Connection": "close"})(scope, receive, send)
            return
        if not declared.isascii() or not declared.isdecimal() or int(declared) > largest:
            await problem(413, said, headers={"Connection": "close"})(scope, receive, send)
            return
        received, whole, answered, began = 0, False, False, time.monotonic()

        def refused(status: int, why: str) -> Message:
            if answered:  # and what still comes is nobody's
                return {"type": "http.disconnect"}
            raise HTTPException(status, why, {"Connection": "close"})

        async def receiving() -> Message:
            nonlocal received, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout(began + SLOWEST + received / A_SECOND - time.monotonic()):
                    message = await receive()
            except TimeoutError:
                return refused(408, too_slow)
            received, whole = received + len(message.get("body", b"")), not message.get("more_body", False)
            return refused(413, said) if received > largest else message

        async def sending(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await app(scope, receiving, sending)

    return guarded


Trace = Callable[[Scope, int, float], None]


def traced(app: ASGIApp, trace: Trace, log: Trace, writes: Callable[[Scope], bool]) -> Guarded:
    """`trace` is told of each request at its end: its scope, the status and the seconds it took.

    `log`, which may block, is told of those that `writes` says could write, before they are answered: what is not logged is not
    acknowledged.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        scope.setdefault("state", {})
        status, started = 500, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if writes(scope):
                    await asyncio.shield(run_in_threadpool(log, scope, status, time.perf_counter() - started))
            await send(message)

        try:
            await app(scope, receive, sending)
        finally:
            trace(scope, status, time.perf_counter() - started)

    return guarded


def client_of(scope: Scope) -> str:
    """The address from which a request came."""
    client = scope.get("client")
    return str(client[0]) if client else "-"
