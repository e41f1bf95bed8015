"""The form that knows three texts, by itself: what a page carries along and what it makes of it."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser

import pytest
from django.http import QueryDict

from meetings.forms.plan import PlanForm
from meetings.forms.rows import ProblemForm
from meetings.models import Problem
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db


def sent_back(form) -> QueryDict:
    """What a browser sends for a page in which nothing was touched."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = form.initial.get(name)
        values = value if isinstance(value, (list, tuple)) else [form.input_text(name, value)]
        for key in (form.add_prefix(name), form.base_name(name)):
            data.setlist(key, [str(one) for one in values])
        assert field.label
    return data


def bases(form) -> dict[str, list[str]]:
    """The hidden inputs as a browser reads them."""
    found: dict[str, list[str]] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            values = dict(attrs)
            found.setdefault(values["name"], []).append(values["value"])

    Reader().feed(form.bases())
    return found


def test_an_empty_value_is_carried_as_empty():
    problem = Problem(meeting=make_meeting(), description="问题")
    hidden = bases(ProblemForm(instance=problem, prefix="p"))
    assert hidden["base-p-cause"] == [""]
    assert hidden["base-p-due_on"] == [""]
    assert hidden["base-p-description"] == ["问题"]


def test_a_page_sent_back_untouched_changes_nothing():
    meeting = make_meeting(kinds=["life_meeting", "appraisal"])
    form = PlanForm(sent_back(PlanForm(instance=meeting)), instance=meeting)
    assert form.changed_data == []
    assert form.is_valid()
    assert form.conflicts == {}


def test_the_hidden_inputs_are_what_the_page_compares_with():
    meeting = make_meeting(kinds=["life_meeting", "appraisal"])
    page = PlanForm(instance=meeting)
    data = sent_back(page)
    for name, values in bases(page).items():
        data.setlist(name, values)
    assert PlanForm(data, instance=meeting).changed_data == []


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("title", "别人的题目", "我的题目"),
        ("kinds", ["party_lesson"], ["reading_class"]),
        ("starts_at", datetime.datetime(2025, 4, 1, 2, 0, tzinfo=datetime.UTC), "2025-05-01T10:00"),
        ("for_year", 2023, "2022"),
    ],
)
def test_every_sort_of_field_notices_two_writers(name, theirs, mine):
    meeting = make_meeting()
    data = sent_back(PlanForm(instance=meeting))
    setattr(meeting, name, theirs)
    meeting.save()
    data.setlist(name, mine if isinstance(mine, list) else [mine])
    form = PlanForm(data, instance=meeting)
    assert not form.is_valid()
    assert set(form.conflicts) == {name}
    again = PlanForm(form.data, instance=meeting)
    assert again.is_valid()
    assert again.changed_data == [name]


def test_a_field_only_somebody_else_changed_keeps_their_value():
    meeting = make_meeting()
    data = sent_back(PlanForm(instance=meeting))
    meeting.place = "别人改的地点"
    meeting.save()
    data["title"] = "我的题目"
    form = PlanForm(data, instance=meeting)
    assert form.is_valid()
    assert form.save().place == "别人改的地点"
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place) == ("我的题目", "别人改的地点")
