"""LibreOffice as the reader of a Word file: its pages as text and as pictures. ``.ci/run`` installs what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

PROGRAMS = ("soffice", "pdfinfo", "pdftotext", "pdffonts", "pdftoppm")
REMEDY = "`apt-get install libreoffice-writer-nogui poppler-utils fonts-noto-cjk fonts-liberation`"
_RESOLUTION = 40  # dots an inch: enough to see whether anything stands on a page


@dataclass(frozen=True)
class Printed:
    """The PDF that LibreOffice made of a Word file."""

    pdf: Path

    @property
    def pages(self) -> list[str]:
        """The text of every page, each line without its blanks."""
        text = _run("pdftotext", "-layout", str(self.pdf), "-")
        return [
            "\n".join("".join(line.split()) for line in page.splitlines()) for page in text.split("\f")[:-1]
        ]

    @property
    def number_of_pages(self) -> int:
        return int(re.search(r"^Pages:\s+(\d+)", _run("pdfinfo", str(self.pdf)), re.M)[1])

    @property
    def fonts(self) -> list[bool]:
        """Of every font whether it is embedded."""
        lines = _run("pdffonts", str(self.pdf)).splitlines()
        place = lines[0].index("emb")
        return [line[place : place + 3].strip() == "yes" for line in lines[2:]]

    def pictures(self, folder: Path) -> list[Image.Image]:
        """A picture of every page, in black and white."""
        _run("pdftoppm", "-r", str(_RESOLUTION), "-gray", "-png", str(self.pdf), str(folder / "page"))
        return [Image.open(file) for file in sorted(folder.glob("page*.png"))]


def require() -> None:
    """Skip where it is missing, but never with CI=true."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        required = os.environ.get("CI", "") not in {"", "0", "false"}
        (pytest.fail if required else pytest.skip)(f"{', '.join(missing)} not found: {REMEDY}")


def printed(content: bytes, folder: Path) -> Printed:
    """Open the Word file and print it; its own profile, so that nobody's open LibreOffice is in the way."""
    source = folder / "file.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source))
    return Printed(folder / "file.pdf")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout
