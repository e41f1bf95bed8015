"""Scenes before the memorial hall: the visit and the oath."""

from __future__ import annotations

import random

from branch_portal.sample.drawings import figures
from branch_portal.sample.drawings.canvas import (
    CREAM,
    DARK_WOOD,
    DEEP_GREEN,
    DEEP_RED,
    GREEN,
    HEIGHT,
    RED,
    STONE,
    WIDTH,
    Canvas,
    mixed,
)
from branch_portal.sample.drawings.outdoors import hills, sky


def base(canvas: Canvas, dice: random.Random) -> None:
    """The memorial hall on its steps, a group of visitors in front."""
    sky(canvas, dice, 560)
    hills(canvas, dice, 600, 200, (134, 172, 146))
    canvas.shade(600, HEIGHT, (222, 212, 196), (188, 176, 160))
    for x in (60, 190, 1420, 1550):
        figures.tree(canvas, x, 700, 340, DEEP_GREEN if x % 20 else GREEN)
    _hall(canvas, dice)
    for step in range(7):
        tone = mixed(CREAM, STONE, step / 8)
        canvas.box(380 - step * 34, 690 + step * 24, 1220 + step * 34, 716 + step * 24, tone)
        canvas.box(
            380 - step * 34, 710 + step * 24, 1220 + step * 34, 716 + step * 24, mixed(tone, DARK_WOOD, 0.25)
        )
    for x in (250, 1300):
        figures.flag(canvas, x, 860, 520)
    for number in range(9):
        x = 320 + number * 120
        figures.standing(canvas, x, 900 + dice.randint(-6, 6), 330, figures.somebody(dice))
    for number in range(8):
        x = 380 + number * 120
        figures.standing(canvas, x, 985 + dice.randint(-6, 6), 350, figures.somebody(dice))


def _hall(canvas: Canvas, dice: random.Random) -> None:
    wall = dice.choice([(176, 62, 52), (222, 206, 180), (188, 96, 74)])
    canvas.box(360, 350, 1240, 700, wall)
    canvas.shape([(310, 350), (800, 190), (1290, 350)], mixed(wall, DARK_WOOD, 0.4))
    canvas.shape([(380, 338), (800, 204), (1220, 338)], mixed(wall, CREAM, 0.25))
    canvas.box(320, 344, 1280, 372, mixed(wall, DARK_WOOD, 0.55))
    figures.star(canvas, 800, 284, 44, RED if wall[0] > 200 else (232, 188, 92))
    for number in range(6):
        x = 410 + number * 156
        canvas.box(x - 22, 372, x + 22, 692, CREAM)
        canvas.box(x - 30, 372, x + 30, 390, STONE)
        canvas.box(x - 30, 676, x + 30, 694, STONE)
    canvas.box(722, 470, 878, 692, DARK_WOOD)
    canvas.box(796, 470, 804, 692, DEEP_RED)
    for x in (488, 1044):
        canvas.box(x - 34, 450, x + 102, 620, mixed(wall, DARK_WOOD, 0.6), 6)


def oath(canvas: Canvas, dice: random.Random) -> None:
    """Rows of members with raised fists before a large red flag."""
    sky(canvas, dice, 640)
    hills(canvas, dice, 660, 220, (140, 176, 150))
    canvas.shade(640, HEIGHT, (224, 214, 198), (186, 174, 158))
    canvas.box(430, 110, 1170, 600, mixed(STONE, DARK_WOOD, 0.35))
    canvas.box(446, 126, 1154, 584, RED)
    for number in range(5):
        x = 446 + number * 150
        canvas.shape([(x, 126), (x + 40, 126), (x + 70, 584), (x + 20, 584)], (166, 26, 32))
    canvas.box(380, 596, 1220, 640, STONE)
    for x in (150, 320, 1280, 1450):
        figures.tree(canvas, x, 670, 300, GREEN if x < 800 else DEEP_GREEN)
    for ground, tall, count in ((800, 310, 10), (900, 350, 9), (1020, 390, 8)):
        for number in range(count):
            x = WIDTH / count * (number + 0.5) + dice.randint(-6, 6)
            figures.standing(canvas, x, ground, tall, figures.somebody(dice), arms="raised", seen_from="back")


SCENES = {"base": base, "oath": oath}
