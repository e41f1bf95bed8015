"""What the first screen says about decisions, and what a person finds about them in the own data."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from branch_portal.desk.findings import findings_for
from branch_portal.own_record.gathering import parts_of
from meetings import actions as meeting_actions
from meetings.decisions import actions
from meetings.decisions.models import Dissent, Recusal
from tests.decisions.factories import discussed, in_execution, make_hall
from tests.factories import make_user, sign_off

pytestmark = pytest.mark.django_db


def test_every_figure_leads_to_its_list():
    hall = make_hall(due=3)
    owner = make_user(member=hall.people[1])
    in_execution(hall)
    done = in_execution(hall)
    actions.complete(done, by=owner, on=datetime.date(2025, 5, 1), text="已完成。")
    actions.defer(discussed(hall), by=hall.secretary, reason="资料不全")
    told = {
        reader: {finding.text: finding for finding in findings_for(reader, timezone.now())}
        for reader in (hall.secretary, owner)
    }
    wanted = {
        "decisions whose execution is overdue": 1,
        "decisions whose execution is to be checked": 1,
        "deferred matters to take up again": 1,
    }
    about = {text: told[hall.secretary][text].count for text in wanted}
    assert about == wanted
    assert told[owner]["decisions that you carry out"].count == 1
    for reader, found in told.items():
        client = Client()
        client.force_login(reader)
        for finding in found.values():
            if "/decisions/" in finding.address:
                assert client.get(finding.address).context["page"].paginator.count == finding.count


def test_own_data_hold_what_stands_in_signed_minutes():
    hall = make_hall(due=3)
    member = hall.people[1]
    reader = make_user(member=member)
    decision = discussed(hall)
    actions.add_voice(Recusal(decision=decision, member=member, reason="亲属"), by=hall.secretary)
    actions.add_voice(Dissent(decision=decision, member=member, text="分两期"), by=hall.secretary)
    in_execution(hall)
    assert {part.name for part in parts_of(reader)} & {"withdrawals", "dissents", "decisions"} == {
        "decisions"
    }
    meeting = meeting_actions.finish_meeting(hall.meeting, by=hall.secretary)
    sign_off(meeting, by=hall.secretary)
    assert {part.name for part in parts_of(reader)} >= {"withdrawals", "dissents", "decisions"}
