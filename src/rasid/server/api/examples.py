"""Examples for OpenAPI, as a server over the sample record answered; docs/write_api_examples.py writes them."""

import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("examples.json")
_JSON = "application/json"


def add_examples(told: dict[str, Any], prefix: str) -> None:
    """Put the examples of all operations under `prefix` into what OpenAPI says of them."""
    for operation, example in json.loads(_FILE.read_text(encoding="utf-8")).items():
        method, _, path = operation.partition(" ")
        described = told["paths"][prefix + path][method.lower()]
        if example["sent"] is not None:
            described["requestBody"]["content"][_JSON]["example"] = example["sent"]
        if example["answer"] is not None:
            answered = described["responses"][str(example["status"])]["content"]
            answered[_JSON if _JSON in answered else next(iter(answered))]["example"] = example["answer"]
