"""Tables as branches keep them: months for days, landlines, several numbers in a cell; and what the reader chooses for these."""

import datetime

import pytest

from members.importing import columns, files, headings
from members.importing.at_once import bring_in
from members.importing.checking import Fate
from members.importing.choices import Choices, MonthDates
from members.models import Member, SensitiveRecord
from tests.factories import make_group, make_member
from tests.members.importing import nasty

pytestmark = pytest.mark.django_db
D = datetime.date
FIRST = Choices(MonthDates.FIRST)


def run(rows, choices=None, **options):
    table = files.read(nasty.excel(rows), "花名册.xlsx")
    fields = headings.propose(table.headings, columns.ALL)
    return bring_in(table, fields, **{"by": None, "choices": choices or Choices(), **options})


def errors(outcome) -> list[tuple[int, str]]:
    return [(result.number, name) for result in outcome.results for name, _reason in result.errors]


def without(*names: str) -> Choices:
    return Choices(left_out=frozenset(names))


# --- dates without a day --------------------------------------------------------------------------------
BIRTH = ["姓名", "身份证号", "人员类别", "出生年月"]


@pytest.mark.parametrize(
    "typed", ["1985.07", "1985年7月", "1985-7", 198507, "1985/07", "１９８５．０７", 1985.7]
)
def test_the_day_of_birth_is_taken_from_the_identity_number(typed):
    number = nasty.id_number(D(1985, 7, 14), 7, is_male=True)
    assert run([BIRTH, ["陆秉文", number, "申请人", typed]]).is_written
    assert Member.objects.get().birth_date == D(1985, 7, 14)


def test_another_month_or_no_identity_number_is_an_error_of_the_birth_date():
    number = nasty.id_number(D(1985, 7, 14), 7, is_male=True)
    head = [*BIRTH, "性别"]
    rows = [["陆秉文", number, "申请人", "1985.08", ""], ["田嘉禾", "", "申请人", "1985.07", "女"]]
    outcome = run([head, *rows], FIRST)
    assert errors(outcome) == [(2, "birth_date"), (3, "birth_date")]
    first, second = (result.errors[0][1] for result in outcome.results)
    assert "says otherwise" in first
    assert "identity number" in second


def test_a_rounded_month_of_birth_fits_january_and_october():
    """Excel shows 1985.10 as 1985.1 where the cell is a number."""
    for number, born in enumerate((D(1985, 10, 14), D(1985, 1, 14))):
        name = f"党员{number}"
        assert run([BIRTH, [name, nasty.id_number(born, number, is_male=True), "申请人", 1985.1]]).is_written
        assert Member.objects.get(name=name).birth_date == born
    other = nasty.id_number(D(1985, 2, 14), 7, is_male=True)
    assert errors(run([BIRTH, ["陆秉文", other, "申请人", 1985.1]])) == [(2, "birth_date")]


HEAD = ["姓名", "性别", "人员类别", "申请入党时间", "入党时间", "转正时间", "参加工作时间", "留党察看至"]
MONTHS = ["陆秉文", "男", "正式党员", "2009年3月", "2010.06", "2011-6", "200807", ""]


def test_dates_without_a_day_are_refused_unless_the_first_of_the_month_is_chosen():
    names = ["applied_on", "admitted_on", "confirmed_on", "work_started_on"]
    assert [name for _row, name in errors(run([HEAD, MONTHS]))] == names
    outcome = run([HEAD, MONTHS], FIRST)
    assert outcome.is_written
    assert [result.months for result in outcome.results] == [names]
    member = Member.objects.get()
    assert (member.admitted_on, member.confirmed_on, member.work_started_on) == (
        D(2010, 6, 1),
        D(2011, 6, 1),
        D(2008, 7, 1),
    )
    assert member.timeline.get(kind="applied").on == D(2009, 3, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"入党时间": 2010.1}, "admitted_on"),  # October perhaps
        ({"入党时间": "2010"}, "admitted_on"),
        ({"入党时间": "2010.13"}, "admitted_on"),
        (
            {"留党察看至": "2030.06"},
            "voteless_until",
        ),  # the first of the month would give the vote back too early
        ({"转正时间": "2010.05"}, "confirmed_on"),
    ],
)
def test_what_the_first_of_the_month_does_not_mend(change, field):
    row = [change.get(heading, cell) for heading, cell in zip(HEAD, MONTHS, strict=True)]
    assert errors(run([HEAD, row], FIRST)) == [(2, field)]


def test_a_month_never_overwrites_the_day_that_a_record_knows():
    member = make_member(
        "陆秉文",
        phone="10000000001",
        work_started_on=D(2008, 7, 15),
        admitted_on=D(2010, 6, 28),
        confirmed_on=D(2011, 6, 28),
    )
    head = ["姓名", "电话", "参加工作时间", "入党时间"]
    outcome = run([head, ["陆秉文", "10000000001", "2008.07", "2010.06"]], FIRST)
    assert [(result.fate, result.months) for result in outcome.results] == [(Fate.UNCHANGED, [])]
    outcome = run([head, ["陆秉文", "10000000001", "2008.08", "2010.07"]], FIRST)
    assert errors(outcome) == [(2, "admitted_on")]
    member.refresh_from_db()
    assert member.work_started_on == D(2008, 7, 15)


# --- what is left out ------------------------------------------------------------------------------------
PLAIN = ["姓名", "性别", "类别", "电话", "学历", "党费基数", "党小组"]


def test_of_several_numbers_the_first_mobile_is_stored_and_the_others_are_told():
    outcome = run([PLAIN, ["陆秉文", "男", "申请人", "0571-88888888、10000000001/10000000002", "", "", ""]])
    assert outcome.is_written
    assert Member.objects.get().phone == "10000000001"
    ((name, reason),) = outcome.results[0].omitted
    assert name == "phone"
    assert "0571-88888888, 10000000002" in reason


ROWS = [
    ["陆秉文", "男", "申请人", "0571-88888888", "本科", "5000", ""],
    ["田嘉禾", "女", "申请人", "10000000002", "很高", "不详", "第九党小组"],
    ["俞立冬", "男", "申请人", "10000000003", "大专", "6000", ""],
]


def test_wrong_optional_fields_are_left_out_where_that_is_chosen_and_each_is_told():
    make_group(name="第一党小组")
    outcome = run([PLAIN, *ROWS])
    assert errors(outcome) == [(2, "phone"), (3, "education"), (3, "dues_base"), (3, "party_group")]
    assert [result.optional for result in outcome.results] == [
        ["phone"],
        ["dues_base", "education", "party_group"],
        [],
    ]
    some = run([PLAIN, *ROWS], without("phone", "education"))
    assert errors(some) == [(3, "dues_base"), (3, "party_group")]
    assert not some.is_written
    outcome = run([PLAIN, *ROWS], without("phone", "education", "dues_base", "party_group"))
    assert outcome.is_written
    assert outcome.results[0].optional == ["phone"]  # so that it can be unticked
    assert [[name for name, _reason in result.omitted] for result in outcome.results] == [
        ["phone"],
        ["education", "dues_base", "party_group"],
        [],
    ]
    assert all(reason for result in outcome.results for _name, reason in result.omitted)
    stands = Member.objects.order_by("pk").values_list("name", "phone", "education")
    assert list(stands) == [
        ("陆秉文", "", "undergraduate"),
        ("田嘉禾", "10000000002", ""),
        ("俞立冬", "10000000003", "college"),
    ]
    assert dict(SensitiveRecord.objects.values_list("member__name", "dues_base")) == {
        "陆秉文": "5000.00",
        "俞立冬": "6000.00",
    }


@pytest.mark.parametrize(
    ("heading", "bad"),
    [
        ("工作单位", "长" * 121),
        ("职务", "长" * 81),
        ("家庭住址", "长" * 201),
        ("电话", "12345"),
        ("姓名拼音", "长" * 200),
        ("参加工作时间", "很早"),
        ("参加工作时间", "2099-01-01"),
    ],
)
def test_whatever_the_record_refuses_can_be_left_out_and_the_record_keeps_what_it_has(heading, bad):
    head = ["姓名", "出生日期", "性别", "类别", "科室", heading]
    make_member("田嘉禾", birth_date=D(1981, 1, 2), employer="医院", phone="10000000009", address="旧址")
    rows = [
        ["陆秉文", "1980-01-02", "男", "申请人", "内科", bad],
        ["田嘉禾", "1981-01-02", "", "", "外科", bad],
    ]
    _row, name = errors(run([head, *rows]))[0]
    outcome = run([head, *rows], without(name))
    assert outcome.is_written
    assert [result.fate for result in outcome.results] == [Fate.NEW, Fate.CHANGED]
    assert outcome.results[1].differences == [("department", "", "外科")]
    kept = Member.objects.get(name="田嘉禾")
    assert (kept.employer, kept.phone, kept.address, kept.department) == (
        "医院",
        "10000000009",
        "旧址",
        "外科",
    )


def test_doubt_about_the_person_is_never_left_out():
    """The number is right, and another's: without it a second person would be made."""
    make_member("陆秉文", phone="10000000001")
    every = without(*columns.OPTIONAL)
    assert errors(run([PLAIN, ["俞立冬", "男", "", "10000000001", "", "", ""]], every)) == [(2, "phone")]
    twice = [
        ["田嘉禾", "女", "申请人", "10000000002", "", "", ""],
        ["唐苇", "女", "申请人", "10000000002", "", "", ""],
    ]
    assert errors(run([PLAIN, *twice], every)) == [(2, "phone"), (3, "phone")]


def test_without_its_wrong_number_a_row_is_matched_anew():
    make_member("陆秉文", phone="10000000001")
    row = ["陆秉文", "男", "申请人", "0571-88888888", "", "", ""]
    assert (2, "name") in errors(run([PLAIN, row], without("phone")))  # a namesake: it cannot be told


def test_what_tells_who_somebody_is_or_what_somebody_may_do_is_never_optional():
    required = set(columns.BY_NAME) - columns.OPTIONAL
    assert required == {
        *("name", "gender", "id_number", "birth_date", "stage", "voteless_until"),
        *columns.STEPS,
        *("difficulties", "discipline"),
    }
