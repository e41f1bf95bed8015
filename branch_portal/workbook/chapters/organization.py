"""The committee with its division of work, and the Party groups."""

from __future__ import annotations

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Paper, Table
from branch_portal.workbook.occasion import Occasion
from meetings.integrity.models import Responsibility
from meetings.wording import listed
from members.models import Position


def committee(occasion: Occasion) -> Paper:
    """Who held a post of the committee at any time of the year; the division of work from the dual-responsibility list."""
    posts = list(Position.Post)
    held = Position.objects.committee().filter(
        Q(ended_on=None) | Q(ended_on__gte=occasion.first_day), started_on__lte=occasion.as_of
    )
    found = sorted(
        held.select_related("member"),
        key=lambda position: (posts.index(position.post), position.started_on, position.pk),
    )
    rows = [
        (capfirst(str(each)), each.member, each.started_on, each.ended_on or _("in office")) for each in found
    ]
    return Paper(
        _("Committee and division of work"),
        [
            Table(
                (_("post"), _("name"), _("from"), _("until")),
                rows,
                heading=_("Branch committee"),
                widths=(54, 34, 34, 34),
            ),
            _division_of_work(occasion),
        ],
    )


def _division_of_work(occasion: Occasion) -> Table | Blank:
    duties = Responsibility.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=occasion.first_day), started_on__lte=occasion.as_of
    )
    rows = [
        (each.holder, each.post, each.work_duty, each.integrity_duty)
        for each in duties.select_related("holder").order_by("holder__sort_key", "pk")
    ]
    heading = _("Division of work")
    if not rows:
        words = _(
            "The dual-responsibility list has no entries for the year. The organization commissioner enters "
            "who is in charge of what."
        )
        return Blank(heading, words, ruled=8)
    header = (_("name"), _("post"), _("work duty"), _("integrity duty"))
    return Table(header, rows, heading=heading, widths=(22, 30, 52, 52))


def groups(occasion: Occasion) -> Paper:
    rows = []
    for group in occasion.groups:
        people = [person for person in occasion.members if person.group == group]
        leaders = [
            person.member
            for person in occasion.people
            if any(
                post.post == Position.Post.GROUP_LEADER and post.party_group == group for post in person.posts
            )
        ]
        rows.append((group, listed(leaders), len(people), listed(person.member for person in people)))
    if alone := [person.member for person in occasion.members if person.group is None]:
        rows.append((_("in no group"), "", len(alone), listed(alone)))
    header = (_("Party group"), _("group leader"), _("members"), _("names"))
    return Paper(_("Party groups"), [Table(header, rows, widths=(32, 24, 18, 82))])
