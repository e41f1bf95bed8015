"""Ways to sign in that people were given by others around a ballot. Whoever gives one could sign in as that person, so it
is shown."""

from __future__ import annotations

from appraisals.ballots.models import Scrutineer, SecretBallot, Step
from members.models import AccessGiven

_OVER = (Step.Kind.COUNTED, Step.Kind.VOIDED)


def given_during(ballot: SecretBallot) -> list[AccessGiven]:
    """To anybody on the roll or among the scrutineers; given, or used as a slip, from the set-up to the count (or until it
    was void). Two queries."""
    over = ballot.steps.filter(kind__in=_OVER).values_list("at", flat=True).first()
    people = ballot.voters.values("member").union(ballot.scrutineers.values("member"))
    return list(AccessGiven.objects.to(people).between(ballot.created_at, over))


def keys_to_be_made_anew(ballot: SecretBallot, given: list[AccessGiven]) -> list[Scrutineer]:
    """Scrutineers as whom somebody else could sign in after they handed in their key; once voting is open no key can be
    made anew. Two queries before the opening, if any way in was given."""
    if ballot.state != SecretBallot.State.SETUP or not given:
        return []
    handed_in = dict(  # the last of each, since steps come in their order
        ballot.steps.filter(kind=Step.Kind.KEY_HANDED_IN).values_list("about", "at")
    )
    last = {
        each.user.member_id: each.effective_at for each in sorted(given, key=lambda each: each.effective_at)
    }
    return [
        each
        for each in ballot.scrutineers.select_related("member")
        if each.is_ready and each.member_id in last and last[each.member_id] > handed_in[each.member_id]
    ]


def page_context(ballot: SecretBallot) -> dict[str, object]:
    """For ``ballots/_access_given.html``."""
    given = given_during(ballot)
    return {"access_given": given, "keys_to_be_made_anew": keys_to_be_made_anew(ballot, given)}
