"""The browser that the other tests rely on: it starts, speaks the asked language and keeps our pages' rules."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_browser_speaks_the_readers_language(page, locale):
    assert page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]") == [
        locale,
        "Asia/Shanghai",
    ]


def test_axe_finds_what_is_wrong_and_nothing_else(page, axe):
    page.set_content("<html lang=en><title>t</title><main><h1>t</h1><img src=x.png></main>")
    assert [fault.split(":")[0] for fault in axe(page)] == ["image-alt"]
    page.set_content("<html lang=en><title>t</title><main><h1>t</h1><img src=x.png alt=x></main>")
    assert axe(page) == []
