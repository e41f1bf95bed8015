"""The pages of decisions: who sees what, what a form refuses, constant queries."""

from __future__ import annotations

import datetime
import io
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from meetings import actions as meeting_actions
from meetings.decisions import actions
from meetings.decisions.models import Category, Decision, Exclusion, FollowUp, LocalRule, WrittenOpinion
from members.permissions import Role
from tests.decisions.factories import discussed, in_execution, make_category, make_hall, propose, voted
from tests.factories import make_member, make_user, sign_off

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, route: str, /, *args, **data):
    return client.post(reverse(route, args=args), data)


MATTER = {"matter": "ordinary", "title": "购置设备", "text": "同意购置。"}


def test_a_matter_from_its_proposal_to_the_failing_vote():
    hall = make_hall(due=16, present=8)
    client = signed_in(hall.secretary)
    key = str(uuid.uuid4())
    for _click in range(2):
        response = post(client, "decisions:new_on_meeting", hall.meeting.pk, key=key, **MATTER)
        assert response.status_code == 302
    decision = Decision.objects.get()
    post(client, "decisions:discuss", decision.pk, discussion="意见一致。")
    shown = page(client, "decisions:vote", decision.pk)
    assert (
        "Due 16, present 8 (0 online); the quorum for “ordinary resolution” (at least half: 8) is met."
        in shown
    )
    response = client.post(
        reverse("decisions:vote", args=[decision.pk]),
        {"present": 8, "yes": 8, "no": 0, "abstain": 0},
        follow=True,
    )
    assert "Not passed. 8 yes, 9 needed: more than half of 16 due." in response.content.decode()
    decision.refresh_from_db()
    assert decision.state == "rejected"


def test_what_is_wrong_with_a_vote_stands_beside_its_field():
    hall = make_hall(due=16, present=9)
    decision = discussed(hall)
    response = post(
        signed_in(hall.secretary), "decisions:vote", decision.pk, present=9, yes=9, no=1, abstain=0
    )
    assert response.context["form"].errors == {"yes": ["There are more votes than people present."]}


def test_nearly_equal_sides_are_asked_about():
    hall = make_hall(due=16)
    decision = discussed(hall, category=make_category(), amount=1, research="有", risk_check="有")
    client, numbers = signed_in(hall.secretary), {"present": 16, "yes": 8, "no": 7, "abstain": 1}
    response = post(client, "decisions:vote", decision.pk, **numbers)
    assert "insist" in response.context["form"].fields
    assert reverse("decisions:defer", args=[decision.pk]) in response.content.decode()
    response = post(client, "decisions:vote", decision.pk, asked="1", **numbers)
    assert "insist" in response.context["form"].fields
    post(client, "decisions:vote", decision.pk, asked="1", insist="on", **numbers)
    decision.refresh_from_db()
    assert decision.state == "rejected"


def test_a_change_by_two_people_is_told():
    hall = make_hall()
    decision = discussed(hall)
    client = signed_in(hall.secretary)
    base = {
        f"base-{name}": getattr(decision, name) or "" for name in ("matter", "title", "text", "discussion")
    }
    Decision.objects.filter(pk=decision.pk).update(title="另一标题")
    data = {
        **base,
        "matter": "ordinary",
        "title": "我的标题",
        "text": decision.text,
        "discussion": decision.discussion,
    }
    before = type(hall.meeting).objects.get(pk=hall.meeting.pk).revision
    response = post(client, "decisions:change", decision.pk, **data)
    assert list(response.context["form"].errors) == ["title"]
    hall.meeting.refresh_from_db()
    assert hall.meeting.revision == before


def test_a_member_reads_signed_minutes_only():
    hall = make_hall(due=3)
    decision, other = voted(hall, yes=3), make_user(member=hall.people[1])
    client = signed_in(other)
    address = reverse("decisions:detail", args=[decision.pk])
    assert client.get(address).status_code == 404
    meeting = meeting_actions.finish_meeting(hall.meeting, by=hall.secretary)
    sign_off(meeting, by=hall.secretary)
    assert client.get(address).status_code == 200
    assert decision.title in page(client, "decisions:list")
    assert signed_in(make_user()).get(address).status_code == 404
    assert client.get(reverse("decisions:vote", args=[decision.pk])).status_code == 403


def test_the_person_in_charge_reports_and_does_not_check():
    hall = make_hall(due=3)
    owner = make_user(member=hall.people[1])
    decision = in_execution(hall)
    client = signed_in(owner)
    key = str(uuid.uuid4())
    for _click in range(2):
        post(client, "decisions:step", decision.pk, "note", on="2025-04-01", text="已询价。", key=key)
    assert FollowUp.objects.count() == 1
    post(client, "decisions:step", decision.pk, "complete", on="2025-05-01", text="已完成。")
    assert client.get(reverse("decisions:step", args=[decision.pk, "check"])).status_code == 403
    post(signed_in(hall.secretary), "decisions:step", decision.pk, "check", on="2025-05-02", text="属实。")
    decision.refresh_from_db()
    assert (decision.state, decision.checked_by) == ("checked", hall.secretary)


def test_an_opinion_in_writing_is_entered_once_and_taken_out():
    hall = make_hall(due=5, present=3)
    decision = discussed(hall, matter="admission", about=make_member())
    client = signed_in(hall.secretary)
    data = {"member": hall.absent[0].pk, "handed_in_on": "2025-03-20", "id": str(uuid.uuid4())}
    for _click in range(2):
        assert post(client, "decisions:add_voice", decision.pk, "opinions", **data).status_code == 302
    opinion = WrittenOpinion.objects.get()
    assert "Yes in writing" in page(client, "decisions:vote", decision.pk)
    post(client, "decisions:remove_voice", "opinions", opinion.pk, reason="误录")
    assert not WrittenOpinion.objects.exists()


def test_somebody_is_left_out_of_those_due():
    hall = make_hall(due=16, present=8)
    client = signed_in(hall.secretary)
    row = hall.meeting.attendances.filter(status="absent").first()
    key = str(uuid.uuid4())
    data = {"attendance": row.pk, "reason": "abroad", "key": key}
    for _click in range(2):
        assert post(client, "decisions:add_exclusion", hall.meeting.pk, **data).status_code == 302
    exclusion = Exclusion.objects.get()
    assert "due until both approvals are recorded" in page(client, "decisions:exclusions", hall.meeting.pk)
    both = {
        "agreed_by": "学会党委",
        "agreed_on": "2025-03-10",
        "agreed_reference": "3号",
        "is_voted": "on",
        "vote_note": "一致同意",
    }
    post(client, "decisions:change_exclusion", exclusion.pk, **{**data, **both})
    assert "Due 15, present 8" in page(client, "decisions:exclusions", hall.meeting.pk)
    post(client, "decisions:remove_exclusion", exclusion.pk, reason="误录")
    assert "Due 16, present 8" in page(client, "decisions:exclusions", hall.meeting.pk)


def test_the_sentence_stands_on_the_record_and_follows_the_attendance():
    hall = make_hall(due=16, present=8)
    discussed(hall, matter="admission", about=make_member())
    client = signed_in(hall.secretary)
    shown = page(client, "meetings:record", hall.meeting.pk)
    assert "(more than half: 9) is not met." in shown
    row = hall.meeting.attendances.filter(status="absent").first()
    answer = client.post(
        reverse("meetings:record", args=[hall.meeting.pk]),
        {f"attendance-{row.pk}-status": "online", f"base-attendance-{row.pk}-status": "absent"},
        headers={"accept": "application/json"},
    ).json()
    assert answer["figures"]["quorum_admission"].startswith("Due 16, present 9 (1 online)")
    assert answer["figures"]["quorum_admission"].endswith("is met.")
    changes = client.get(reverse("meetings:changes", args=[hall.meeting.pk]), {"since": 1}).json()
    assert changes["figures"]["quorum_ordinary"] == answer["figures"]["quorum_ordinary"]
    assert "is met." in page(client, "meetings:detail", hall.meeting.pk)


def test_a_decided_matter_is_replaced_by_a_new_one():
    hall = make_hall(due=3)
    decision = voted(hall, yes=3)
    client = signed_in(hall.secretary)
    key = str(uuid.uuid4())
    for _click in range(2):
        data = {**MATTER, "title": "新方案", "meeting": hall.meeting.pk, "key": key}
        assert post(client, "decisions:supersede", decision.pk, **data).status_code == 302
    assert decision.superseded_by.title == "新方案"
    assert "新方案" in page(client, "decisions:detail", decision.pk)


def test_a_deferred_matter_is_taken_up_at_another_meeting():
    hall = make_hall(due=3)
    decision = discussed(hall)
    client = signed_in(hall.secretary)
    post(client, "decisions:defer", decision.pk, reason="资料不全")
    later = make_hall(due=3)
    key = str(uuid.uuid4())
    for _click in range(2):
        post(client, "decisions:take_up", decision.pk, meeting=later.meeting.pk, key=key)
    decision.refresh_from_db()
    assert (decision.state, decision.taken_up_by.meeting) == ("deferred", later.meeting)


def test_filters_lead_to_what_they_say():
    hall = make_hall(due=3)
    done, open_one = voted(hall, yes=3, title="已决定事项"), propose(hall, title="待议事项")
    deferred = actions.defer(discussed(hall, title="暂缓事项"), by=hall.secretary, reason="资料不全")
    running = in_execution(hall, title="执行事项")
    client = signed_in(hall.secretary)
    expected = {
        "open": {open_one},
        "to_take_up": {deferred},
        "overdue": {running},
        "valid": {done, running},
        "deferred": {deferred},
    }
    for state, wanted in expected.items():
        response = client.get(reverse("decisions:list"), {"state": state})
        assert set(response.context["page"].object_list) == wanted, state
    response = client.get(reverse("decisions:list"), {"q": "待议", "year": 2025, "matter": "ordinary"})
    assert list(response.context["page"].object_list) == [open_one]


def test_rules_and_categories_of_the_branch():
    client = signed_in(make_user(Role.SECRETARY))
    data = {
        "matter": "ordinary",
        "valid_from": "2025-01-01",
        "source": "议事规则",
        "quorum_numerator": 2,
        "quorum_denominator": 3,
        "quorum_inclusive": "on",
        "majority_numerator": 1,
        "majority_denominator": 2,
        "majority_of": "due",
        "recused_stay_due": "on",
    }
    assert post(client, "decisions:new_rule", **data).status_code == 302
    shown = page(client, "decisions:rules")
    assert "Quorum: at least 2/3 of those due present." in shown
    response = post(client, "decisions:new_rule", **data)
    assert list(response.context["form"].errors) == ["valid_from"]
    post(
        client,
        "decisions:new_category",
        kind="large_sum",
        name="大额资金",
        threshold=50000,
        order=1,
        is_used="on",
    )
    assert "大额资金" in page(client, "decisions:rules")
    post(client, "decisions:remove_rule", LocalRule.objects.get().pk, reason="失效")
    assert not LocalRule.objects.exists()
    category = Category.objects.get()
    post(client, "decisions:change_category", category.pk, kind="project", name="重大项目", order=2)
    category.refresh_from_db()
    assert (category.name, category.is_used) == ("重大项目", False)


def test_the_register_as_a_page_and_as_a_word_file():
    hall = make_hall(due=3)
    decision = in_execution(
        hall,
        category=make_category(),
        amount=80000,
        research="三家询价",
        risk_check="法务已审",
        title="购置宣教设备",
    )
    actions.note(decision, by=hall.secretary, on=datetime.date(2025, 4, 1), text="合同已签。")
    client = signed_in(hall.secretary)
    shown = page(client, "decisions:register", year=2025)
    for text in ("购置宣教设备", "80,000.00 yuan", "三家询价", "法务已审", "合同已签。", "3 yes, 2 needed"):
        assert text in shown
    response = client.get(reverse("decisions:register"), {"year": 2025, "as": "word"})
    document = Document(io.BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("购置宣教设备" in text for text in cells)
    assert "购置宣教设备" not in page(client, "decisions:register", year=2024)


def test_a_large_sum_without_its_category_is_told():
    make_category()
    hall = make_hall(due=3)
    client = signed_in(hall.secretary)
    said = "from 50,000.00 yuan. Choose the category."
    assert said in page(client, "decisions:detail", propose(hall, amount=50000).pk)
    assert said not in page(client, "decisions:detail", propose(hall, amount=49999).pk)
    assert said not in page(
        client, "decisions:detail", propose(hall, amount=50000, category=make_category()).pk
    )


# --- queries ------------------------------------------------------------------------------------------
def queries(client: Client, name: str, *args, **query) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, name, *args, **query)
    return len(captured)


def test_queries_do_not_grow_with_the_rows():
    hall = make_hall(due=6)
    client = signed_in(hall.secretary)

    def grow() -> Decision:
        decision = in_execution(
            hall, category=make_category(), amount=1, research="有", risk_check="有", owner=make_member()
        )
        actions.note(decision, by=hall.secretary, on=datetime.date(2025, 4, 1), text="进展。")
        voted(hall, yes=3, no=3, matter="admission", about=make_member())
        return decision

    decision = grow()
    pages = (
        ("decisions:list",),
        ("decisions:detail", decision.pk),
        ("decisions:register",),
        ("decisions:rules",),
        ("decisions:exclusions", hall.meeting.pk),
        ("meetings:detail", hall.meeting.pk),
        ("meetings:record", hall.meeting.pk),
    )
    for one in pages:
        queries(client, *one)  # what is cached for good is cached now
    before = [queries(client, *one, year=2025) for one in pages]
    for _number in range(4):
        grow()
    actions.note(decision, by=hall.secretary, on=datetime.date(2025, 4, 2), text="又进展。")
    assert [queries(client, *one, year=2025) for one in pages] == before
