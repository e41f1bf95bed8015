"""Pictures: checked and decoded when they are handed in, stored once in the sizes that pages use."""

import io
import threading
from dataclasses import dataclass, field

from django.core.files import File
from PIL import Image

from . import decoding
from .refusals import refusal
from .shelf import Shelf
from .uploads import display_name, read_at_most, split_extension

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
FEWEST_PIXELS_A_SIDE = 64
MOST_SCANS = 100

# For the ``accept`` attribute of a file field; an iPhone then turns HEIC into JPEG by itself.
ACCEPTED_PICTURES = "image/jpeg,image/png,image/webp"

_ENDINGS = {"JPEG": {"jpg", "jpeg", "jpe", "jfif"}, "PNG": {"png"}, "WEBP": {"webp"}}
_NAMES = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WebP"}
_SHELF = Shelf("pictures")

# The largest PNG or WebP takes half a gigabyte while it is decoded.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Rendition:
    """One of the sizes in which every picture is stored: fits into the box, is never enlarged. Pixels."""

    name: str
    file_name: str
    content_type: str
    most_width: int
    most_height: int

    def size(self, width: int, height: int) -> tuple[int, int]:
        """What a picture of this width and height measures in this rendition."""
        scale = min(1, self.most_width / width, self.most_height / height)
        return max(1, round(width * scale)), max(1, round(height * scale))


_WEBP_MOST = 16383  # pixels on a side, by its format; long screenshots can reach it

RENDITIONS = {
    rendition.name: rendition
    for rendition in (
        Rendition("480", "480.webp", "image/webp", 480, _WEBP_MOST),
        Rendition("960", "960.webp", "image/webp", 960, _WEBP_MOST),
        Rendition("1600", "1600.webp", "image/webp", 1600, _WEBP_MOST),
        Rendition("full", "full.jpg", "image/jpeg", 2560, 2560),
    )
}

_ENCODERS = {
    "image/webp": {"format": "WEBP", "quality": 80, "method": 4},
    "image/jpeg": {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
}


@dataclass(frozen=True)
class Picture:
    """A picture that was read and found good: upright, opaque, sRGB, without metadata.

    ``width`` and ``height`` are those of the upright original, in pixels; ``image`` may be smaller, but is
    large enough for every rendition.
    """

    width: int
    height: int
    image: Image.Image = field(repr=False)


@dataclass(frozen=True)
class StoredPicture:
    """What a row keeps of a stored picture. Width and height are the upright original's, in pixels;
    ``RENDITIONS[name].size(width, height)`` gives those of a rendition."""

    key: str
    width: int
    height: int


def read_picture(upload) -> Picture:
    """Decodes an uploaded file by its content; it needs ``read``, ``seek`` and perhaps ``name``.

    Raises ValidationError with a code from ``refusals`` unless it is a whole JPEG, PNG or WebP picture within
    the limits, under a name that does not contradict it. Of an animation the first frame is taken. Nothing is
    decoded before the limits are checked.
    """
    content = read_at_most(upload, MOST_BYTES)
    _check_file(content)
    header = _checked_header(content)
    _check_name(header, getattr(upload, "name", None))
    try:
        with _ONE_AT_A_TIME:
            image, turned = decoding.decode(content, _working_size(*header.size))
    except decoding.BrokenPictureError as error:
        raise refusal("picture_broken") from error
    width, height = reversed(header.size) if turned else header.size
    return Picture(width, height, image)


def store_picture(picture: Picture) -> StoredPicture:
    """Writes every rendition under a new key. OSError if the disk refuses; then nothing is left over."""
    files = {rendition.file_name: encode(picture, name) for name, rendition in RENDITIONS.items()}
    return StoredPicture(_SHELF.put(files), picture.width, picture.height)


def encode(picture: Picture, rendition: str) -> bytes:
    """The picture as a file of this rendition."""
    wanted = RENDITIONS[rendition]
    size = wanted.size(picture.width, picture.height)
    reduced = picture.image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    file = io.BytesIO()
    reduced.save(file, **_ENCODERS[wanted.content_type])
    return file.getvalue()


def picture_path(key: str, rendition: str) -> str:
    """The rendition's name within the default storage. ValueError if no picture or rendition is called so."""
    if rendition not in RENDITIONS:
        raise ValueError("Not a rendition.")
    return _SHELF.path(key, RENDITIONS[rendition].file_name)


def open_rendition(key: str, rendition: str) -> File:
    """Open for reading. FileNotFoundError if the picture is gone; ValueError as in ``picture_path``."""
    return _SHELF.open(key, picture_path(key, rendition).rpartition("/")[2])


def small_jpeg(key: str) -> bytes | None:
    """The smallest rendition, for programs that know no WebP; None if the picture is gone."""
    try:
        with open_rendition(key, "480") as stored, Image.open(stored) as image:
            written = io.BytesIO()
            image.convert("RGB").save(written, **_ENCODERS["image/jpeg"])
    except FileNotFoundError:
        return None
    return written.getvalue()


def copy_picture(key: str) -> str:
    """The key of an independent copy. FileNotFoundError if the picture is gone."""
    return _SHELF.copy(key)


def delete_picture(key: str) -> None:
    """Removes all renditions; does nothing if they are gone already."""
    _SHELF.remove(key)


def _check_file(content: bytes) -> None:
    """What can be said of the bytes without opening the picture."""
    if not content:
        raise refusal("picture_empty")
    if decoding.is_heic(content):
        raise refusal("picture_heic")
    if not decoding.is_picture(content):
        raise refusal("picture_kind")
    if len(content) > MOST_BYTES:
        raise refusal("picture_too_large", limit=MOST_BYTES // 1_000_000)


def _checked_header(content: bytes) -> Image.Image:
    """The undecoded picture, within the limits on pixels and on the work of decoding."""
    try:
        header = decoding.open_header(content)
    except decoding.BrokenPictureError as error:
        raise refusal("picture_broken") from error
    except decoding.TooManyPixelsError as error:
        raise refusal("picture_too_many_pixels", limit=MOST_PIXELS // 1_000_000) from error
    if header.width * header.height > MOST_PIXELS:
        raise refusal("picture_too_many_pixels", limit=MOST_PIXELS // 1_000_000)
    if min(header.size) < FEWEST_PIXELS_A_SIDE:
        raise refusal("picture_too_small", limit=FEWEST_PIXELS_A_SIDE)
    if _format(header) == "JPEG" and decoding.count_jpeg_scans(content) > MOST_SCANS:
        raise refusal("picture_broken")
    return header


def _check_name(header: Image.Image, name: str | None) -> None:
    _, extension = split_extension(display_name(name))
    if extension and extension not in _ENDINGS[_format(header)]:
        raise refusal("picture_renamed", extension=extension, kind=_NAMES[_format(header)])


def _format(header: Image.Image) -> str:
    """MPO is a JPEG with further pictures behind it (depth, brightness), as many telephones write it."""
    return "JPEG" if header.format == "MPO" else header.format


def _working_size(width: int, height: int) -> tuple[int, int]:
    """The least size from which every rendition can be made, whichever side turns out to be up."""
    upright = [rendition.size(width, height) for rendition in RENDITIONS.values()]
    turned = [rendition.size(height, width)[::-1] for rendition in RENDITIONS.values()]
    return max(upright + turned)
