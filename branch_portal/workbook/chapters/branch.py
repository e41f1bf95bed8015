"""The facts of the branch."""

from __future__ import annotations

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Fact, Facts, Paper, Text
from branch_portal.workbook.occasion import Occasion
from members.models import Member

_Stage = Member.Stage


def facts(occasion: Occasion) -> Paper:
    branch = occasion.branch
    return Paper(
        _("The branch"),
        [
            Facts(
                [
                    Fact(_("Party branch"), branch, is_wide=True),
                    Fact(_("association"), branch.local("association"), is_wide=True),
                    Fact(_("higher Party committee"), branch.local("higher_committee"), is_wide=True),
                    Fact(_("committee's term from"), branch.term_starts_on),
                    Fact(_("committee's term until"), branch.term_ends_on),
                    Fact(_("as of"), occasion.as_of, is_wide=True),
                    Fact(_("full members"), _number(occasion, _Stage.FULL)),
                    Fact(_("probationary members"), _number(occasion, _Stage.PROBATIONARY)),
                    Fact(_("women among the members"), _women(occasion)),
                    Fact(_("Party groups"), len(occasion.groups)),
                    Fact(_("applicants"), _number(occasion, _Stage.APPLICANT)),
                    Fact(
                        _("activists and development targets"),
                        _number(occasion, _Stage.ACTIVIST, _Stage.TARGET),
                    ),
                ]
            ),
            Text(_("Introduction"), [branch.local("introduction")]),
            Blank(
                _("Not kept in the portal"),
                _(
                    "The secretary enters: the branch's code in the national system, the day of its "
                    "foundation, its address and its office telephone."
                ),
            ),
        ],
    )


def _number(occasion: Occasion, *stages: str) -> int:
    return sum(person.stage in stages for person in occasion.people)


def _women(occasion: Occasion) -> int:
    return sum(person.member.gender == Member.Gender.FEMALE for person in occasion.members)
