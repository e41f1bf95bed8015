"""The real URL configuration, walked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import URLPattern, get_resolver


def routes(patterns=None, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Callable]]:
    """Every address: its route as ``reverse`` knows it, and its view. A nameless one shows its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or f"(no name: {pattern.pattern})"]), pattern.callback
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from routes(pattern.url_patterns, inner)
