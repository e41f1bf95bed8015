"""Scenes in the open: planting trees, the health stand, the village, the mountain trail."""

from __future__ import annotations

import math
import random

from branch_portal.sample.drawings import figures
from branch_portal.sample.drawings.canvas import (
    BRIGHT_RED,
    CREAM,
    DARK_WOOD,
    DEEP_GREEN,
    GOLD,
    GREEN,
    HEIGHT,
    PALE_GREEN,
    PALE_WOOD,
    RED,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Canvas,
    Colour,
    mixed,
)

_SKIES = [
    ((150, 196, 226), (230, 240, 240)),
    ((170, 206, 220), (250, 236, 208)),
    ((132, 182, 214), (222, 236, 244)),
]


def sky(canvas: Canvas, dice: random.Random, horizon: float) -> None:
    above, below = dice.choice(_SKIES)
    canvas.shade(0, horizon, above, below)
    for _cloud in range(3):
        x, y, size = dice.randint(100, 1500), dice.randint(70, 230), dice.randint(50, 90)
        for dx, dy, share in ((-1, 0.15, 0.6), (0, 0, 1), (1, 0.12, 0.7), (1.8, 0.3, 0.45), (-1.8, 0.3, 0.4)):
            canvas.oval(
                x + dx * size * 0.9,
                y + dy * size,
                size * share,
                size * share * 0.55,
                mixed(below, WHITE, 0.7),
            )


def hills(canvas: Canvas, dice: random.Random, base: float, high: float, fill: Colour) -> None:
    """A soft line of hills whose feet are at ``base``."""
    phase, pace = dice.uniform(0, 6), dice.uniform(0.8, 1.3)
    line = [
        (
            x,
            base
            - high * (0.6 + 0.28 * math.sin(x / 260 * pace + phase) + 0.12 * math.sin(x / 90 + phase * 2)),
        )
        for x in range(0, WIDTH + 40, 20)
    ]
    canvas.shape([(0, base), *line, (WIDTH, base)], fill)


def trees(canvas: Canvas, dice: random.Random) -> None:
    """Members plant young trees on a meadow by the river."""
    sky(canvas, dice, 560)
    hills(canvas, dice, 560, 190, (150, 184, 174))
    hills(canvas, dice, 580, 110, (120, 166, 130))
    canvas.shade(560, HEIGHT, PALE_GREEN, (116, 160, 92))
    canvas.shape([(0, 610), (WIDTH, 570), (WIDTH, 612), (0, 668)], (150, 196, 216))
    for number in range(7):
        figures.tree(
            canvas,
            60 + number * 250 + dice.randint(-30, 30),
            590 + number % 2 * 14,
            dice.randint(150, 220),
            DEEP_GREEN,
        )
    figures.flag(canvas, 1290, 800, 420)
    for x in (330, 700, 1080):
        _young_tree(canvas, x, 880)
        figures.standing(
            canvas, x - 120, 880 + dice.randint(-6, 20), 390, figures.somebody(dice), arms="forward"
        )
        figures.standing(
            canvas, x + 120, 870 + dice.randint(-6, 20), 380, figures.somebody(dice), arms="left"
        )
        _spade(canvas, x - 20, 890)
    _bucket(canvas, 520, 940)
    _bucket(canvas, 1440, 930)


def _young_tree(canvas: Canvas, x: float, ground: float) -> None:
    canvas.oval(x, ground + 4, 74, 20, (124, 88, 62))
    canvas.oval(x, ground - 4, 58, 14, (148, 106, 74))
    canvas.line([(x, ground - 6), (x, ground - 240)], DARK_WOOD, 9)
    for dx, dy in ((-36, 150), (36, 168), (-30, 205), (30, 222), (0, 254), (-16, 180), (18, 196)):
        canvas.oval(x + dx, ground - dy, 32, 20, GREEN if dx % 4 else mixed(GREEN, GOLD, 0.25))


def _spade(canvas: Canvas, x: float, ground: float) -> None:
    canvas.line([(x - 26, ground - 150), (x - 6, ground - 20)], WOOD, 9)
    canvas.shape(
        [
            (x - 22, ground - 28),
            (x + 8, ground - 34),
            (x + 10, ground + 6),
            (x - 4, ground + 20),
            (x - 16, ground + 8),
        ],
        (120, 126, 134),
    )


def _bucket(canvas: Canvas, x: float, ground: float) -> None:
    canvas.shape(
        [(x - 36, ground - 66), (x + 36, ground - 66), (x + 26, ground), (x - 26, ground)], BRIGHT_RED
    )
    canvas.oval(x, ground - 66, 36, 10, (150, 196, 216))


def stand(canvas: Canvas, dice: random.Random) -> None:
    """A health stand under tents in a square; doctors talk with residents."""
    sky(canvas, dice, 620)
    _houses(canvas, dice)
    figures.flag(canvas, 690, 640, 520)
    canvas.shade(640, HEIGHT, (206, 196, 182), (170, 158, 144))
    for x in (110, 1510):
        figures.tree(canvas, x, 680, 380, GREEN)
    for left, colour in ((220, RED), (820, dice.choice([(60, 120, 150), (196, 122, 60), (80, 132, 100)]))):
        _tent(canvas, dice, left, colour)
    for number in range(7):
        x = 190 + number * 205 + dice.randint(-20, 20)
        figures.standing(
            canvas, x, 985 + dice.randint(-16, 30), 410, figures.somebody(dice), seen_from="back"
        )


def _houses(canvas: Canvas, dice: random.Random) -> None:
    x = 0
    while x < WIDTH:
        wide, tall = dice.randint(150, 240), dice.randint(220, 420)
        front = dice.choice([(226, 214, 200), (208, 216, 222), (232, 222, 198), (214, 202, 200)])
        canvas.box(x, 650 - tall, x + wide, 650, front)
        canvas.box(x, 650 - tall, x + wide, 662 - tall, mixed(front, DARK_WOOD, 0.4))
        for wx in range(int(x) + 22, int(x + wide) - 44, 52):
            for wy in range(int(690 - tall), 600, 66):
                canvas.box(wx, wy, wx + 28, wy + 38, (150, 178, 198))
        x += wide + 6


def _tent(canvas: Canvas, dice: random.Random, left: float, colour: Colour) -> None:
    right = left + 540
    for x in (left + 12, right - 12):
        canvas.line([(x, 420), (x, 880)], (190, 190, 194), 10)
    canvas.shape([(left + 90, 330), (right - 90, 330), (right, 430), (left, 430)], colour)
    for number in range(6):
        x = left + number * 90
        canvas.half_oval(x + 45, 430, 45, 1, colour)
        canvas.shape([(x, 430), (x + 90, 430), (x + 70, 466), (x + 20, 466)], colour if number % 2 else CREAM)
    for number in range(3):
        figures.bust(
            canvas,
            left + 120 + number * 150,
            560 + dice.randint(-8, 8),
            96,
            figures.somebody(dice, doctor=True),
        )
    canvas.box(left + 20, 720, right - 20, 760, WHITE, 6)
    canvas.box(left + 30, 756, right - 30, 900, mixed(colour, WHITE, 0.12))
    figures.heart(canvas, left + 270, 826, 36, WHITE)
    for number in range(3):
        x = left + 90 + number * 160
        canvas.box(x, 690, x + 44, 722, (236, 240, 244), 5)
        canvas.box(x + 60, 700, x + 110, 722, PALE_WOOD, 3)


def village(canvas: Canvas, dice: random.Random) -> None:
    """Farmhouses before hills and terraced fields; doctors visit the villagers."""
    sky(canvas, dice, 520)
    hills(canvas, dice, 520, 260, (138, 172, 170))
    hills(canvas, dice, 560, 160, (104, 150, 120))
    for number in range(5):
        tone = mixed((150, 184, 96), GOLD, number % 2 * 0.35)
        canvas.shape([(0, 540 + number * 40), (WIDTH, 520 + number * 46), (WIDTH, HEIGHT), (0, HEIGHT)], tone)
    canvas.shade(760, HEIGHT, (206, 186, 150), (178, 154, 118))
    for x, size in ((150, 1.0), (1130, 1.1)):
        _farmhouse(canvas, x, 760, size)
    figures.tree(canvas, 640, 770, 330, DEEP_GREEN)
    figures.tree(canvas, 1060, 770, 250, GREEN)
    figures.flag(canvas, 930, 900, 500)
    for x in (420, 760, 1120):
        figures.standing(
            canvas,
            x - 66,
            985 + dice.randint(-16, 20),
            400,
            figures.somebody(dice, doctor=True),
            arms="forward",
        )
        figures.standing(
            canvas,
            x + 104,
            990 + dice.randint(-16, 20),
            380,
            figures.somebody(dice, member=False),
            arms="left",
        )


def _farmhouse(canvas: Canvas, x: float, ground: float, size: float) -> None:
    wide, tall = 360 * size, 180 * size
    canvas.box(x, ground - tall, x + wide, ground, (240, 234, 222))
    canvas.shape(
        [
            (x - 34, ground - tall),
            (x + 40, ground - tall * 1.6),
            (x + wide - 40, ground - tall * 1.6),
            (x + wide + 34, ground - tall),
        ],
        (92, 86, 90),
    )
    canvas.box(x + wide * 0.42, ground - tall * 0.66, x + wide * 0.6, ground, DARK_WOOD)
    for share in (0.12, 0.74):
        canvas.box(
            x + wide * share,
            ground - tall * 0.7,
            x + wide * (share + 0.16),
            ground - tall * 0.34,
            (146, 112, 80),
        )
    for share in (0.39, 0.61):
        canvas.box(
            x + wide * share, ground - tall * 0.66, x + wide * (share + 0.02), ground - tall * 0.1, BRIGHT_RED
        )


def trail(canvas: Canvas, dice: random.Random) -> None:
    """A line of walkers with a flag on a path through the hills."""
    sky(canvas, dice, 720)
    hills(canvas, dice, 720, 500, (148, 172, 186))
    hills(canvas, dice, 720, 340, (116, 154, 142))
    hills(canvas, dice, 720, 200, (92, 140, 104))
    canvas.shade(700, HEIGHT, (126, 164, 92), (92, 130, 70))
    path = [(i / 30 * WIDTH, 930 - i * 8 + math.sin(i / 4) * 26) for i in range(31)]
    canvas.shape([*path, *[(x, y + 70 - x / WIDTH * 34) for x, y in reversed(path)]], (214, 190, 146))
    for x, y in ((90, 800), (1460, 660), (1180, 690), (640, 770)):
        figures.tree(canvas, x, y, dice.randint(190, 290), dice.choice([GREEN, DEEP_GREEN, (196, 132, 62)]))
    for number in range(9):
        x, y = path[4 + number * 2]
        figures.standing(
            canvas, x, y + 46 - number * 2, 330 - number * 16, figures.somebody(dice), seen_from="back"
        )
        if number in {1, 8}:
            figures.flag(canvas, x + 50, y + 40, 440 - number * 16)
    for _stone in range(9):
        canvas.oval(
            dice.randint(0, WIDTH), dice.randint(1000, 1050), dice.randint(14, 34), dice.randint(8, 16), STONE
        )


SCENES = {"trees": trees, "stand": stand, "village": village, "trail": trail}
