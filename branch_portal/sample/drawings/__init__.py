"""Pictures for the sample, drawn in flat colours when it is loaded: no photographs, so no face.

``scene("meeting", 0)`` is the same picture every time; another variant has other people and other colours.
No text is drawn, for a fresh machine has no Chinese font.
"""

from __future__ import annotations

import random

from PIL import Image

from branch_portal.sample.drawings import halls, indoors, outdoors, places
from branch_portal.sample.drawings.canvas import Canvas

SCENES = {**indoors.SCENES, **halls.SCENES, **outdoors.SCENES, **places.SCENES}


def scene(name: str, variant: int = 0) -> Image.Image:
    """The scene as an RGB image of 1600 × 1067 pixels. KeyError if there is no such scene."""
    dice = random.Random(f"{name} {variant}")
    canvas = Canvas()
    SCENES[name](canvas, dice)
    return canvas.finished()
