"""All that the portal holds about a person and may show to that person, part by part.

Not in it: how the person voted, which the portal does not know, and papers that are the secretary's alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from appraisals.models import Assessment, MutualReview, Participant, SelfReview, Statement
from branch_portal.own_record.tasks import ledger_entries_of, meeting_tasks_of, tasks_of
from branch_portal.reminders.models import Channels, Notice
from branch_portal.reminders.wording import words_of
from branch_portal.statistics import invitations
from meetings.checkin.models import LeaveRequest, NoticeSeen
from meetings.decisions.models import Decision, Dissent, Exclusion, Recusal, WrittenOpinion
from meetings.models import Criticism, Meeting
from meetings.study.models import StudyCredit, StudyPart
from meetings.talks.models import Talk
from members import actions
from members.actions.sensitive import FIELDS
from members.models import AccessGiven, Member, MobileContact, SensitiveLook, SensitiveRecord, User

_INTERNAL = {"id", "sort_key", "initials", "photograph", "changed_by", "changed_at"}


@dataclass(frozen=True)
class Fact:
    """One value: its name for a program, its label and its text for a reader."""

    name: str
    label: str
    value: Any
    text: str


@dataclass(frozen=True)
class Part:
    """Entries of one kind; ``name`` for a program, ``title`` for a reader."""

    name: str
    title: str
    entries: list[list[Fact]]

    @property
    def is_one(self) -> bool:
        """Shown as facts below each other; several entries make a table."""
        return len(self.entries) == 1

    def values(self) -> list[dict[str, Any]]:
        return [{fact.name: fact.value for fact in entry} for entry in self.entries]


def parts_of(user: User) -> list[Part]:
    """Everything about the person of the account, in the language that is active."""
    member = Member.objects.select_related("party_group").get(pk=user.member_id)
    return [part for part in [*_of_the_record(member, user), *_of_the_portal(member, user)] if part.entries]


def _of_the_record(member: Member, user: User) -> list[Part]:
    own = [field.name for field in Member._meta.local_fields if field.name not in _INTERNAL]
    contacts = MobileContact.objects.filter(period__member=member).order_by("-on", "-pk")
    return [
        Part("record", pgettext("of a person", "Record"), [facts(member, own)]),
        Part("sensitive", _("Sensitive data"), _sensitive(member, user)),
        _part("timeline", _("Timeline"), member.timeline.select_related("party_group"), _EVENT),
        _part("posts", _("Posts"), member.positions.select_related("party_group"), _POST),
        _part("letters", _("Letters of introduction"), member.transfers.all(), _LETTER),
        _part("times_away", _("Times away"), member.mobile_periods.select_related("contact_person"), _AWAY),
        _part("contacts", _("Contacts"), contacts, ("on", "way", "was_reached", "note")),
        _part("awards", _("Awards"), member.awards.all(), ("on", "title", "level", "given_by")),
        _part("courses", _("Courses"), member.trainings.all(), _COURSE),
        _part("papers", _("Papers"), member.files.visible_to(user), ("title", "kind", "added_at", "access")),
        _part("change_requests", _("Change requests"), _requests(member), _REQUEST),
    ]


_EVENT = ("on", "kind", "until", "party_group", "organization", "note")
_POST = ("post", "party_group", "started_on", "ended_on")
_LETTER = (
    "direction",
    "other_branch",
    "letter_number",
    "reason",
    "state",
    "issued_on",
    "good_until",
    "decided_on",
)
_AWAY = ("since", "until", "place", "reason", "host_branch", "contact_person", "contact_phone", "note")
_COURSE = ("started_on", "ended_on", "title", "organizer", "hours")
_ENTRY = (
    "year",
    "level",
    "problem",
    "cause",
    "measure",
    "started_on",
    "due_on",
    "state",
    "claimed_on",
    "checker",
    "check_opinion",
    "closed_on",
)
_TASK = ("text", "detail", "due_on", "state", "word", "reported_on")
_TALK = ("on", "place", "kind", "talker", "partner", "points", "problems", "wishes", "follow_up")
_REQUEST = ("asked_at", "field", "before", "after", "state", "reason", "decided_at", "sign_in_too")


def _of_the_portal(member: Member, user: User) -> list[Part]:
    looks = member.sensitive_looks.select_related("user__member")
    talks = Talk.objects.of(member.pk).select_related("talker", "partner")
    mine = {"participant__member": member}
    graded = Assessment.objects.filter(participant__in=Participant.objects.told().filter(member=member))
    reviews = MutualReview.objects.filter(models.Q(about__member=member) | models.Q(author=member))
    said = Criticism.objects.filter(
        models.Q(about=member) | models.Q(speaker=member), meeting__state=Meeting.State.SIGNED_OFF
    )
    return [
        _part("account", _("Account"), [user], ("username", "mobile", "email", "date_joined")),
        Part(
            "access_given",
            _("Ways to sign in, given by somebody else"),
            [_access(given) for given in user.access_given.select_related("by__member")],
        ),
        Part("looks", _("Who has looked at sensitive data"), [_look(look) for look in looks]),
        Part("attendance", _("Attendance"), [_attended(row) for row in invitations.signed(member)]),
        *_of_study(member),
        Part("leave_requests", _("Leave requests"), [_leave(each) for each in _of_meetings(member)]),
        Part("notices", _("Notices opened"), [_notice(each) for each in _seen_by(member)]),
        Part("reminders", _("Notices received"), [_told(each) for each in Notice.objects.of(member.pk)]),
        _part("channels", _("Ways to be told"), _channels(member), ("by_mail", "calendar_made_at")),
        _part("tasks", _("Tasks"), tasks_of(member), ("due_on", "description", "measure", "level")),
        _part("ledger", _("Rectification ledger"), ledger_entries_of(user), _ENTRY),
        _part("meeting_tasks", _("Tasks of meetings"), meeting_tasks_of(user), _TASK),
        _part("talks", _("Heart-to-heart talks"), talks, _TALK),
        Part("self_reviews", _("Self-reviews"), [_self_review(each) for each in self_reviews(member)]),
        Part("mutual_reviews", _("Mutual reviews"), [_review(each) for each in _about(reviews)]),
        Part("criticisms", _("Criticism and self-criticism"), [_criticism(each) for each in _spoken(said)]),
        *_of_decisions(member),
        Part("grades", _("Grades"), [_grade(each) for each in _of_rounds(graded)]),
        Part(
            "statements",
            _("Statements"),
            [_said(at=each.at, text=each.text) for each in Statement.objects.filter(**mine)],
        ),
    ]


def self_reviews(member: Member):
    """The person's own papers, drafts too."""
    return _of_rounds(SelfReview.objects.filter(participant__member=member))


def _of_rounds(rows):
    return rows.select_related("participant__round").order_by("-participant__round__year")


def _of_study(member: Member) -> list[Part]:
    """What counts of the study of signed minutes, and what the person taught there."""
    signed = {"meeting__state": Meeting.State.SIGNED_OFF}
    counted = StudyCredit.objects.filter(member=member, **signed).select_related("meeting")
    counted = counted.prefetch_related("meeting__study_parts").order_by("-meeting__starts_at")
    taught = StudyPart.objects.filter(teacher=member, **signed).select_related("meeting")
    return [
        Part("study", _("Study account"), [_studied(row) for row in counted]),
        Part(
            "taught",
            _("Taught at meetings"),
            [_said(at=row.meeting.starts_at, meeting=row.meeting.title, text=row.topic) for row in taught],
        ),
    ]


def _studied(row: StudyCredit) -> list[Fact]:
    topics = "\n".join(part.topic for part in row.meeting.study_parts.all())
    return _said(at=row.meeting.starts_at, meeting=row.meeting.title, text=topics, hours=row.hours)


def _of_decisions(member: Member) -> list[Part]:
    """What was decided about the person or is the person's to carry out, and what the person did in a matter beside
    voting; how somebody voted, nobody knows. Of minutes only signed ones."""
    signed = {"meeting__state": Meeting.State.SIGNED_OFF}
    about = Decision.objects.filter(models.Q(about=member, **signed) | models.Q(owner=member))
    proposed = Decision.objects.filter(proposer=member, **signed).exclude(pk__in=about.values("pk"))
    decisions = [*about.select_related("meeting"), *proposed.select_related("meeting")]
    left_out = Exclusion.objects.filter(
        attendance__member=member, attendance__meeting__state=Meeting.State.SIGNED_OFF
    ).select_related("attendance__meeting")
    return [
        _part("decisions", _("Decisions"), decisions, ("title", "matter", "state", "meeting", "deadline")),
        Part("dissents", _("Differing views"), [_voice(row, row.text) for row in _voices(Dissent, member)]),
        Part(
            "withdrawals",
            _("Withdrawals from matters"),
            [_voice(row, row.reason) for row in _voices(Recusal, member)],
        ),
        Part(
            "written_opinions",
            _("Opinions in writing"),
            [_said(at=row.handed_in_on, about=row.decision.title) for row in _voices(WrittenOpinion, member)],
        ),
        Part(
            "left_out",
            _("Left out of those due"),
            [
                _said(meeting=row.attendance.meeting.title, reason=row.get_reason_display(), note=row.note)
                for row in left_out
            ],
        ),
    ]


def _voices(model: type[models.Model], member: Member):
    found = model.objects.filter(member=member, decision__meeting__state=Meeting.State.SIGNED_OFF)
    return found.select_related("decision__meeting")


def _voice(row, text: str) -> list[Fact]:
    return _said(at=row.decision.meeting.starts_at, about=row.decision.title, text=text)


def _about(rows):
    return rows.select_related("about__member", "about__round", "author")


def _spoken(rows):
    return rows.select_related("about", "speaker", "meeting")


def _of_meetings(member: Member):
    return member.leave_requests.select_related("meeting")


def _seen_by(member: Member):
    return NoticeSeen.objects.filter(attendance__member=member).select_related("attendance__meeting")


def _requests(member: Member):
    """Keys of pictures tell nobody anything."""
    rows = list(member.change_requests.all())
    for row in rows:
        if row.is_picture:
            row.before = row.after = ""
    return rows


# --- entries ---------------------------------------------------------------------------------------
def _sensitive(member: Member, user: User) -> list[list[Fact]]:
    texts = actions.look_at(member, FIELDS, by=user, occasion=SensitiveLook.Occasion.EXPORT)
    labels = {name: SensitiveRecord._meta.get_field(name).verbose_name for name in texts}
    return [[Fact(name, capfirst(str(labels[name])), text, text) for name, text in texts.items()]]


def _look(look: SensitiveLook) -> list[Fact]:
    return _said(at=look.at, by=look.user, what=look.label, occasion=look.get_occasion_display())


def _attended(row) -> list[Fact]:
    return _said(
        at=row.meeting.starts_at,
        meeting=row.meeting.title,
        attendance=row.get_status_display(),
        reason=row.get_leave_reason_display(),
        note=row.leave_note,
    )


def _leave(asked: LeaveRequest) -> list[Fact]:
    return _said(
        at=asked.asked_at,
        meeting=asked.meeting.title,
        reason=asked.get_reason_display(),
        note=asked.note,
        state=asked.get_state_display(),
        answer=asked.answer,
    )


def _notice(seen: NoticeSeen) -> list[Fact]:
    return _said(at=seen.at, meeting=seen.attendance.meeting.title)


def _told(notice: Notice) -> list[Fact]:
    words = words_of(notice)
    text = " ".join([words.subject, *words.lines, words.inside]).strip()
    return _said(at=notice.made_at, text=text)


def _channels(member: Member):
    """The calendar's address is not in it: the portal does not know it."""
    return Channels.objects.filter(member=member)


def _self_review(review: SelfReview) -> list[Fact]:
    year = review.participant.round.year
    return _said(year=year, handed_in=review.handed_in_at, text=strip_tags(review.text))


def _review(review: MutualReview) -> list[Fact]:
    return _said(at=review.at, by=review.author, about=review.about.member, text=review.text)


def _criticism(row: Criticism) -> list[Fact]:
    return _said(at=row.meeting.starts_at, by=row.speaker, about=row.about, text=strip_tags(row.text))


def _grade(assessment: Assessment) -> list[Fact]:
    year = assessment.participant.round.year
    return _said(year=year, grade=assessment.get_grade_display(), opinion=assessment.opinion)


def _access(given: AccessGiven) -> list[Fact]:
    return _said(what=given.get_kind_display(), at=given.at, by=given.by, reason=given.reason)


def _said(**values: Any) -> list[Fact]:
    """Facts whose labels are a few common words."""
    labels = {
        "at": _("When"),
        "by": _("Who"),
        "about": _("About"),
        "what": _("What"),
        "occasion": _("Occasion"),
        "meeting": _("Meeting"),
        "attendance": _("Attendance"),
        "reason": _("Reason"),
        "note": _("Note"),
        "year": _("Year"),
        "handed_in": _("Handed in"),
        "grade": _("Grade"),
        "opinion": _("Opinion"),
        "text": _("Text"),
        "state": _("State"),
        "answer": _("Answer"),
        "hours": _("Study hours"),
    }
    return [Fact(name, labels[name], _plain(value), _shown(value)) for name, value in values.items()]


# --- rows of tables --------------------------------------------------------------------------------
def _part(name: str, title: str, rows: Iterable[models.Model], fields: tuple[str, ...]) -> Part:
    return Part(name, title, [facts(row, fields) for row in rows])


def facts(row: models.Model, names: Iterable[str]) -> list[Fact]:
    """The row's own fields, a choice by its label."""
    return [_fact(row, name) for name in names]


def _fact(row: models.Model, name: str) -> Fact:
    label = capfirst(str(row._meta.get_field(name).verbose_name))
    value = getattr(row, name)
    display = getattr(row, f"get_{name}_display", None)
    return Fact(name, label, _plain(value), str(display()) if display else _shown(value))


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, str)):
        return str(value) if isinstance(value, models.Choices) else value
    return str(value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)
