"""A report from a meeting: what comes over, and above all what does not (R-12.2)."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.translation import override

from branch_portal.news.drafting import draft_report, romanised
from branch_portal.news.figures import keys_in
from branch_portal.news.models import Report, ReportPicture
from meetings.models import AgendaItem, Criticism, Meeting, Problem, Requirement, StudyTopic
from members.models import Member
from members.permissions import Role
from tests.factories import lead_to, make_branch, make_meeting, make_member, make_user
from tests.news.factories import make_photo

pytestmark = pytest.mark.django_db
NAMES = ["赵建国", "钱文静", "孙立新", "周慧敏"]
REQUIREMENTS = ["强化政治引领", "推动党建与业务融合", "压实责任链条"]


@pytest.fixture
def secretary():
    make_branch(name="协会党支部", name_en="The association's Party branch")
    return make_user(Role.SECRETARY, member=make_member("林晓明"))


@pytest.fixture
def meeting(secretary) -> Meeting:
    """The reference meeting of the handbook, section 15, as far as a report could take from it."""
    attendees = [make_member(name) for name in NAMES]
    meeting = make_meeting(
        by=secretary,
        invited=[secretary.member, *attendees],
        title="2024年度专题组织生活会和民主评议党员会议",
        kinds=["life_meeting", "appraisal"],
        for_year=2024,
        place="三楼会议室",
        starts_at=datetime.datetime(2025, 3, 24, 6, 0, tzinfo=datetime.UTC),
    )
    with override("zh-hans"):
        AgendaItem.objects.filter(meeting=meeting, kind="study").update(
            title="书记领学", notes="<p>领学笔记</p>"
        )
    for position, title in enumerate(REQUIREMENTS):
        Requirement.objects.create(meeting=meeting, title=title, text="要求详情", position=position)
    Criticism.objects.create(meeting=meeting, speaker=attendees[0], text="批评原文")
    Problem.objects.create(meeting=meeting, description="问题原文", in_charge=attendees[1])
    StudyTopic.objects.create(meeting=meeting, title="学习材料")
    for caption in ("党支部召开专题组织生活会", "党员发言", "会场"):
        make_photo(meeting, caption)
    return lead_to(meeting, Meeting.State.SIGNED_OFF, by=secretary)


def draft(meeting, by, **options) -> Report:
    photos = options.pop("photos", meeting.photos.all())
    return draft_report(meeting, by=by, languages=options.pop("languages", ["zh"]), photos=photos, **options)[
        0
    ]


def test_draft_takes_the_facts_over(meeting, secretary):
    report = draft(meeting, secretary)
    assert report.title_zh == meeting.title
    assert (report.event_date, report.place, report.kinds) == (
        datetime.date(2025, 3, 24),
        "三楼会议室",
        ["life_meeting", "appraisal"],
    )
    assert (report.state, report.meeting, list(report.authors.all())) == ("draft", meeting, [secretary])
    for words in ("林晓明", "书记领学", "5", *REQUIREMENTS):
        assert words in report.body_zh
    assert (report.title_en, report.body_en) == ("", "")


@pytest.mark.parametrize("languages", [["zh"], ["en"], ["zh", "en"]])
def test_draft_names_no_attendee_and_repeats_nothing_internal(meeting, secretary, languages):
    report = draft(meeting, secretary, languages=languages)
    text = report.title_zh + report.body_zh + report.title_en + report.body_en
    romanised_names = [romanised(Member(name=name)) for name in NAMES]
    for words in (*NAMES, *romanised_names, "批评原文", "问题原文", "领学笔记", "要求详情"):
        assert words not in text


def test_draft_has_the_structure_of_the_reference_report(meeting, secretary):
    first, second, third = meeting.photos.all()
    report = draft(meeting, secretary, photos=[second, first, third])
    pictures = list(report.pictures.all())
    assert [one.alt_zh for one in pictures] == ["党员发言", "党支部召开专题组织生活会", "会场"]
    assert [one.caption_zh for one in pictures] == [one.alt_zh for one in pictures]
    assert keys_in(report.body_zh) == [one.key for one in pictures[:2]]
    order = ["<p>", pictures[0].key, "书记领学", pictures[1].key, REQUIREMENTS[0], "</ol><p>"]
    places = [report.body_zh.index(words) for words in order]
    assert places == sorted(places)
    assert {one.key for one in pictures}.isdisjoint(photo.key for photo in meeting.photos.all())


def test_english_draft_has_english_headings_only(meeting, secretary):
    report = draft(meeting, secretary, languages=["en"])
    assert (
        report.title_en == "Organizational life meeting and democratic appraisal of members for the year 2024"
    )
    assert "Lin Xiaoming, secretary of the Party branch, was in the chair." in report.body_en
    assert "All 5 members invited took part." in report.body_en
    assert "<li><p>Study</p></li>" in report.body_en
    assert "3 requirements" in report.body_en
    assert not any("\u4e00" <= character <= "\u9fff" for character in report.body_en)


def test_chair_without_a_post_is_not_named(secretary):
    chair = make_member("吴无职")
    meeting = make_meeting(by=secretary, chair=chair, state=Meeting.State.DRAFT_MINUTES)
    assert "吴无职" not in draft(meeting, secretary).body_zh


@pytest.mark.parametrize(
    ("name", "reading", "pinyin"),
    [
        ("李明", "", "Li Ming"),
        ("欧阳晓月", "", "Ouyang Xiaoyue"),
        ("单雄信", "shan xiongxin", "Shan Xiongxin"),
    ],
)
def test_names_in_pinyin(name, reading, pinyin):
    assert romanised(Member(name=name, reading=reading)) == pinyin


def test_second_report_is_made_only_when_asked_for(meeting, secretary):
    first = draft(meeting, secretary)
    with pytest.raises(ValidationError) as refusal:
        draft(meeting, secretary)
    assert refusal.value.code == "exists"
    second = draft(meeting, secretary, another=True)
    assert set(meeting.reports.all()) == {first, second}


def test_refused_draft_leaves_no_copied_files(meeting, secretary, settings):
    draft(meeting, secretary)
    before = len(list(settings.MEDIA_ROOT.rglob("960.webp")))
    with pytest.raises(ValidationError):
        draft(meeting, secretary)
    assert len(list(settings.MEDIA_ROOT.rglob("960.webp"))) == before


@pytest.mark.parametrize("state", [Meeting.State.PLANNED, Meeting.State.IN_SESSION, Meeting.State.CANCELLED])
def test_meeting_that_was_not_held_has_no_report(secretary, state):
    with pytest.raises(ValidationError):
        draft(make_meeting(by=secretary, state=state), secretary)


def test_only_those_who_write_news_draft(meeting):
    with pytest.raises(PermissionDenied):
        draft(meeting, make_user(Role.MEMBER))


def test_double_click_makes_one_draft_and_says_so(client, meeting, secretary):
    client.force_login(secretary)
    with override("en"):
        address = reverse("reports:from_meeting", args=[meeting.pk])
    form = client.get(address).context["form"]
    lead = str(meeting.photos.all()[1].pk)
    data = {
        "page_token": str(form["page_token"].value()),
        "languages": ["en"],
        "photos": [str(photo.pk) for photo in meeting.photos.all()],
        "lead": lead,
    }
    first = client.post(address, data)
    second = client.post(address, data, follow=True)
    report = Report.objects.get()
    assert first["Location"] == second.redirect_chain[0][0]
    assert "No second one was made." in second.content.decode()
    assert report.lead_picture.alt_zh == "党员发言"
    assert ReportPicture.objects.count() == 3
    page = client.get(address).content.decode()
    assert "This meeting has a report already" in page
    again = client.post(address, {**data, "page_token": "0" * 32})
    assert again.status_code == 200
    assert "say that you want another one" in again.content.decode()
    client.post(address, {**data, "page_token": "0" * 32, "another": "on"})
    assert Report.objects.count() == 2
