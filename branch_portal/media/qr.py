"""QR codes as SVG drawings that the content security policy allows: without any style of their own."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_drawing(address: str) -> SafeString:
    """The ``<svg class="qr">`` that leads to the address, to stand in a page."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass="qr", lineclass=None
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 - drawn here of modules, the address is no part of it
