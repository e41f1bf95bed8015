"""What one photograph costs from arrival to its four stored sizes."""

from __future__ import annotations

import io
import resource

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bench.timing import cost_of, show
from branch_portal.media.pictures import delete_picture, read_picture, store_picture


def _photograph(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(file, "JPEG", quality=80)
    return file.getvalue()


def _store(content: bytes) -> bytes:
    stored = store_picture(read_picture(SimpleUploadedFile("photo.jpg", content, "image/jpeg")))
    delete_picture(stored.key)
    return content


def measure(words: list[str]) -> None:
    name = "photograph of 2 / 12 megapixels"
    if words and not any(word in name for word in words):
        return
    small, large = _photograph(1600, 1200), _photograph(4000, 3000)
    show(name, cost_of(lambda: _store(small)), cost_of(lambda: _store(large)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest memory of this process: {peak:.0f} MB")
