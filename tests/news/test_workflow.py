"""State × role × act, written from the handbook (R-12.1), and the refusals in words."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from branch_portal.news import actions, editing
from branch_portal.news.models import Report, Review
from members.permissions import Role
from tests.factories import make_user
from tests.news.factories import DAY, EVERY_CHECK, make_picture, make_report

pytestmark = pytest.mark.django_db
S = Report.State

ACTS = {
    "edit": lambda report, by: editing.save(report, by=by, data={}),
    "send_to_review": lambda report, by: actions.send_to_review(report, by=by),
    "take_back": lambda report, by: actions.take_back(report, by=by),
    "return": lambda report, by: actions.return_report(
        report, by=by, revision=report.revision, note="改标题"
    ),
    "publish": lambda report, by: actions.publish(
        report, by=by, revision=report.revision, checks=EVERY_CHECK
    ),
    "withdraw": lambda report, by: actions.withdraw(report, by=by, reason="有误"),
    "revise": lambda report, by: actions.revise(report, by=by),
}
# Act: the states in which it makes sense, and who of those who may write or publish can do it then.
ALLOWED = {
    "edit": ({S.DRAFT}, {"author", "colleague", "secretary"}),
    "send_to_review": ({S.DRAFT}, {"author", "colleague", "secretary"}),
    "take_back": ({S.IN_REVIEW}, {"author"}),
    "return": ({S.IN_REVIEW}, {"colleague", "secretary"}),
    "publish": ({S.IN_REVIEW}, {"colleague", "secretary"}),
    "withdraw": ({S.PUBLISHED}, {"author", "colleague", "secretary"}),
    "revise": ({S.WITHDRAWN}, {"author", "colleague", "secretary"}),
}
NEVER = {"member", "administrator"}


def outcome(act: str, report: Report, by) -> str:
    try:
        ACTS[act](report, by)
    except PermissionDenied:
        return "denied"
    except ValidationError:
        return "refused"
    return "done"


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("who", ["author", "colleague", "secretary", "member", "administrator"])
def test_every_state_role_and_act(act, state, who):
    people = {
        "author": make_user(Role.COMMITTEE),
        "colleague": make_user(Role.COMMITTEE),
        "secretary": make_user(Role.SECRETARY),
        "member": make_user(Role.MEMBER),
        "administrator": make_user(Role.ADMINISTRATOR),
    }
    report = make_report(by=people["author"], state=state)
    states, able = ALLOWED[act]
    expected = "denied" if who in NEVER else "done" if state in states and who in able else "refused"
    assert outcome(act, report, people[who]) == expected


def test_author_is_told_why_they_cannot_publish():
    writer = make_user(Role.SECRETARY)
    report = make_report(by=writer, state=S.IN_REVIEW)
    with pytest.raises(ValidationError) as refusal:
        actions.publish(report, by=writer, revision=report.revision, checks=EVERY_CHECK)
    assert refusal.value.messages == ["You wrote part of this text. Somebody who did not has to review it."]
    assert refusal.value.code == "relation"


def test_whoever_changes_a_word_becomes_an_author():
    writer, helper = make_user(Role.COMMITTEE), make_user(Role.SECRETARY)
    report = make_report(by=writer)
    with actions.locked(report, by=helper, act="edit") as row:
        row.title_zh = "改过的标题"
        actions.touch(row, by=helper)
        row.save()
    assert set(report.authors.all()) == {writer, helper}
    report = actions.send_to_review(row, by=writer)
    with pytest.raises(ValidationError):
        actions.publish(report, by=helper, revision=report.revision, checks=EVERY_CHECK)


@pytest.mark.parametrize("left_out", EVERY_CHECK)
def test_each_check_is_needed_and_named_beside_its_box(left_out):
    report = make_report(state=S.IN_REVIEW)
    ticked = [name for name in EVERY_CHECK if name != left_out]
    with pytest.raises(ValidationError) as refusal:
        actions.publish(report, by=make_user(Role.SECRETARY), revision=report.revision, checks=ticked)
    assert list(refusal.value.message_dict) == [left_out]
    assert not Review.objects.exists()


def test_publishing_fixes_date_added_address_and_review():
    reviewer = make_user(Role.SECRETARY)
    report = make_report(title_zh="主题党日", state=S.PUBLISHED, reviewer=reviewer, on=DAY.replace(day=25))
    assert (report.slug, report.year, report.published_at) == ("zhu-ti-dang-ri", 2025, DAY.replace(day=25))
    review = report.reviews.get()
    assert (review.reviewer, review.verdict, review.revision) == (reviewer, "published", report.revision)


def test_publishing_twice_says_it_is_done():
    report = make_report(state=S.IN_REVIEW)
    reviewer = make_user(Role.SECRETARY)
    actions.publish(report, by=reviewer, revision=report.revision, checks=EVERY_CHECK)
    with pytest.raises(ValidationError) as refusal:
        actions.publish(report, by=reviewer, revision=report.revision, checks=EVERY_CHECK)
    assert refusal.value.messages == ["This has been done already: the report is in the state “published”."]
    assert report.reviews.count() == 1


def test_reviewer_decides_only_on_what_they_read():
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer, state=S.IN_REVIEW)
    read = report.revision
    row = actions.take_back(report, by=writer)
    with actions.locked(row, by=writer, act="edit") as row:
        row.title_zh = "另一个标题"
        actions.touch(row, by=writer)
        row.save()
    row = actions.send_to_review(row, by=writer)
    with pytest.raises(ValidationError) as refusal:
        actions.publish(row, by=make_user(Role.SECRETARY), revision=read, checks=EVERY_CHECK)
    assert refusal.value.code == "stale"


def test_return_needs_a_reason_and_keeps_it():
    report = make_report(state=S.IN_REVIEW)
    reviewer = make_user(Role.SECRETARY)
    with pytest.raises(ValidationError):
        actions.return_report(report, by=reviewer, revision=report.revision, note="  ")
    report = actions.return_report(report, by=reviewer, revision=report.revision, note="请核对人数")
    assert (report.state, report.last_return.note) == (S.DRAFT, "请核对人数")


def test_withdrawn_report_comes_back_at_its_address_with_a_new_date():
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer, state=S.WITHDRAWN, on=DAY)
    slug = report.slug
    report = actions.revise(report, by=writer)
    assert (report.published_at, report.withdrawn_reason) == (None, "")
    with actions.locked(report, by=writer, act="edit") as row:
        row.title_zh, row.event_date = "完全不同", datetime.date(2024, 12, 31)
        actions.touch(row, by=writer)
        row.save()
    report = actions.send_to_review(row, by=writer)
    report = actions.publish(
        report,
        by=make_user(Role.SECRETARY),
        revision=report.revision,
        checks=EVERY_CHECK,
        on=DAY.replace(day=30),
    )
    assert (report.slug, report.year, report.published_at) == (slug, 2025, DAY.replace(day=30))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title_zh": "", "body_zh": ""}, "There is no text yet, in Chinese or in English."),
        ({"title_zh": ""}, "The Chinese text has no title."),
        ({"body_zh": ""}, "The Chinese title has no text."),
        ({"title_en": "Title"}, "The English title has no text."),
        ({"body_en": "<p>Text</p>"}, "The English text has no title."),
        ({"event_date": datetime.date(2999, 1, 1)}, "The date of the event lies in the future."),
    ],
)
def test_incomplete_draft_is_not_sent_and_says_what_is_missing(fields, sentence):
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer, **fields)
    with pytest.raises(ValidationError) as refusal:
        actions.send_to_review(report, by=writer)
    assert refusal.value.messages == [sentence]


def test_picture_without_text_alternative_is_not_sent():
    writer = make_user(Role.COMMITTEE)
    report = make_report(by=writer)
    make_picture(report)
    make_picture(report, alt_zh="")
    with pytest.raises(ValidationError) as refusal:
        actions.send_to_review(report, by=writer)
    assert refusal.value.messages == ["Picture 2 has no text alternative: say what it shows."]


def test_same_page_asking_twice_makes_one_report():
    writer = make_user(Role.COMMITTEE)
    first = make_report(by=writer)
    values = {"title_zh": "x", "kinds": ["other"], "event_date": DAY}
    again, is_new = actions.create_report(by=writer, page_token=first.page_token, **values)
    assert (again, is_new) == (first, False)
