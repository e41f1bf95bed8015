"""What the chair announces and why a vote passed or did not, in whole sentences of the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.decisions.rules import DUE, Roll, Rule, Share, Verdict, has_quorum, quorum_needed
from meetings.decisions.standard_rules import SOURCES, Matter


def share(part: Share) -> str:
    """A share in words: "more than half"."""
    if part.numerator * 2 == part.denominator:
        return (
            pgettext("of a vote", "at least half")
            if part.is_inclusive
            else pgettext("of a vote", "more than half")
        )
    values = {"numerator": part.numerator, "denominator": part.denominator}
    if part.is_inclusive:
        return _("at least %(numerator)d/%(denominator)d") % values
    return _("more than %(numerator)d/%(denominator)d") % values


def source(rule: Rule) -> str:
    """On what the rule rests."""
    return str(SOURCES.get(rule.source, rule.source))


def announcement(rule: Rule, found: Roll) -> str:
    """The sentence of the chair: due, present, quorum."""
    values = {
        "due": found.due,
        "present": found.present,
        "online": found.online,
        "matter": Matter(rule.matter).label,
        "share": share(rule.quorum),
        "needed": quorum_needed(rule, found.due),
    }
    if has_quorum(rule, found.due, found.present):
        said = _(
            "Due %(due)d, present %(present)d (%(online)d online); the quorum for “%(matter)s” (%(share)s: %(needed)d) is met."
        )
    else:
        said = _(
            "Due %(due)d, present %(present)d (%(online)d online); the quorum for “%(matter)s” (%(share)s: %(needed)d) is "
            "not met."
        )
    return said % values


def of_those_left_out(found: Roll) -> str:
    """ "" if nobody is left out of those due."""
    if not found.left_out:
        return ""
    return _("Left out of those due, as the higher committee and the meeting agreed: %(count)d.") % {
        "count": found.left_out
    }


def of_those_unmarked(found: Roll) -> str:
    """ "" if everybody due is marked."""
    return _("Not marked yet: %(count)d of those due.") % {"count": found.unmarked} if found.unmarked else ""


def reason(rule: Rule, reached: Verdict, *, due: int, present: int) -> str:
    """Why a vote is valid and passed, or not: "8 yes, 9 needed: more than half of 16 due"."""
    if not reached.has_quorum:
        return _("%(present)d present, %(needed)d needed: %(share)s of %(due)d due.") % {
            "present": present,
            "needed": reached.quorum_needed,
            "share": share(rule.quorum),
            "due": due,
        }
    values = {
        "yes": reached.counted_yes,
        "needed": reached.yes_needed,
        "share": share(rule.majority),
        "base": reached.base,
    }
    if rule.majority_of == DUE:
        return _("%(yes)d yes, %(needed)d needed: %(share)s of %(base)d due.") % values
    return _("%(yes)d yes, %(needed)d needed: %(share)s of %(base)d present.") % values
