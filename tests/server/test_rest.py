"""The API's answers, beside those of the functions on the same record."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyarrow.parquet as pq
import pytest
from served import TEXTS, Served

from rasid.contract import to_json
from rasid.record import EventQuery, find_events, load_article, open_record
from rasid.record.export import event_with_article
from rasid.record.memory import find_actors

API = "/api/v1"


def _ids(path: Path, query: EventQuery = EventQuery()) -> list[str]:
    with open_record(path) as record:
        return [row.event_id for row in find_events(record, query)]


def test_events_come_page_by_page_each_once_in_order(served: Served) -> None:
    found, after = [], None
    while True:
        page = served.client.get(f"{API}/events", params={"limit": 2, **({"after": after} if after else {})})
        found += [item["event_id"] for item in page.json()["items"]]
        after = page.json()["next"]
        assert ("next" in page.links) == (after is not None)
        if after is None:
            break
    assert found == _ids(served.settings.record)
    assert len(found) >= 4


@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ({"actor": ["MAR", "ISR"]}, EventQuery(("MAR", "ISR"))),
        ({"type": "consult"}, EventQuery(types=("CONSULT",))),
        ({"quad": [1, 2]}, EventQuery(quads=(1, 2))),
        ({"where": "egy"}, EventQuery(places=("EGY",))),
        ({"min-confidence": 0.9}, EventQuery(confidence=0.9)),
        ({"words": "الدفاع"}, EventQuery(words="الدفاع")),
        ({"reviewed": "false"}, EventQuery(reviewed=False)),
        ({"source": "أخرى"}, EventQuery(source="أخرى")),
    ],
)
def test_filters_are_those_of_the_command_line(served: Served, asked: dict[str, object], query: EventQuery) -> None:
    page = served.client.get(f"{API}/events", params=asked)
    assert [item["event_id"] for item in page.json()["items"]] == _ids(served.settings.record, query)


def test_an_event_and_an_article_are_the_contract(served: Served) -> None:
    first = _ids(served.settings.record)[0]
    with open_record(served.settings.record) as record:
        event, article = event_with_article(record, first), to_json(load_article(record, "a2"))
    assert served.client.get(f"{API}/events/{first[:10]}").json() == event
    assert served.client.get(f"{API}/articles/a2").json() == article


def test_articles_and_search_list_what_is_there(served: Served) -> None:
    listed = served.client.get(f"{API}/articles", params={"limit": 2}).json()
    more = served.client.get(f"{API}/articles", params={"after": listed["next"]}).json()
    assert {one["article_id"] for one in listed["items"] + more["items"]} == set(TEXTS)
    found = served.client.get(f"{API}/search", params={"words": "بغداد"}).json()["items"]
    assert [one["article_id"] for one in found] == ["a2"]
    assert found[0]["marks"][0]["text"] == "بغداد"


@pytest.mark.parametrize("table", ["events", "polecat", "participants"])
def test_csv_jsonl_and_parquet_hold_the_same_rows(served: Served, table: str) -> None:
    path = f"{API}/tables/{table}"
    rows = list(csv.DictReader(io.StringIO(served.client.get(path).text)))
    lines = served.client.get(path, params={"format": "jsonl"}).text.splitlines()
    parquet = pq.read_table(io.BytesIO(served.client.get(path, params={"format": "parquet"}).content))
    assert len(rows) == len(lines) == parquet.num_rows > 3
    assert list(rows[0]) == parquet.column_names


def test_jsonl_of_events_is_what_the_command_line_writes(served: Served) -> None:
    lines = served.client.get(f"{API}/events", params={"format": "jsonl", "type": "CONSULT"}).text.splitlines()
    with open_record(served.settings.record) as record:
        assert [json.loads(line) for line in lines] == [
            event_with_article(record, one) for one in _ids(served.settings.record, EventQuery(types=("CONSULT",)))
        ]


def test_what_has_not_changed_is_not_sent_again_until_it_does(served: Served) -> None:
    path = f"{API}/events?limit=1"
    tag = served.client.get(path).headers["etag"]
    again = served.client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert served.client.get(f"{API}/events?limit=2", headers={"If-None-Match": tag}).status_code == 200
    with open_record(served.settings.record) as record:  # as another process would
        record.connection.execute("UPDATE articles SET title = 'آخر' WHERE id = 'a1'")
    assert served.client.get(path, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/events/nothing", 404, "holds no event"),
        ("/articles/nothing", 404, "holds no article"),
        ("/events?type=NONSENSE", 400, "is no type of event; there are"),
        ("/events?limit=0", 422, "query.limit: Input should be greater than or equal to 1"),
        ("/events?from=2022-01-02&to=2022-01-01", 400, "turn them round"),
        ("/search", 200, ""),
        ("/tables/nothing", 400, "there is no table"),
        ("/tables/participants?type=AID", 400, "can be narrowed down"),
        ("/stories?after=x", 400, "is no cursor"),
        ("/validations/nothing/sentences", 404, "there is no validation"),
        ("/relations?actor=MAR", 422, "query.actor: is to be given 2 times"),
        ("/nothing", 404, "openapi.json lists what there is"),
    ],
)
def test_errors_are_problems_that_say_what_to_do(served: Served, path: str, status: int, says: str) -> None:
    answer = served.client.get(API + path)
    assert answer.status_code == status
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert says in answer.json()["detail"]
        assert str(served.settings.record) not in answer.text


def test_where_nothing_is_found_it_says_which_names_the_record_does_not_know(served: Served) -> None:
    for path in ("/events", "/search"):
        page = served.client.get(f"{API}{path}", params={"actor": "Narnia", "where": "FRA", "words": "الدفاع"}).json()
        assert page["notes"] == ['the record knows no actor "Narnia"', 'the record knows no place "FRA"']
    assert "notes" not in served.client.get(f"{API}/events").json()


@pytest.mark.parametrize("path", ["/health", f"{API}/events", f"{API}/tables/events", "/nothing", "/en/"])
def test_head_is_get_without_the_body(served: Served, path: str) -> None:
    head, got = served.client.head(path), served.client.get(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers.get("content-type") == got.headers.get("content-type")


def test_a_body_that_is_not_said_to_be_json_is_told_how(served: Served) -> None:
    answer = served.client.post(f"{API}/code", content='{"text": "قال"}')
    assert (answer.status_code, "`Content-Type: application/json`" in answer.json()["detail"]) == (422, True)


def test_a_text_is_coded_and_not_kept(served: Served) -> None:
    answer = served.client.post(f"{API}/code", json={"text": TEXTS["a1"], "date": "2021-11-24", "id": "x"})
    assert answer.json()["events"][0]["type"] in ("SUPPORT", "AGREE", "COOPERATE")
    assert served.client.get(f"{API}/articles/x").status_code == 404


def test_what_is_ingested_is_kept_once(served: Served) -> None:
    body = {
        "rows": [{"id": "n1", "text": "زار الرئيس الفرنسي الجزائر أمس.", "date": "2022-08-25"}, {"id": "n2"}],
        "articles": [{"id": "n3", "text": "اعتقلت الشرطة المصرية 20 متظاهرا في القاهرة."}],
        "name": "sent.jsonl",
    }
    first = served.client.post(f"{API}/ingest", json=body, headers=served.as_role("coder"))
    assert first.status_code == 201
    assert (first.json()["articles"], first.json()["known"]) == (2, 0)
    assert first.json()["left_out"] == [{"page": "sent.jsonl:2", "step": "read", "reason": 'the row has no "text"'}]
    again = served.client.post(f"{API}/ingest", json=body, headers=served.as_role("coder"))
    assert (again.json()["articles"], again.json()["known"]) == (0, 2)
    assert served.client.get(f"{API}/articles/n1").json()["date"]["start"] == "2022-08-25"


def test_what_does_not_look_political_is_kept_uncoded_where_that_is_asked(served: Served) -> None:
    recipe = "طريقة تحضير كعكة الشوكولاتة بالحليب والسكر والزبدة. نخلط الدقيق مع البيض جيدا ثم نضعه في الفرن نصف ساعة."
    body = {"rows": [{"id": "cake", "text": recipe}], "political": True}
    sent = served.client.post(f"{API}/ingest", json=body, headers=served.as_role("coder"))
    assert (sent.status_code, sent.json()["articles"], sent.json()["not_political"]) == (201, 1, 1)


def test_a_correction_is_made_listed_and_undone_by_who_may(served: Served) -> None:
    event = _ids(served.settings.record)[0]
    coder, editor = served.as_role("coder"), served.as_role("editor")
    made = served.client.post(f"{API}/corrections", json={"action": "reject", "ids": [event]}, headers=editor)
    assert (made.status_code, made.json()[0]["by"]) == (201, "editor")
    assert served.client.get(f"{API}/events/{event}").status_code == 404
    undo = {"action": "undo", "ids": [made.json()[0]["id"]]}
    refused = served.client.post(f"{API}/corrections", json=undo, headers=coder)
    assert (refused.status_code, "an editor may undo" in refused.json()["detail"]) == (403, True)
    assert served.client.post(f"{API}/corrections", json=undo, headers=editor).status_code == 201
    assert served.client.get(f"{API}/events/{event}").status_code == 200
    listed = served.client.get(f"{API}/corrections").json()["items"]
    assert [(one["action"], one["state"]) for one in listed] == [("reject", "undone"), ("undo", "in force")]


def test_an_event_is_edited_and_added_in_words(served: Served) -> None:
    event, coder = _ids(served.settings.record)[0], served.as_role("coder")
    edit = {"action": "edit", "ids": [event], "said": {"status": "future"}}
    assert served.client.post(f"{API}/corrections", json=edit, headers=coder).status_code == 201
    assert served.client.get(f"{API}/events/{event}").json()["status"] == "future"
    add = {"action": "add", "ids": ["a2"], "said": {"trigger": "الهجوم", "type": "ASSAULT", "recipients": ["المدنيين=CVL"]}}
    added = served.client.post(f"{API}/corrections", json=add, headers=coder)
    assert added.status_code == 201, added.text
    assert added.json()[0]["results"][0]["recipient"][0]["code"] == "CVL"


def test_of_several_corrections_all_are_made_or_none(served: Served) -> None:
    event, coder = _ids(served.settings.record)[0], served.as_role("coder")
    body = {"action": "reject", "ids": [event, "nothing"]}
    assert served.client.post(f"{API}/corrections", json=body, headers=coder).status_code == 404
    assert served.client.get(f"{API}/events/{event}").status_code == 200


def test_a_validation_is_drawn_coded_and_judged(served: Served) -> None:
    drawn = served.client.post(f"{API}/validations", json={"size": 4, "seed": 1}, headers=served.as_role("editor")).json()["id"]
    sentences = served.client.get(f"{API}/validations/{drawn}/sentences").json()["items"]
    codings = {str(one["n"]): ["CONSULT"] for one in sentences}
    done = served.client.post(f"{API}/validations/{drawn}/codings", json={"codings": codings}, headers=served.as_role("coder"))
    assert done.status_code == 201, done.text
    assert done.json()["coders"] == ["coder"]
    assert served.client.get(f"{API}/validations").json()[0]["figures"]


def test_stories_are_made_when_asked_and_joins_are_kept(served: Served) -> None:
    coder = served.as_role("coder")
    assert served.client.post(f"{API}/stories/update", headers=coder).status_code == 204
    one, other = _ids(served.settings.record)[:2]
    body = {"action": "join", "one": one, "other": other}
    assert served.client.post(f"{API}/stories/decisions", json=body, headers=coder).status_code == 201
    served.client.post(f"{API}/stories/update", headers=coder)
    assert served.client.get(f"{API}/stories").json()["items"][0]["reports"] == 2
    assert {report["event"] for report in served.client.get(f"{API}/stories/{one}").json()["reports"]} == {one, other}


def test_actors_are_listed_with_their_offices(served: Served) -> None:
    found = served.client.get(f"{API}/actors", params={"name": "سالم الحوراني"}).json()["items"]
    assert found[0]["names"][0]["name"] == "سالم الحوراني"
    assert found[0]["offices"][0]["country"] == "JOR"


def test_openapi_has_an_example_of_everything_that_is_sent_and_answered(served: Served) -> None:
    told = served.client.get(f"{API}/openapi.json").json()
    operations = [
        (f"{method} {path}", operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
        if path.startswith(API)
    ]
    sent = [(name, one["requestBody"]["content"]["application/json"]) for name, one in operations if "requestBody" in one]
    answered = [
        (name, said["content"]["application/json"])
        for name, one in operations
        for status, said in one["responses"].items()
        if status in ("200", "201") and "application/json" in said.get("content", {})
    ]
    assert len(sent) >= 8
    assert len(answered) >= 22
    without = [name for name, content in [*sent, *answered] if "example" not in content]
    assert without == ["post /api/v1/session"]  # no password, not even one of an example
    assert all(one["summary"] and one["description"] for _, one in operations)


def test_health_and_metrics_tell_how_it_is(served: Served) -> None:
    assert served.client.get("/health").text == "ok\n"
    served.client.get(f"{API}/events/nothing")
    text = served.client.get("/metrics").text
    assert 'rasid_requests_total{method="GET",route="/api/v1/events/{event}",status="404"} 1.0' in text
    assert f'rasid_record_rows{{table="articles"}} {len(TEXTS)}.0' in text


@pytest.mark.parametrize(
    "path", ["relations?actor=MAR&actor=ISR", "partners?actor=MAR", "exposure", "agreements", "quotes", "claims"]
)
def test_what_analysis_finds_comes_as_csv_jsonl_and_parquet(served: Served, path: str) -> None:
    answers = [
        served.client.get(f"{API}/{path.partition('?')[0]}", params={**_asked(path), "format": one})
        for one in ("csv", "jsonl", "parquet")
    ]
    rows = list(csv.DictReader(io.StringIO(answers[0].text)))
    assert len(rows) == len(answers[1].text.splitlines()) == pq.read_table(io.BytesIO(answers[2].content)).num_rows > 0


def _asked(path: str) -> dict[str, list[str]]:
    return parse_qs(path.partition("?")[2])


def test_a_part_of_a_relation_is_a_table_of_its_own(served: Served) -> None:
    asked = {"actor": ["MAR", "ISR"], "part": "states", "format": "jsonl"}
    states = served.client.get(f"{API}/relations", params=asked).text.splitlines()
    assert [json.loads(line)["state"] for line in states] == ["resumed"]
    whole = served.client.get(f"{API}/relations", params={"actor": ["MAR", "ISR"]}).json()
    assert (whole["states"]["changes"][0]["state"], whole["events"]) == ("resumed", [])


def test_quotes_and_claims_come_page_by_page_with_their_words(served: Served) -> None:
    first = served.client.get(f"{API}/claims", params={"limit": 1}).json()
    assert first["items"][0]["sentence"]["text"] == TEXTS["a4"].split(". ")[1]
    assert first["next"] is None
    wrong = served.client.get(f"{API}/quotes", params={"words": "-", "format": "csv"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (400, "application/problem+json")


def test_a_watch_is_made_by_coders_and_its_feed_has_an_etag_of_its_own(served: Served) -> None:
    coder, given = served.as_role("coder"), {"name": "accords", "query": {"actor": ["MAR"]}, "from_start": True}
    assert served.client.post(f"{API}/watches", json=given, headers=served.as_role("reader")).status_code == 403
    assert served.client.post(f"{API}/watches", json=given, headers=coder).json() == {"known": 0}
    assert served.client.post(f"{API}/watches", json=given, headers=coder).status_code == 409
    assert len(served.client.post(f"{API}/watches/accords/run", headers=coder).json()["events"]) > 1
    feed = served.client.get(f"{API}/watches/accords/feed")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    with open_record(served.settings.record) as record:  # what changes elsewhere is nothing to the feed
        record.connection.execute("UPDATE articles SET language = 'ar' WHERE id = 'a3'")
    again = served.client.get(f"{API}/watches/accords/feed", headers={"If-None-Match": feed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert served.client.delete(f"{API}/watches/accords", headers=coder).status_code == 204
    assert served.client.get(f"{API}/watches/accords/feed").status_code == 404


def test_the_address_of_a_webhook_is_shown_to_those_who_may_write(served: Served) -> None:
    coder = served.as_role("coder")
    given = {"name": "hooked", "webhook": "https://hooks.example/secret", "query": {"actor": ["MAR"]}, "from_start": True}
    assert served.client.post(f"{API}/watches", json=given, headers=coder).status_code == 201
    assert served.client.get(f"{API}/watches").json()[0]["webhook"] is None
    assert served.client.get(f"{API}/watches", headers=coder).json()[0]["webhook"] == given["webhook"]
    ran = served.client.post(f"{API}/watches/hooked/run", headers=coder).json()
    assert ran["events"]
    assert "set it in the environment" in ran["undelivered"][0]["trouble"]


def test_a_list_that_takes_long_is_worked_out_once_until_something_changes(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def counted(*said: Any) -> Any:
        asked.append(said)
        return find_actors(*said)

    monkeypatch.setattr("rasid.server.api.actors.find_actors", counted)
    first = served.client.get(f"{API}/actors", params={"limit": 1})
    served.client.get(f"{API}/actors", params={"limit": 1, "after": "1"})
    assert len(asked) == 1
    with open_record(served.settings.record) as record:  # as another process would
        record.connection.execute("UPDATE articles SET title = 'آخر' WHERE id = 'a1'")
    tag = {"If-None-Match": first.headers["etag"]}
    assert served.client.get(f"{API}/actors", params={"limit": 1}, headers=tag).status_code == 200
    decision = {"kind": "merge", "one": "سالم الحوراني", "other": "الحوراني"}
    before = len(asked)
    assert served.client.post(f"{API}/actors/decisions", json=decision, headers=served.as_role("editor")).status_code == 201
    served.client.get(f"{API}/actors", params={"limit": 1})
    assert len(asked) == before + 1
