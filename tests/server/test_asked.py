"""What is asked: the command line's filters under the same names, and nothing passed over that is not known."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from served import Served

from rasid.cli import app
from rasid.server.app import make_app
from rasid.server.settings import Settings

API = "/api/v1"
COMMANDS = {
    "events": "/events",
    "search": "/search",
    "quotes": "/quotes",
    "claims": "/claims",
    "agreements": "/agreements",
    "exposure": "/exposure",
    "stories": "/stories",
    "actors": "/actors",
    "corrections": "/corrections",
    "export": "/tables/{table}",
    "relations": ("/relations", "/relations/state", "/partners"),
    "explain": "/events/{event}",
    "stories show": "/stories/{event}",
    "stories decisions": "/stories/decisions",
    "validate list": "/validations",
    "watch list": "/watches",
    "watch feed": "/watches/{watch}/feed",
    "accounts writes": "/writes",
}
BODIES = {
    **{"watch add": "/watches", "validate draw": "/validations", "stories join": "/stories/decisions", "ingest": "/ingest"},
}
NOT_ASKED = frozenset(("record", "accounts", "output", "out", "o", "help", "format"))  # where it lies and where it goes
SAID_OTHERWISE = {"unreviewed": "reviewed=false", "reported": "direct=false", "table": "in the path"}
OF_WHO_RUNS_IT = frozenset(
    ("allow-private", "secret-in", "coders", "by", "persons")
)  # settings, files and names of the machine
OF_WHO_SENDS = frozenset(
    ("date", "column", "follow", "every", "contact", "cache", "pause", "workers", "to", "token")
)  # how sources are read before they are sent
TOLD = make_app(Settings(Path("not-opened.sqlite"))).openapi()


def _commands(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    yield name.strip(), command
    for sub, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, f"{name} {sub}")


def _options(name: str) -> set[str]:
    (command,) = (one for found, one in _commands(typer.main.get_command(app)) if found == name)
    options = {text for one in command.params for text in (*one.opts, *one.secondary_opts) if text.startswith("-")}
    return {text.lstrip("-") for text in options} - NOT_ASKED - OF_WHO_RUNS_IT


def _parameters(path: str) -> set[str]:
    return {one["name"] for one in TOLD["paths"][API + path]["get"].get("parameters", []) if one["in"] == "query"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_filter_of_the_command_line_has_its_name_in_the_api(command: str) -> None:
    paths = COMMANDS[command]
    taken = set[str]().union(*map(_parameters, [paths] if isinstance(paths, str) else paths))
    assert not {option for option in _options(command) - taken if option not in SAID_OTHERWISE}


@pytest.mark.parametrize("command", BODIES)
def test_every_option_of_what_is_sent_has_its_name_in_the_body(command: str) -> None:
    schemas = TOLD["components"]["schemas"]
    body = TOLD["paths"][API + BODIES[command]]["post"]["requestBody"]["content"]["application/json"]["schema"]
    fields = schemas[body["$ref"].rpartition("/")[2]]["properties"]
    if "query" in fields:
        fields = {**fields, **schemas["Asked"]["properties"]}
    options = _options(command) - (OF_WHO_SENDS if command == "ingest" else set())
    assert not {option.replace("-", "_") for option in options} - set(fields)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/events?actr=MAR", '"actor"'),
        ("/events?min_confidence=0.5", '"min-confidence"'),
        ("/events?confidence=0.5", '"min-confidence"'),
        ("/events?unreviewed=true", '"reviewed"'),
        ("/quotes?speaker=MAR", "one of about, after, by"),
        ("/partners?actors=MAR", '"actor"'),
        ("/tables/events?forma=csv", '"format"'),
        ("/stories/decisions?least=3", "nor any other"),
        ("/validations?x=", "nor any other"),
    ],
)
def test_a_parameter_that_there_is_not_is_named_with_the_near_one(served: Served, path: str, near: str) -> None:
    answer = served.client.get(API + path)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "there is no parameter" in answer.json()["detail"]
    assert near in answer.json()["detail"]


def test_a_parameter_of_one_value_is_not_given_twice(served: Served) -> None:
    answer = served.client.get(f"{API}/events?from=2021-01-01&from=2022-01-01")
    assert (answer.status_code, answer.json()["detail"]) == (400, '"from" is given twice; it takes one value')
    assert served.client.get(f"{API}/events?type=AID&type=CONSULT").status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "near"),
    [
        ("/code", {"txt": "قال"}, '"text"'),
        ("/corrections", {"action": "accept", "ids": ["x"], "notes": "so"}, '"note"'),
        ("/corrections", {"action": "edit", "ids": ["x"], "said": {"actor": ["MAR"]}}, '"actors"'),
        ("/ingest", {"row": []}, '"rows"'),
        ("/watches", {"name": "x", "query": {"actors": ["MAR"]}}, '"actor"'),
    ],
)
def test_a_field_that_there_is_not_is_named_with_the_near_one(served: Served, path: str, body: Any, near: str) -> None:
    answer = served.client.post(API + path, json=body, headers=served.as_role("coder"))
    assert (answer.status_code, f"do you mean {near}?" in answer.json()["detail"]) == (422, True), answer.text
