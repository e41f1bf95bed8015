"""Study: the topics of meetings, reading classes and visits, courses, and the hours of each member."""

from __future__ import annotations

from django.db.models import Count
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from branch_portal.documents.paper import Paper, Table
from branch_portal.statistics.study import StudyHours, study_hours, targets
from branch_portal.workbook.chapters.meetings import parts_of
from branch_portal.workbook.occasion import Occasion
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.study.register import register
from members.models import Training


def study(occasion: Occasion) -> Paper:
    return Paper(
        _("Study"),
        [
            _hours(occasion),
            _topics(occasion),
            _courses(occasion),
            *parts_of(occasion, MeetingKind.READING_CLASS, MeetingKind.RED_BASE_VISIT),
        ],
        note=_("Hours count in the calendar year in which they were studied."),
    )


def _hours(occasion: Occasion) -> Table:
    people = [person.member for person in occasion.members]
    hours, asked = study_hours(people, occasion.year), targets(occasion.year)
    rows = []
    for person in people:
        of_person = hours.get(person.pk, StudyHours())
        rows.append(
            (
                person,
                floatformat(of_person.courses),
                floatformat(of_person.meetings),
                floatformat(of_person.total),
                asked.of(person.pk),
            )
        )
    header = (_("name"), _("courses"), _("meetings"), _("hours in all"), pgettext("hours", "asked for"))
    return Table(header, rows, heading=_("Study hours"), widths=(48, 27, 27, 27, 27))


def _topics(occasion: Occasion) -> Table:
    """What the study register has of signed minutes."""
    rows = [
        (
            timezone.localdate(line.meeting.starts_at),
            line.topic,
            line.form,
            line.teacher,
            floatformat(line.hours),
            line.attenders,
        )
        for line in register(occasion.year, timezone.now()).held
        if line.part and line.meeting.state == Meeting.State.SIGNED_OFF
    ]
    header = (_("date"), _("topic"), _("form of study"), _("teacher"), _("study hours"), _("attenders"))
    return Table(header, rows, heading=_("Topics studied at meetings"), widths=(28, 52, 20, 24, 16, 16))


def _courses(occasion: Occasion) -> Table:
    """A course once, with how many went."""
    found = Training.objects.filter(ended_on__year=occasion.year).order_by()
    fields = ("started_on", "ended_on", "title", "organizer", "hours")
    rows = found.values(*fields).annotate(people=Count("member", distinct=True)).order_by(*fields)
    header = (_("from"), _("until"), _("course"), _("organizer"), _("hours"), _("people"))
    return Table(
        header,
        [
            (
                each["started_on"],
                each["ended_on"],
                each["title"],
                each["organizer"],
                floatformat(each["hours"]),
                each["people"],
            )
            for each in rows
        ],
        heading=_("Courses attended"),
        widths=(28, 28, 40, 28, 16, 16),
    )
