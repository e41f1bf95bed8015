import random
import re
import struct
import time
import warnings
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, PngImagePlugin

from branch_portal.media import pictures
from branch_portal.media.pictures import (
    RENDITIONS,
    copy_picture,
    delete_picture,
    open_rendition,
    picture_path,
    read_picture,
    store_picture,
)

from .samples import (
    BLUE,
    GREEN,
    RED,
    YELLOW,
    black_png,
    encoded,
    four_corners,
    png_header_only,
    swapped_profile,
    upload,
)
from .test_shelf import full_disk


def refused(content: bytes, name: str = "") -> str:
    """The code with which the file is refused."""
    with pytest.raises(ValidationError) as caught:
        read_picture(upload(content, name))
    return caught.value.code


def near(pixel, colour, by=12) -> bool:
    return all(abs(seen - wanted) <= by for seen, wanted in zip(pixel, colour, strict=True))


def corners(image: Image.Image) -> list:
    """The names of the colours in the four corners, in reading order."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "yellow": YELLOW}
    right, lower = image.width - 10, image.height - 10
    pixels = [image.getpixel(place) for place in ((10, 10), (right, 10), (10, lower), (right, lower))]
    return [next((name for name, colour in names.items() if near(pixel, colour)), pixel) for pixel in pixels]


UPRIGHT = ["red", "green", "blue", "yellow"]


def rendition(key: str, name: str) -> Image.Image:
    with open_rendition(key, name) as file:
        image = Image.open(file)
        image.load()
    return image


# --- what is accepted -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("JPEG", "a.jpg"),
        ("JPEG", "A.JPEG"),
        ("JPEG", ""),
        ("PNG", "截图.png"),
        ("WEBP", "a.webp"),
        ("JPEG", "会议 2024.5"),
    ],
)
def test_a_good_picture_is_read(form, name):
    picture = read_picture(upload(encoded(four_corners(), form, quality=95), name))

    assert (picture.width, picture.height) == (240, 160)
    assert picture.image.mode == "RGB"
    assert corners(picture.image) == UPRIGHT


def test_a_picture_is_read_from_its_start_whatever_was_read_before():
    file = upload(encoded(four_corners()))
    file.read()

    assert read_picture(file).width == 240
    assert read_picture(file).width == 240


def test_a_telephone_picture_with_a_second_one_behind_it_is_a_jpeg():
    content = encoded(
        four_corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (64, 64))], quality=95
    )
    assert Image.open(upload(content)).format == "MPO"

    assert corners(read_picture(upload(content, "IMG_1.jpg")).image) == UPRIGHT


@pytest.mark.parametrize(("form", "name"), [("WEBP", "a.webp"), ("PNG", "a.png")])
def test_of_an_animation_the_first_frame_is_taken(form, name):
    later = [Image.new("RGB", (240, 160), "black")] * 2
    content = encoded(four_corners(), form, save_all=True, append_images=later, duration=100, lossless=True)

    assert corners(read_picture(upload(content, name)).image) == UPRIGHT


def test_limits_are_inclusive():
    assert read_picture(upload(encoded(Image.new("L", (64, 64)), "PNG"))).width == 64
    assert read_picture(upload(black_png(8000, 5000))).width == 8000
    content = encoded(four_corners())
    assert read_picture(upload(content.ljust(15_000_000, b"\0"), "padded.jpg")).width == 240


# --- what is refused --------------------------------------------------------------------------------


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.jpg", "picture_empty"),
        (b"\0", "a.jpg", "picture_kind"),
        (b"just text", "a.jpg", "picture_kind"),
        (encoded(four_corners(), "GIF"), "a.gif", "picture_kind"),
        (encoded(four_corners(), "GIF"), "a.jpg", "picture_kind"),
        (encoded(four_corners(), "BMP"), "a.png", "picture_kind"),
        (encoded(four_corners(), "TIFF"), "a.jpg", "picture_kind"),
        (encoded(four_corners(), "AVIF"), "a.webp", "picture_kind"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.svg", "picture_kind"),
        (b'<?xml version="1.0"?><svg/>', "a.png", "picture_kind"),
        (b"<html><script>alert(1)</script></html>", "a.jpg", "picture_kind"),
        (heic(), "IMG_1.HEIC", "picture_heic"),
        (heic(), "IMG_1.jpg", "picture_heic"),
        (encoded(four_corners()), "a.png", "picture_renamed"),
        (encoded(four_corners(), "PNG"), "a.jpg", "picture_renamed"),
        (encoded(four_corners(), "WEBP"), "a.jpg", "picture_renamed"),
        (encoded(four_corners()), "a.jpg.exe", "picture_renamed"),
        (encoded(four_corners()), "a.jpg\x00.html", "picture_renamed"),
        (encoded(Image.new("RGB", (63, 500))), "a.jpg", "picture_too_small"),
        (encoded(Image.new("RGB", (500, 1)), "PNG"), "a.png", "picture_too_small"),
    ],
)
def test_a_bad_picture_is_refused(content, name, code):
    assert refused(content, name) == code


def test_the_sentence_for_heic_names_it():
    with pytest.raises(ValidationError) as caught:
        read_picture(upload(heic(), "IMG_1.HEIC"))

    assert "HEIC" in caught.value.messages[0]
    assert "JPEG" in caught.value.messages[0]


def test_a_picture_of_too_many_bytes_is_refused():
    with pytest.raises(ValidationError) as caught:
        read_picture(upload(encoded(four_corners()).ljust(15_000_001, b"\0"), "a.jpg"))

    assert caught.value.code == "picture_too_large"
    assert "15 MB" in caught.value.messages[0]


class EndlessJPEG:
    """Claims nothing of its size and counts what is taken from it."""

    name = "a.jpg"
    given = 0

    def seek(self, position):
        pass

    def read(self, size):
        self.given += size
        return b"\xff\xd8\xff".ljust(size, b"\0")


def test_no_more_is_read_than_the_limit_and_a_byte():
    endless = EndlessJPEG()

    with pytest.raises(ValidationError) as caught:
        read_picture(endless)

    assert caught.value.code == "picture_too_large"
    assert endless.given == 15_000_001


# 144 million pixels are those of which Pillow only warns; 400 million it refuses by itself.
@pytest.mark.parametrize("size", [(8001, 5000), (12_000, 12_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_decoded(size):
    assert refused(png_header_only(*size), "bomb.png") == "picture_too_many_pixels"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        assert refused(png_header_only(*size), "bomb.png") == "picture_too_many_pixels"


def test_a_header_with_few_pixels_and_rubbish_is_broken():
    assert refused(png_header_only(800, 500)) == "picture_broken"


def test_a_whole_decompression_bomb_is_refused():
    bomb = black_png(12_000, 12_000)
    assert len(bomb) < 20_000

    assert refused(bomb, "bomb.png") == "picture_too_many_pixels"


def test_a_webp_bomb_is_refused():
    header = b"\x2f" + struct.pack("<I", 16382 | 16382 << 14) + bytes(41)
    chunk = b"VP8L" + struct.pack("<I", len(header)) + header
    content = b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk

    assert refused(content, "bomb.webp") == "picture_too_many_pixels"


def with_scans(more: int) -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    content = encoded(four_corners(), progressive=True)
    scan = content[content.rindex(b"\xff\xc4", 0, content.rindex(b"\xff\xda")) : -2]
    return content[:-2] + scan * more + b"\xff\xd9"


def test_a_jpeg_of_a_thousand_scans_is_refused_since_each_costs_a_pass_over_all_pixels():
    assert read_picture(upload(with_scans(0))).width == 240
    assert read_picture(upload(with_scans(80))).width == 240
    assert refused(with_scans(1000)) == "picture_broken"


def test_scans_in_metadata_and_behind_the_picture_are_not_counted():
    scans = b"\xff\xda\0\x02" * 1000

    assert read_picture(upload(encoded(four_corners(), comment=scans))).width == 240
    assert read_picture(upload(encoded(four_corners()) + b"\0\0" + scans)).width == 240


def test_a_jpeg_stuffed_with_fill_bytes_is_read_in_reasonable_time():
    content = encoded(four_corners())
    started = time.perf_counter()
    picture = read_picture(upload(content[:-2] + b"\xff" * 100_000 + b"\0" + content[-2:]))
    assert picture.width == 240
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.02, 0.3, 0.5, 0.9, 0.99])
def test_a_truncated_picture_is_refused(form, kept):
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    content = encoded(noise, form)

    assert refused(content[: int(len(content) * kept)]) == "picture_broken"


@pytest.mark.parametrize(
    ("form", "missing"), [("JPEG", 1), ("JPEG", 2), ("PNG", 5), ("PNG", 12), ("WEBP", 1), ("WEBP", 2)]
)
def test_a_picture_without_its_last_bytes_is_refused(form, missing):
    assert refused(encoded(four_corners(), form)[:-missing]) == "picture_broken"


def test_a_png_with_a_wrong_checksum_is_refused():
    content = bytearray(encoded(four_corners(), "PNG"))
    content[content.index(b"IDAT") + 10] ^= 1

    assert refused(bytes(content)) == "picture_broken"


@pytest.mark.filterwarnings("ignore")  # Pillow warns of damaged EXIF, and goes on
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(form):
    dice = random.Random(form)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    whole = encoded(four_corners(), form, exif=exif, icc_profile=swapped_profile())
    for _ in range(300):
        content = bytearray(whole)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        with suppress(ValidationError):
            assert read_picture(upload(bytes(content))).image.mode == "RGB"


# --- what is made of it -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "turn_back"),
    [
        (1, None),
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (4, Image.Transpose.FLIP_TOP_BOTTOM),
        (5, Image.Transpose.TRANSPOSE),
        (6, Image.Transpose.ROTATE_90),
        (7, Image.Transpose.TRANSVERSE),
        (8, Image.Transpose.ROTATE_270),
        (9, None),
    ],
)
def test_every_picture_is_upright(form, orientation, turn_back):
    image = four_corners(240, 160)
    as_taken = image if turn_back is None else image.transpose(turn_back)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    picture = read_picture(upload(encoded(as_taken, form, exif=exif, quality=95)))
    stored = store_picture(picture)

    assert (stored.width, stored.height) == (240, 160)
    for name in RENDITIONS:
        assert rendition(stored.key, name).size == (240, 160)
        assert corners(rendition(stored.key, name)) == UPRIGHT


def test_a_large_picture_that_lies_is_upright_and_has_its_full_size():
    lying = four_corners(1500, 4000).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    stored = store_picture(read_picture(upload(encoded(lying, exif=exif))))

    assert (stored.width, stored.height) == (1500, 4000)
    assert rendition(stored.key, "1600").size == (1500, 4000)
    assert rendition(stored.key, "full").size == (960, 2560)
    assert corners(rendition(stored.key, "960")) == UPRIGHT


def test_a_long_picture_that_lies_keeps_the_pixels_its_renditions_need():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    picture = read_picture(upload(encoded(Image.new("L", (20_000, 1080)), exif=exif)))

    assert (picture.width, picture.height) == (1080, 20_000)
    assert picture.image.size == RENDITIONS["1600"].size(1080, 20_000) == (885, 16_383)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("exif", [b"MM\0\x2a\xff\xff\xff\xffrubbish", b"rubbish", b"MM"])
def test_unreadable_exif_does_not_spoil_a_good_picture(form, exif):
    content = encoded(four_corners(), form, quality=95, exif=b"Exif\0\0" + exif)

    assert corners(read_picture(upload(content)).image) == UPRIGHT


def revealing_metadata() -> dict:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SECRET-CAMERA"
    exif[ExifTags.Base.Artist] = "SECRET-NAME"
    exif[ExifTags.Base.Orientation] = 6
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (31.0, 14.0, 9.0)
    gps[ExifTags.GPS.GPSMapDatum] = "SECRET-PLACE"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>SECRET-XMP</a></x:xmpmeta>'
    return {"exif": exif, "xmp": xmp, "comment": b"SECRET-COMMENT", "icc_profile": swapped_profile()}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_is_left(form):
    content = encoded(four_corners(), form, **revealing_metadata())
    content += b"SECRET-TAIL" if form != "WEBP" else b""
    assert b"SECRET" in content
    assert dict(Image.open(upload(content)).getexif().get_ifd(ExifTags.IFD.GPSInfo)) != {}

    stored = store_picture(read_picture(upload(content)))

    for name in RENDITIONS:
        with open_rendition(stored.key, name) as file:
            raw = file.read()
        assert re.findall(rb"SECRET|Exif|EXIF|xmpmeta|XMP|ICC|acsp|http", raw) == []
        image = rendition(stored.key, name)
        assert dict(image.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info) == set()


def test_png_text_is_gone():
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "SECRET-NAME")
    text.add_itxt("XML:com.adobe.xmp", "SECRET-XMP")

    picture = read_picture(upload(encoded(four_corners(), "PNG", pnginfo=text)))

    assert picture.image.info == {}
    assert b"SECRET" not in pictures.encode(picture, "full")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_colours_of_a_profile_become_srgb(form):
    content = encoded(
        Image.new("RGB", (80, 80), (255, 0, 0)), form, icc_profile=swapped_profile(), quality=100
    )

    red, green, blue = read_picture(upload(content)).image.getpixel((40, 40))

    assert green > 200
    assert red < 90
    assert blue < 90


@pytest.mark.parametrize("profile", [b"rubbish", swapped_profile()[:150], b"\0" * 128])
def test_a_broken_profile_is_passed_over(profile):
    content = encoded(four_corners(), icc_profile=profile, quality=95)

    assert corners(read_picture(upload(content)).image) == UPRIGHT


def test_a_profile_for_other_colours_is_passed_over():
    content = encoded(four_corners(mode="CMYK"), icc_profile=swapped_profile(), quality=95)

    assert corners(read_picture(upload(content)).image) == UPRIGHT


def half_transparent(mode: str) -> Image.Image:
    """Black: on the left invisible, on the right in full."""
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (50, 0, 100, 100))
    return image.convert(mode)


@pytest.mark.parametrize(("mode", "form"), [("RGBA", "PNG"), ("RGBA", "WEBP"), ("LA", "PNG")])
def test_what_is_transparent_becomes_white(mode, form):
    picture = read_picture(upload(encoded(half_transparent(mode), form, lossless=True)))

    assert picture.image.getpixel((20, 50)) == (255, 255, 255)
    assert picture.image.getpixel((80, 50)) == (0, 0, 0)


def test_half_transparent_black_is_grey_on_white():
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 128))

    assert near(read_picture(upload(encoded(image, "PNG"))).image.getpixel((50, 50)), (127, 127, 127), by=2)


def test_a_palette_with_a_transparent_colour():
    image = Image.new("P", (100, 100), 0)
    image.putpalette([10, 10, 10, 200, 30, 30])
    image.paste(1, (50, 0, 100, 100))

    picture = read_picture(upload(encoded(image, "PNG", transparency=0)))

    assert picture.image.getpixel((20, 50)) == (255, 255, 255)
    assert near(picture.image.getpixel((80, 50)), RED, by=1)


def test_a_transparent_shade_of_sixteen_bits_is_passed_over():
    picture = read_picture(upload(encoded(Image.new("I;16", (100, 100), 32_896), "PNG", transparency=5)))

    assert near(picture.image.getpixel((50, 50)), (128, 128, 128), by=1)


def test_one_transparent_colour_of_a_true_colour_png():
    picture = read_picture(upload(encoded(Image.new("RGB", (100, 100), BLUE), "PNG", transparency=BLUE)))

    assert picture.image.getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("CMYK", (100, 100), (0, 255, 255, 0)), (255, 0, 0)),
        (Image.new("L", (100, 100), 90), (90, 90, 90)),
    ],
)
def test_other_colour_models_in_jpeg(image, colour):
    picture = read_picture(upload(encoded(image, quality=95), "a.jpg"))

    assert picture.image.mode == "RGB"
    assert near(picture.image.getpixel((50, 50)), colour, by=3)


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("P", (100, 100)), (0, 0, 0)),
        (four_corners(100, 100, "P").crop((0, 0, 50, 50)).resize((100, 100)), RED),
        (Image.new("1", (100, 100), 1), (255, 255, 255)),
        (Image.new("I;16", (100, 100), 32_896), (128, 128, 128)),
        (Image.new("I;16", (100, 100), 300), (1, 1, 1)),
        (Image.new("I;16", (100, 100), 65_535), (255, 255, 255)),
    ],
)
def test_other_colour_models_in_png(image, colour):
    picture = read_picture(upload(encoded(image, "PNG"), "a.png"))

    assert picture.image.mode == "RGB"
    assert near(picture.image.getpixel((50, 50)), colour, by=30 if image.mode == "P" else 1)


# --- how it is stored -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((4000, 3000), {"480": (480, 360), "960": (960, 720), "1600": (1600, 1200), "full": (2560, 1920)}),
        ((3000, 4000), {"480": (480, 640), "960": (960, 1280), "1600": (1600, 2133), "full": (1920, 2560)}),
        ((700, 500), {"480": (480, 343), "960": (700, 500), "1600": (700, 500), "full": (700, 500)}),
        ((64, 64), {"480": (64, 64), "960": (64, 64), "1600": (64, 64), "full": (64, 64)}),
        (
            (1080, 20_000),
            {"480": (480, 8889), "960": (885, 16_383), "1600": (885, 16_383), "full": (138, 2560)},
        ),
        ((64, 60_000), {"480": (17, 16_383), "960": (17, 16_383), "1600": (17, 16_383), "full": (3, 2560)}),
    ],
)
def test_every_rendition_has_its_width_and_is_never_enlarged(size, sizes):
    stored = store_picture(read_picture(upload(encoded(Image.new("RGB", size, "teal"), "PNG"))))

    assert (stored.width, stored.height) == size
    for name, wanted in sizes.items():
        assert rendition(stored.key, name).size == wanted
        assert RENDITIONS[name].size(*size) == wanted


def test_the_files_have_the_same_names_and_formats_for_every_picture(stored_files):
    stored = store_picture(read_picture(upload(encoded(four_corners(), "PNG"), "李四的照片.png")))

    key = stored.key
    assert re.fullmatch(r"[0-9a-f]{32}", key)
    assert [str(path) for path in stored_files()] == [
        f"pictures/{key[:2]}/{key}/{name}" for name in ("1600.webp", "480.webp", "960.webp", "full.jpg")
    ]
    assert {name: rendition(key, name).format for name in RENDITIONS} == {
        "480": "WEBP",
        "960": "WEBP",
        "1600": "WEBP",
        "full": "JPEG",
    }
    assert picture_path(key, "full") == f"pictures/{key[:2]}/{key}/full.jpg"


def test_a_picture_may_be_stored_twice():
    picture = read_picture(upload(encoded(four_corners())))

    assert store_picture(picture).key != store_picture(picture).key


@pytest.mark.parametrize(
    ("key", "name"), [("a" * 32, "481"), ("a" * 32, "../full"), ("a" * 32, ""), ("..", "full")]
)
def test_no_path_for_what_cannot_be_a_picture(key, name):
    with pytest.raises(ValueError, match="Not"):
        picture_path(key, name)
    with pytest.raises(ValueError, match="Not"):
        open_rendition(key, name)


def test_a_copy_outlives_its_original(stored_files):
    key = store_picture(read_picture(upload(encoded(four_corners())))).key

    copy = copy_picture(key)
    assert len(stored_files()) == 8
    delete_picture(key)
    delete_picture(key)

    with pytest.raises(FileNotFoundError):
        open_rendition(key, "full")
    assert corners(rendition(copy, "full")) == UPRIGHT
    delete_picture(copy)
    assert stored_files() == []


def test_a_disk_that_fills_up_midway_leaves_nothing(stored_files):
    picture = read_picture(upload(encoded(Image.effect_noise((1000, 800), 80).convert("RGB"))))
    assert len(pictures.encode(picture, "480")) < 150_000 < len(pictures.encode(picture, "960"))

    with full_disk(150_000), pytest.raises(OSError, match="File too large"):
        store_picture(picture)

    assert stored_files() == []
