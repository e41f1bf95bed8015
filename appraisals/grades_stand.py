"""Once grades are approved the ballot on which they rest is not declared void any more."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from appraisals.ballots.models import SecretBallot
from appraisals.ballots.objections import about_to_be_void
from appraisals.models import Round

_APPROVED = (Round.State.ASSESSED, Round.State.FED_BACK, Round.State.ARCHIVED)


@receiver(about_to_be_void, dispatch_uid="grades_stand")
def refuse(*, ballot: SecretBallot, **_options: object) -> None:
    """Holds the round, so that its grades are not approved in the same moment."""
    rounds = Round.objects.select_for_update(no_key=True).filter(ballot=ballot)
    if any(each.state in _APPROVED for each in rounds):
        raise ValidationError(
            _("Grades that rest on this ballot are approved; it cannot be declared void any more.")
        )
