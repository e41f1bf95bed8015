"""The browser's half of the protocol, run by Node: ``tests/js/ballot/cross.mjs`` says what can be asked of it."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any

from branch_portal.launch.installation import node

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tests" / "js" / "ballot" / "cross.mjs"


class BrowserHalf:
    """Ask it by ``half("encrypt", election=…, seed=…)``; bytes are sent in Base64, text as it is."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [str(each) for each in node(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, do: str, **given: Any) -> dict[str, Any]:
        """The answer as it is: ``ok``, and what was asked for or the name of the fault."""
        request: dict[str, Any] = {"do": do}
        for name, value in given.items():
            if isinstance(value, bytes):
                request[f"{name}64"] = base64.b64encode(value).decode()
            else:
                request[name] = value
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "crash" not in answer, answer["crash"]
        return answer

    def __call__(self, do: str, **given: Any) -> dict[str, Any]:
        """The answer to something that must succeed."""
        answer = self.ask(do, **given)
        assert answer["ok"], answer
        return answer

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def hexadecimal(seed: object) -> str:
    """A seed of ``stream`` as the other half wants it."""
    return str(seed).encode().hex()
