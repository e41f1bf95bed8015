"""Who gave whom a new password while a ballot ran: shown, since whoever gives one could sign in with it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from appraisals.ballots import actions
from appraisals.ballots.access_given import given_during, keys_to_be_made_anew
from appraisals.ballots.models import SecretBallot
from members import actions as accounts
from members.models import AccessGiven
from members.permissions import Role
from tests.ballots import factories
from tests.ballots.test_pages import page
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_way_in_given_by_somebody_else_is_kept():
    administrator = make_user(Role.ADMINISTRATOR)
    account = make_user()
    accounts.issue_slip(account, by=administrator)
    accounts.close_account(account, by=administrator)
    accounts.reopen_account(account, by=administrator)
    new = account.__class__(username="new", member=make_member())
    accounts.open_account(new, by=administrator)
    given = [(each.user, each.by) for each in AccessGiven.objects.all()]
    assert given == [(account, administrator)] * 2 + [(new, administrator)]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_is_kept_is_neither_changed_nor_taken_away(change):
    accounts.issue_slip(make_user(), by=make_user(Role.ADMINISTRATOR))
    found = AccessGiven.objects.all()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        found._raw_delete("default") if change == "delete" else found.update(user=make_user())


def test_those_around_the_ballot_see_who_gave_a_password_to_whom():
    administrator = make_user(Role.ADMINISTRATOR)
    before, outside = make_user(), make_user()
    accounts.issue_slip(before, by=administrator)
    stage = factories.set_up(voters=5, also_voting=[before])
    accounts.issue_slip(outside, by=administrator)
    assert "Ways in given during this ballot" not in page(stage.secretary, "history", stage)
    for each in (stage.voters[4], stage.scrutineers[0]):
        accounts.issue_slip(each, by=administrator)
    assert [each.user for each in given_during(stage.ballot)] == [stage.voters[4], stage.scrutineers[0]]
    sentence = f": {administrator} issued an activation slip for {stage.voters[4]}"
    for user, name in [
        (stage.secretary, "history"),
        (stage.voters[3], "detail"),
        (stage.scrutineers[1], "scrutineer"),
    ]:
        assert sentence in page(user, name, stage)


def test_a_password_given_after_the_count_is_of_no_interest():
    administrator = make_user(Role.ADMINISTRATOR)
    stage = factories.opened(voters=5, questions=1)
    accounts.issue_slip(stage.voters[3], by=administrator)
    factories.close(stage)
    assert stage.ballot.state == SecretBallot.State.COUNTED
    accounts.issue_slip(stage.voters[4], by=administrator)
    assert [each.user for each in given_during(stage.ballot)] == [stage.voters[3]]


def test_a_scrutineer_given_a_password_after_the_key_is_asked_for_a_new_key_while_there_is_time():
    administrator = make_user(Role.ADMINISTRATOR)
    stage = factories.set_up(voters=5, questions=1)
    watcher = stage.scrutineers[0]
    accounts.issue_slip(watcher, by=administrator)
    factories.hand_in_keys(stage)
    assert keys_to_be_made_anew(stage.ballot, given_during(stage.ballot)) == []
    accounts.issue_slip(watcher, by=administrator)
    advice = f"{watcher}: the slip was issued or used after the key had been handed in."
    assert advice in page(stage.scrutineers[1], "scrutineer", stage)
    factories.hand_in_keys(stage)
    assert advice not in page(stage.scrutineers[1], "scrutineer", stage)
    accounts.issue_slip(watcher, by=administrator)
    actions.open_voting(stage.ballot, by=stage.secretary)
    assert keys_to_be_made_anew(stage.refresh(), given_during(stage.ballot)) == []
