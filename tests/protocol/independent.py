"""belenios-tool, the verifier that is not ours; ``.ci/belenios-tool`` installs it, ``BELENIOS_TOOL`` names it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

NOT_RUN = "NOT RUN: no independent verifier was found"
REMEDY = "`apt-get install belenios-tool` on Debian 13; `.ci/belenios-tool` elsewhere, as root"
OLDEST = (2, 4)  # knows the group Ed25519 and today's credentials


@dataclass(frozen=True)
class Tool:
    """``version`` as numbers, such as (3, 0)."""

    executable: str
    version: tuple[int, ...]

    def accepts_archive(self, archive: bytes, uuid: str) -> bool:
        """``election verify``; versions 3.0 to 3.3 look at the ballots' proofs only one by one (see below)."""
        return self._succeeds(archive, uuid, "verify")

    def accepts_ballot(self, ballot: bytes, setup: bytes, uuid: str) -> bool:
        """``election verify-ballot`` against an archive that ends after its Setup."""
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            file.write(ballot)
            file.flush()
            return self._succeeds(setup, uuid, "verify-ballot", f"--ballot={file.name}")

    def computes_result(self, archive: bytes, uuid: str) -> bytes:
        """The result, as the tool finds it from the partial decryptions of an archive without one."""
        with self._folder(archive, uuid) as folder:
            done = self._run("compute-result", f"--dir={folder}")
        done.check_returncode()
        return done.stdout.strip()

    def _succeeds(self, archive: bytes, uuid: str, *arguments: str) -> bool:
        with self._folder(archive, uuid) as folder:
            return self._run(*arguments, f"--dir={folder}").returncode == 0

    def _folder(self, archive: bytes, uuid: str) -> tempfile.TemporaryDirectory[str]:
        folder = tempfile.TemporaryDirectory()
        Path(folder.name, f"{uuid}.bel").write_bytes(archive)
        return folder

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [self.executable, "election", *arguments]
        return subprocess.run(command, capture_output=True, timeout=300)


def find() -> Tool | None:
    executable = os.environ.get("BELENIOS_TOOL") or shutil.which("belenios-tool")
    if executable is None:
        return None
    shown = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=30).stdout
    version = tuple(map(int, re.findall(r"\d+", shown.split()[0])))
    return Tool(executable, version) if version >= OLDEST else None
