"""A new member by hand: every group of fields, a number mistyped and mended, and the confirmation that follows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from members.models import Member
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_group, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)

SAVE = "main form .btn-primary"
NUMBER = "11010519491231002X"  # the standard's own example
TYPED = {
    "name": "单新苗",
    "reading": "shan xinmiao",
    "ethnic_group": "汉族",
    "birth_date": "1994-12-31",
    "native_place": "澜川",
    "admitted_on": "2023-06-20",
    "introducers": "陆秉文、祁文岚",
    "school": "澜川医学院 临床医学",
    "work_started_on": "2018-07-01",
    "employer": "澜川市人民医院",
    "department": "内科",
    "duty": "主治医师",
    "title": "主治医师",
    "phone": "138 0000 0042",
    "address": "学府路1号",
}
CHOSEN = {"gender": "female", "stage": "probationary", "education": "postgraduate", "degree": "master"}


@pytest.fixture
def desk(page, live_server):
    make_branch()
    return enter(page, live_server.url, make_user(Role.SECRETARY, member=make_member("陆书记")))


def test_a_new_member_is_entered_and_confirmed(desk, live_server, axe):
    page, group = desk, make_group(name="第一党小组")
    page.goto(address(live_server.url, "members:new"))
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    for name, value in {**CHOSEN, "party_group": str(group.pk)}.items():
        page.select_option(f"[name={name}]", value)

    # A slip: the admission lies ahead. Its error stands beside it, and nothing else is lost.
    page.fill("[name=admitted_on]", "2125-06-20")
    page.locator(SAVE).click()
    expect(page.locator("#div_id_admitted_on .invalid-feedback")).to_be_visible()
    for name, text in {**TYPED, "admitted_on": "2125-06-20"}.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    for name, value in CHOSEN.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    assert axe(page) == []
    page.fill("[name=admitted_on]", TYPED["admitted_on"])
    page.locator(SAVE).click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    member = Member.objects.get(name="单新苗")
    assert (member.phone, member.party_group, member.stage) == ("13800000042", group, "probationary")

    _identity_number(page, live_server, member)
    _confirmation(page, live_server, member)


def _identity_number(page, live_server, member):
    """A digit too much where it matters: the error stands beside the field, the other fields stay."""
    page.goto(address(live_server.url, "members:sensitive_edit", member.pk))
    page.locator("button[name=open]").click()
    page.fill("[name=id_number]", NUMBER[:-1] + "1")
    page.fill("[name=difficulties]", "无")
    page.fill("[name=dues_base]", "8000")
    page.locator(SAVE).click()
    expect(page.locator("#div_id_id_number .invalid-feedback")).to_be_visible()
    expect(page.locator("[name=id_number]")).to_have_value(NUMBER[:-1] + "1")
    expect(page.locator("[name=difficulties]")).to_have_value("无")
    expect(page.locator("[name=dues_base]")).to_have_value("8000")
    page.fill("[name=id_number]", NUMBER)
    page.locator(SAVE).click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    member.refresh_from_db()
    assert member.sensitive_record.id_number == NUMBER


def _confirmation(page, live_server, member):
    page.goto(address(live_server.url, "members:event_new", member.pk))
    page.select_option("[name=kind]", "confirmed")
    page.fill("[name=on]", "2024-06-20")
    page.locator(SAVE).click()
    page.wait_for_url(re.compile(r"/members/\d+/$"))
    page.goto(address(live_server.url, "members:list") + "?q=shanxinmiao")
    row = page.locator("main .rows li, main tbody tr").filter(has_text="单新苗")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("正式党员")
    expect(row).to_contain_text("第一党小组")
    member.refresh_from_db()
    assert (member.stage, str(member.confirmed_on)) == ("full", "2024-06-20")
