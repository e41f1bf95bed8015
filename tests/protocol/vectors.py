"""The elections made by an independent tool, with everything needed to replay them (``vectors/README.md``)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "vectors"
NAMES = ("small", "mid")


@cache
def expected(name: str) -> dict[str, Any]:
    return json.loads((VECTORS / name / "expected.json").read_text())


def archive_path(name: str) -> Path:
    return VECTORS / name / expected(name)["archive"]


TAMPERED: list[dict[str, Any]] = json.loads((VECTORS / "tampered" / "expected.json").read_text())
