"""The loaded sample, as the database and the disk hold it."""

import datetime

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from branch_portal.media.documents import open_document
from branch_portal.media.pictures import RENDITIONS, open_rendition
from branch_portal.news.figures import keys_in
from branch_portal.news.models import Report, ReportPicture
from branch_portal.sample import reference_meeting
from branch_portal.sample.loading import Database, load_sample
from branch_portal.sample.people import ACCOUNTS, PASSWORD
from meetings.attendance import figures
from meetings.kinds import AgendaKind, MeetingKind
from meetings.models import Attachment, Attendance, Correction, Meeting, Photo, Signature, Stage
from meetings.signing import missing_for_sign_off
from members.models import BranchProfile, Member, Position, User
from members.permissions import Role
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def counts():
    models = (
        BranchProfile,
        Member,
        User,
        Position,
        Meeting,
        Attendance,
        Photo,
        Attachment,
        Report,
        ReportPicture,
    )
    return {model.__name__: model.objects.count() for model in models}


def reference() -> Meeting:
    return Meeting.objects.get(title=reference_meeting.GATHERING.title)


def test_it_says_what_it_loaded(loaded):
    assert loaded.found == Database.EMPTY
    assert loaded.members == Member.objects.count()
    assert loaded.meetings == Meeting.objects.count()
    assert loaded.reports == Report.objects.count()


def test_every_page_is_told_that_the_data_are_invented():
    assert BranchProfile.load().is_sample


def test_a_second_time_changes_nothing(capsys):
    before = counts()
    assert load_sample(now=NOW).found == Database.SAMPLE
    call_command("load_sample")
    assert counts() == before
    assert "nothing was changed" in capsys.readouterr().out


def test_the_branch_has_25_party_members_in_three_groups():
    groups = Member.objects.party_members().values_list("party_group__name", flat=True)
    assert sorted(groups) == ["第一党小组"] * 8 + ["第三党小组"] * 9 + ["第二党小组"] * 8
    assert Member.objects.with_voting_rights(timezone.localdate()).count() == 22


def test_five_people_sit_on_the_committee_and_one_used_to():
    today = timezone.localdate(NOW)
    posts = Position.objects.on(today).committee().values_list("post", flat=True)
    assert sorted(posts) == ["deputy", "discipline", "organization", "publicity", "secretary"]
    assert Position.objects.on(today).filter(post="group_leader").count() == 3
    former = Member.objects.get(name="俞立冬")
    assert not any(position.is_held_on(today) for position in former.positions.all())


def test_names_are_sorted_by_their_right_reading():
    assert Member.objects.get(name="单雪蓉").sort_key.startswith("shan xuerong")


def test_the_shown_accounts_have_the_roles_they_are_shown_with():
    roles = {
        account.username: User.objects.get(username=account.username).roles
        for account in ACCOUNTS
        if account.shown
    }
    member, committee = {Role.MEMBER}, {Role.MEMBER, Role.COMMITTEE}
    assert roles == {
        "admin": {Role.ADMINISTRATOR},
        "secretary": committee | {Role.SECRETARY},
        "deputy": committee | {Role.SECRETARY},
        "organization": committee,
        "publicity": committee,
        "discipline": committee | {Role.DISCIPLINE},
        "leader": member | {Role.GROUP_LEADER},
        "member": member,
        "probationary": member,
    }


def test_the_password_is_good_enough_for_every_account():
    for user in User.objects.all():
        validate_password(PASSWORD, user)
        assert user.check_password(PASSWORD)


def test_there_is_no_address_and_no_number_that_could_be_somebodys():
    assert set(User.objects.values_list("email", flat=True)) == {""}
    mobiles = User.objects.exclude(mobile=None).values_list("mobile", flat=True)
    assert all(mobile.startswith("1990000") for mobile in mobiles)


def test_who_moved_away_cannot_sign_in():
    assert set(User.objects.filter(member__left_on__isnull=False).values_list("is_active", flat=True)) == {
        False
    }


def test_every_kind_was_held_and_every_state_is_there():
    held = Meeting.objects.filter(state=Meeting.State.SIGNED_OFF).values_list("kinds", flat=True)
    assert {kind for kinds in held for kind in kinds} == set(MeetingKind.values)
    assert {meeting.stage for meeting in Meeting.objects.with_signing()} == set(Stage)


def test_signed_minutes_are_complete():
    """What the portal itself would refuse to sign must not be in the sample either."""
    for meeting in Meeting.objects.filter(state=Meeting.State.SIGNED_OFF):
        assert missing_for_sign_off(meeting) == [], meeting
        assert meeting.starts_at < meeting.signed_off_at <= NOW


def test_recorder_and_chair_signed_one_after_the_other():
    for meeting in Meeting.objects.filter(state=Meeting.State.SIGNED_OFF):
        recorders, chairs = meeting.signatures.filter(correction=None)
        assert (recorders.capacity, chairs.capacity) == ("recorder", "chair")
        assert meeting.ends_at < recorders.signed_at < chairs.signed_at == meeting.signed_off_at
    assert Meeting.objects.to_sign_again().count() == 1
    assert Signature.objects.exclude(in_place_because="").exists()


def test_every_way_of_taking_part_is_there():
    assert set(Attendance.objects.values_list("status", flat=True)) == set(Attendance.Status.values)
    reasons = set(Attendance.objects.exclude(leave_reason="").values_list("leave_reason", flat=True))
    assert reasons == {"sick", "personal", "duty", "cared_for", "other"}


def test_one_correction_was_made_after_the_sign_off():
    correction = Correction.objects.get()
    assert correction.reason
    assert correction.meeting.state == Meeting.State.SIGNED_OFF


def test_the_reference_meeting_has_its_agenda_in_order():
    meeting = reference()
    assert meeting.kinds == ["life_meeting", "appraisal"]
    assert meeting.for_year == 2024
    assert timezone.localdate(meeting.starts_at) == datetime.date(2025, 3, 24)
    assert meeting.state == Meeting.State.SIGNED_OFF
    assert [item.kind for item in meeting.agenda_items.all()] == [
        AgendaKind.STUDY,
        AgendaKind.WORK_REPORT,
        AgendaKind.ANALYSIS,
        AgendaKind.CRITICISM,
        AgendaKind.BALLOT,
        AgendaKind.REQUIREMENTS,
    ]


def test_all_24_members_were_present_at_the_reference_meeting():
    counted = figures(reference().attendances.all())
    assert (counted.invited, counted.present, counted.due, counted.voters) == (24, 24, 22, 22)


def test_the_reference_meeting_ends_with_three_requirements_and_has_two_photographs():
    meeting = reference()
    assert meeting.requirements.count() == 3
    assert meeting.photos.count() == 2
    assert meeting.study_topics.count() == 5
    assert all(problem.cause and problem.measure and problem.due_on for problem in meeting.problems.all())


def test_its_report_stood_on_the_site_the_next_day():
    report = reference().reports.get()
    assert report.state == Report.State.PUBLISHED
    assert (report.event_date, report.published_at) == (
        datetime.date(2025, 3, 24),
        datetime.date(2025, 3, 25),
    )
    assert (report.author_line_zh, report.author_line_en) == ("办公室", "The office")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reference_report_has_the_structure_of_the_handbook(language):
    """One paragraph, picture, body, picture, three requirements, closing paragraph."""
    body = getattr(reference().reports.get(), f"body_{language}")
    lead, first, rest = body.partition("<figure>")
    middle, _second, end = rest.partition("<figure>")
    assert first
    assert lead.count("<p>") == 1
    assert middle.count("<p>") == 2
    assert end.count("<h2>") == 3
    assert end.rpartition("</h2>")[2].count("<p>") == 2
    assert len(keys_in(body)) == 2


def test_at_least_20_reports_are_published_and_14_of_them_in_english_too():
    published = Report.objects.published()
    assert published.count() >= 20
    assert published.exclude(body_zh="").count() == published.count()
    assert published.exclude(body_en="").count() >= 14
    assert set(Report.objects.values_list("state", flat=True)) == set(Report.State.values)


def test_nobody_published_what_they_wrote():
    for report in Report.objects.published():
        reviewers = set(report.reviews.values_list("reviewer", flat=True))
        assert reviewers.isdisjoint(report.authorships.values_list("user", flat=True))


def test_every_picture_and_every_paper_lies_on_the_disk():
    keys = [
        *Photo.objects.values_list("key", flat=True),
        *ReportPicture.objects.values_list("key", flat=True),
    ]
    for key in keys:
        for rendition in RENDITIONS:
            with open_rendition(key, rendition) as picture:
                assert picture.size > 0
    for attachment in Attachment.objects.all():
        with open_document(attachment.key) as paper:
            assert paper.size == attachment.size
    assert {one.name.rpartition(".")[2] for one in Attachment.objects.all()} == {"pdf", "docx", "xlsx"}


def test_the_disk_holds_no_picture_that_no_row_names():
    keys = {
        *Photo.objects.values_list("key", flat=True),
        *ReportPicture.objects.values_list("key", flat=True),
        *Member.objects.exclude(photograph="").values_list("photograph", flat=True),
    }
    folders, _files = default_storage.listdir("pictures")
    stored = {
        key
        for folder in folders
        if folder != ".moving"
        for key in default_storage.listdir(f"pictures/{folder}")[0]
    }
    assert stored == keys


def test_pictures_of_a_report_stand_in_its_texts():
    for report in Report.objects.all():
        keys = [picture.key for picture in report.pictures.all()]
        assert keys_in(report.body_zh) == keys
        assert keys_in(report.body_en) in ([], keys)


def test_the_log_ins_are_shown(capsys):
    call_command("show_sample_logins")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all(PASSWORD in line for line in lines[1:])
