"""Visitors of the running portal: signing in without the form where a test is about something else."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page


def enter(page: Page, server: str, user) -> Page:
    """Give the page the user's session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": server}])
    return page


def address(server: str, name: str, *args, lang: str = "zh-hans") -> str:
    with translation.override(lang):
        return server + reverse(name, args=args)


def row_name(kind: str, row, field: str) -> str:
    """The CSS selector of an input of a record's row."""
    return f'[name="{kind}-{row.pk}-{field}"]'
