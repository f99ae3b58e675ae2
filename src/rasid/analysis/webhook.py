"""Posting what a watch found: signed, tried again with growing pauses, and never to an address that is not public.

The body is JSON: `watch`, `delivery` and `events`, each as in the output of `rasid events --format jsonl`. The header
`X-Rasid-Signature` is `sha256=` and the HMAC-SHA256 of the `X-Rasid-Timestamp` header, a dot, and the body, in hexadecimal
digits, with the watch's secret as key. `X-Rasid-Delivery` is the same however often a delivery is tried, so that a receiver can
tell one it has taken before.
"""

import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rasid.analysis.watches import Delivery, Watch, note_try, waiting
from rasid.errors import InputError, RecordError
from rasid.record import Record
from rasid.record.export import event_with_article

if TYPE_CHECKING:
    import httpx

TRIES = 5
_FIRST_PAUSE = 1.0  # seconds; twice as long each time
_LONGEST_PAUSE = 60.0
_PATIENCE = 20.0  # seconds for an answer
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))  # answers after which trying again soon can help


def deliver(
    record: Record, watch: Watch, *, tries: int = TRIES, sleep: Callable[[float], object] = time.sleep
) -> list[tuple[Delivery, str | None]]:
    """Post all that waits for a watch's webhook, and keep what became of it; what was not taken waits for the next time.

    Args:
        record: the record.
        watch: which.
        tries: of each delivery, at most.
        sleep: what waits between them, given seconds.

    Returns:
        Each delivery, and why it was not taken; None: it was.

    Raises:
        InputError: the secret that signs is not set.
    """
    open_ones = waiting(record, watch.name) if watch.webhook else []
    if not open_ones:
        return []
    secret = _secret(watch)
    with _client(watch.allow_private) as client:
        return [(one, _deliver(record, watch, client, secret, one, tries, sleep)) for one in open_ones]


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """What the header `X-Rasid-Signature` must hold."""
    return f"sha256={hmac.new(secret, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def _secret(watch: Watch) -> bytes:
    name = watch.secret_in or ""
    secret = os.environ.get(name, "")
    if not secret:
        raise InputError(f'the watch "{watch.name}" signs with a secret: set it in the environment as {name}')
    return secret.encode()


def _client(allow_private: bool) -> "httpx.Client":
    import httpx

    from rasid.pages.web.guard import PublicOnly

    return httpx.Client(transport=PublicOnly(allow_private), timeout=_PATIENCE, follow_redirects=False)


def _deliver(
    record: Record,
    watch: Watch,
    client: "httpx.Client",
    secret: bytes,
    delivery: Delivery,
    tries: int,
    sleep: Callable[[float], object],
) -> str | None:
    body = _body(record, delivery)
    trouble: str | None = None
    for n in range(tries):
        trouble, pause = _post(client, watch.webhook or "", secret, delivery, body)
        note_try(record, delivery, trouble)
        if trouble is None or pause is None or n + 1 == tries:
            break
        sleep(min(max(pause, _FIRST_PAUSE * 2**n), _LONGEST_PAUSE))
    return trouble


def _body(record: Record, delivery: Delivery) -> bytes:
    events = []
    for event in delivery.events:
        try:
            events.append(event_with_article(record, event))
        except RecordError:  # corrected away, or forgotten, since it was found
            events.append({"id": event, "gone": True})
    content = {"watch": delivery.watch, "delivery": delivery.id, "events": events}
    return json.dumps(content, ensure_ascii=False).encode()


def _post(client: "httpx.Client", url: str, secret: bytes, delivery: Delivery, body: bytes) -> tuple[str | None, float | None]:
    """Why it was not taken, None if it was; and how long to wait at least before trying again, None if that cannot help."""
    import httpx

    at = str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "rasid",
        "X-Rasid-Delivery": delivery.id,
        "X-Rasid-Timestamp": at,
        "X-Rasid-Signature": signature(secret, at, body),
    }
    try:
        with client.stream("POST", url, content=body, headers=headers) as answer:  # what it answers is not read
            status, after = answer.status_code, answer.headers.get("retry-after", "")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, ValueError) as problem:
        said = str(problem) or type(problem).__name__
        return said, None if "private address" in said else 0.0
    if 200 <= status < 300:
        return None, None
    if status in _LATER:
        return f"the server answered {status}", float(after) if after.isdecimal() else 0.0
    return f"the server answered {status}", None
