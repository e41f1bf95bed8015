"""The two lists on paper, in the official layout."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from meetings.integrity.models import Responsibility, RiskPoint
from members.models import BranchProfile


def catalogue() -> Paper:
    """The integrity-risk catalogue as it stands today. Two queries."""
    header = [
        _("No."),
        _("department"),
        _("kind of risk"),
        _("risk point"),
        _("how it shows"),
        _("risk level"),
        _("prevention measures"),
        _("head of the department"),
        _("leader in charge"),
    ]
    rows = [
        [
            number,
            point.unit,
            point.get_kind_display(),
            point.point,
            point.signs,
            point.get_level_display(),
            point.measures,
            point.head,
            point.leader,
        ]
        for number, point in enumerate(RiskPoint.objects.standing().select_related("leader"), start=1)
    ]
    title = _("Integrity-risk catalogue of %(branch)s") % {"branch": BranchProfile.load()}
    return _paper(title, Table(header, rows, widths=[10, 24, 24, 35, 35, 14, 50, 20, 20]))


def responsibilities() -> Paper:
    """The dual-responsibility list as it stands today. Two queries."""
    header = [
        _("No."),
        _("post holder"),
        _("post"),
        _("work duty"),
        _("integrity duty"),
        _("measure"),
        _("frequency"),
        _("last done on"),
    ]
    running = Responsibility.objects.running().with_last_fulfilment().select_related("holder")
    rows = [
        [
            number,
            duty.holder,
            duty.post,
            duty.work_duty,
            duty.integrity_duty,
            duty.measure,
            duty.get_frequency_display(),
            duty.last_done_on,
        ]
        for number, duty in enumerate(running, start=1)
    ]
    title = _("Dual-responsibility list of %(branch)s") % {"branch": BranchProfile.load()}
    return _paper(title, Table(header, rows, widths=[10, 20, 24, 48, 48, 44, 16, 22]))


def _paper(title: str, table: Table) -> Paper:
    note = _("As of %(day)s.") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")}
    return Paper(title, [table], signatures=(_("Secretary"), _("Date")), note=note, is_landscape=True)
