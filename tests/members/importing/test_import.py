"""Whole tables: what was meant stands in the records, or nothing at all."""

import datetime

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from members.actions import id_number_digest
from members.importing import columns, files, headings
from members.importing.at_once import bring_in
from members.importing.checking import Fate
from members.models import Member, SensitiveRecord, TimelineEntry
from members.permissions import Role
from tests.factories import make_group, make_member, make_user
from tests.members.importing import nasty

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def groups():
    return [make_group(name="第一党小组"), make_group(name="第二党小组", name_en="Party Group 2")]


def table(rows, name="花名册.xlsx"):
    return files.read(nasty.excel(rows), name)


def proposed(of):
    return headings.propose(of.headings, columns.ALL)


def run(rows, **options):
    read = table(rows)
    return bring_in(read, proposed(read), **{"by": None, **options})


def errors(outcome) -> list[tuple[int, str]]:
    return [(result.number, name) for result in outcome.results for name, _reason in result.errors]


def reason(outcome) -> str:
    ((_name, said),) = [error for result in outcome.results for error in result.errors]
    return said


def stands(member: Member) -> dict:
    """The record in the shape of ``nasty.meant``."""
    sensitive = member.sensitive_record
    days = {entry.kind: entry.on for entry in member.timeline.all()}
    plain = (
        "name gender birth_date ethnic_group stage admitted_on confirmed_on education degree employer department "
        "phone address"
    )
    return {name: getattr(member, name) for name in plain.split()} | {
        "party_group": member.party_group.name,
        "applied_on": days["applied"],
        "id_number": sensitive.id_number,
        "dues_base": sensitive.dues_base,
    }


@pytest.mark.parametrize(
    ("form", "count"), [("xlsx", 1000), ("gb18030", 1000), ("utf-8-sig", 100), ("tabs", 100)]
)
def test_everybody_of_a_nasty_file_is_what_was_meant(groups, form, count):
    names = [group.name for group in groups]
    meant = [nasty.meant(number, names) for number in range(count)]
    earlier = [_recorded(meant[number], groups, is_changed=number % 2 == 0) for number in range(0, 100, 5)]
    lines = nasty.lines(count, names, is_excel=form == "xlsx")
    if form == "xlsx":
        read = table(lines)
    else:
        encoding, delimiter = ("utf-16", "\t") if form == "tabs" else (form, ",")
        read = files.read(nasty.text(lines, encoding, delimiter), "花名册.csv")
    by = make_user(Role.SECRETARY)
    outcome = bring_in(read, proposed(read), by=by)
    assert errors(outcome) == []
    assert [outcome.count(fate) for fate in (Fate.NEW, Fate.CHANGED, Fate.UNCHANGED)] == [count - 20, 10, 10]
    people = Member.objects.filter(sensitive_record__isnull=False).select_related(
        "party_group", "sensitive_record"
    )
    found = {member.phone: stands(member) for member in people.prefetch_related("timeline")}
    assert found == {person["phone"]: person for person in meant}
    assert {member.pk for member in earlier} < {member.pk for member in people}


def _recorded(person: dict, groups, *, is_changed: bool) -> Member:
    plain = {
        key: value
        for key, value in person.items()
        if key not in {"applied_on", "id_number", "dues_base", "party_group"}
    }
    group = next(group for group in groups if group.name == person["party_group"])
    member = make_member(
        **plain | {"party_group": group, "department": "外科" if is_changed else person["department"]}
    )
    TimelineEntry.objects.create(member=member, kind="applied", on=person["applied_on"])
    number = person["id_number"]
    SensitiveRecord.objects.create(
        member=member,
        id_number=number,
        id_number_digest=id_number_digest(number),
        dues_base="" if is_changed else person["dues_base"],
    )
    return member


HEAD = ["姓名", "性别", "人员类别", "入党日期", "转正日期", "出生日期", "电话"]
GOOD = ["陆秉文", "男", "正式党员", "2010-06-30", "2011-06-30", "1980-01-02", "10000000001"]


def test_one_bad_row_and_nothing_is_written():
    outcome = run(
        [HEAD, GOOD, ["田嘉禾", "女", "正式党员", "2010.06", "2011-06-30", "1981-01-02", "10000000002"]]
    )
    assert errors(outcome) == [(3, "admitted_on")]
    assert not outcome.is_written
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"姓名": ""}, ["name"]),
        ({"性别": ""}, ["gender"]),
        ({"性别": "不详"}, ["gender"]),
        ({"人员类别": "群众"}, ["stage"]),
        ({"人员类别": "", "入党日期": "", "转正日期": ""}, ["stage"]),
        ({"转正日期": ""}, ["confirmed_on"]),
        ({"入党日期": ""}, ["admitted_on"]),
        ({"人员类别": "预备党员"}, ["confirmed_on"]),
        ({"转正日期": "2009-06-30"}, ["confirmed_on"]),
        ({"出生日期": "2020-06-30"}, ["birth_date"]),
        ({"出生日期": "2990-06-30"}, ["birth_date"]),
        ({"入党日期": "2099-01-01", "转正日期": "2099-01-02"}, ["admitted_on", "confirmed_on"]),
        ({"电话": "12345"}, ["phone"]),
        ({"电话": "0571-8888888"}, ["phone"]),
        ({"姓名": "长" * 61}, ["name"]),
    ],
)
def test_what_a_record_cannot_be(change, fields):
    row = [change.get(heading, cell) for heading, cell in zip(HEAD, GOOD, strict=True)]
    assert errors(run([HEAD, row])) == [(2, name) for name in fields]


def test_all_errors_of_a_row_are_said_at_once(groups):
    outcome = run([[*HEAD, "党小组"], ["", "不详", "群众", "2010.06", "x", "1980", "123", "第九党小组"]])
    fields = {name for _number, name in errors(outcome)}
    assert fields == {
        "name",
        "gender",
        "stage",
        "admitted_on",
        "confirmed_on",
        "birth_date",
        "phone",
        "party_group",
    }
    assert len(groups) == 2


def test_the_stage_follows_from_the_days_where_it_is_not_given():
    rows = [
        ["姓名", "性别", "申请入党时间", "确定为积极分子时间"],
        ["贺屿宁", "男", "2020-01-05", "2021-02-06"],
    ]
    assert run(rows).is_written
    member = Member.objects.get()
    assert member.stage == "activist"
    assert set(member.timeline.values_list("kind", "on")) == {
        ("applied", D(2020, 1, 5)),
        ("activist", D(2021, 2, 6)),
    }


def test_sex_and_birth_are_taken_from_the_identity_number_and_must_agree_with_it():
    number = nasty.id_number(D(1980, 1, 2), 7, is_male=True)
    head = ["姓名", "身份证号", "人员类别", "性别", "出生日期"]
    assert run([head, ["陆秉文", number, "申请人", "", ""]]).is_written
    assert Member.objects.values_list("gender", "birth_date").get() == ("male", D(1980, 1, 2))
    other = nasty.id_number(D(1980, 1, 2), 8, is_male=True)
    outcome = run([head, ["俞立冬", other, "申请人", "女", "1980-01-03"]])
    assert errors(outcome) == [(2, "birth_date"), (2, "gender")]
    outcome = run(
        [head, ["俞立冬", other[:-1] + ("1" if other[-1] != "1" else "2"), "申请人", "女", "1980-01-03"]]
    )
    assert errors(outcome) == [(2, "id_number")]


def test_an_unknown_group_names_the_known_ones(groups):
    outcome = run([[*HEAD, "党小组"], [*GOOD, "第九党小组"]])
    assert errors(outcome) == [(2, "party_group")]
    assert "第一党小组" in reason(outcome)
    assert len(groups) == 2
    assert run([[*HEAD, "党小组"], [*GOOD, "party group 2"]]).is_written


# --- whose record -------------------------------------------------------------------------------------
def test_a_person_is_found_by_telephone_else_by_name_and_birth():
    by_phone = make_member("陆秉文", phone="10000000001")
    by_birth = make_member("田嘉禾", birth_date=D(1981, 1, 2))
    rows = [
        ["姓名", "出生日期", "电话", "科室"],
        ["陆秉文", "", "10000000001", "内科"],
        ["田嘉禾", "1981-1-2", "10000000002", "外科"],
    ]
    assert [result.fate for result in run(rows).results] == [Fate.CHANGED, Fate.CHANGED]
    by_phone.refresh_from_db()
    by_birth.refresh_from_db()
    assert (by_phone.department, by_birth.department, by_birth.phone) == ("内科", "外科", "10000000002")


def test_the_identity_number_comes_first():
    number = nasty.id_number(D(1980, 1, 2), 7, is_male=True)
    member = make_member("陆秉文", gender="male", birth_date=D(1980, 1, 2))
    SensitiveRecord.objects.create(member=member, id_number=number, id_number_digest=id_number_digest(number))
    make_member("田嘉禾", phone="10000000001")
    outcome = run([["姓名", "身份证号", "电话"], ["陆炳文", number, "10000000009"]])
    assert [result.differences for result in outcome.results] == [
        [("name", "陆秉文", "陆炳文"), ("phone", "", "10000000009")]
    ]
    member.refresh_from_db()
    assert (member.name, member.sort_key[:11]) == ("陆炳文", "lu bing wen")


def test_what_stays_in_doubt_is_an_error():
    make_member("陆秉文", phone="10000000001")
    make_member("陆秉文", phone="10000000001")
    make_member("田嘉禾", phone="10000000002")
    rows = [["姓名", "电话", "性别"], ["陆秉文", "10000000001", "男"], ["俞立冬", "10000000002", "男"]]
    assert (2, "phone") in errors(run(rows))
    assert (3, "phone") in errors(run(rows))


def test_another_identity_number_in_the_record_is_an_error():
    member = make_member("陆秉文", phone="10000000001", gender="male", birth_date=D(1980, 1, 2))
    number, other = (nasty.id_number(D(1980, 1, 2), n, is_male=True) for n in (7, 8))
    SensitiveRecord.objects.create(member=member, id_number=number, id_number_digest=id_number_digest(number))
    assert errors(run([["姓名", "电话", "身份证号"], ["陆秉文", "10000000001", other]])) == [(2, "id_number")]


def test_duplicates_within_the_file_are_errors_on_both_rows():
    outcome = run([HEAD, GOOD, ["田嘉禾", "女", *GOOD[2:5], "1981-1-2", GOOD[6]], [*GOOD[:6], "10000000003"]])
    assert errors(outcome) == [(2, "phone"), (2, "name"), (3, "phone"), (4, "name")]


def test_a_record_is_changed_only_where_something_is_written():
    member = make_member("陆秉文", phone="10000000001", address="旧址", employer="医院", education="college")
    run([["姓名", "电话", "家庭住址", "工作单位", "学历"], ["陆秉文", "10000000001", "新址", "", "无"]])
    member.refresh_from_db()
    assert (member.address, member.employer, member.education) == ("新址", "医院", "college")


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("人员类别", "预备党员", "stage"),
        ("入党日期", "2015-07-01", "admitted_on"),
        ("申请入党时间", "2010-07-01", "applied_on"),
        ("党小组", "第一党小组", "party_group"),
    ],
)
def test_a_timeline_is_corrected_by_hand(groups, heading, cell, field):
    make_member("陆秉文", phone="10000000001")
    outcome = run([["姓名", "电话", heading], ["陆秉文", "10000000001", cell]])
    assert errors(outcome) == [(2, field)]
    assert "by hand" in reason(outcome)


def test_whoever_has_left_is_not_changed_and_not_added_again():
    make_member("陆秉文", phone="10000000001", left_on=D(2024, 1, 1))
    assert errors(run([["姓名", "电话", "科室"], ["陆秉文", "10000000001", "内科"]])) == [(2, "")]


def test_the_templates_example_and_rows_of_numbers_alone_are_left_out():
    head = ["序号", *HEAD]
    outcome = run([head, [1, *GOOD], [2], [3, "示例：张晓禾", *GOOD[1:]], [4, "Example: X", *GOOD[1:]]])
    assert [result.name for result in outcome.results] == ["陆秉文"]


@pytest.mark.parametrize("is_known", [True, False])
def test_the_history_says_who(is_known):
    by = make_user(Role.SECRETARY) if is_known else None
    run([[*HEAD, "申请入党时间"], [*GOOD, "2008-01-02"]], by=by)
    member = Member.objects.get(name="陆秉文")
    assert member.changed_by == by
    contexts = [
        apps.get_model("members", model).objects.latest("pgh_id").pgh_context.metadata
        for model in ("MemberEvent", "TimelineEntryEvent")
    ]
    said = {"source": "import"} | ({"user": by.pk} if by else {})
    assert contexts == [said, said]


# --- the file -----------------------------------------------------------------------------------------
def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as refused:
        files.read(content, name)
    return " ".join(refused.value.messages)


def test_files_that_are_no_tables_are_refused_in_words():
    assert "empty" in refusal(b"", "a.xlsx")
    assert "too large" in refusal(b"x" * (files.MOST_BYTES + 1), "a.csv")
    assert "Accepted are Excel" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "a.xls")
    assert "Accepted are Excel" in refusal(b"%PDF-1.7", "a.pdf")
    assert "Accepted are Excel" in refusal(b"PK\x03\x04rubbish", "a.xlsx")
    assert "Accepted are Excel" in refusal("姓名,性别".encode() + b"\xff\xff\0", "a.csv")
    assert "No table" in refusal(b"word", "a.csv")
    assert "no rows" in refusal("姓名,性别".encode(), "a.csv")
    many = "姓名,性别\n" + "甲,男\n" * (files.MOST_ROWS + 1)
    assert "too large" in refusal(many.encode(), "a.csv")


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_UNPACKED_BYTES", 1000)
    assert "too large" in refusal(nasty.excel([HEAD, GOOD]), "a.xlsx")


def test_a_broken_workbook_is_refused_in_words():
    content = bytearray(nasty.excel([HEAD, GOOD]))
    for place in range(0, len(content) // 2, 40):
        content[place + 30] ^= 0xFF
    assert refusal(bytes(content), "a.xlsx")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_delimiter(delimiter):
    read = files.read(nasty.text([HEAD, GOOD], "utf-8", delimiter), "a.csv")
    assert read.headings == HEAD
    assert read.rows == [(2, GOOD)]
