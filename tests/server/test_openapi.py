"""What OpenAPI says of every operation holds for requests that schemathesis makes up: no crash, no answer it does not name."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance
from served import Served, serving

from rasid.pages.web import guard
from rasid.server.app import make_app
from rasid.server.settings import Settings

EXAMPLES = 6  # of each operation; more of them find more, and take longer
# Not checked: that all that a schema allows is accepted. Whether a type has a mode, or words stand in a text, none says.
TOLD = make_app(Settings(Path("not-opened.sqlite"))).openapi()
OPERATIONS = [(path, method) for path, methods in TOLD["paths"].items() for method in methods if path.startswith("/api/")]


@pytest.fixture(scope="module")
def at_large(tmp_path_factory: pytest.TempPathFactory, made_record: Path) -> Iterator[Served]:
    path = Path(shutil.copy(made_record, tmp_path_factory.mktemp("large") / "record.sqlite"))
    with serving(path, names=("testserver",)) as running:
        yield running


@pytest.fixture(scope="module")
def schema(at_large: Served) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", at_large.client.app)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_openapi_says_holds(
    path: str, method: str, schema: Any, at_large: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "addresses_of", lambda host, port: ["127.0.0.1"])
    operation = schema[path][method]

    @given(st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def holds(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(schemathesis.GenerationMode))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case.call_and_validate(headers=at_large.as_role("editor"), excluded_checks=[positive_data_acceptance])

    holds()
