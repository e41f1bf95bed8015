"""A portrait for a record: head and shoulders without a face, so that it is nobody's."""

from __future__ import annotations

from PIL import Image, ImageDraw

from branch_portal.sample.drawings.canvas import CREAM, DARK_WOOD, NIGHT, PALE_BLUE, WHITE, mixed

_WIDTH, _HEIGHT = 480, 640
_FINER = 2


def portrait() -> Image.Image:
    """In the measure of a passport photograph."""
    image = Image.new("RGB", (_WIDTH * _FINER, _HEIGHT * _FINER), PALE_BLUE)
    draw = ImageDraw.Draw(image)

    def scaled(*numbers: int) -> list[int]:
        return [number * _FINER for number in numbers]

    skin = mixed(CREAM, DARK_WOOD, 0.25)
    draw.ellipse(scaled(122, 96, 358, 388), DARK_WOOD)  # hair
    draw.rounded_rectangle(scaled(40, 450, 440, 720), 120 * _FINER, NIGHT)
    draw.polygon(scaled(180, 450, 300, 450, 240, 560), WHITE)
    draw.rounded_rectangle(scaled(205, 360, 275, 480), 34 * _FINER, mixed(skin, DARK_WOOD, 0.2))
    draw.ellipse(scaled(150, 140, 330, 410), skin)
    draw.pieslice(scaled(140, 110, 340, 300), 180, 360, DARK_WOOD)
    return image.resize((_WIDTH, _HEIGHT), Image.Resampling.BOX)
