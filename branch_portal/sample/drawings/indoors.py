"""Scenes around tables: the meeting, reading, the online meeting, the check-up, first aid."""

from __future__ import annotations

import random

from branch_portal.sample.drawings import figures
from branch_portal.sample.drawings.canvas import (
    BLUE,
    CREAM,
    DARK_WOOD,
    GOLD,
    HEIGHT,
    NIGHT,
    PALE_BLUE,
    PALE_GREEN,
    PALE_WOOD,
    RED,
    SHADE,
    STONE,
    WHITE,
    WIDTH,
    WOOD,
    Canvas,
    mixed,
)

_WALLS = [(236, 226, 208), (224, 230, 226), (232, 222, 214), (226, 230, 238), (238, 230, 216)]
_FLOORS = [(190, 150, 112), (168, 150, 136), (196, 166, 130), (160, 132, 108)]


def room(canvas: Canvas, dice: random.Random, *, floor_from: float = 760) -> None:
    """A bare room: wall, skirting, floor."""
    wall, floor = dice.choice(_WALLS), dice.choice(_FLOORS)
    canvas.shade(0, floor_from, mixed(wall, WHITE, 0.35), wall)
    canvas.shade(floor_from, HEIGHT, floor, mixed(floor, (0, 0, 0), 0.22))
    canvas.box(0, floor_from - 16, WIDTH, floor_from, mixed(wall, DARK_WOOD, 0.45))


def window(canvas: Canvas, left: float, top: float, wide: float, high: float) -> None:
    """Sky and a line of hills behind a cross of bars."""
    canvas.box(left - 12, top - 12, left + wide + 12, top + high + 12, WHITE)
    canvas.box(left, top, left + wide, top + high, PALE_BLUE)
    canvas.shape(
        [(left, top + high), (left, top + high * 0.72), (left + wide * 0.4, top + high * 0.56),
         (left + wide, top + high * 0.74), (left + wide, top + high)],
        PALE_GREEN,
    )  # fmt: skip
    canvas.box(left + wide / 2 - 5, top, left + wide / 2 + 5, top + high, WHITE)
    canvas.box(left, top + high * 0.45, left + wide, top + high * 0.45 + 8, WHITE)


def _papers(canvas: Canvas, x: float, y: float, wide: float) -> None:
    """A sheet seen flat on a table, with a cup beside it."""
    canvas.shape(
        [(x - wide, y), (x + wide * 0.8, y), (x + wide, y + wide * 0.42), (x - wide * 1.2, y + wide * 0.42)],
        WHITE,
    )
    for line in (0.12, 0.22, 0.32):
        canvas.line(
            [(x - wide * 0.8, y + wide * line), (x + wide * 0.6, y + wide * line)], (190, 190, 190), 2
        )
    canvas.box(x + wide * 1.3, y - wide * 0.34, x + wide * 1.7, y + wide * 0.26, WHITE, 5)
    canvas.box(x + wide * 1.3, y - wide * 0.1, x + wide * 1.7, y, RED)


def meeting(canvas: Canvas, dice: random.Random) -> None:
    """A long table in a meeting room, a red banner over it."""
    room(canvas, dice, floor_from=700)
    window(canvas, 70, 190, 230, 330)
    window(canvas, 1300, 190, 230, 330)
    figures.banner(canvas, 370, 90, 1230, 178)
    figures.flag(canvas, 330, 690, 430)
    figures.potted_plant(canvas, 1240, 720, 230)
    for number in range(8):
        figures.bust(canvas, 300 + number * 143, 470 + dice.randint(-8, 8), 92, figures.somebody(dice))
    canvas.shape([(180, 640), (1420, 640), (1600, 900), (0, 900)], WOOD)
    canvas.shape([(180, 640), (1420, 640), (1436, 664), (164, 664)], mixed(WOOD, WHITE, 0.25))
    canvas.box(0, 900, WIDTH, 950, DARK_WOOD)
    for number in range(7):
        _papers(canvas, 300 + number * 160, 690, 44)
    for number in range(6):
        _papers(canvas, 190 + number * 232, 800, 60)
    for number in range(6):
        figures.bust(
            canvas,
            150 + number * 262,
            842 + dice.randint(-14, 14),
            140,
            figures.somebody(dice),
            seen_from="back",
        )


def reading(canvas: Canvas, dice: random.Random) -> None:
    """People reading at desks before a wall of books."""
    room(canvas, dice)
    _shelves(canvas, dice, 90, 110, 1510, 560)
    for number in range(5):
        x = 220 + number * 290
        figures.bust(canvas, x, 545 + dice.randint(-10, 10), 104, figures.somebody(dice))
    canvas.box(60, 740, 1540, 782, PALE_WOOD, 8)
    canvas.box(110, 782, 1490, 900, mixed(PALE_WOOD, DARK_WOOD, 0.3))
    canvas.box(60, 776, 1540, 790, WOOD)
    for x in (120, 800, 1480):
        canvas.box(x - 18, 786, x + 18, 1000, DARK_WOOD)
    for number in range(5):
        _open_book(canvas, 220 + number * 290, 700, 92, RED if number % 2 else mixed(RED, GOLD, 0.35))
    figures.potted_plant(canvas, 1450, 742, 150)


def _shelves(
    canvas: Canvas, dice: random.Random, left: float, top: float, right: float, bottom: float
) -> None:
    canvas.box(left - 16, top - 16, right + 16, bottom + 150, DARK_WOOD)
    rows = 4
    high = (bottom + 134 - top) / rows
    colours = [
        RED,
        (196, 92, 70),
        GOLD,
        (120, 92, 78),
        BLUE,
        (96, 128, 108),
        CREAM,
        (72, 82, 108),
        (164, 120, 96),
    ]
    for row in range(rows):
        base = top + high * (row + 1) - 14
        canvas.box(left, top + high * row, right, base, (92, 62, 42))
        x = left + 8
        while x < right - 40:
            wide = dice.randint(16, 38)
            if dice.random() < 0.1:
                x += dice.randint(20, 60)
                continue
            tall = dice.uniform(0.62, 0.9) * high
            colour = dice.choice(colours)
            canvas.box(x, base - tall, x + wide, base, colour, 3)
            canvas.box(x + 3, base - tall * 0.8, x + wide - 3, base - tall * 0.74, mixed(colour, WHITE, 0.5))
            x += wide + 2


def _open_book(canvas: Canvas, x: float, y: float, wide: float, cover) -> None:
    canvas.shape(
        [
            (x - wide, y - 6),
            (x, y + 14),
            (x + wide, y - 6),
            (x + wide, y + 52),
            (x, y + 70),
            (x - wide, y + 52),
        ],
        cover,
    )
    canvas.shape([(x - wide + 6, y - 14), (x, y + 6), (x, y + 60), (x - wide + 6, y + 42)], WHITE)
    canvas.shape([(x + wide - 6, y - 14), (x, y + 6), (x, y + 60), (x + wide - 6, y + 42)], (244, 240, 232))
    canvas.line([(x, y + 6), (x, y + 60)], STONE, 3)


def online(canvas: Canvas, dice: random.Random) -> None:
    """A laptop on a desk with the faces of those who meet online."""
    room(canvas, dice, floor_from=800)
    window(canvas, 110, 140, 300, 380)
    figures.potted_plant(canvas, 1430, 800, 360)
    canvas.shade(790, HEIGHT, PALE_WOOD, WOOD)
    canvas.box(420, 190, 1180, 720, NIGHT, 24)
    canvas.box(444, 214, 1156, 690, (30, 40, 58))
    for number in range(6):
        _tile(canvas, dice, 460 + number % 3 * 232, 230 + number // 3 * 226)
    canvas.shape([(360, 790), (420, 720), (1180, 720), (1240, 790)], (176, 180, 188))
    canvas.box(360, 788, 1240, 812, (150, 154, 162), 8)
    canvas.shape([(640, 776), (664, 748), (936, 748), (960, 776)], (156, 160, 168))
    _papers(canvas, 240, 880, 110)
    canvas.box(1300, 840, 1372, 950, WHITE, 12)
    canvas.box(1300, 870, 1372, 896, RED)


def _tile(canvas: Canvas, dice: random.Random, left: float, top: float) -> None:
    back = dice.choice([PALE_BLUE, CREAM, PALE_GREEN, (232, 214, 206), STONE])
    canvas.box(left, top, left + 216, top + 210, back, 10)
    person = figures.somebody(dice)
    canvas.box(left + 38, top + 142, left + 178, top + 210, person.clothes, 30)
    canvas.box(left + 38, top + 180, left + 178, top + 210, person.clothes)
    figures.face(canvas, left + 108, top + 92, 96, person)


def checkup(canvas: Canvas, dice: random.Random) -> None:
    """Blood pressure is taken at a table; others wait."""
    room(canvas, dice)
    window(canvas, 140, 150, 260, 330)
    _health_poster(canvas, 1190, 150)
    figures.banner(canvas, 480, 110, 1110, 176)
    for x in (1160, 1290, 1420):
        figures.standing(canvas, x, 880 + dice.randint(-10, 20), 400, figures.somebody(dice, member=False))
    figures.bust(canvas, 500, 470, 120, figures.somebody(dice, doctor=True))
    figures.bust(canvas, 860, 480, 120, figures.somebody(dice, member=False))
    canvas.box(330, 700, 1040, 744, WHITE, 8)
    canvas.box(350, 740, 1020, 990, (196, 214, 222))
    canvas.box(350, 790, 1020, 830, RED)
    canvas.line([(790, 690), (700, 668)], (232, 192, 158), 40)
    canvas.box(706, 640, 766, 704, (70, 98, 132), 14)
    canvas.line([(706, 680), (640, 690), (610, 664)], SHADE, 6)
    canvas.box(566, 620, 636, 700, (236, 240, 244), 8)
    canvas.oval(601, 652, 22, 22, (122, 190, 160))
    figures.potted_plant(canvas, 210, 830, 240)


def _health_poster(canvas: Canvas, left: float, top: float) -> None:
    canvas.box(left, top, left + 270, top + 350, WHITE, 10)
    canvas.box(left, top, left + 270, top + 74, (86, 150, 130), 10)
    figures.heart(canvas, left + 135, top + 200, 62, RED)


def firstaid(canvas: Canvas, dice: random.Random) -> None:
    """A doctor shows how to press on the chest of a training figure; people stand around."""
    room(canvas, dice, floor_from=640)
    window(canvas, 110, 130, 240, 300)
    window(canvas, 1250, 130, 240, 300)
    figures.banner(canvas, 430, 100, 1170, 172)
    for number in range(8):
        figures.standing(
            canvas, 170 + number * 180, 720 + dice.randint(-14, 14), 420, figures.somebody(dice, member=False)
        )
    canvas.shape([(280, 990), (360, 850), (1320, 850), (1400, 990)], (66, 116, 150))
    canvas.oval(1090, 876, 52, 44, (232, 192, 158))
    canvas.box(620, 850, 1030, 930, (226, 120, 72), 36)
    canvas.box(420, 866, 640, 920, (70, 78, 100), 26)
    doctor = figures.somebody(dice, doctor=True)
    sleeve = mixed(doctor.clothes, (0, 0, 0), 0.08)
    canvas.box(806, 760, 974, 905, doctor.trousers, 40)
    figures.bust(canvas, 890, 540, 110, doctor)
    canvas.line([(812, 650), (826, 760), (868, 852)], sleeve, 46)
    canvas.line([(968, 650), (954, 760), (908, 852)], sleeve, 46)
    canvas.oval(888, 862, 40, 26, doctor.skin)


SCENES = {"meeting": meeting, "reading": reading, "online": online, "checkup": checkup, "firstaid": firstaid}
