"""What the content security policy forbids stands in no template, and no page needs another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>"),
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "javascript address": re.compile(r"javascript:"),
    "file of another host": re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"'](?:https?:)?//"),
}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template_has_nothing_that_the_policy_forbids(template):
    text = template.read_text(encoding="utf-8")
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("inline script", "<script>alert(1)</script>"),
        ("inline style", '<p style="color:red">'),
        ("inline handler", "<a onclick='x()'>"),
        ("javascript address", '<a href="javascript:x">'),
        ("file of another host", '<img alt="" src="//cdn.example.org/x.png">'),
    ],
)
def test_the_check_would_notice(name, sample):
    assert FORBIDDEN[name].search(sample)


def test_there_are_templates_to_check():
    assert len(TEMPLATES) > 30
