"""Figures of a running server, in the form that Prometheus reads."""

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from rasid.server.api import PREFIX

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@dataclass(frozen=True)
class Metrics:
    """What is counted of a server, apart from that of others in the same process."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    coded: Counter
    record: Gauge


def new_metrics() -> Metrics:
    """Everything at zero."""
    registry = CollectorRegistry()
    return Metrics(
        registry,
        Counter("rasid_requests", "Requests, by method, route and status.", ("method", "route", "status"), registry=registry),
        Histogram("rasid_request_seconds", "How long requests took.", ("route",), buckets=_SECONDS, registry=registry),
        Counter("rasid_coded_articles", "Articles that this server coded.", registry=registry),
        Gauge("rasid_record_rows", "Rows of the record, by table.", ("table",), registry=registry),
    )


def count_request(metrics: Metrics, scope: Scope, status: int, seconds: float) -> None:
    """Count a request under the route that it took, of which there are few."""
    route = getattr(scope.get("route"), "path", "other")
    if scope["path"].startswith(f"{PREFIX}/") and not route.startswith(PREFIX):  # a route knows its own router's prefix only
        route = f"{PREFIX}{route}" if route != "other" else route
    metrics.requests.labels(scope["method"] if route != "other" else "other", route, str(status)).inc()
    metrics.seconds.labels(route).observe(seconds)


def as_text(metrics: Metrics, rows: dict[str, int]) -> bytes:
    """All figures, with those of the record as of now."""
    for table, number in rows.items():
        metrics.record.labels(table).set(number)
    return generate_latest(metrics.registry)
