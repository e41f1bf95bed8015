"""A table of invented members as a branch really has it, and beside it what is meant by every row."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence

from openpyxl import Workbook

from members import id_numbers

D = datetime.date
SURNAMES = "陆田俞贺邱蒋梁罗单尹冯唐石潘顾程沈钱孔方"
GIVEN = "秉文嘉禾立冬屿宁小棠亦林静姝启帆雪蓉若川砚秋望舒知微怀瑾"
HEADINGS = (
    "序号",
    "联系电话\n（手机）",
    "姓 名",
    "身份证号码*",
    "性别",
    "出生年月日",
    "民族",
    "党员类别",
    "党小组",
    "申请入党时间",
    "入党时间：",
    "转正时间：",
    "最高学历",
    "学位",
    "工作单位",
    "科室",
    "备注",
    "党费基数（元）",
    "家庭住址",
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def id_number(born: datetime.date, number: int, *, is_male: bool) -> str:
    """A number with a right check character; its area code belongs to no place."""
    order = (number % 400) * 2 + is_male
    digits = f"990100{born:%Y%m%d}{order:03d}"
    return digits + id_numbers.check_character(digits)


def meant(number: int, groups: Sequence[str]) -> dict:
    """What is to stand in the record of the person of that number."""
    admitted = D(2001, 1, 1) + datetime.timedelta(days=number * 7 % 7000)
    stage = ("full", "probationary", "full", "activist", "full")[number % 5]
    born = D(1960, 1, 1) + datetime.timedelta(days=number * 13)
    is_male = number % 3 == 0
    return {
        "name": SURNAMES[number % 20] + GIVEN[number % 25] + (GIVEN[number // 25 % 25] if number % 4 else ""),
        "gender": "male" if is_male else "female",
        "birth_date": born,
        "ethnic_group": "汉族",
        "stage": stage,
        "party_group": groups[number % len(groups)],
        "applied_on": D(1999, 3, 1) + datetime.timedelta(days=number % 300),
        "admitted_on": admitted if stage != "activist" else None,
        "confirmed_on": admitted + datetime.timedelta(days=366) if stage == "full" else None,
        "education": ("undergraduate", "postgraduate", "college")[number % 3],
        "degree": ("bachelor", "master", "")[number % 3],
        "employer": "澜川市第一医院（东院）",
        "department": "内科",
        "phone": f"1000{number:07d}",
        "address": "澜川市学府路１号".translate(str.maketrans("１", "1")),
        "id_number": id_number(born, number, is_male=is_male),
        "dues_base": f"{5000 + number}.50",
    }


def _day(day: datetime.date | None, form: int, *, is_excel: bool) -> object:
    if day is None:
        return ("", "无", "-", None)[form % 4]
    forms = [
        f"{day.year}-{day.month}-{day.day}",
        f"{day:%Y.%m.%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f" {day:%Y-%m-%d} ".translate(WIDE),
        f"{day:%Y-%m-%d} 00:00:00",
    ]
    if is_excel:
        forms += [
            day,
            datetime.datetime(day.year, day.month, day.day),
            (day - D(1899, 12, 30)).days,
            int(f"{day:%Y%m%d}"),
        ]
    return forms[form % len(forms)]


STAGES = {
    "full": ("正式党员", "中共党员", "正式 党员"),
    "probationary": ("预备党员", "预备"),
    "activist": ("积极分子", "入党积极分子"),
}
EDUCATIONS = {
    "undergraduate": ("本科", "大学本科", "大学"),
    "postgraduate": ("研究生", "硕士研究生"),
    "college": ("大专", "专科"),
}
DEGREES = {"bachelor": "学士", "master": "硕士学位", "": "无"}


def _line(number: int, person: dict, *, is_excel: bool) -> list:
    phone, name = person["phone"], person["name"]
    phones = [phone, f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", phone.translate(WIDE), f"+86 {phone}"]
    if is_excel:
        phones += [int(phone), float(phone)]
    names = [name, "　".join(name) if len(name) == 2 else name, f" {name} "]
    day = lambda field, shift: _day(person[field], number + shift, is_excel=is_excel)  # noqa: E731
    return [
        number,
        phones[number % len(phones)],
        names[number % 3],
        [person["id_number"], person["id_number"].translate(WIDE), person["id_number"].lower()][number % 3],
        ("", "男" if person["gender"] == "male" else "女")[number % 2],
        day("birth_date", 0) if number % 7 else "",
        "汉族",
        STAGES[person["stage"]][number % len(STAGES[person["stage"]])],
        person["party_group"],
        day("applied_on", 1),
        day("admitted_on", 2),
        day("confirmed_on", 3),
        EDUCATIONS[person["education"]][number % 2],
        DEGREES[person["degree"]],
        person["employer"],
        person["department"],
        "=1+1",
        f"{int(float(person['dues_base']))}.5元" if number % 2 else float(person["dues_base"]),
        person["address"].translate(WIDE),
    ]


def lines(count: int, groups: Sequence[str], *, is_excel: bool = True) -> list[list]:
    """Title rows, headings, blank rows, rows with nothing but their number, and the headings again."""
    found = [["澜川市医学会党支部党员花名册"], [None, None, "填报日期：2026年3月"], list(HEADINGS)]
    for number in range(count):
        if number % 97 == 50:
            found += [[], ["", "  ", None]]
        if number % 301 == 300:
            found.append(list(HEADINGS))
        found.append(_line(number, meant(number, groups), is_excel=is_excel))
    found.append([count, *[None] * (len(HEADINGS) - 1)])
    return found


def excel(rows: Sequence[Sequence]) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if len(rows[0]) == 1:
        sheet.merge_cells("A1:S1")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(rows: Sequence[Sequence], encoding: str = "gb18030", delimiter: str = ",") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(
        ["" if cell is None else str(cell) for cell in row] for row in rows
    )
    return file.getvalue().encode(encoding)
