"""What stands in the invented records beside name, dates and posts. Numbers are made so that nobody can have them:
identity numbers of a province 99, telephone numbers from a block of zeros.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from branch_portal.sample.days import working_day
from branch_portal.sample.shapes import Person
from members.id_numbers import check_character
from members.timeline import add_months

D = datetime.date

# What candidates went through so far, by days before today; full members take two and a half years to admission.
CANDIDATES = {
    "樊思齐": {"applied": 1010, "activist": 760, "target": 95},
    "易书宁": {"applied": 520, "activist": 290},
    "夏一苇": {"applied": 40},
}
BEFORE_ADMISSION = {"applied": 910, "activist": 640, "target": 180}

INTRODUCERS = ("秦若谷", "覃守正")
WORK = (
    ("澜川市人民医院", "心血管内科", "主任医师"),
    ("澜川市中医院", "针灸科", "副主任医师"),
    ("澜川市妇幼保健院", "儿科", "主治医师"),
    ("澜川市医学会", "学术部", "助理研究员"),
    ("澜川市疾病预防控制中心", "检验科", "主管技师"),
)
SCHOOLS = (
    ("postgraduate", "doctor", "澜江医科大学 内科学"),
    ("postgraduate", "master", "澜江医科大学 公共卫生"),
    ("undergraduate", "bachelor", "澜川学院 护理学"),
    ("undergraduate", "bachelor", "澜江医科大学 临床医学"),
    ("college", "", "澜川卫生职业学院 医学检验"),
)
NATIVE_PLACES = ("澜川", "澜川青溪", "澜川柏屏")


@dataclass(frozen=True)
class TimeAway:
    """How many days ago somebody went away and was last called. Who ``attends`` the meetings online is heard of there, too."""

    name: str
    place: str
    reason: str
    since: int
    last_contact: int
    contact_person: str
    host_branch: str = ""
    attends: bool = False
    back: int = 0  # days ago; 0: still away

    def lasts_on(self, day: D, today: D) -> bool:
        ended = self.back and day > working_day(today, -self.back)
        return day >= working_day(today, -self.since) and not ended


# The first was heard of lately; with the second a contact is due, and silence has lasted for over four months; the third is
# back.
AWAY = (
    TimeAway("阮牧之", "邻省海屏市", "work", 400, 32, "仇春山", "海屏市第二医院党支部", attends=True),
    TimeAway("石望舒", "外省云岫市", "job", 236, 131, "冯砚秋"),
    TimeAway("唐苇", "外省云岫市", "other", 560, 430, "冯砚秋", attends=True, back=375),
)


def away_on(name: str, day: D, today: D) -> TimeAway | None:
    """How the person was away on that day."""
    return next((one for one in AWAY if one.name == name and one.lasts_on(day, today)), None)


@dataclass(frozen=True)
class Letter:
    """A letter of introduction that was issued so many days ago; ``sent_back``: and why it came back."""

    name: str
    other_branch: str
    number: str
    issued: int
    reason: str
    sent_back: str = ""


LETTERS = (
    Letter("秦若谷", "澜川市离退休医务人员党支部", "澜介字第017号（虚构）", 24, "退休后转入离退休党支部"),
    Letter(
        "俞立冬",
        "云岫市第三医院党支部",
        "澜介字第009号（虚构）",
        310,
        "拟调往外地工作",
        sent_back="本人未到接收单位报到，退回（虚构）",
    ),
)


@dataclass(frozen=True)
class Expected:
    """Somebody whom a letter of introduction brings, issued so many days ago: not arrived yet, and not of the branch."""

    person: Person
    other_branch: str
    number: str
    issued: int
    reason: str


EXPECTED = Expected(
    Person("苗听雨", "female", D(1989, 3, 17), admitted=D(2012, 6, 20), confirmed=D(2013, 6, 20)),
    "海屏市第一医院党支部",
    "海介字第031号（虚构）",
    9,
    "调入本市工作，组织关系随转",
)


def awards(today: D) -> tuple[tuple[str, str, D, str, str], ...]:
    """Who, for what, when, on which level, by whom."""
    higher = "中共澜川市科技社团委员会"
    return (
        ("戴月蘅", "优秀共产党员", D(today.year - 1, 7, 1), "association", higher),
        ("陆秉文", "优秀党务工作者", D(today.year - 2, 7, 1), "association", higher),
        ("邱小棠", "优秀共产党员", D(today.year - 1, 7, 1), "branch", "澜川市医学会党支部"),
        ("尹若川", "抗汛救灾医疗服务先进个人", D(today.year - 3, 9, 30), "city", "澜川市"),
    )


def courses(today: D) -> tuple[tuple[str, str, D, D, int], ...]:
    """Who, what, first and last day, hours: this year's and last year's, none of them to come."""
    told = []
    for year in (today.year - 1, today.year):
        spring, summer = D(year, 3, 18), D(year, 6, 10)
        told += [
            ("陆秉文", "党支部书记培训班", spring, spring + datetime.timedelta(days=3), 32),
            ("单雪蓉", "党务工作者培训班", spring, spring + datetime.timedelta(days=2), 24),
            ("祁文岚", "党务工作者培训班", spring, spring + datetime.timedelta(days=2), 24),
            ("邱小棠", "红色教育基地集中学习", summer, summer, 8),
            ("贺屿宁", "红色教育基地集中学习", summer, summer, 8),
            ("郑以宁", "读书班", summer, summer, 4),
        ]
    return tuple(one for one in told if one[3] <= today)


# Of the development target the political review is still missing, of the activist nothing.
PAPERS = (
    ("樊思齐", "application", "入党申请书"),
    ("樊思齐", "training", "发展对象培训结业证书"),
    ("易书宁", "application", "入党申请书"),
    ("夏一苇", "application", "入党申请书"),
    ("简书仪", "application", "入党申请书"),
    ("简书仪", "review", "政治审查结论"),
    ("简书仪", "training", "发展对象培训结业证书"),
    ("简书仪", "admission", "入党志愿书"),
)
# Who asks for what to be changed in the own record; the second was refused.
ASKED = ("邱小棠", "department", "医院感染管理科")
REFUSED = ("贺屿宁", "address", "澜川市人民医院", "请填写家庭住址，不填单位名称。")
DUES_BASES = {"陆秉文": "8000", "邱小棠": "6500"}
DISCIPLINES = {"蒋亦林": "2017年3月受党内警告处分，影响期已满（虚构）。"}
# A drawn portrait of nobody.
PHOTOGRAPHED = ("邱小棠",)
HARDSHIPS = {"郝春晖": "慢性病，每季度复查一次；本人同意支部知悉（虚构）。"}
# A look at these is already in the log: the member sees who it was.
LOOKED_AT = "邱小棠"


def extension(admitted: D, today: D) -> tuple[D, D]:
    """The day on which the members' meeting voted an extension of half a year, and its end."""
    return min(add_months(admitted, 12), working_day(today, -30)), add_months(admitted, 18)


def id_number(born: D, number: int, gender: str) -> str:
    """A number with a right check character; the seventeenth digit is odd for men, as in real ones."""
    order = number * 2 + (gender == "male")
    digits = f"990100{born:%Y%m%d}{order:03}"
    return digits + check_character(digits)


def telephone(number: int) -> str:
    return f"1990000{number + 5000:04}"
