"""People, flags and plants: the figures that stand in every scene."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from branch_portal.sample.drawings.canvas import (
    BRIGHT_RED,
    DARK_WOOD,
    DEEP_GREEN,
    DEEP_RED,
    GOLD,
    GREEN,
    PALE_GOLD,
    RED,
    WHITE,
    Canvas,
    Colour,
    mixed,
)

_SKINS = [(242, 208, 178), (232, 192, 158), (222, 178, 142)]
_HAIRS = [(44, 38, 38), (58, 46, 42), (74, 60, 54), (150, 146, 144)]
_CLOTHES = [
    (62, 84, 118), (92, 120, 150), (108, 116, 120), (150, 98, 84), (84, 112, 98), (186, 154, 112),
    (122, 92, 120), (220, 214, 204), (66, 66, 78), (172, 72, 66),
]  # fmt: skip
_TROUSERS = [(52, 58, 76), (70, 66, 66), (92, 90, 96), (60, 72, 70)]
_COAT = (244, 246, 248)


@dataclass(frozen=True)
class Person:
    """How somebody looks; the figures below draw them in several postures."""

    skin: Colour
    hair: Colour
    clothes: Colour
    trousers: Colour
    long_hair: bool
    wears_badge: bool


def somebody(dice: random.Random, *, doctor: bool = False, member: bool = True) -> Person:
    return Person(
        dice.choice(_SKINS),
        dice.choices(_HAIRS, [5, 4, 3, 2])[0],
        _COAT if doctor else dice.choice(_CLOTHES),
        dice.choice(_TROUSERS),
        dice.random() < 0.5,
        member,
    )


def face(canvas: Canvas, x: float, y: float, size: float, person: Person) -> None:
    """A head seen from the front, ``size`` high, its middle at (x, y)."""
    half = size / 2
    if person.long_hair:
        canvas.box(x - half * 0.92, y - half * 0.5, x + half * 0.92, y + half * 1.1, person.hair, half * 0.5)
    canvas.box(
        x - half * 0.28,
        y + half * 0.5,
        x + half * 0.28,
        y + half * 1.5,
        mixed(person.skin, (120, 70, 50), 0.2),
    )
    canvas.oval(x, y, half * 0.8, half, person.skin)
    canvas.half_oval(x, y - half * 0.1, half * 0.86, half * 0.98, person.hair)
    canvas.half_oval(x + half * 0.1, y + half * 0.12, half * 0.6, half * 0.56, person.skin)


def back_of_head(canvas: Canvas, x: float, y: float, size: float, person: Person) -> None:
    half = size / 2
    canvas.box(x - half * 0.26, y + half * 0.4, x + half * 0.26, y + half * 1.5, person.skin)
    canvas.oval(x, y, half * 0.84, half, person.hair)
    if person.long_hair:
        canvas.box(x - half * 0.8, y - half * 0.2, x + half * 0.8, y + half * 1.3, person.hair, half * 0.4)


def bust(
    canvas: Canvas, x: float, y: float, size: float, person: Person, *, seen_from: str = "front"
) -> None:
    """Head and shoulders, as of somebody at a table; (x, y) and ``size`` are the head's."""
    half = size / 2
    cloth_top = y + half * 1.15
    canvas.box(x - half * 1.55, cloth_top, x + half * 1.55, y + half * 5, person.clothes, half * 0.9)
    if seen_from == "front":
        face(canvas, x, y, size, person)
        canvas.shape(
            [(x - half * 0.34, cloth_top), (x + half * 0.34, cloth_top), (x, cloth_top + half * 0.7)],
            mixed(person.clothes, WHITE, 0.7) if person.clothes != _COAT else (120, 160, 190),
        )
        if person.wears_badge:
            badge(canvas, x + half * 0.75, cloth_top + half * 1.0, half * 0.14)
    else:
        back_of_head(canvas, x, y, size, person)


def badge(canvas: Canvas, x: float, y: float, size: float) -> None:
    """The member's badge on the left breast: a red spot with a golden rim."""
    canvas.oval(x, y, size * 1.35, size * 1.35, GOLD)
    canvas.oval(x, y, size, size, BRIGHT_RED)


def standing(
    canvas: Canvas, x: float, ground: float, tall: float, person: Person, *,
    arms: str = "down", seen_from: str = "front",
) -> None:  # fmt: skip
    """Somebody on the ground. Arms: down, raised (a fist beside the head), forward, left."""
    head = tall / 6.6
    top = ground - tall
    neck, hips = top + head * 1.2, top + head * 3.7
    wide = head * 0.95
    canvas.oval(
        x,
        ground,
        wide * 1.3,
        head * 0.16,
        (0, 0, 0) if tall < 60 else mixed((90, 80, 70), person.trousers, 0.4),
    )
    for side in (-1, 1):
        foot = x + side * wide * 0.42
        canvas.line(
            [(x + side * wide * 0.36, hips - head * 0.2), (foot, ground - head * 0.2)],
            person.trousers,
            head * 0.62,
        )
        canvas.box(
            foot - head * 0.36,
            ground - head * 0.22,
            foot + head * 0.36,
            ground + head * 0.02,
            (50, 44, 44),
            head * 0.1,
        )
    sleeve = mixed(person.clothes, (0, 0, 0), 0.1)
    hem = hips + head * 1.0 if person.clothes == _COAT else hips + head * 0.15
    _arm(
        canvas,
        x,
        neck,
        head,
        wide,
        -1,
        "down" if arms in {"raised", "forward"} else arms,
        sleeve,
        person.skin,
    )
    canvas.box(x - wide, neck, x + wide, hem, person.clothes, head * 0.4)
    _arm(canvas, x, neck, head, wide, 1, "down" if arms == "left" else arms, sleeve, person.skin)
    if seen_from == "front":
        face(canvas, x, top + head * 0.55, head, person)
        if person.wears_badge:
            badge(canvas, x + wide * 0.5, neck + head * 0.8, head * 0.09)
    else:
        back_of_head(canvas, x, top + head * 0.55, head, person)


def _arm(canvas, x, neck, head, wide, side, pose, sleeve, skin) -> None:
    shoulder = (x + side * wide * 0.86, neck + head * 0.45)
    elbow, hand = {
        "down": ((x + side * wide * 1.16, neck + head * 1.5), (x + side * wide * 1.1, neck + head * 2.5)),
        "raised": ((x + side * wide * 1.5, neck + head * 0.5), (x + side * wide * 1.35, neck - head * 0.75)),
        "forward": ((x + side * wide * 1.2, neck + head * 1.3), (x + side * wide * 2.2, neck + head * 1.2)),
        "left": ((x + side * wide * 1.2, neck + head * 1.3), (x + side * wide * 2.2, neck + head * 1.2)),
    }[pose]
    canvas.line([shoulder, elbow, hand], sleeve, head * 0.46)
    canvas.oval(*hand, head * 0.26, head * 0.26, skin)


def flag(canvas: Canvas, x: float, ground: float, tall: float, *, waves: float = 1.0) -> None:
    """A plain red flag on a pole; no emblem, which is not for decoration."""
    canvas.line([(x, ground), (x, ground - tall)], (206, 196, 180), tall * 0.016)
    canvas.oval(x, ground - tall, tall * 0.016, tall * 0.016, GOLD)
    wide, high, top = tall * 0.46, tall * 0.3, ground - tall * 0.97
    steps = 24
    upper = [
        (x + wide * i / steps, top + math.sin(i / steps * 6.3) * high * 0.08 * waves)
        for i in range(steps + 1)
    ]
    lower = [(px, py + high) for px, py in reversed(upper)]
    canvas.shape(upper + lower, RED)
    fold = [(px, py) for px, py in upper if wide * 0.42 < px - x < wide * 0.6]
    canvas.shape(fold + [(px, py + high) for px, py in reversed(fold)], DEEP_RED)


def banner(canvas: Canvas, left: float, top: float, right: float, bottom: float) -> None:
    """A red banner with golden dashes where words would stand."""
    canvas.box(left, top, right, bottom, RED)
    canvas.box(left, bottom - 6, right, bottom, DEEP_RED)
    middle, count = (top + bottom) / 2, 15
    inner = (right - left) * 0.8
    step = inner / count
    size = min(step * 0.32, (bottom - top) * 0.26)
    for number in range(count):
        x = (left + right) / 2 - inner / 2 + step * (number + 0.5)
        canvas.box(x - size, middle - size, x + size, middle + size, PALE_GOLD, size * 0.35)


def star(canvas: Canvas, x: float, y: float, size: float, fill: Colour = GOLD) -> None:
    points = []
    for number in range(10):
        radius = size if number % 2 == 0 else size * 0.4
        angle = math.radians(number * 36 - 90)
        points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    canvas.shape(points, fill)


def heart(canvas: Canvas, x: float, y: float, size: float, fill: Colour) -> None:
    """The sign of the health services; a red cross is not anybody's to use."""
    for side in (-1, 1):
        canvas.oval(x + side * size * 0.46, y - size * 0.3, size * 0.52, size * 0.5, fill)
    canvas.shape([(x - size * 0.94, y - size * 0.1), (x + size * 0.94, y - size * 0.1), (x, y + size)], fill)


def potted_plant(canvas: Canvas, x: float, ground: float, tall: float) -> None:
    for angle in (-62, -38, -14, 12, 36, 60):
        end = (
            x + math.sin(math.radians(angle)) * tall * 0.5,
            ground - tall * 0.36 - math.cos(math.radians(angle)) * tall * 0.6,
        )
        middle = ((x + end[0]) / 2 + angle * 0.1, (ground - tall * 0.36 + end[1]) / 2 - tall * 0.08)
        canvas.line(
            [(x, ground - tall * 0.34), middle, end], GREEN if angle % 4 else DEEP_GREEN, tall * 0.075
        )
    wide = tall * 0.17
    canvas.shape(
        [
            (x - wide, ground - tall * 0.36),
            (x + wide, ground - tall * 0.36),
            (x + wide * 0.7, ground),
            (x - wide * 0.7, ground),
        ],
        (190, 120, 84),
    )


def tree(canvas: Canvas, x: float, ground: float, tall: float, leaf: Colour = GREEN) -> None:
    canvas.shape(
        [
            (x - tall * 0.035, ground),
            (x + tall * 0.035, ground),
            (x + tall * 0.02, ground - tall * 0.5),
            (x - tall * 0.02, ground - tall * 0.5),
        ],
        DARK_WOOD,
    )
    for dx, dy, size in ((-0.16, 0.5, 0.19), (0.16, 0.52, 0.18), (0, 0.68, 0.24)):
        canvas.oval(x + tall * dx, ground - tall * dy, tall * size, tall * size * 0.92, leaf)
    canvas.oval(x - tall * 0.06, ground - tall * 0.74, tall * 0.1, tall * 0.08, mixed(leaf, WHITE, 0.2))
