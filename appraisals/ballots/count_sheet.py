"""The count sheet: what scrutineers and tellers sign, on a page and as a Word file (handbook 7.2, steps 9 and 11)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisals.ballots.figures import Row, rows_of, turnout_of
from appraisals.ballots.models import SecretBallot
from branch_portal.documents import official


def title(ballot: SecretBallot) -> str:
    return _("Count sheet of %(ballot)s") % {"ballot": ballot}


def facts(ballot: SecretBallot) -> list[tuple[str, str]]:
    """The lines above the figures; no blank field."""
    turnout = turnout_of(ballot)
    none = _("none")
    return [
        (_("Closed at"), date_format(timezone.localtime(ballot.closed_at), "DATETIME_FORMAT")),
        (_("Entitled"), str(turnout.entitled)),
        (_("Ballots issued"), str(turnout.issued)),
        (_("of these on paper"), str(turnout.issued_on_paper)),
        (_("Ballots returned"), str(turnout.returned)),
        (_("Valid ballots"), str(turnout.valid)),
        (_("Invalid ballots"), str(turnout.invalid or 0)),
        (_("Blank paper ballots"), none if turnout.blank is None else str(turnout.blank)),
        (_("Identifier"), ballot.uuid),
    ]


def write(ballot: SecretBallot) -> bytes:
    """The Word file."""
    document = official.new_document(title(ballot))
    for name, value in facts(ballot):
        official.paragraph(document, _("%(name)s: %(value)s") % {"name": name, "value": value})
    rows = rows_of(ballot)
    if rows is None:
        official.paragraph(
            document,
            _("Fewer than %(least)d valid ballots: no figures.") % {"least": ballot.smallest_count},
        )
    else:
        for header, lines in _tables(rows):
            official.table(document, lines, header=header)
    official.signature_lines(document, _signatures(ballot))
    return official.to_bytes(document)


def _tables(rows: list[Row]):
    """A table for each run of questions with the same answers."""
    header, lines = None, []
    for row in rows:
        columns = [_("Name"), *row.question.labels, _("no mark"), _("row invalid")]
        if columns != header and lines:
            yield header, lines
            lines = []
        header = columns
        lines.append([str(row.question), *map(str, row.counts), str(row.abstentions), str(row.invalid)])
    if lines:
        yield header, lines


def _signatures(ballot: SecretBallot) -> list[str]:
    watch = [
        _("Scrutineer (%(name)s)") % {"name": each.member}
        for each in ballot.scrutineers.select_related("member")
    ]
    return [*watch, _("Teller"), _("Teller"), _("Date")]
