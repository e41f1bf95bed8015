"""Notices by mail: one letter a person and run, each notice in one letter at most.

A run first marks the notices as being sent and commits, then hands the letter over, then marks them as sent. If the mail
server refuses, or cannot be reached, they wait for the next run. If the run is cut off in between, or the line breaks while
the letter is handed over, nobody knows whether it was taken: it is not sent again, and the notices stand in the portal.
"""

from __future__ import annotations

import contextlib
import datetime
import smtplib
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branch_portal.reminders.models import Delivery, Notice
from branch_portal.reminders.wording import Words, words_of
from members.models import BranchProfile, User

# What a server says before it has taken a letter.
_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ValueError,
)


class NotAccepted(Exception):
    """The letter was certainly not taken; the class of the cause alone, for messages of servers quote addresses."""


@dataclass
class Mailed:
    """What came of a run."""

    people: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def is_whole(self) -> bool:
        return not self.refused and not self.unknown


def is_configured() -> bool:
    return bool(settings.EMAIL_HOST)


def people_waiting(now: datetime.datetime) -> list[User]:
    """Who would get a letter now; nobody where no mail server is named. One query."""
    if not is_configured():
        return []
    waiting = Notice.objects.to_mail(now).order_by().values("member")
    return list(User.objects.filter(member__in=waiting).order_by("pk"))


def send_mails(now: datetime.datetime) -> Mailed:
    """Send everybody what waits; what fails for one keeps nobody else waiting."""
    outcome, line = Mailed(), _Line()
    try:
        for user in people_waiting(now):
            _send(user, now, line, outcome)
    finally:
        line.close()
    return outcome


def _send(user: User, now: datetime.datetime, line: _Line, outcome: Mailed) -> None:
    notices = _begin(user.member_id, now)
    if not notices:
        return  # another run has them
    try:
        line.hand_over(lambda: letter(user, notices))
    except NotAccepted as refusal:
        _back(notices)
        outcome.refused[str(refusal)] += 1
    except (smtplib.SMTPException, OSError) as broken:
        outcome.unknown[type(broken).__name__] += 1
    else:
        _sent(notices)
        outcome.people += 1


def _begin(member_id: int, now: datetime.datetime) -> list[Notice]:
    with transaction.atomic():
        waiting = Notice.objects.to_mail(now).of(member_id).order_by("made_at", "pk")
        notices = list(waiting.select_for_update(of=("self",), skip_locked=True))
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
            mail=Delivery.SENDING, mail_begun_at=now
        )
    return notices


def _back(notices: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=Delivery.WAITING)


def _sent(notices: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=Delivery.SENT)


class _Line:
    """The connection to the mail server, opened when needed and anew after every failure."""

    def __init__(self) -> None:
        self._connection = None

    def hand_over(self, write) -> None:
        """NotAccepted: certainly not taken. Any other failure: nobody knows."""
        try:
            message = write()
            if self._connection is None:
                connection = get_connection()
                connection.open()
                self._connection = connection
        except Exception as failure:
            raise NotAccepted(type(failure).__name__) from None
        try:
            self._connection.send_messages([message])
        except _REFUSALS as refusal:
            self.close()
            raise NotAccepted(type(refusal).__name__) from None
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # The letters are out or counted: a rude goodbye changes nothing.
            with contextlib.suppress(Exception):
                connection.close()


# --- the letter -------------------------------------------------------------------------------------
def letter(user: User, notices: list[Notice]) -> EmailMessage:
    """In the reader's language, plain text; addresses of pages that ask for a sign-in, where the portal's own is known."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        told = [words_of(notice) for notice in notices]
        branch = BranchProfile.load()
        context = {
            "branch": branch,
            "told": told,
            "list": _whole(reverse("reminders:list")),
            "choice": _whole(reverse("reminders:channels")),
        }
        body = render_to_string("reminders/mail.txt", context)
        subject = _subject(told, str(branch))
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body.strip() + "\n", None, [user.email], headers=headers)


def _subject(told: list[Words], branch: str) -> str:
    if len(told) == 1:
        text = _("%(label)s: %(text)s") % {"label": branch, "text": told[0].subject}
    else:
        text = ngettext("%(branch)s: %(count)d notice", "%(branch)s: %(count)d notices", len(told)) % {
            "branch": branch,
            "count": len(told),
        }
    return " ".join(text.split())  # no line break, wherever a title has one


def _whole(path: str) -> str:
    return f"{settings.PORTAL_ADDRESS}{path}" if settings.PORTAL_ADDRESS else ""
