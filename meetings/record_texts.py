"""The sentences of the record page's script, in the reader's language; {names} are filled in by the script."""

from __future__ import annotations

from django.utils.translation import gettext as _


def record_texts() -> dict[str, str]:
    return {
        "ready": _("Everything is saved as you type."),
        "saved": _("Saved at {time}."),
        "saving": _("Saving…"),
        "not-saved-yet": _("Not saved yet."),
        "incomplete": _("A new row is saved as soon as its required fields are filled."),
        "mend": _("Not saved: mend what is marked."),
        "choose": _("Not saved: choose between two texts."),
        "offline": _(
            "The server cannot be reached. Your text is kept in this browser and sent again by itself."
        ),
        "signed-out": _(
            "You are signed out. Sign in again in another tab; your text is kept here and sent again by itself."
        ),
        "refused": _("Not saved: {reason} Your text is kept in this browser."),
        "conflict": _("{who} changed this at {time} to:"),
        "take-theirs": _("Take this text"),
        "keep-mine": _("Keep mine instead"),
        "empty": _("(empty)"),
        "added": _("{who} added at {time}: {what}"),
        "changed": _("{who} changed at {time}: {what}"),
        "removed": _("Somebody removed a row."),
        "state": _("The meeting is in another state now."),
        "reload": _("Load the page again"),
        "close": _("Close"),
        "kept": _("Text from {time} did not reach the server ({count} fields). Put it back?"),
        "put-back": _("Put it back"),
        "discard": _("Discard it"),
        "really-remove": _("Remove this row? It cannot be brought back."),
        "not-done": _("The server cannot be reached; nothing was changed. Try again in a moment."),
        "not-sent": _("The server cannot be reached."),
        "try-again": _("Try again"),
        "leave-unsaved": _("Some text is not saved yet. Close the meeting all the same?"),
        "kind-guest": _("a guest"),
        "kind-agenda": _("an agenda item"),
        "kind-topic": _("a topic"),
        "kind-problem": _("a problem"),
        "kind-criticism": _("a contribution"),
        "kind-requirement": _("a requirement"),
        "kind-photo": _("a photograph"),
        "kind-attachment": _("a paper"),
        "kind-attendance": _("a member"),
    }
