"""A stand-in for WeCom's robot: a server of this machine, in a thread, that answers as it is told."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DONE = {"errcode": 0, "errmsg": "ok"}


class Robot(ThreadingHTTPServer):
    """``answers``: for the next requests in turn, then DONE: a dict, a number (a status), bytes, or seconds as a float."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list = []
        self.texts: list[str] = []
        self.paths: list[str] = []

    @property
    def webhook(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/cgi-bin/webhook/send?key=a-secret-key"


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.texts.append(said["text"]["content"])
        self.server.paths.append(self.path)
        answer = self.server.answers.pop(0) if self.server.answers else DONE
        if isinstance(answer, float):
            time.sleep(answer)
            answer = DONE
        status = answer if isinstance(answer, int) else 200
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@contextlib.contextmanager
def robot() -> Iterator[Robot]:
    server = Robot()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
