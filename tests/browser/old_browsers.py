"""Browsers that cannot do what a ballot needs."""

from __future__ import annotations


def break_script(page, name: str) -> None:
    """As an old browser sees it, which cannot read the script at all."""
    page.route(
        f"**/js/{name}*.js", lambda route: route.fulfill(body="class {", content_type="text/javascript")
    )


def take_timeouts_away(page, _name: str) -> None:
    """As a browser of 2021 sees it: the script can be read, and something that it needs is missing."""
    page.add_init_script("delete AbortSignal.timeout")


HANDICAPS = [break_script, take_timeouts_away]
