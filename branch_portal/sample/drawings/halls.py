"""Scenes in halls: the lecture, the speech, the exhibition, the ballot box."""

from __future__ import annotations

import math
import random

from branch_portal.sample.drawings import figures
from branch_portal.sample.drawings.canvas import (
    CREAM,
    DARK_WOOD,
    DEEP_RED,
    GOLD,
    HEIGHT,
    NIGHT,
    RED,
    SHADE,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Canvas,
    mixed,
)
from branch_portal.sample.drawings.indoors import room, window

_SLIDES = [(122, 160, 190), RED, (92, 138, 120), (186, 140, 88), (108, 112, 158)]


def lecture(canvas: Canvas, dice: random.Random) -> None:
    """A speaker beside a screen, the audience seen from behind."""
    wall = dice.choice([(214, 200, 184), (196, 206, 214), (222, 212, 198), (204, 198, 206)])
    canvas.shade(0, 620, mixed(wall, WHITE, 0.3), wall)
    canvas.shade(620, HEIGHT, (132, 104, 86), (78, 60, 52))
    canvas.shape([(0, 620), (WIDTH, 620), (WIDTH, 664), (0, 664)], WOOD)
    figures.banner(canvas, 250, 50, 1350, 128)
    _screen(canvas, dice, 560, 168, 1300, 560)
    figures.flag(canvas, 1390, 620, 420)
    figures.standing(canvas, 420, 640, 350, figures.somebody(dice), arms="forward")
    _lectern(canvas, 360, 650, 200)
    for row, (y, size, count) in enumerate(((700, 84, 13), (800, 104, 11), (925, 132, 9))):
        for number in range(count):
            x = WIDTH / count * (number + 0.5) + (28 if row % 2 else -10) + dice.randint(-8, 8)
            figures.bust(canvas, x, y + dice.randint(-8, 8), size, figures.somebody(dice), seen_from="back")
            canvas.box(
                x - size * 0.72,
                y + size * 1.25,
                x + size * 0.72,
                y + size * 3,
                mixed(DEEP_RED, NIGHT, row * 0.18),
                16,
            )


def _screen(
    canvas: Canvas, dice: random.Random, left: float, top: float, right: float, bottom: float
) -> None:
    colour = dice.choice(_SLIDES)
    canvas.box(left - 14, top - 14, right + 14, bottom + 14, NIGHT, 8)
    canvas.box(left, top, right, bottom, CREAM)
    canvas.box(left, top, right, top + 84, colour)
    canvas.box(left + 60, top + 34, left + 400, top + 52, WHITE, 8)
    base = bottom - 60
    for number in range(5):
        tall = dice.randint(60, 200)
        x = left + 80 + number * 74
        canvas.box(x, base - tall, x + 46, base, mixed(colour, GOLD, number / 5), 4)
    canvas.line([(left + 60, base), (left + 470, base)], SHADE, 4)
    for number in range(4):
        y = top + 140 + number * 52
        canvas.oval(right - 228, y, 9, 9, RED)
        canvas.box(right - 204, y - 8, right - 60 - dice.randint(0, 50), y + 8, STONE, 8)


def _lectern(canvas: Canvas, x: float, ground: float, tall: float) -> None:
    canvas.shape(
        [
            (x - tall * 0.34, ground - tall),
            (x + tall * 0.34, ground - tall),
            (x + tall * 0.26, ground),
            (x - tall * 0.26, ground),
        ],
        DARK_WOOD,
    )
    canvas.box(x - tall * 0.4, ground - tall * 1.06, x + tall * 0.4, ground - tall * 0.96, WOOD, 6)
    figures.star(canvas, x, ground - tall * 0.55, tall * 0.15)
    canvas.line([(x + tall * 0.12, ground - tall), (x + tall * 0.06, ground - tall * 1.28)], NIGHT, 5)
    canvas.oval(x + tall * 0.05, ground - tall * 1.3, 9, 9, NIGHT)


def speech(canvas: Canvas, dice: random.Random) -> None:
    """Somebody speaks at a lectern in front of red curtains; listeners take notes."""
    canvas.shade(0, 720, (176, 44, 44), (132, 24, 30))
    for number in range(22):
        x = number * 76
        canvas.shape([(x, 0), (x + 30, 0), (x + 42, 720), (x - 12, 720)], (152, 32, 36))
    canvas.shade(720, HEIGHT, (178, 134, 96), (120, 86, 62))
    canvas.box(0, 716, WIDTH, 736, DARK_WOOD)
    canvas.box(330, 108, 1270, 222, GOLD)
    figures.banner(canvas, 340, 118, 1260, 212)
    for x in (150, 1450):
        figures.potted_plant(canvas, x, 740, 300)
    figures.bust(canvas, 800, 460, 150, figures.somebody(dice))
    _lectern(canvas, 800, 900, 320)
    for number in range(7):
        x = 120 + number * 228
        if number != 3:  # the view of the lectern stays free
            figures.bust(
                canvas, x, 900 + dice.randint(-14, 14), 140, figures.somebody(dice), seen_from="back"
            )


def exhibition(canvas: Canvas, dice: random.Random) -> None:
    """Visitors before the panels of an exhibition."""
    canvas.shade(0, 720, (148, 46, 42), (112, 30, 32))
    canvas.shade(720, HEIGHT, (150, 138, 130), (104, 94, 90))
    for x in range(0, WIDTH + 1, 200):
        canvas.shape(
            [
                (800 + (x - 800) * 0.8, 720),
                (800 + (x - 800) * 0.8 + 3, 720),
                (x * 1.6 - 476, HEIGHT),
                (x * 1.6 - 484, HEIGHT),
            ],
            (136, 124, 116),
        )
    for number in range(4):
        _panel(canvas, dice, 90 + number * 370, 150)
        canvas.shape(
            [(240 + number * 370, 20), (100 + number * 370, 150), (380 + number * 370, 150)], (176, 74, 62)
        )
    for number, x in enumerate((180, 330, 520, 700, 860, 1080, 1240, 1420)):
        seen = "front" if number == 2 else "back"
        arms = "left" if number == 2 else "down"
        figures.standing(
            canvas, x, 900 + dice.randint(-30, 50), 440, figures.somebody(dice), seen_from=seen, arms=arms
        )


def _panel(canvas: Canvas, dice: random.Random, left: float, top: float) -> None:
    canvas.box(left, top, left + 300, top + 420, CREAM, 6)
    canvas.box(left, top, left + 300, top + 56, GOLD, 6)
    tone = dice.choice([(150, 132, 112), (126, 134, 128), (168, 146, 116)])
    canvas.box(left + 26, top + 84, left + 274, top + 244, tone)
    hill = [
        (left + 26 + i * 24.8, top + 200 - abs(math.sin(i * 0.9 + dice.random())) * 60) for i in range(11)
    ]
    canvas.shape([(left + 26, top + 244), *hill, (left + 274, top + 244)], mixed(tone, (0, 0, 0), 0.3))
    canvas.oval(left + 220, top + 124, 20, 20, mixed(tone, WHITE, 0.5))
    for number in range(6):
        canvas.box(
            left + 26,
            top + 272 + number * 22,
            left + 274 - dice.randint(0, 60),
            top + 280 + number * 22,
            STONE,
            4,
        )


def ballot(canvas: Canvas, dice: random.Random) -> None:
    """A red ballot box on a table; members step up with folded papers."""
    room(canvas, dice, floor_from=720)
    window(canvas, 90, 180, 220, 320)
    window(canvas, 1290, 180, 220, 320)
    figures.banner(canvas, 360, 80, 1240, 164)
    figures.flag(canvas, 360, 710, 420)
    figures.flag(canvas, 1100, 710, 420)
    for number, x in enumerate((150, 290, 430, 570)):
        figures.standing(
            canvas,
            x,
            930 - number * 8,
            460,
            figures.somebody(dice),
            arms="forward" if number == 3 else "down",
        )
    for x in (1150, 1290, 1430):
        figures.standing(canvas, x, 920, 450, figures.somebody(dice))
    canvas.box(700, 770, 1060, 800, WOOD, 6)
    canvas.box(714, 796, 1046, 980, RED)
    canvas.box(714, 796, 1046, 820, DEEP_RED)
    canvas.box(770, 590, 990, 772, RED, 10)
    canvas.box(770, 590, 990, 616, DEEP_RED, 8)
    canvas.box(830, 598, 930, 608, NIGHT, 4)
    figures.star(canvas, 880, 692, 48)
    canvas.shape([(846, 540), (904, 532), (912, 600), (850, 602)], WHITE)


SCENES = {"lecture": lecture, "speech": speech, "exhibition": exhibition, "ballot": ballot}
