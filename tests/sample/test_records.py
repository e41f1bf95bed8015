"""The invented records show every kind of entry, and nobody's real number."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone
from PIL import Image

from branch_portal.media.pictures import open_rendition
from members import id_numbers, register, timeline
from members.compliance import Flag
from members.models import (
    Award,
    ChangeRequest,
    Member,
    MobilePeriod,
    SensitiveLook,
    SensitiveRecord,
    TimelineEntry,
    Training,
    Transfer,
)
from tests.sample.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
TODAY = timezone.localdate(NOW)


def test_identity_numbers_are_well_formed_and_of_no_province_that_exists():
    records = SensitiveRecord.objects.select_related("member")
    assert records.count() == Member.objects.count()
    for record in records:
        assert id_numbers.clean(record.id_number) == record.id_number
        assert id_numbers.born_on(record.id_number) == record.member.birth_date
        assert record.id_number.startswith("99")


def test_of_two_mobile_members_one_is_due_to_be_called():
    lines = register.lines(TODAY)
    assert [line.silence.is_mobile_member for line in lines] == [True, True]
    assert [(line.silence.is_due, line.silence.flag) for line in lines] == [
        (True, Flag.FOUR_MONTHS),
        (False, Flag.NONE),
    ]


def test_a_letter_is_under_way():
    letter = Transfer.objects.get(state__in=Transfer.OPEN_STATES, direction="out")
    assert letter.state == Transfer.State.ISSUED
    assert not letter.is_overdue_on(TODAY)
    assert letter.member.left_on is None


def test_what_is_over_is_shown_too():
    assert Transfer.objects.get(state=Transfer.State.REJECTED).outcome_note
    assert MobilePeriod.objects.get(until__isnull=False).until < TODAY
    assert set(ChangeRequest.objects.values_list("state", flat=True)) == {"open", "refused"}


def test_a_probation_runs_that_was_extended_by_half_a_year():
    entry = TimelineEntry.objects.select_related("member").get(kind="extended")
    assert entry.member.stage == Member.Stage.PROBATIONARY
    assert entry.until == timeline.add_months(entry.member.admitted_on, 18)
    assert entry.on <= TODAY < entry.until


def test_candidates_went_step_by_step():
    target = Member.objects.get(stage="target")
    kinds = list(target.timeline.order_by("on").values_list("kind", flat=True))
    assert kinds == ["applied", "activist", "target"]
    for member in Member.objects.all():
        assert timeline.first_problem(list(member.timeline.all()), born=member.birth_date) is None


def test_nothing_has_happened_that_is_still_to_come():
    days = [*TimelineEntry.objects.values_list("on", flat=True), *Award.objects.values_list("on", flat=True)]
    days += Training.objects.values_list("ended_on", flat=True)
    assert Award.objects.count() >= 4
    assert max(days) <= TODAY
    assert min(days) > datetime.date(1980, 1, 1)


def test_somebody_has_looked_at_a_sealed_number():
    assert [look.field for look in SensitiveLook.objects.all()] == ["id_number"]


def test_somebody_is_expected_by_a_letter_and_not_of_the_branch_yet():
    letter = Transfer.objects.get(direction="in")
    assert letter.state == Transfer.State.ISSUED
    assert not letter.is_overdue_on(TODAY)
    member = letter.member
    assert member.is_expected
    assert member.stage == Member.Stage.FULL
    assert member not in Member.objects.party_members()
    assert "虚构" in letter.letter_number


def test_a_discipline_stands_sealed_and_says_that_it_is_invented():
    (record,) = [record for record in SensitiveRecord.objects.all() if record.discipline]
    assert "虚构" in record.discipline
    with connection.cursor() as cursor:
        cursor.execute("SELECT discipline FROM members_sensitiverecord WHERE id = %s", [record.pk])
        assert "处分" not in str(cursor.fetchone()[0])


def test_a_photograph_is_drawn():
    (member,) = Member.objects.exclude(photograph="")
    with open_rendition(member.photograph, "480") as file, Image.open(file) as picture:
        assert picture.height > picture.width
