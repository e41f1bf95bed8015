"""What was told, in words: in the language that is active. ``subject`` and ``lines`` may leave the portal by mail, ``inside``
is read here only: texts that people typed, in which somebody may be named."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from branch_portal.reminders.models import GroupPost, Notice
from branch_portal.reminders.occasions import OVERDUE
from meetings.kinds import MeetingKind
from meetings.rectification.models import LedgerEntry
from members.models import ChangeRequest

Kind = Notice.Kind


@dataclass(frozen=True)
class Words:
    """A notice as it is read: a heading, lines below it, and the page that it leads to."""

    subject: str
    address: str
    lines: list[str] = field(default_factory=list)
    inside: str = ""


def words_of(notice: Notice) -> Words:
    return _WRITERS[Kind(notice.kind)](notice)


def group_text(post: GroupPost, origin: str) -> str:
    """What the group reads: no names, and an address only where the portal's is known."""
    facts = post.facts
    if post.kind == GroupPost.Kind.REPORT:
        said = [_("New on the branch's pages: %(title)s") % {"title": facts["title"]}]
        address = reverse("news:article", args=[facts["year"], facts["slug"]])
    else:
        kinds = pgettext("between kinds of meetings", ", ").join(
            str(MeetingKind(kind).label) for kind in facts["kinds"]
        )
        heading = {
            "announced": _("Meeting announced: %(kinds)s"),
            "changed": _("Meeting changed: %(kinds)s"),
            "cancelled": _("Meeting cancelled: %(kinds)s"),
        }[post.step]
        said = [heading % {"kinds": kinds}, *_time_and_place({**facts, "papers": 0})]
        address = reverse("meetings:detail", args=[post.subject])
    return "\n".join([*said, f"{origin}{address}"] if origin else said)


# --- kinds ------------------------------------------------------------------------------------------
def _meeting(notice: Notice) -> Words:
    subject = {
        "announced": _("You are invited: %(title)s"),
        "changed": _("Changed: %(title)s"),
        "cancelled": _("Cancelled: %(title)s"),
        "reminder": _("Coming up: %(title)s"),
        "uninvited": _("You are not on the list any more: %(title)s"),
    }[notice.step]
    lines = _time_and_place(notice.facts)
    if changed := notice.facts.get("changed"):
        parts = pgettext("between parts of a plan", ", ").join(_part(name) for name in changed)
        lines.insert(0, _("Another than before: %(parts)s.") % {"parts": parts})
    is_off = notice.step == "uninvited"  # its page may not be theirs any more
    address = reverse("meetings:list") if is_off else reverse("meetings:detail", args=[notice.subject])
    return Words(subject % notice.facts, address, lines[:1] if is_off else lines)


def _part(name: str) -> str:
    return {
        "starts_at": pgettext("part of a plan", "time"),
        "ends_at": pgettext("part of a plan", "end"),
        "place": pgettext("part of a plan", "place"),
        "link": pgettext("part of a plan", "online link"),
        "papers": pgettext("part of a plan", "papers"),
    }[name]


def _time_and_place(facts: dict) -> list[str]:
    lines = [span(_moment(facts["starts_at"]), _moment(facts["ends_at"]))]
    if facts["place"]:
        lines.append(_("Place: %(place)s") % facts)
    if facts["link"]:
        lines.append(_("Online: %(link)s") % facts)
    if papers := facts["papers"]:
        lines.append(
            ngettext(
                "%(count)d paper to read beforehand, on the meeting's page",
                "%(count)d papers to read beforehand, on the meeting's page",
                papers,
            )
            % {"count": papers}
        )
    return lines


def _task(notice: Notice) -> Words:
    subject = _due(
        notice, _("A task of yours is due on %(day)s"), _("A task of yours is overdue since %(day)s")
    )
    return Words(subject, reverse("rectification:task", args=[notice.subject]), inside=notice.facts["text"])


def _entry(notice: Notice) -> Words:
    facts = notice.facts
    label = LedgerEntry(year=facts["year"], number=facts["number"], level=facts["level"]).label
    text = _due(
        notice,
        _("Ledger entry %(label)s is due on %(day)s"),
        _("Ledger entry %(label)s is overdue since %(day)s"),
        label=label,
    )
    return Words(text, reverse("rectification:detail", args=[notice.subject]))


def _decision(notice: Notice) -> Words:
    subject = _due(
        notice,
        _("A decision is to be carried out by you by %(day)s"),
        _("A decision that you carry out is overdue since %(day)s"),
    )
    return Words(subject, reverse("decisions:detail", args=[notice.subject]), inside=notice.facts["text"])


def _duty(notice: Notice) -> Words:
    subject = _due(
        notice,
        _("An integrity duty of your post is due on %(day)s"),
        _("An integrity duty of your post is overdue since %(day)s"),
    )
    address = reverse("integrity:responsibility", args=[notice.subject])
    return Words(subject, address, inside=notice.facts["text"])


def _risk(notice: Notice) -> Words:
    subject = _due(
        notice,
        _("A risk point that you lead is to be reviewed by %(day)s"),
        _("The review of a risk point that you lead is overdue since %(day)s"),
    )
    return Words(subject, reverse("integrity:risk", args=[notice.subject]), inside=notice.facts["text"])


def _minutes(notice: Notice) -> Words:
    subjects = {
        "to_complete": _("Minutes to complete and sign: %(title)s"),
        "to_sign": _("Minutes to sign as chair: %(title)s"),
        "to_sign_again": _("Minutes changed after your signature, to sign again: %(title)s"),
    }
    subject = subjects[notice.step] % notice.facts
    return Words(subject, reverse("meetings:detail", args=[notice.subject]))


def _ballot(notice: Notice) -> Words:
    """The same for everybody on the roll, whatever anybody did."""
    facts = notice.facts
    title = facts["title_en"] if get_language() == "en" and facts["title_en"] else facts["title"]
    closes = _moment(facts["closes_at"])
    lines = [_("Open until %(time)s") % {"time": moment_text(closes)}] if closes else []
    address = reverse("ballots:detail", args=[notice.subject])
    return Words(_("Voting is open: %(title)s") % {"title": title}, address, lines)


def _leave(notice: Notice) -> Words:
    facts = notice.facts
    is_accepted = notice.step == "accepted"
    subject = _("Your leave is accepted: %(title)s") if is_accepted else _("Your leave is refused: %(title)s")
    address = reverse("meetings:detail", args=[facts["meeting"]])
    return Words(subject % facts, address, [moment_text(_moment(facts["starts_at"]))], facts["answer"])


def _change(notice: Notice) -> Words:
    is_approved = notice.step == "approved"
    subject = (
        _("Your change request is approved: %(what)s")
        if is_approved
        else _("Your change request is refused: %(what)s")
    )
    what = ChangeRequest.Field(notice.facts["field"]).label
    return Words(subject % {"what": what}, reverse("own_record:home"), inside=notice.facts["answer"])


_WRITERS: dict[Kind, Callable[[Notice], Words]] = {
    Kind.MEETING: _meeting,
    Kind.TASK: _task,
    Kind.ENTRY: _entry,
    Kind.DECISION: _decision,
    Kind.DUTY: _duty,
    Kind.RISK: _risk,
    Kind.MINUTES: _minutes,
    Kind.BALLOT: _ballot,
    Kind.LEAVE: _leave,
    Kind.CHANGE: _change,
}


# --- days and times ---------------------------------------------------------------------------------
def _due(notice: Notice, soon: str, overdue: str, **more) -> str:
    day = datetime.date.fromisoformat(notice.facts["due_on"])
    text = overdue if notice.step == OVERDUE else soon
    return text % {"day": date_format(day, "DATE_FORMAT"), **more}


def _moment(text: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None


def span(starts: datetime.datetime, ends: datetime.datetime | None) -> str:
    """When something is, in the branch's time."""
    first = moment_text(starts)
    if ends is None:
        return first
    same_day = timezone.localdate(starts) == timezone.localdate(ends)
    last = date_format(timezone.localtime(ends), "H:i") if same_day else moment_text(ends)
    return f"{first}–{last}"


def moment_text(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATE_FORMAT')} {date_format(local, 'H:i')}"
