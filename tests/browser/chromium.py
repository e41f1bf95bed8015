"""Finds a browser for the tests: the system's, or the one that came with the npm packages (Linux on x64)."""

from __future__ import annotations

import io
import json
import os
import platform
import shutil
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node_modules" / "@sparticuz" / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

NOT_RUN = "NOT RUN: no browser was found"
REMEDY = "`apt-get install chromium`, or `make test` on Linux x64, which brings one"

# No request of the browser's own leaves the machine, and nothing asks a question.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Chromium:
    """How to start it: Playwright's ``executable_path``, ``args`` and ``env``."""

    executable: Path
    flags: list[str] = field(default_factory=lambda: list(FLAGS))
    variables: dict[str, str] = field(default_factory=dict)

    def launch_options(self) -> dict:
        return {
            "executable_path": str(self.executable),
            "args": self.flags,
            "env": {**os.environ, **self.variables},
        }


def find() -> Chromium | None:
    return installed() or packaged()


def installed() -> Chromium | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        return None
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return Chromium(Path(found), [*FLAGS, *as_root])


def packaged() -> Chromium | None:
    """Chromium from npm with the libraries that it needs; unpacked once, below var/."""
    if not PACKAGE.exists() or (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    folder = ROOT / "var" / "browser" / f"chromium-{version}"
    if not folder.exists():
        _unpack(folder)
    variables = {"LD_LIBRARY_PATH": str(folder / "lib")}
    if not Path("/etc/fonts/fonts.conf").exists():
        variables["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    return Chromium(folder / "chromium", [*FLAGS, "--no-sandbox", "--no-zygote"], variables)


def _unpack(folder: Path) -> None:
    """Beside its place and then renamed: the tests' processes may all come here at once."""
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    unfinished.mkdir(parents=True)
    (unfinished / "chromium").write_bytes(_plain("chromium.br"))
    (unfinished / "chromium").chmod(0o755)
    for archive in ("al2023.tar.br", "fonts.tar.br", "swiftshader.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(_plain(archive))) as files:
            files.extractall(unfinished, filter="data")
    fonts = f"<fontconfig><dir>/usr/share/fonts</dir><dir>{folder / 'fonts'}</dir></fontconfig>"
    (unfinished / "fonts.conf").write_text(f'<?xml version="1.0"?>\n{fonts}\n')
    try:
        unfinished.rename(folder)
    except OSError:  # another process was first
        shutil.rmtree(unfinished)


def _plain(name: str) -> bytes:
    return brotli.decompress((PACKAGE / "bin" / name).read_bytes())
