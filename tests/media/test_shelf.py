import os
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.storage import Storage, default_storage

from branch_portal.media.shelf import Shelf

SHELF = Shelf("things")
FILES = {"small": b"s" * 100, "large": b"l" * 100_000}
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def full_disk(most_bytes: int):
    """The kernel refuses to let any file grow beyond this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def folders(media_root, where="things"):
    return sorted(path.name for path in (media_root / where).glob("??/*"))


def test_what_is_put_can_be_opened(stored_files):
    key = SHELF.put(FILES)

    assert len(key) == 32
    assert set(key) <= set("0123456789abcdef")
    assert SHELF.path(key, "small") == f"things/{key[:2]}/{key}/small"
    with SHELF.open(key, "large") as file:
        assert file.read() == FILES["large"]
    assert stored_files() == sorted(Path(SHELF.path(key, name)) for name in FILES)


def test_every_put_has_another_key():
    assert len({SHELF.put({"a": b"same"}) for _ in range(20)}) == 20


def test_files_and_folders_have_the_permissions_of_the_storage(settings, media_root):
    settings.FILE_UPLOAD_PERMISSIONS = 0o640
    settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750

    key = SHELF.put({"a": b"1"})

    place = media_root / "things" / key[:2] / key
    assert [oct(path.stat().st_mode & 0o777) for path in (place / "a", place, place.parent)] == [
        "0o640",
        "0o750",
        "0o750",
    ]


@pytest.mark.parametrize(
    "key", ["", "..", "../" * 11 + "a", "A" * 32, "g" * 32, "a" * 33, "a" * 31, "a" * 32 + "\n"]
)
def test_a_name_that_cannot_be_a_key_is_refused(key):
    for refused in (lambda: SHELF.open(key, "a"), lambda: SHELF.copy(key), lambda: SHELF.remove(key)):
        with pytest.raises(ValueError, match="Not the key"):
            refused()


def test_an_unknown_key_is_not_found():
    with pytest.raises(FileNotFoundError):
        SHELF.open("a" * 32, "small")
    with pytest.raises(FileNotFoundError):
        SHELF.copy("a" * 32)


def test_a_copy_outlives_its_original():
    key = SHELF.put(FILES)

    copy = SHELF.copy(key)
    SHELF.remove(key)

    assert copy != key
    with SHELF.open(copy, "small") as file:
        assert file.read() == FILES["small"]


def test_remove_leaves_no_file_and_may_be_repeated(stored_files):
    key = SHELF.put(FILES)

    SHELF.remove(key)
    SHELF.remove(key)

    assert stored_files() == []
    with pytest.raises(FileNotFoundError):
        SHELF.open(key, "small")


def test_a_full_disk_leaves_nothing(stored_files, media_root):
    with full_disk(50_000), pytest.raises(OSError, match="File too large"):
        SHELF.put(FILES)

    assert stored_files() == []
    assert list((media_root / "things" / ".moving").iterdir()) == []


def test_a_place_that_cannot_be_made_leaves_nothing(stored_files, media_root):
    (media_root / "things").mkdir(parents=True)
    blocked = [media_root / "things" / f"{number:02x}" for number in range(256)]
    for path in blocked:
        path.write_text("a file where the folder should be")

    with pytest.raises(OSError, match=r"exists|Not a directory"):
        SHELF.put(FILES)

    assert stored_files() == [path.relative_to(media_root) for path in blocked]
    assert list((media_root / "things" / ".moving").iterdir()) == []


def test_a_storage_that_is_a_file_is_an_error(media_root):
    media_root.parent.mkdir(exist_ok=True)
    media_root.write_text("not a folder")

    with pytest.raises(OSError, match=r"exists|Not a directory"):
        SHELF.put(FILES)


class StorageElsewhere(Storage):
    """One without paths, as those on the network are."""


def test_a_storage_without_a_file_system_is_refused(settings):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.StorageElsewhere"}}

    with pytest.raises(NotImplementedError):
        SHELF.put(FILES)


KILLED_WHILE_WRITING = """
import resource, signal, sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from branch_portal.media.shelf import Shelf
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
Shelf("things").put({"small": b"s" * 100, "large": b"l" * 100_000})
"""


def test_a_process_killed_while_it_writes_leaves_nothing_in_place_and_its_rest_goes_after_a_day(media_root):
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(media_root)], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGXFSZ
    (rest,) = (media_root / "things" / ".moving").iterdir()
    assert (rest / "small").exists()
    assert folders(media_root) == []

    key = SHELF.put(FILES)
    assert rest.exists()  # it might still be at work
    yesterday = time.time() - 25 * 60 * 60
    os.utime(rest, (yesterday, yesterday))
    other = SHELF.put(FILES)

    assert not rest.exists()
    assert folders(media_root) == sorted([key, other])


def test_a_reader_sees_all_files_or_none(media_root):
    seen, stop = set(), threading.Event()

    def look():
        while not stop.is_set():
            seen.update(len(list(place.iterdir())) for place in media_root.glob("things/??/*"))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(30):
        SHELF.put({str(number): b"x" for number in range(5)})
    stop.set()
    reader.join()

    assert seen == {5}


def test_stored_files_are_found_by_the_storage():
    key = SHELF.put(FILES)

    assert default_storage.exists(SHELF.path(key, "small"))
    assert default_storage.size(SHELF.path(key, "large")) == 100_000
