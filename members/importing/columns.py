"""The fields that a table of members can hold: what each is called, how it is written, where it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from members.importing.values import key_of
from members.models import Member, SensitiveRecord


class Kind(Enum):
    """How a value is written."""

    TEXT = "text"
    NAME = "name"
    DAY = "day"
    CHOICE = "choice"
    PHONE = "phone"
    GROUP = "group"
    ID_NUMBER = "id_number"
    PAY = "pay"


class Of(Enum):
    """Where a value goes."""

    RECORD = "record"
    TIMELINE = "timeline"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Column:
    """A field. ``words``: what branches call it, in Chinese and English, beside its own label in every language."""

    name: str
    label: str | Promise
    kind: Kind
    of: Of
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        """The label as a heading, in the reader's language."""
        return capfirst(str(self.label))

    @property
    def has_happened(self) -> bool:
        """A day that cannot lie in the future."""
        return self.kind is Kind.DAY and self.name != "voteless_until"


def _record(name: str, words: str, kind: Kind = Kind.TEXT, of: Of = Of.RECORD) -> Column:
    return Column(name, Member._meta.get_field(name).verbose_name, kind, of, tuple(words.split()))


def _event(name: str, label: Promise, words: str) -> Column:
    return Column(name, label, Kind.DAY, Of.TIMELINE, tuple(words.split()))


def _sensitive(name: str, words: str, kind: Kind = Kind.TEXT) -> Column:
    label = SensitiveRecord._meta.get_field(name).verbose_name
    return Column(name, label, kind, Of.SENSITIVE, tuple(words.split()))


ALL = (
    _record("name", "姓名 名字 党员姓名 人员姓名 full_name member_name", Kind.NAME),
    _record("reading", "拼音 姓名拼音 姓名读音 读音 pinyin"),
    _record("gender", "性别 sex gender", Kind.CHOICE),
    _sensitive(
        "id_number",
        "身份证 身份证号 身份证号码 公民身份号码 公民身份证号 公民身份证号码 居民身份证 居民身份证号 居民身份证号码 证件号码 "
        "id_number id_card identity_card",
        Kind.ID_NUMBER,
    ),
    _record(
        "birth_date",
        "出生日期 出生年月 出生年月日 出生时间 生日 date_of_birth birth_date birthday born",
        Kind.DAY,
    ),
    _record("ethnic_group", "民族 ethnic_group ethnicity"),
    _record("native_place", "籍贯 native_place"),
    _record(
        "stage",
        "人员类别 党员类别 类别 人员类型 党员类型 发展阶段 阶段 政治面貌 stage category",
        Kind.CHOICE,
        Of.TIMELINE,
    ),
    _record(
        "party_group",
        "党小组 所在党小组 所属党小组 党小组名称 小组 party_group group",
        Kind.GROUP,
        Of.TIMELINE,
    ),
    _event(
        "applied_on",
        _("applied on"),
        "申请日期 申请时间 申请入党日期 申请入党时间 入党申请日期 入党申请时间 递交入党申请书日期 递交入党申请书时间 applied_on",
    ),
    _event(
        "activist_on",
        _("activist since"),
        "积极分子日期 积极分子时间 入党积极分子日期 入党积极分子时间 确定积极分子日期 确定积极分子时间 确定为积极分子日期 "
        "确定为积极分子时间 确定为入党积极分子日期 确定为入党积极分子时间 列为积极分子日期 列为积极分子时间 "
        "列为入党积极分子日期 列为入党积极分子时间 activist_on",
    ),
    _event(
        "target_on",
        _("development target since"),
        "发展对象日期 发展对象时间 确定发展对象日期 确定发展对象时间 确定为发展对象日期 确定为发展对象时间 列为发展对象日期 "
        "列为发展对象时间 target_on",
    ),
    _record(
        "admitted_on",
        "入党日期 入党时间 入党年月 加入党组织日期 加入党组织时间 加入中共组织日期 加入中国共产党日期 加入中国共产党时间 "
        "接收为预备党员日期 接收预备党员日期 支部大会通过日期 admitted_on joined_on date_of_admission",
        Kind.DAY,
        Of.TIMELINE,
    ),
    _record(
        "confirmed_on",
        "转正日期 转正时间 转正年月 转为正式党员日期 转为正式党员时间 confirmed_on date_of_confirmation",
        Kind.DAY,
        Of.TIMELINE,
    ),
    _record("introducers", "入党介绍人 介绍人 introducers"),
    _record("voteless_until", "留党察看至 留党察看期至 无表决权至 without_a_vote_until", Kind.DAY),
    _record("education", "学历 最高学历 文化程度 education", Kind.CHOICE),
    _record("degree", "学位 最高学位 degree", Kind.CHOICE),
    _record(
        "school",
        "毕业院校 毕业学校 毕业院校及专业 毕业学校及专业 毕业院校系及专业 院校及专业 学校及专业 学校 school",
    ),
    _record(
        "work_started_on",
        "参加工作日期 参加工作时间 参加工作年月 工作时间 work_started_on began_to_work_on",
        Kind.DAY,
    ),
    _record("employer", "工作单位 单位 所在单位 单位名称 工作单位名称 employer"),
    _record("department", "部门 科室 所在科室 所在部门 所属科室 department"),
    _record("duty", "职务 行政职务 岗位 工作岗位 现任职务 post duty position"),
    _record("title", "职称 技术职称 专业技术职称 专业技术职务 professional_title"),
    _record(
        "phone",
        "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 移动电话 phone telephone mobile mobile_number phone_number",
        Kind.PHONE,
    ),
    _record("address", "地址 住址 家庭住址 家庭地址 现居住地 现住址 居住地址 通讯地址 联系地址 address"),
    _sensitive("difficulties", "健康与困难 健康状况 困难情况 生活困难情况 健康和困难情况 hardship"),
    _sensitive("discipline", "处分 处分情况 党纪处分 受处分情况 discipline"),
    _sensitive(
        "dues_base",
        "党费基数 党费计算基数 党费缴纳基数 缴费基数 月工资 党费基数（元） dues_base monthly_pay",
        Kind.PAY,
    ),
)
BY_NAME = {column.name: column for column in ALL}
# From the first step to the last: the kinds of the timeline that these days are of, and the stage that each leads to.
STEPS = {
    "applied_on": ("applied", Member.Stage.APPLICANT),
    "activist_on": ("activist", Member.Stage.ACTIVIST),
    "target_on": ("target", Member.Stage.TARGET),
    "admitted_on": ("admitted", Member.Stage.PROBATIONARY),
    "confirmed_on": ("confirmed", Member.Stage.FULL),
}
# Days that the first of their month may stand for; a deprivation of the vote is no such day.
WITH_MONTHS = frozenset(STEPS) | {"work_started_on"}
# A row may come without these where their value is wrong: they tell neither who somebody is nor what somebody may do.
OPTIONAL = frozenset(
    [
        "reading",
        "ethnic_group",
        "native_place",
        "party_group",
        "introducers",
        "education",
        "degree",
        "school",
        "work_started_on",
        "employer",
        "department",
        "duty",
        "title",
        "phone",
        "address",
        "dues_base",
    ]
)

_WORDS = {
    "gender": {"male": "男 男性 m 1", "female": "女 女性 f 2"},
    "stage": {
        "applicant": "申请人 入党申请人 applicant",
        "activist": "积极分子 入党积极分子 activist",
        "target": "发展对象 target",
        "probationary": "预备党员 预备 中共预备党员 probationary",
        "full": "正式党员 正式 党员 中共党员 中共正式党员 full",
    },
    "education": {
        "postgraduate": "研究生 硕士研究生 博士研究生 研究生教育 硕士 博士 master doctor",
        "undergraduate": "本科 大学 大学本科 本科生 bachelor",
        "college": "大专 专科 大学专科 高职 college",
        "secondary": "中专 中等专科 中技 技校 secondary",
        "high_school": "高中 普通高中 职高",
        "lower": "初中 小学 初中及以下 初中以下",
    },
    "degree": {
        "doctor": "博士 博士学位 医学博士 phd md",
        "master": "硕士 硕士学位 医学硕士",
        "bachelor": "学士 学士学位 医学学士",
    },
}


def available(*, sensitive: bool) -> list[Column]:
    """The fields that somebody may fill who may write sensitive data, or may not."""
    return [column for column in ALL if sensitive or column.of is not Of.SENSITIVE]


def labels_of(name: str) -> dict[str, str]:
    """The values of a field of kind CHOICE with their labels in the reader's language."""
    field: models.Field = Member._meta.get_field(name)
    return {value: str(label) for value, label in field.flatchoices}


@cache
def choices_of(name: str) -> dict[str, str]:
    """Every way of writing a value, by ``key_of``, in every language of the portal."""
    known = {}
    for value, words in _WORDS[name].items():
        known |= {key_of(word): value for word in words.split()}
    for labels in _in_every_language(lambda: labels_of(name).items()):
        known |= {key_of(label): value for value, label in labels}
    return known


@cache
def headings() -> dict[str, str]:
    """Every name of every field, by ``key_of``, in every language of the portal."""
    known = {}
    for titles in _in_every_language(lambda: [(column.title, column.name) for column in ALL]):
        for title, name in titles:
            known.setdefault(key_of(title), name)
    for column in ALL:
        known |= {key_of(word): column.name for word in column.words}
    return known


def _in_every_language(read) -> Iterable[list]:
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(list(read()))
    return found
