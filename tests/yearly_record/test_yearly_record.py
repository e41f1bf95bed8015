"""The yearly management record: everything of the year and nothing of another, for whoever may print it."""

import datetime
import io
from decimal import Decimal

import pytest
from docx import Document

from appraisals.models import Assessment
from branch_portal.yearly_record.reading import years_of
from branch_portal.yearly_record.writing import records
from meetings.models import Attendance
from members.models import Award, Member, MobileContact, MobilePeriod, Training, Transfer
from members.permissions import Role
from tests.appraisals.factories import make_round
from tests.factories import (
    make_branch,
    make_event,
    make_group,
    make_meeting,
    make_member,
    make_position,
    make_user,
)

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def member(secretary):
    """With something of 2024, of 2025 and of 2026 in every list."""
    found = make_member("郑以宁")
    for year in (2024, 2025, 2026):
        make_event(found, "group", D(year, 3, 1), party_group=make_group(name=f"{year}组"))
        day = D(year, 6, 28)
        Award.objects.create(member=found, title=f"奖{year}", on=day, level="city")
        Training.objects.create(
            member=found, title=f"班{year}", started_on=day, ended_on=day, hours=Decimal("7.5")
        )
        Transfer.objects.create(
            member=found,
            direction="out",
            other_branch=f"支部{year}",
            state="rejected",
            issued_on=day,
            good_until=day,
            decided_on=day,
        )
        period = MobilePeriod.objects.create(
            member=found,
            since=D(year, 2, 1),
            until=D(year, 11, 1),
            place=f"外地{year}",
            reason="work",
            contact_person=secretary.member,
        )
        MobileContact.objects.create(period=period, on=D(year, 5, 5), way="visit", note="家事")
    make_position(found, "publicity", started_on=D(2023, 6, 25), ended_on=D(2025, 1, 1))
    make_position(found, "discipline", started_on=D(2026, 1, 1))
    return found


def year_of(member, year=2025):
    (found,) = years_of(Member.objects.filter(pk=member.pk), year)
    return found


def test_everything_of_the_year_and_nothing_of_another(member):
    year = year_of(member)
    assert [each.title for each in year.awards] == ["奖2025"]
    assert [each.title for each in year.trainings] == ["班2025"]
    assert [each.other_branch for each in year.letters] == ["支部2025"]
    assert [each.place for each in year.periods] == ["外地2025"]
    assert [each.on for each in year.periods[0].contacts_of_year] == [D(2025, 5, 5)]
    assert [each.kind for each in year.events] == ["group"]
    assert [each.post for each in year.positions] == ["publicity"]  # to 1 January, the day included
    assert year.groups == ["2024组", "2025组"]


def test_a_time_away_of_several_years_has_only_the_contacts_of_the_year(member, secretary):
    person = make_member()
    period = MobilePeriod.objects.create(
        member=person, since=D(2024, 2, 1), place="国外", reason="abroad", contact_person=secretary.member
    )
    for day in (D(2024, 12, 31), D(2025, 1, 1), D(2025, 12, 31), D(2026, 1, 1)):
        MobileContact.objects.create(period=period, on=day, way="message")
    (found,) = year_of(person).periods
    assert [each.on for each in found.contacts_of_year] == [D(2025, 1, 1), D(2025, 12, 31)]


@pytest.mark.parametrize(
    ("year", "stage"), [(2014, ""), (2015, "probationary member"), (2016, "full member")]
)
def test_the_stage_is_that_of_the_years_end(year, stage, secretary):
    assert year_of(make_member(), year).stage == stage


def test_meetings_count_for_the_year_they_are_for_and_once_in_the_total(secretary):
    member = make_member()
    kinds = ["life_meeting", "theme_party_day"]
    for for_year, status in ((2024, "online"), (2024, "leave"), (2025, "present")):
        meeting = make_meeting(
            by=secretary, invited=[member], for_year=for_year, kinds=kinds, state="draft_minutes"
        )
        Attendance.objects.filter(meeting=meeting, member=member).update(status=status)
    make_meeting(by=secretary, invited=[member], for_year=2024)  # only planned
    year = year_of(member, 2024)
    assert (year.total.invited, year.total.count("present", "online")) == (2, 1)  # online attendance counts
    assert [(kind, each.invited) for kind, each in year.attended.items()] == [
        ("theme_party_day", 2),
        ("life_meeting", 2),
    ]


def test_the_grade_is_of_that_years_appraisal_and_not_for_a_group_leader(client, secretary):
    group = make_group()
    leader, member = make_user(), make_member(party_group=group)
    make_position(leader.member, "group_leader", party_group=group)
    own, people = make_user(member=member), [member, leader.member]
    round = make_round(by=secretary, year=2025, state="assessed", members=people)
    grade = Assessment.objects.get(participant__round=round, participant__member=member).get_grade_display()
    address = f"/en/desk/yearly-records/{member.pk}/?year=2025"
    for user, sees in ((secretary, True), (own, True), (leader, False)):
        client.force_login(user)
        page = client.get(address).content.decode()
        assert ("Grade of the democratic appraisal" in page, f'<td colspan="3">{grade}</td>' in page) == (
            True,
            sees,
        )
    client.force_login(secretary)
    assert f">{grade}<" not in client.get(address.replace("2025", "2024")).content.decode()


def test_many_people_ask_as_much_as_one(member, secretary, django_assert_num_queries):
    def read():
        return records(years_of(Member.objects.filter(timeline__isnull=False).distinct(), 2025), secretary)

    assert secretary.may("run_appraisals")
    with django_assert_num_queries(14):
        assert len(read()) == 2
    for _each in range(5):
        make_member()
    with django_assert_num_queries(14):
        assert len(read()) == 7


def test_nothing_stays_blank_in_the_word_file(client, secretary):
    client.force_login(secretary)
    person = make_member("空白人")
    answer = client.get(f"/en/desk/yearly-records/{person.pk}/?as=word&year=2025")
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "空白人" in cells
    assert all(cell.strip() for cell in cells)


@pytest.mark.parametrize("year", ["", "x", "99999", "-1", "²"])
def test_a_year_that_makes_no_sense_is_this_year(client, secretary, year):
    client.force_login(secretary)
    page = client.get(f"/en/desk/yearly-records/{secretary.member_id}/", {"year": year})
    assert page.context["year"] == datetime.date.today().year


def test_records_of_a_group_are_one_file(client, member, secretary):
    client.force_login(secretary)
    group = Member.objects.get(pk=member.pk).party_group
    make_member("同组人", party_group=group)
    answer = client.post("/en/desk/yearly-records/", {"year": "2025", "group": group.pk, "as": "word"})
    text = "".join(
        cell.text
        for table in Document(io.BytesIO(answer.content)).tables
        for row in table.rows
        for cell in row.cells
    )
    assert "郑以宁" in text
    assert "同组人" in text
    assert b"still to come" in client.post("/en/desk/yearly-records/", {"year": "2999"}).content


def test_only_the_own_record_is_for_a_member(client, member):
    client.force_login(make_user(member=member))
    assert client.get(f"/en/desk/yearly-records/{member.pk}/").status_code == 200
    assert client.get(f"/en/desk/yearly-records/{make_member().pk}/").status_code == 403
    assert client.get("/en/desk/yearly-records/").status_code == 403
