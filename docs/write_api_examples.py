"""Write the examples that OpenAPI shows, as a server over the sample record answers: `python docs/write_api_examples.py`."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
import httpx

from rasid.server.accounts import add_account, make_token
from rasid.server.app import make_app
from rasid.server.demo import make_sample
from rasid.server.settings import Settings

FILE = Path(__file__).parents[1] / "src" / "rasid" / "server" / "api" / "examples.json"
TEXT = "وقع المغرب وإسرائيل اليوم الأربعاء في الرباط مذكرة تفاهم في مجال الدفاع."
ROW = {"id": "a1", "text": TEXT, "date": "2021-11-24"}
# In this order, as some need what others did. {event}, {other}, {article}, {correction} and {validation} are filled in.
ASKED: list[tuple[str, str, str, Any]] = [
    ("GET", "/events", "/events?limit=1", None),
    ("GET", "/events/{event}", "/events/{event}", None),
    ("GET", "/articles", "/articles?limit=1", None),
    ("POST", "/ingest", "/ingest", {"rows": [ROW, {"id": "a2"}], "name": "news.jsonl"}),
    ("GET", "/articles/{article}", "/articles/a1", None),
    ("GET", "/search", "/search?words=الدفاع&limit=1", None),
    ("GET", "/actors", "/actors?limit=1", None),
    ("POST", "/actors/decisions", "/actors/decisions", {"kind": "merge", "one": "سالم الحوراني", "other": "الحوراني"}),
    ("GET", "/actors/decisions", "/actors/decisions", None),
    ("POST", "/stories/decisions", "/stories/decisions", {"action": "join", "one": "{event}", "other": "{other}"}),
    ("GET", "/stories/decisions", "/stories/decisions", None),
    ("POST", "/stories/update", "/stories/update", None),
    ("GET", "/stories", "/stories?limit=1", None),
    ("GET", "/stories/{event}", "/stories/{event}", None),
    ("GET", "/relations", "/relations?actor=MAR&actor=ISR&by=year", None),
    ("GET", "/relations/state", "/relations/state?actor=MAR&actor=ISR&on=2022-01-01", None),
    ("GET", "/partners", "/partners?actor=MAR&limit=1", None),
    ("GET", "/exposure", "/exposure?by=year", None),
    ("GET", "/agreements", "/agreements?party=MAR&limit=1", None),
    ("GET", "/agreements/reports", "/agreements/reports?party=MAR&limit=1", None),
    ("GET", "/quotes", "/quotes?limit=1", None),
    ("GET", "/claims", "/claims?limit=1", None),
    ("POST", "/watches", "/watches", {"name": "accords", "query": {"actor": ["MAR", "ISR"]}, "from_start": True}),
    ("POST", "/watches/{watch}/run", "/watches/accords/run", None),
    ("GET", "/watches", "/watches", None),
    ("GET", "/watches/{watch}/feed", "/watches/accords/feed?limit=1", None),
    ("DELETE", "/watches/{watch}", "/watches/accords", None),
    ("POST", "/corrections", "/corrections", {"action": "accept", "ids": ["{event}"], "note": "the sentence says so"}),
    ("GET", "/corrections", "/corrections?limit=1", None),
    ("POST", "/validations", "/validations", {"size": 2, "seed": 1}),
    ("GET", "/validations/{validation}/sentences", "/validations/{validation}/sentences?limit=1", None),
    ("POST", "/validations/{validation}/codings", "/validations/{validation}/codings", {"codings": {"1": ["CONSULT"]}}),
    ("GET", "/validations", "/validations", None),
    ("POST", "/code", "/code", {"text": TEXT, "date": "2021-11-24"}),
    ("GET", "/tables", "/tables", None),
    ("GET", "/session", "/session", None),
    ("GET", "/writes", "/writes?limit=1", None),
]


async def examples(folder: Path) -> dict[str, Any]:
    """What was sent and answered, by operation."""
    path, found = folder / "sample.sqlite", dict[str, Any]()
    make_sample(path)
    settings = Settings(path, rate=0)
    add_account(settings.accounts_file, "layla", "editor", "correct horse battery")
    headers = {"Authorization": f"Bearer {make_token(settings.accounts_file, 'layla')}"}
    app = make_app(settings)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", headers=headers) as client,
    ):
        events = (await client.get("/api/v1/events?limit=2")).json()["items"]
        names = {"event": events[0]["event_id"], "other": events[1]["event_id"]}
        for method, operation, asked, body in ASKED:
            sent = json.loads(_filled(json.dumps(body), names))
            answer = await client.request(method, "/api/v1" + _filled(asked, names), json=sent)
            answer.raise_for_status()
            said: Any = _said(answer)
            if operation == "/validations" and method == "POST":
                names["validation"] = said["id"]
            found[f"{method} {operation}"] = {"sent": sent, "status": answer.status_code, "answer": said}
    return found


def _said(answer: httpx.Response) -> Any:
    if not answer.content:
        return None
    return answer.json() if answer.headers["content-type"] == "application/json" else answer.text


def _filled(text: str, names: dict[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def main() -> None:
    """Write them."""
    with TemporaryDirectory() as folder:
        found = anyio.run(examples, Path(folder))
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
