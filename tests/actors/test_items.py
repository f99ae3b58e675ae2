"""The table of items of Wikidata."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rasid.actors import items
from rasid.actors.items import COLUMNS, read_items
from rasid.actors.lexicon import FOLDER
from rasid.actors.persons import read_persons
from rasid.errors import LexiconError
from rasid.lexicon import read_table


def test_every_key_stands_in_its_table() -> None:
    keys = {
        "country": {cells["code"] for _, cells in read_table(FOLDER / "countries.csv", _COUNTRY)},
        "organisation": {cells["latin"] for _, cells in read_table(FOLDER / "organisations.csv", _ORGANISATION)},
        "person": {person.latin for _, person in read_persons()},
    }
    assert [(kind, key) for kind, key in read_items() if key not in keys[kind]] == []


_COUNTRY = ("code", "names", "nisba", "capitals", "seats", "ambiguous")
_ORGANISATION = ("names", "code", "kind", "latin")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Writes rows to a table that is then read in place of ours."""

    def write(rows: str) -> None:
        path = tmp_path / "wikidata.csv"
        path.write_text(f"{','.join(COLUMNS)}\n{rows}\n", encoding="utf-8")
        monkeypatch.setattr(items, "ITEMS", path)

    return write


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("city,Paris,Q90", 'unknown kind "city"'),
        ("country,FRA,142", '"142" is no item'),
        ("country,,Q142", "no item of Wikidata"),
        ("country,FRA,Q142\ncountry,FRA,Q143", "stands there already"),
        ("country,FRA,Q142\ncountry,DEU,Q142", "stands there already"),
    ],
)
def test_a_mistake_is_named_with_its_line(table: Callable[[str], None], rows: str, complaint: str) -> None:
    table(rows)
    with pytest.raises(LexiconError, match=rf"^wikidata.csv:[23]: .*{complaint}"):
        read_items()
