"""From the bytes of an untrusted picture to its pixels: upright, opaque, in sRGB, without anything else."""

import io
import re

from PIL import ExifTags, Image, ImageCms, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_LYING = {5, 6, 7, 8}  # EXIF orientations of a camera held upright

# Every JPEG marker that ends or begins something; stuffed zeros and restart markers belong to a scan's data.
# Fill bytes before a marker need no name here, and asking for them would take quadratic time.
_JPEG_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
_START_OF_SCAN, _END_OF_IMAGE = b"\xda", b"\xd9"


class BrokenPictureError(Exception):
    """The bytes cannot be decoded to a whole picture."""


class TooManyPixelsError(Exception):
    """So many that Pillow would not even read the header."""


def is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def is_picture(content: bytes) -> bool:
    """Whether the first bytes are those of a format that can be read; says nothing of the rest."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def open_header(content: bytes) -> Image.Image:
    """The picture with its size and format known and no pixel decoded.

    Raises BrokenPictureError or TooManyPixelsError. The second comes only far above any limit of ours: the
    caller compares ``size`` with its own limit before it decodes.
    """
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixelsError from error
    except Exception as error:  # on broken input Pillow raises almost anything
        raise BrokenPictureError from error


def count_jpeg_scans(content: bytes) -> int:
    """How many passes over all pixels the decoder would make; a usual progressive picture has about ten."""
    scans, position = 0, 2
    while marker := _JPEG_MARKER.search(content, position):
        if marker[1] == _END_OF_IMAGE:
            break
        scans += marker[1] == _START_OF_SCAN
        position = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2], "big")
    return scans


def decode(content: bytes, size: tuple[int, int]) -> tuple[Image.Image, bool]:
    """The first frame, upright, as RGB without metadata; and whether width and height changed places for it.

    It is reduced to ``size``: pixels as they lie in the file, at most the picture's own. Raises
    BrokenPictureError if it cannot be read to its end.
    """
    try:
        open_header(content).verify()  # checksums and the end of a PNG, which load() passes over
        image = open_header(content)
        image.draft(None, size)  # a JPEG is decoded at 1/2, 1/4 or 1/8 if that is enough: less memory
        image.load()
        orientation = _orientation(image)
        profile = image.info.get("icc_profile")
        reduced = _simple_mode(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        return _upright(_in_srgb(_on_white(reduced), profile), orientation), orientation in _LYING
    except Exception as error:
        raise BrokenPictureError from error


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 (upright) where there is none or it cannot be read."""
    try:
        return image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # cameras and programs write odd EXIF into good pictures
        return 1


def _simple_mode(image: Image.Image) -> Image.Image:
    """In one of L, RGB, RGBA and CMYK, eight bits each."""
    if image.mode.startswith("I"):  # 16-bit grey, which convert() would clip to white
        return image.point(lambda value: value * (1 / 257)).convert("L")
    if image.mode != "RGBA" and image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return image
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In RGB as browsers understand it. A profile that is broken or not for these colours is passed over."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turned as the camera said, and bare of metadata."""
    image.info = {}
    image.getexif()[ExifTags.Base.Orientation] = orientation
    return ImageOps.exif_transpose(image)
