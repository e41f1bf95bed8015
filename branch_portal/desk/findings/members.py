"""Member records."""

from __future__ import annotations

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.desk.findings.finding import Finding
from members import out_of_contact, register
from members.candidates import candidates
from members.models import BranchProfile, ChangeRequest, Position, Transfer, User
from members.permissions import Capability
from members.timeline import add_months

REMIND_OF_TERM_MONTHS = 6
REMIND_OF_POSTS = datetime.timedelta(days=30)


def about(user: User, today: datetime.date) -> list[Finding]:
    """Letters that nobody answered, changes that members ask for, probations that end, silent mobile members."""
    found = []
    if user.may(Capability.MANAGE_MEMBERS):
        overdue = Transfer.objects.overdue_on(today).count()
        found.append(
            Finding(overdue, _("letters of introduction without an answer"), reverse("members:letters"))
        )
        asked = ChangeRequest.objects.open().count()
        found.append(Finding(asked, _("change requests to decide on"), reverse("members:requests")))
        found += _about_terms(today)
    if user.may(Capability.READ_ADMISSIONS):
        urgent = sum(candidate.is_urgent for candidate in candidates(today))
        found.append(
            Finding(
                urgent, _("admissions and probations with a date near or past"), reverse("members:admissions")
            )
        )
    if user.may(Capability.KEEP_MOBILE_REGISTER):
        due = sum(line.silence.is_due for line in register.lines(today))
        address = reverse("members:mobile")
        found.append(Finding(due, _("mobile members to get in touch with"), address))
        silent = len(out_of_contact.lines(today))
        found.append(Finding(silent, _("members out of contact"), f"{address}?show=out_of_contact"))
    return found


def _about_terms(today: datetime.date) -> list[Finding]:
    """R-2.3: an election takes preparing, so the end of the committee's term is said months before; posts end with less
    ado. A term that is over, with no other entered, is still to be seen to."""
    term_ends = BranchProfile.load().term_ends_on
    ends_soon = term_ends is not None and today >= add_months(term_ends, -REMIND_OF_TERM_MONTHS)
    text = _("committee's term that ends within 6 months, or has ended: prepare the election")
    posts = Position.objects.ending_between(today, today + REMIND_OF_POSTS).count()
    return [
        Finding(int(ends_soon), text, reverse("members:branch")),
        Finding(posts, _("posts that end within 30 days"), f"{reverse('members:list')}?post=yes"),
    ]
