"""The pages about accounts: nothing that axe finds, nothing wider than a telephone."""

from __future__ import annotations

import pytest

from members import actions
from members.permissions import Role
from tests.browser.visits import address, enter
from tests.factories import make_branch, make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_about_accounts_are_clean(page, live_server, axe):
    make_branch()
    secretary = make_user(Role.SECRETARY, member=make_member("周书记"))
    member = make_user(member=make_member("李娜"))
    make_member("张伟")
    actions.issue_slip(member, by=secretary)
    enter(page, live_server.url, secretary)
    page.set_viewport_size({"width": 390, "height": 844})
    faults = []

    def check() -> None:
        faults.extend(f"{page.url}: {fault}" for fault in axe(page))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, page.url

    visited = [
        *((name, []) for name in ("mfa_index", "usersessions_list", "account_reset_password", "activate")),
        *((name, []) for name in ("account_reauthenticate", "members:accounts", "members:branch_rules")),
        *(
            (f"members:{name}", [member.pk])
            for name in ("account", "account_slip", "account_revoke_slip", "account_factors")
        ),
        ("members:slips", []),
    ]
    for name, arguments in visited:
        page.goto(address(live_server.url, name, *arguments))
        check()
    page.check("[name=everybody]")
    page.locator("main form .btn-primary").click()
    page.wait_for_selector(".slip svg")
    check()
    assert page.locator(".slip").count() == 2
    assert faults == []
