"""Write docs/rest.md from the server's OpenAPI description: `python docs/write_rest.py`."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasid.record import open_record
from rasid.server.app import make_app
from rasid.server.settings import Settings

PAGE = Path(__file__).parent / "rest.md"
_METHODS = ("get", "post", "put", "patch", "delete")
_INTRODUCTION = """# REST

Written from the code by `python docs/write_rest.py`; a test sees to it that it is current. How to begin, who may do what,
pages, streams and ETags: [the API](api.md). Shapes of what is sent and answered, with an example each, stand in
`/api/v1/openapi.json`. Errors are `application/problem+json` (RFC 9457), whatever the operation.
"""


def description() -> dict[str, Any]:
    """The OpenAPI description that a server over an empty record gives."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rasid.sqlite"
        open_record(path).close()
        found: dict[str, Any] = make_app(Settings(path)).openapi()
    return found


def rest_page() -> str:
    """The page, whole."""
    paths: dict[str, Any] = description()["paths"]
    operations = ((method, path, way[method]) for path, way in paths.items() for method in _METHODS if method in way)
    return "\n".join([_INTRODUCTION, *(line for one in operations for line in _section(*one))])


def _section(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f"## {method.upper()} {path}\n"
    yield f"{operation.get('description', operation['summary'])}\n"
    if body := operation.get("requestBody"):
        yield f"Takes {', '.join(f'`{kind}`: {_shape(what)}' for kind, what in body['content'].items())}.\n"
    yield f"Gives {'; '.join(_answers(operation['responses']))}.\n"
    if parameters := operation.get("parameters"):
        yield "| | | |"
        yield "| --- | --- | --- |"
        for one in parameters:
            needed = "needed" if one.get("required") else _default(one["schema"])
            yield f"| `{one['name']}` | {one['in']}{', ' + needed if needed else ''} | {_cell(one.get('description', ''))} |"
        yield ""


def _answers(responses: dict[str, Any]) -> Iterator[str]:
    """What comes back where all is well; errors are the same everywhere."""
    for status, answer in responses.items():
        if status.startswith("2"):
            kinds = ", ".join(f"`{kind}`: {_shape(what)}" for kind, what in answer.get("content", {}).items())
            yield f"{status} ({kinds})" if kinds else f"{status}, without a body"


def _shape(content: dict[str, Any]) -> str:
    """The name of a shape of the description; `list of` and what is in it; else what JSON calls it."""
    schema = content.get("schema", {})
    if "$ref" in schema:
        return f"`{schema['$ref'].rpartition('/')[2]}`"
    if schema.get("type") == "array":
        return f"list of {_shape({'schema': schema['items']})}"
    if several := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(_shape({"schema": one}) for one in several)
    return f"{schema.get('type', 'anything')}"


def _default(schema: dict[str, Any]) -> str:
    given = schema.get("default")
    return "" if given in (None, [], False, "") else f"`{given}` if not given"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(rest_page(), encoding="utf-8")
