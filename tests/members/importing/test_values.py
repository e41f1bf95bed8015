"""Values and headings as people type them."""

import datetime
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.importing import columns, headings, values
from members.importing.files import _cell
from members.importing.telephones import read as read_telephones

# On a busy machine making up input takes long, too.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def phone(typed):
    return read_telephones(typed).number


DAY = datetime.date(1990, 1, 2)
WIDE = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")


@pytest.mark.parametrize(
    "typed",
    [
        "1990-1-2",
        "1990-01-02",
        "1990.01.02",
        "1990.1.2",
        "1990/1/2",
        "1990年1月2日",
        "1990 年 1 月 2 日",
        "1990年01月02号",
        "19900102",
        "１９９０．１．２",
        "1990-01-02 00:00:00",
        "1990-01-02T08:30:00",
        "32875",
        "32875.5",
        "　1990、1、2 ",
    ],
)
def test_a_day_in_any_of_its_forms(typed):
    assert values.day(typed) == DAY


@pytest.mark.parametrize(
    "typed", ["1990.01", "1990-1", "1990年1月", "1990", "199001", "1990年", "1990.1", "1990/01"]
)
def test_a_day_without_its_day_says_so(typed):
    with pytest.raises(ValidationError) as refusal:
        values.day(typed)
    assert refusal.value.code == "no_day"


@pytest.mark.parametrize(
    "typed",
    [
        "1990-02-30",
        "19901301",
        "1/2/1990",
        "90-1-2",
        "去年",
        "1990-1-2-3",
        "0",
        "99999999",
        "9",
        "1e5",
        "2990-1-1",
    ],
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValidationError) as refusal:
        values.day(typed)
    assert refusal.value.code == "date"


@pytest.mark.parametrize("typed", ["", "无", " — ", "/", "－", "　"])
def test_nothing_is_written_in_many_ways(typed):
    assert values.day(typed) is None
    assert values.text(typed) == phone(typed) == values.id_number(typed) == values.pay(typed) == ""


@patient
@given(
    st.dates(datetime.date(1930, 1, 1), datetime.date(2060, 12, 31)),
    st.sampled_from(
        [
            "{0}-{1}-{2}",
            "{0}.{1:02}.{2:02}",
            "{0}/{1}/{2}",
            "{0}年{1}月{2}日",
            "{0}{1:02}{2:02}",
            " {0}-{1:02}-{2:02} ",
        ]
    ),
    st.booleans(),
)
def test_every_day_is_read_as_it_was_written(day, form, is_wide):
    typed = form.format(day.year, day.month, day.day)
    assert values.day(typed.translate(WIDE) if is_wide else typed) == day


@patient
@given(st.dates(datetime.date(1930, 1, 1), datetime.date(2060, 12, 31)))
def test_every_day_is_read_as_excel_stores_it(day):
    number = (day - datetime.date(1899, 12, 30)).days
    moment = datetime.datetime(day.year, day.month, day.day)
    for stored in (number, float(number), moment, day, int(f"{day:%Y%m%d}")):
        assert values.day(_cell(stored)) == day


@patient
@given(st.text(max_size=30))
def test_whatever_is_typed_is_understood_or_refused_in_words(typed):
    for parse in (values.day, phone, values.id_number, values.pay):
        with suppress(ValidationError):
            parse(typed)


@patient
@given(
    st.integers(10**9, 10**10 - 1),
    st.sampled_from(["{}", " {} ", "+86{}", "0086 {}", "{}.0", "+86-{}"]),
    st.booleans(),
)
def test_every_mobile_number_is_read_as_it_was_meant(tail, form, is_wide):
    number = f"1{tail}"
    typed = form.format(f"{number[:3]} {number[3:7]}-{number[7:]}" if form == "{}" else number)
    assert phone(typed.translate(WIDE) if is_wide else typed) == number
    assert phone(_cell(int(number))) == phone(_cell(float(number))) == number


@pytest.mark.parametrize("typed", ["1.38E+10", "1.00001E+10"])
def test_a_rounded_number_is_refused(typed):
    for parse in (phone, values.id_number):
        with pytest.raises(ValidationError) as refusal:
            parse(typed)
        assert refusal.value.code == "shortened"


def test_an_identity_number_that_excel_took_for_a_sum_is_refused():
    with pytest.raises(ValidationError) as refusal:
        values.id_number(_cell(110105194912310020))
    assert refusal.value.code == "shortened"


def test_names_lose_their_stretching_and_keep_what_is_theirs():
    assert values.name("张　三") == "张三"
    assert values.name(" 欧阳  小 禾 ") == "欧阳小禾"
    assert values.name("买买提·阿不都") == "买买提·阿不都"
    assert values.name("Anna  Maria") == "Anna Maria"
    assert values.text("澜川市第一医院（东院）") == "澜川市第一医院（东院）"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("5000", "5000.00"),
        ("5,000.5元", "5000.50"),
        ("¥ 6000", "6000.00"),
        ("８０００", "8000.00"),
        ("无", ""),
    ],
)
def test_pay(typed, stored):
    assert values.pay(typed) == stored


@pytest.mark.parametrize("typed", ["-1", "很多", "1000001", "NaN", "Infinity"])
def test_what_is_no_pay(typed):
    with pytest.raises(ValidationError):
        values.pay(typed)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("gender", "男", "male"),
        ("gender", "Female", "female"),
        ("stage", "中共预备党员", "probationary"),
        ("stage", "正式党员", "full"),
        ("stage", "development target", "target"),
        ("education", "大学本科", "undergraduate"),
        ("education", "博士研究生", "postgraduate"),
        ("degree", "硕士", "master"),
    ],
)
def test_choices_in_both_languages(name, typed, value):
    assert values.choice(typed, columns.choices_of(name)) == value
    with pytest.raises(ValidationError):
        values.choice("不知道什么", columns.choices_of(name))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        ("姓  名", "name"),
        ("*姓名：", "name"),
        ("联系电话\n（手机）", "phone"),
        ("手机号码(必填)", "phone"),
        ("公民身份号码", "id_number"),
        ("入党时间", "admitted_on"),
        ("Date of birth", "birth_date"),
        ("telephone", "phone"),
        ("备注", ""),
        ("", ""),
        ("序号", ""),
    ],
)
def test_headings_by_all_their_names(heading, field):
    assert headings.recognise(heading) == field


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_own_label_is_recognised(language):
    with override(language):
        assert {column.name: headings.recognise(column.title) for column in columns.ALL} == {
            column.name: column.name for column in columns.ALL
        }


def test_the_row_of_headings_stands_under_titles():
    rows = [["花名册"], ["", "填报：办公室", "2026年"], ["序号", "姓名", "性别"], ["1", "甲", "男"]]
    assert headings.row_of_headings(rows) == 2
    assert headings.row_of_headings([["x"], ["甲", "乙"]]) == 1
    assert headings.row_of_headings([["x"]]) is None


def test_a_field_is_proposed_once():
    proposed = headings.propose(["姓名", "电话", "手机", "身份证号"], columns.available(sensitive=False))
    assert proposed == ["name", "phone", "", ""]
