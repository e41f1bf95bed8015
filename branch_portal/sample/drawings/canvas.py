"""A canvas of 1600 × 1067 units, drawn twice as large and reduced at the end, so that edges are smooth."""

from __future__ import annotations

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
_FINER = 2

Colour = tuple[int, int, int]

# The portal's red and gold, and what stands well beside them.
RED, DEEP_RED, BRIGHT_RED = (178, 31, 36), (140, 21, 27), (206, 50, 46)
GOLD, PALE_GOLD = (224, 174, 72), (246, 222, 160)
WHITE, CREAM, STONE, SHADE = (255, 255, 255), (250, 244, 232), (214, 206, 194), (120, 110, 104)
WOOD, DARK_WOOD, PALE_WOOD = (176, 122, 78), (122, 80, 50), (214, 172, 124)
GREEN, DEEP_GREEN, PALE_GREEN = (92, 148, 92), (52, 104, 72), (172, 204, 150)
BLUE, PALE_BLUE, NIGHT = (92, 140, 178), (206, 226, 238), (46, 60, 84)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """``one`` with that share (0 to 1) of ``other``."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


class Canvas:
    def __init__(self) -> None:
        self._image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), CREAM)
        self._draw = ImageDraw.Draw(self._image)

    def finished(self) -> Image.Image:
        return self._image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: Colour, radius: float = 0
    ) -> None:
        area = _scaled(left, top, right, bottom)
        if radius:
            self._draw.rounded_rectangle(area, radius * _FINER, fill)
        else:
            self._draw.rectangle(area, fill)

    def shade(self, top: float, bottom: float, above: Colour, below: Colour) -> None:
        """A band over the whole width that runs from one colour into the other."""
        strip = Image.new("RGB", (1, 2))
        strip.putdata([above, below])
        size = (WIDTH * _FINER, round((bottom - top) * _FINER))
        self._image.paste(strip.resize(size, Image.Resampling.BILINEAR), (0, round(top * _FINER)))

    def oval(self, x: float, y: float, wide: float, high: float, fill: Colour) -> None:
        """Around its centre; ``wide`` and ``high`` are the half axes."""
        self._draw.ellipse(_scaled(x - wide, y - high, x + wide, y + high), fill)

    def half_oval(self, x: float, y: float, wide: float, high: float, fill: Colour) -> None:
        """The upper half of an oval."""
        self._draw.pieslice(_scaled(x - wide, y - high, x + wide, y + high), 180, 360, fill)

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        self._draw.polygon([(x * _FINER, y * _FINER) for x, y in points], fill)

    def line(self, points: list[tuple[float, float]], fill: Colour, width: float) -> None:
        """With round ends and corners."""
        scaled = [(x * _FINER, y * _FINER) for x, y in points]
        self._draw.line(scaled, fill, round(width * _FINER), joint="curve")
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, fill)


def _scaled(*numbers: float) -> tuple[float, ...]:
    return tuple(number * _FINER for number in numbers)
