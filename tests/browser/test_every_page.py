"""Every page of the sample branch: nothing that axe finds, nothing the browser complains of, nothing wider than
the screen; on a telephone in Chinese and on a desk in English."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.management import call_command
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from branch_portal.news.models import Report
from meetings.models import Correction, Meeting
from members.models import PartyGroup, Position, User
from tests.browser.visits import enter

pytestmark = pytest.mark.django_db(transaction=True)
# Addresses that are no pages: data for scripts, files, and steps that are only posted.
NO_PAGES = {
    "healthz",
    "entrance",
    "meetings:changes",
    "meetings:photo",
    "meetings:paper",
    "meetings:start",
    "meetings:finish",
    "pictures:file",
    "reports:send_to_review",
    "reports:take_back",
    "reports:revise",
    "members:move_group_up",
    "account_login",
    "account_logout",
}


def _meetings(*states: str) -> list[list[int]]:
    """A meeting in each state; of the signed ones the reference meeting, which has everything."""
    found = []
    for state in states:
        meetings = Meeting.objects.filter(state=state)
        full = meetings.filter(kinds__contains=["life_meeting", "appraisal"])
        found.append([(full.first() or meetings.first()).pk])
    return found


def _reports(*states: str) -> list[list[int]]:
    return [[Report.objects.filter(state=state).first().pk] for state in states]


def arguments() -> dict[str, list[list]]:
    """The objects whose pages are visited, in the states in which the pages make sense."""
    person = [User.objects.get(username="organization").member_id]
    post = [Position.objects.on(timezone.localdate()).filter(member=person[0]).first().pk]
    account = [User.objects.get(username="member").pk]
    article = Report.objects.filter(state="published").latest("event_date")
    return {
        "news:article": [[article.year, article.slug]],
        "meetings:detail": _meetings("planned", "in_session", "draft_minutes", "signed_off", "cancelled"),
        "meetings:plan": _meetings("planned"),
        "meetings:record": _meetings("in_session"),
        "meetings:sign_off": _meetings("draft_minutes"),
        "meetings:cancel": _meetings("planned"),
        "meetings:correct": _meetings("signed_off"),
        "meetings:history": [[Correction.objects.first().meeting_id]],
        "reports:from_meeting": _meetings("signed_off"),
        "reports:detail": _reports("draft", "in_review", "published", "withdrawn"),
        "reports:edit": _reports("draft"),
        "reports:preview": _reports("draft"),
        "reports:review": _reports("in_review"),
        "reports:withdraw": _reports("published"),
        "members:detail": [person],
        "members:edit": [person],
        "members:appoint": [person],
        "members:end_post": [post],
        "members:remove_post": [post],
        "members:group": [[PartyGroup.objects.first().pk]],
        "members:account": [account],
        "members:account_password": [account],
        "members:account_close": [account],
        "members:account_reopen": [[User.objects.filter(is_active=False).first().pk]],
    }


def addresses() -> list[str]:
    objects = arguments()
    found = [reverse(name, args=args) for name in page_names() for args in objects.get(name, [[]])]
    return [*found, reverse("news:list") + "?kind=party_lesson", reverse("meetings:list") + "?q=没有这个会"]


def page_names() -> list[str]:
    names = []
    for pattern in get_resolver().url_patterns:
        names += _names(pattern, "")
    return [name for name in dict.fromkeys(names) if name not in NO_PAGES]


def _names(pattern, namespace: str) -> list[str]:
    if hasattr(pattern, "url_patterns"):
        inner = f"{pattern.namespace}:" if pattern.namespace else namespace
        return [name for child in pattern.url_patterns for name in _names(child, inner)]
    return [f"{namespace}{pattern.name}"]


@pytest.mark.parametrize(
    ("lang", "locale", "width"), [("zh-hans", "zh-CN", 390), ("en", "en-GB", 1280)], ids=["phone", "desk"]
)
def test_every_page_is_clean(new_context, live_server, axe, lang, locale, width):
    call_command("load_sample", verbosity=0)
    page = new_context(locale=locale).new_page()
    page.set_viewport_size({"width": width, "height": 844})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda line: faults.append(f"{page.url}: {line.text}") if line.type == "error" else None
    )
    page.on("dialog", lambda dialog: dialog.accept())
    with translation.override(lang):
        visited = [reverse("account_login"), *addresses()]
    for number, address in enumerate(visited):
        if number == 1:
            enter(page, live_server.url, User.objects.get(username="secretary"))
        answer = page.goto(live_server.url + address)
        if answer.status != 200 or unquote(page.url) != live_server.url + address:
            faults.append(f"{address}: {answer.status}, led to {page.url}")
        page.wait_for_load_state("networkidle")
        faults += [f"{address}: {fault}" for fault in axe(page)]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults.append(f"{address}: {wide} px wider than the screen")
    assert faults == []
    assert len(visited) > 35
