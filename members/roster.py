"""The roster of the branch's Party members (花名册), with personal data for who may read them and without for others."""

from __future__ import annotations

import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from members.models import BranchProfile, Member


def roster(day: datetime.date, *, with_personal_data: bool) -> Paper:
    """Full and probationary members in the order of names. Four queries, however many people."""
    members = Member.objects.party_members().select_related("party_group").with_posts_on(day)
    header = [
        _("No."),
        _("name"),
        _("gender"),
        _("ethnic group"),
        _("education"),
        _("category"),
        _("admitted on"),
        _("confirmed on"),
        _("Party group"),
        _("post"),
    ]
    widths = [12, 22, 14, 16, 24, 26, 32, 32, 24, 23]
    if with_personal_data:
        header[4:4] = [_("date of birth")]
        header.append(_("telephone"))
        widths = [9, 17, 11, 14, 25, 18, 19, 26, 26, 20, 17, 23]
    rows = [
        _row(number, member, with_personal_data=with_personal_data)
        for number, member in enumerate(members, start=1)
    ]
    return Paper(
        _("Roster of the members of %(branch)s") % {"branch": BranchProfile.load()},
        [Table(header, rows, widths=widths)],
        signatures=(_("Secretary"), _("Date")),
        note=_("As of %(day)s, %(count)d people.")
        % {"day": date_format(day, "DATE_FORMAT"), "count": len(rows)},
        is_landscape=True,
    )


def _row(number: int, member: Member, *, with_personal_data: bool) -> list:
    cells = [
        number,
        member.name,
        member.get_gender_display(),
        member.ethnic_group,
        member.get_education_display(),
        member.get_stage_display(),
        member.admitted_on,
        member.confirmed_on,
        member.party_group,
        capfirst(", ".join(map(str, member.posts_today))),
    ]
    if with_personal_data:
        cells[4:4] = [member.birth_date]
        cells.append(member.phone)
    return cells
