"""Serves the page of ``tests/js/ballot-stand.js`` with the portal's own content security policy."""

from __future__ import annotations

import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from branch_portal.launch.installation import node

ROOT = Path(__file__).resolve().parents[2]
# What branch_portal/settings.py sends, as far as it concerns scripts.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
PAGE = '<!doctype html><meta charset="utf-8"><title>Ballot</title><script type="module" src="/stand.js"></script>'


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


class Stand:
    """A running stand: ``url`` of its page, and ``put`` for the files that the page loads."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self._folder = folder

    def put(self, name: str, content: bytes) -> str:
        """The path under which the page finds it."""
        (self._folder / name).write_bytes(content)
        return f"/{name}"


@contextmanager
def ballot_stand():
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "index.html").write_text(PAGE)
        _bundle("tests/js/ballot-stand.js", folder / "stand.js")
        _bundle("static/js/ballot.worker.js", folder / "ballot.worker.js")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=name))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Stand(f"http://127.0.0.1:{server.server_port}/", folder)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _bundle(source: str, target: Path) -> None:
    """As static/build.mjs does it."""
    esbuild = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=warning"]
    command = [str(each) for each in node(esbuild, source, *options, f"--outfile={target}")]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
