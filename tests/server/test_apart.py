"""What is sent is coded in a process of its own, as it would be here; where that one dies, another takes its place."""

import os
import signal
from pathlib import Path
from typing import Any

from served import TEXTS, serving

from rasid.record import open_record

API = "/api/v1"
ROWS = [{"id": f"n{n}", "text": text} for n, text in enumerate(TEXTS.values())]


def test_articles_are_coded_apart_and_after_its_death_by_another(record_path: Path) -> None:
    with serving(record_path, apart=True) as running:
        app: Any = running.client.app
        coder, ingesting = running.as_role("coder"), app.state.ingesting
        first = running.client.post(f"{API}/ingest", json={"rows": ROWS[:2]}, headers=coder)
        assert (first.status_code, first.json()["articles"], first.json()["known"]) == (201, 2, 0)
        (process,) = ingesting.pool._processes
        assert process != os.getpid()
        os.kill(process, signal.SIGKILL)
        died = running.client.post(f"{API}/ingest", json={"rows": ROWS}, headers=coder)
        assert (died.status_code, died.headers["retry-after"]) == (503, "1")
        again = running.client.post(f"{API}/ingest", json={"rows": ROWS}, headers=coder).json()
        assert (again["articles"], again["known"]) == (2, 2)
        page = running.client.get(f"{API}/articles/n3").json()
        assert [event["type"] for event in page["events"]]
    with open_record(record_path) as record:
        assert record.connection.execute("SELECT count(*) FROM articles").fetchone() == (2 * len(TEXTS),)
