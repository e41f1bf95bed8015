"""The robot of a WeCom group: one text to its webhook. The webhook's address is a secret; no message says it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

LONGEST = 2048  # bytes of a text, by WeCom's own limit
_TIMEOUT = 10  # seconds
_READ = 64 * 1024


class NotPosted(Exception):
    """The group did not get the text, or nobody knows; the reason in a word or two."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The secret goes to the address that was named and to no other."""

    def redirect_request(self, *args, **kwargs):
        return None


def post_text(text: str, *, webhook: str, timeout: float = _TIMEOUT) -> None:
    """Post it; NotPosted unless the robot says that it is done (``errcode`` 0)."""
    message = {"msgtype": "text", "text": {"content": shortened(text)}}
    request = urllib.request.Request(  # noqa: S310 - http or https: settings.py refuses anything else
        webhook, json.dumps(message).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=timeout) as response:
            answer = json.loads(response.read(_READ))
            code = answer["errcode"]
    except urllib.error.HTTPError as refusal:
        refusal.close()
        raise NotPosted(f"HTTP {refusal.code}") from None
    except (ValueError, KeyError, TypeError):
        raise NotPosted("no answer of a robot") from None
    except Exception as failure:
        reason = getattr(failure, "reason", failure)
        raise NotPosted(type(reason).__name__) from None
    if code != 0:
        raise NotPosted(f"errcode {code}" if isinstance(code, int) else "no answer of a robot")


def shortened(text: str) -> str:
    """At most ``LONGEST`` bytes, cut between characters."""
    raw = text.encode()
    if len(raw) <= LONGEST:
        return text
    return raw[: LONGEST - 3].decode(errors="ignore") + "…"
