"""The pages of the two lists: steps by forms, two writers, constant queries, the printed lists."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from branch_portal.desk.findings import findings_for
from meetings.integrity.models import Fulfilment, RiskPoint, RiskReview
from members.permissions import Role
from tests.factories import make_branch, make_member, make_user
from tests.integrity.factories import make_fulfilment, make_responsibility, make_risk_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    make_branch()
    user = make_user(Role.COMMITTEE)
    client.force_login(user)
    return user


def url(name, *args):
    return reverse(f"integrity:{name}", args=args)


def test_a_risk_point_is_entered_once_rated_put_in_force_reviewed_and_removed(client, keeper):
    form = client.get(url("risk_new")).context["form"]
    typed = {
        "unit": "财务科",
        "kind": "process",
        "point": "经费报销",
        "measures": "双人复核",
        "leader": keeper.member_id,
        "key": form.instance.key,
    }
    for _time in range(2):
        client.post(url("risk_new"), typed)
    point = RiskPoint.objects.get()
    assert (point.unit, point.state) == ("财务科", "identified")
    client.post(url("risk_rate", point.pk), {"level": "high"})
    client.post(url("risk_in_force", point.pk), {"on": "2026-03-02"})
    client.post(
        url("risk_review", point.pk),
        {
            "on": "2026-06-01",
            "occasion": "posts",
            "outcome": "changed",
            "level": "low",
            "reason": "已实行轮岗",
        },
    )
    point.refresh_from_db()
    assert (point.state, point.level, point.last_reviewed_on) == (
        "in_force",
        "low",
        datetime.date(2026, 6, 1),
    )
    assert "已实行轮岗" in client.get(url("risk", point.pk)).content.decode()
    client.post(url("risk_remove", point.pk), {"reason": "业务停办"})
    point.refresh_from_db()
    assert (point.state, point.removal_reason) == ("removed", "业务停办")


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(client, keeper):
    point = make_risk_point(by=keeper, state="in_force")
    typed = {"on": "2026-06-01", "occasion": "posts", "outcome": "changed", "level": "low", "reason": ""}
    answer = client.post(url("risk_review", point.pk), typed)
    assert answer.context["form"].errors == {"reason": ["What changed needs its reason."]}
    assert 'value="low" selected' in answer.content.decode()
    assert not RiskReview.objects.exists()


def test_the_second_writer_is_told_what_the_first_wrote(client, keeper):
    point = make_risk_point(by=keeper)
    bases = {
        f"base-{name}": getattr(point, name)
        for name in ("unit", "kind", "point", "signs", "measures", "head")
    }
    bases["base-leader"] = point.leader_id
    typed = {name.removeprefix("base-"): value for name, value in bases.items()}
    RiskPoint.objects.filter(pk=point.pk).update(measures="他人所写")
    answer = client.post(url("risk_edit", point.pk), {**bases, **typed, "measures": "我所写"})
    assert "他人所写" in str(answer.context["form"].errors["measures"])
    point.refresh_from_db()
    assert point.measures == "他人所写"


def test_the_holder_notes_and_another_checks_on_the_pages(client, keeper):
    holder = make_user(Role.MEMBER)
    duty = make_responsibility(by=keeper, holder=holder.member)
    client.force_login(holder)
    client.post(url("fulfilment_new", duty.pk), {"done_on": "2026-05-04", "text": "谈话3人次"})
    done = Fulfilment.objects.get()
    assert client.get(url("fulfilment_check", done.pk)).status_code == 403
    client.force_login(keeper)
    client.post(url("fulfilment_check", done.pk), {"opinion": "属实"})
    done.refresh_from_db()
    assert done.checked_by == keeper
    assert client.get(url("responsibility", duty.pk)).context["may_check"]


def test_somebody_elses_post_is_not_noted_for(client, keeper):
    duty = make_responsibility(by=keeper)
    client.force_login(make_user(Role.MEMBER))
    assert client.get(url("fulfilment_new", duty.pk)).status_code == 403


def test_filters_find_what_they_say(client, keeper):
    old = make_risk_point(by=keeper, state="in_force", point="公章管理", on=datetime.date(2024, 1, 1))
    make_risk_point(by=keeper, point="职称评审")
    make_risk_point(by=keeper, state="removed", point="已停业务")
    shown = lambda query: {row.point for row in client.get(url("risks") + query).context["page"]}  # noqa: E731
    assert shown("") == {"公章管理", "职称评审"}
    assert shown("?state=to_review") == {old.point}
    assert shown("?state=removed") == {"已停业务"}
    assert shown("?level=high") == {"公章管理"}
    assert shown("?q=职称") == {"职称评审"}
    assert shown("?state=nonsense") == {"公章管理", "职称评审"}


@pytest.mark.parametrize("name", ["risks", "responsibilities", "risks_paper", "responsibilities_paper"])
def test_lists_take_the_same_queries_for_one_row_and_for_many(
    client, keeper, name, django_assert_max_num_queries, django_assert_num_queries
):
    def add():
        make_risk_point(by=keeper, state="in_force", leader=make_member())
        make_fulfilment(make_responsibility(by=keeper), by=keeper)

    add()
    with django_assert_max_num_queries(15) as first:
        client.get(url(name))
    for _number in range(6):
        add()
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(url(name))


def test_the_printed_lists_hold_every_row_and_no_blank_cell(client, keeper):
    make_risk_point(by=keeper, state="in_force", signs="", head="")
    make_responsibility(by=keeper)
    for name, words in (("risks_paper", "三方比价"), ("responsibilities_paper", "廉政提醒")):
        assert words in client.get(url(name)).content.decode()
        file = docx.Document(io.BytesIO(client.get(url(name) + "?as=word").content))
        cells = [cell.text for row in file.tables[0].rows for cell in row.cells]
        assert any(words in cell for cell in cells)
        assert all(cell.strip() for cell in cells)


def test_the_desk_tells_what_is_due(keeper):
    make_risk_point(by=keeper, state="in_force", on=datetime.date(2020, 1, 1))
    make_responsibility(by=keeper, holder=keeper.member, started_on=datetime.date(2020, 1, 1))
    make_responsibility(by=keeper, started_on=datetime.date(2020, 1, 1))  # somebody else's
    counts = {finding.text: finding.count for finding in findings_for(keeper, timezone.now())}
    assert counts["risk points to review"] == 1
    assert counts["integrity duties of your post to fulfil"] == 1
