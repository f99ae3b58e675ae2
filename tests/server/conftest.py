import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from served import Served, make_record, serving


@pytest.fixture(scope="session")
def made_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "record.sqlite"
    make_record(path)
    return path


@pytest.fixture
def record_path(tmp_path: Path, made_record: Path) -> Path:
    return Path(shutil.copy(made_record, tmp_path / "record.sqlite"))


@pytest.fixture
def served(record_path: Path) -> Iterator[Served]:
    with serving(record_path) as running:
        yield running
