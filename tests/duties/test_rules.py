"""The rules as rows: what the database refuses, how they change, what their history tells."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.duties import actions
from meetings.duties.calendar import Window
from meetings.duties.defaults import DEFAULTS, SINCE
from meetings.duties.models import DutyRule
from meetings.duties.reading import rules
from meetings.duties.vocabulary import DUTY_LABELS, Frequency
from members.permissions import Role
from tests.factories import make_branch, make_user

pytestmark = pytest.mark.django_db
RULES = "/en/desk/duties/rules/"
DAY = datetime.date(2026, 1, 1)


@pytest.fixture
def secretary(db):
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def desk(client, secretary):
    client.force_login(secretary)
    return client


def row(**fields) -> DutyRule:
    return DutyRule(**{"kind": "party_lesson", "frequency": "quarter", "valid_from": DAY, **fields})


def test_the_handbook_is_what_is_asked_for_until_the_branch_says_otherwise():
    assert rules() == list(DEFAULTS)
    assert {(rule.kind, rule.frequency) for rule in rules()} == {
        ("members_meeting", "quarter"),
        ("committee_meeting", "month"),
        ("group_meeting", "month"),
        ("party_lesson", "quarter"),
        ("theme_party_day", "month"),
        ("life_meeting", "once"),
        ("appraisal", "once"),
        ("talks", "pairs"),
    }
    life = next(rule for rule in rules() if rule.kind == "life_meeting")
    assert life.window.of_year(2024) == (datetime.date(2024, 10, 1), datetime.date(2025, 3, 31))
    assert [rule.kind for rule in rules() if rule.per_group] == ["group_meeting"]


@pytest.mark.parametrize("rule", DEFAULTS, ids=lambda rule: rule.kind)
def test_a_default_stored_says_the_same(rule):
    stored = DutyRule.of(rule)
    stored.full_clean()
    stored.save()
    stored.refresh_from_db()
    assert stored.plain == rule


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "other"}, "duty_is_of_a_known_kind"),
        ({"frequency": "weekly"}, "duty_is_asked_for_in_a_known_way"),
        ({"frequency": "times"}, "duty_has_times_exactly_when_several_times_a_year"),
        ({"frequency": "times", "times": 61}, "duty_has_times_exactly_when_several_times_a_year"),
        ({"times": 2}, "duty_has_times_exactly_when_several_times_a_year"),
        ({"frequency": "once"}, "duty_has_a_window_exactly_when_once_for_the_year"),
        ({"from_month": 1, "to_month": 2}, "duty_has_a_window_exactly_when_once_for_the_year"),
        (
            {
                "frequency": "once",
                "from_month": 13,
                "from_day": 1,
                "to_month": 3,
                "to_day": 3,
                "ends_next_year": True,
            },
            "duty_has_a_window_exactly_when_once_for_the_year",
        ),
        (
            {"frequency": "once", "from_month": 10, "from_day": 1, "to_month": 3, "to_day": 31},
            "duty_window_ends_after_it_begins",
        ),
        ({"frequency": "pairs"}, "talks_alone_are_asked_for_by_pairs"),
        ({"kind": "talks"}, "talks_alone_are_asked_for_by_pairs"),
    ],
)
def test_the_database_refuses(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row(**fields).save()


def test_a_kind_has_one_rule_from_a_day_on(secretary):
    row().save()
    with pytest.raises(IntegrityError, match="duty_has_one_rule_from_a_day_on"), transaction.atomic():
        row().save()
    with pytest.raises(ValidationError) as refusal:
        actions.begin_rule(row(), by=secretary)
    assert list(refusal.value.message_dict) == ["valid_from"]


def test_a_new_version_keeps_what_the_handbook_asked_for_until_then(secretary):
    actions.begin_rule(row(frequency="times", times=2), by=secretary)
    assert [(rule.valid_from, rule.frequency) for rule in rules() if rule.kind == "party_lesson"] == [
        (SINCE, Frequency.QUARTER),
        (DAY, Frequency.TIMES),
    ]
    assert len(rules()) == len(DEFAULTS) + 1


def form(**fields) -> dict:
    return {"valid_from": "2019-01-01", "is_active": "on", "frequency": "quarter", "warns": "on", **fields}


def test_the_default_of_a_kind_is_changed_on_its_page(desk, secretary):
    address = f"{RULES}party_lesson/2019-01-01/"
    assert desk.get(address).status_code == 200
    assert not DutyRule.objects.exists()  # looking stores nothing
    answer = desk.post(address, form(frequency="times", times=2, from_month=3, from_day=1))
    assert answer.status_code == 302
    stored = DutyRule.objects.get()
    assert (stored.frequency, stored.times, stored.from_month, stored.changed_by) == (
        "times",
        2,
        None,
        secretary,
    )
    page = desk.get(RULES).content.decode()
    assert "2 times a year" in page


def test_a_window_is_typed_whole(desk):
    address = f"{RULES}life_meeting/2019-01-01/"
    page = desk.post(address, form(frequency="once", from_month=10, from_day=1, to_month=12)).content.decode()
    assert 'id="id_to_day_error"' in page
    assert not DutyRule.objects.exists()
    page = desk.post(
        address, form(frequency="once", from_month=10, from_day=1, to_month=3, to_day=31)
    ).content.decode()
    assert "The window cannot end before it begins." in page
    desk.post(address, form(frequency="once", from_month=10, from_day=1, to_month=12, to_day=31))
    assert DutyRule.objects.get().plain.window == Window(10, 1, 12, 31, False)


def test_a_number_of_times_is_asked_for(desk):
    page = desk.post(f"{RULES}party_lesson/2019-01-01/", form(frequency="times")).content.decode()
    assert "Say how many times a year." in page


def test_a_new_version_begins_on_its_page_once(desk):
    address = f"{RULES}party_lesson/new/"
    assert desk.post(address, form(valid_from="2026-01-01", frequency="month")).status_code == 302
    again = desk.post(address, form(valid_from="2026-01-01", frequency="month"))
    assert "Another version of this rule begins on that day." in again.content.decode()
    assert [rule.valid_from for rule in DutyRule.objects.all()] == [SINCE, DAY]


def test_what_the_handbook_does_not_ask_for_can_be_asked_for(desk):
    assert desk.post(f"{RULES}reading_class/new/", form(frequency="times", times=4)).status_code == 302
    assert [rule.kind for rule in rules()][-1] == "reading_class"


def test_the_second_writer_is_told_what_the_first_wrote(desk):
    row(valid_from=SINCE).save()
    address = f"{RULES}party_lesson/2019-01-01/"
    started = {f"base-{name}": value for name, value in form().items()} | {
        "base-times": "",
        "base-per_group": "",
    }
    DutyRule.objects.update(frequency="month")
    page = desk.post(address, {**started, **form(frequency="times", times=2)}).content.decode()
    assert DutyRule.objects.get().frequency == "month"
    assert "every month" in page


def test_a_version_whose_first_day_somebody_moved_is_told_in_words(desk):
    row(valid_from=DAY).save()
    answer = desk.post(f"{RULES}party_lesson/2019-01-01/", form(), follow=True)
    assert "Somebody has changed the first day" in answer.content.decode()
    assert desk.get(f"{RULES}party_lesson/2019-01-01/").status_code == 404


@pytest.mark.parametrize(
    "address", ["nothing/new/", "party_lesson/x/", "party_lesson/2020-13-01/", "other/new/"]
)
def test_what_is_no_rule_is_not_found(desk, address):
    assert desk.get(RULES + address).status_code == 404


def test_talks_are_asked_for_by_pairs_and_can_be_left_out(desk):
    address = f"{RULES}talks/2019-01-01/"
    assert 'name="times"' not in desk.get(address).content.decode()
    assert desk.post(address, {"valid_from": "2019-01-01", "frequency": "pairs"}).status_code == 302
    assert DutyRule.objects.get().is_active is False


def test_the_history_tells_who_changed_what(desk, secretary):
    desk.post(f"{RULES}party_lesson/2019-01-01/", form(frequency="times", times=2))
    desk.post(f"{RULES}party_lesson/2019-01-01/", form(frequency="month"))
    page = desk.get(f"{RULES}history/").content.decode()
    assert page.index("Party lesson: changed") < page.index("Party lesson: entered")
    assert page.count(str(secretary)) >= 2
    assert "<td>several times a year</td><td>every month</td>" in page


def test_every_kind_has_a_label_and_the_page_names_each(desk):
    page = desk.get(RULES).content.decode()
    for kind in DUTY_LABELS:
        assert f"/rules/{kind}/" in page
