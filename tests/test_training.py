"""Training starts only where the gold is: without it, one line says so and no weights are touched."""

import argparse
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

MATERIAL = Path(__file__).parent.parent / "training" / "material.py"


@pytest.fixture(scope="module")
def material() -> ModuleType:
    spec = importlib.util.spec_from_file_location("material", MATERIAL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_folder_without_gold_is_refused_in_one_line(material: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as refused:
        material.gold_folder(str(tmp_path))
    assert str(tmp_path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_with_gold_is_taken(material: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "events_dev.jsonl").write_text("", encoding="utf-8")
    assert material.gold_folder(str(tmp_path)) == tmp_path
