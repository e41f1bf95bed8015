"""Folders under the default storage, each named by an unguessable key, complete or absent, never changed."""

import os
import re
import secrets
import shutil
import time
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

_KEY = re.compile(r"[0-9a-f]{32}")
_DAY = 24 * 60 * 60  # seconds


class Shelf:
    """Keeps small sets of files as ``<name>/<key[:2]>/<key>/<file name>``.

    A folder comes into its place, and leaves it, by one rename; so a reader sees all of its files or none,
    whatever fails or is killed meanwhile. That needs a default storage in a file system; another one raises
    NotImplementedError.
    """

    def __init__(self, name: str):
        self.name = name

    def path(self, key: str, file_name: str) -> str:
        """The file's name within the default storage. ValueError if ``key`` cannot be a key."""
        if not _KEY.fullmatch(key):
            raise ValueError("Not the key of a stored file.")
        return f"{self.name}/{key[:2]}/{key}/{file_name}"

    def open(self, key: str, file_name: str) -> File:
        """The file, open for reading. FileNotFoundError if it is not there."""
        return default_storage.open(self.path(key, file_name), "rb")

    def put(self, files: dict[str, bytes]) -> str:
        """Writes the files and returns their new key. OSError if that fails; then nothing is left over."""
        key = secrets.token_hex(16)
        arriving, place = self._moving(key), self._place(key)
        try:
            _make_folder(arriving)
            for file_name, content in files.items():
                _write(arriving / file_name, content)
            _sync_folder(arriving)
            _make_folder(place.parent)
            arriving.rename(place)
            _sync_folder(place.parent)
            _sync_folder(place.parent.parent)
        except BaseException:
            shutil.rmtree(arriving, ignore_errors=True)
            shutil.rmtree(place, ignore_errors=True)
            raise
        self._clear_abandoned()
        return key

    def copy(self, key: str) -> str:
        """The key of an independent second set of the same files. FileNotFoundError if there is no first."""
        folder = self._place(key)
        return self.put({file.name: file.read_bytes() for file in folder.iterdir()})

    def remove(self, key: str) -> None:
        """Takes the files away; does nothing if they are gone already."""
        leaving = self._moving(key)
        _make_folder(leaving.parent)
        try:
            self._place(key).rename(leaving)
        except FileNotFoundError:
            return
        shutil.rmtree(leaving)

    def _place(self, key: str) -> Path:
        return Path(default_storage.path(self.path(key, ""))).absolute()

    def _moving(self, key: str) -> Path:
        """Where the folder lies on its way in or out: in the same file system, and named by no address."""
        return Path(default_storage.path(self.name)).absolute() / ".moving" / key

    def _clear_abandoned(self) -> None:
        """Removes what a killed process left on the way."""
        for folder in self._moving("").iterdir():
            try:
                abandoned = folder.stat().st_mtime < time.time() - _DAY
            except OSError:  # another process was quicker
                continue
            if abandoned:
                shutil.rmtree(folder, ignore_errors=True)


def _make_folder(folder: Path) -> None:
    """Makes the folder and those above it, with the permissions the storage asks for."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        if default_storage.directory_permissions_mode is not None:
            path.chmod(default_storage.directory_permissions_mode)


def _write(path: Path, content: bytes) -> None:
    """Returns when the bytes are on the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if default_storage.file_permissions_mode is not None:
        path.chmod(default_storage.file_permissions_mode)


def _sync_folder(folder: Path) -> None:
    """Returns when the folder's list of names is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
