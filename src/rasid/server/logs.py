"""The server's log: one JSON object a line on standard error."""

import datetime as dt
import json
import logging
import sys
from typing import Any

REQUESTS = logging.getLogger("rasid.server.requests")


class _AsJson(logging.Formatter):
    """A line for each record: when, how grave, from where, what, and whatever else was given as `extra={"said": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "from": record.name, "said": record.getMessage()}
        line.update(getattr(record, "said", {}))
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json(level: str = "INFO") -> None:
    """From now on all logs of this process are JSON lines on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_AsJson())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "httpx"):
        logger = logging.getLogger(name)
        logger.handlers[:], logger.propagate = [], True
    logging.getLogger("httpx").setLevel("WARNING")
