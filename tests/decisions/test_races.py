"""Two people at the same moment, on two real connections."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from meetings.decisions import actions
from meetings.decisions.actions import Votes
from meetings.decisions.models import Decision
from members.models import User
from tests.decisions.factories import discussed, make_hall
from tests.meetings.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_vote_is_recorded_and_the_other_refused_in_words():
    hall = make_hall(due=5)
    decision = discussed(hall)
    outcomes = at_once(
        *(
            lambda yes=yes: actions.record_vote(
                Decision.objects.get(pk=decision.pk),
                Votes(yes, 0, 0),
                by=User.objects.get(pk=hall.secretary.pk),
            )
            for yes in (5, 4)
        )
    )
    refusals = [one for one in outcomes if isinstance(one, ValidationError)]
    assert [refusal.code for refusal in refusals] == ["state"]
    winner = next(one for one in outcomes if isinstance(one, Decision))
    decision.refresh_from_db()
    assert decision.yes == winner.yes


def test_a_form_sent_twice_at_once_is_one_matter():
    hall = make_hall(due=3)
    template = Decision(meeting=hall.meeting, title="事项", text="文")
    outcomes = at_once(
        *(
            lambda: actions.propose(
                Decision(meeting=hall.meeting, title="事项", text="文", key=template.key),
                by=User.objects.get(pk=hall.secretary.pk),
            )
            for _click in range(2)
        )
    )
    assert {one.pk for one in outcomes} == {Decision.objects.get().pk}


def test_a_deferred_matter_is_taken_up_once():
    hall = make_hall(due=3)
    decision = actions.defer(discussed(hall), by=hall.secretary, reason="资料不全")
    outcomes = at_once(
        *(
            lambda: actions.take_up(
                Decision.objects.get(pk=decision.pk), by=User.objects.get(pk=hall.secretary.pk)
            )
            for _person in range(2)
        )
    )
    refusals = [one for one in outcomes if isinstance(one, ValidationError)]
    assert [refusal.code for refusal in refusals] == ["taken_up"]
    assert Decision.objects.count() == 2
