"""Meetings around the day on which the sample is loaded: minutes still open, one in session, plans ahead."""

from __future__ import annotations

import datetime

from branch_portal.sample.days import working_day
from branch_portal.sample.shapes import Away, Gathering, Item, Paper, Shot

T = datetime.datetime
ROOM = "澜川市医学会三楼会议室"
READING_ROOM = "澜川市医学会二楼党员活动室"
CORRECTED = "corrected"
SIGNED_TOO_EARLY = "draft-lesson"
# How many days from today the two were held whose reports are not public yet.
LESSON_DAYS, SERVICE_DAYS = -5, -3


def present_meetings(now: datetime.datetime) -> tuple[Gathering, ...]:
    """``now`` is local time without a zone."""
    return (*_behind(now), _in_session(now), *_ahead(now), *_cancelled(now))


def _workday(now: datetime.datetime, days: int, hour: int, minute: int = 0) -> datetime.datetime:
    return T.combine(working_day(now.date(), days), datetime.time(hour, minute))


def _behind(now: datetime.datetime) -> tuple[Gathering, ...]:
    return (
        Gathering(
            CORRECTED,
            "支委会：研究季度重点工作",
            ("committee_meeting",),
            _workday(now, -17, 14, 30),
            READING_ROOM,
            minutes=90,
            recorder_away="记录人会后参加脱产培训",
            away=(Away("尹若川", reason="duty", note="外出采访"),),
            agenda=(
                Item("study", "学习党务公开条例", "陆秉文"),
                Item("work_report", "整改台账推进情况", "祁文岚", "本季度应完成事项四项，已完成四项。"),
                Item("discussion", "研究党课和学习安排", "尹若川", "同意近期举办一次专题党课。"),
            ),
        ),
        Gathering(
            "draft-group",
            "第二党小组本月组织生活",
            ("group_meeting",),
            _workday(now, -8, 16),
            READING_ROOM,
            minutes=60,
            state="draft_minutes",
            is_for_signature=True,
            chair="冯砚秋",
            recorder="唐苇",
            group=2,
            away=(Away("石望舒", reason="duty"),),
            agenda=(
                Item("study", "学习党员权利保障有关规定", "冯砚秋"),
                Item(
                    "discussion", "交流社区服务中的问题", "", "居民反映健康讲座时间偏早，建议改到周末上午。"
                ),
            ),
        ),
        Gathering(
            "draft-service",
            "健康服务进社区：慢性病管理咨询",
            ("public_service", "theme_party_day"),
            _workday(now, SERVICE_DAYS, 9),
            "杏桥社区健康驿站",
            minutes=180,
            state="draft_minutes",
            chair="单雪蓉",
            recorder="尹若川",
            away=(Away("秦若谷", reason="cared_for"), Away("欧阳澍", "absent")),
            unmarked=("阮牧之", "戴月蘅"),
            guests=(("纪春和", "杏桥社区居民委员会主任"),),
            agenda=(
                Item("study", "学习志愿服务规范", "尹若川"),
                Item("activity", "慢性病管理咨询", "单雪蓉", "接待居民90余人次，登记随访对象。"),
            ),
            photos=(Shot("stand", 1, "慢性病管理咨询台"),),
        ),
        Gathering(
            SIGNED_TOO_EARLY,
            "青年党员微党课交流",
            ("party_lesson", "other"),
            _workday(now, LESSON_DAYS, 15),
            READING_ROOM,
            minutes=90,
            state="draft_minutes",
            is_for_signature=True,
            chair="祁文岚",
            recorder="黎晓舟",
            away=(Away("郝春晖", "online"),),
            agenda=(
                Item("lesson", "五名青年党员讲微党课", "祁文岚", "每人十分钟，讲一个岗位故事。"),
                Item("discussion", "点评"),
            ),
        ),
    )


def _in_session(now: datetime.datetime) -> Gathering:
    started = now - datetime.timedelta(minutes=25 + now.minute % 5)
    # Just after midnight it would have begun yesterday, and "in session today" would not be true.
    started = max(started, T.combine(now.date(), datetime.time.min)).replace(second=0, microsecond=0)
    return Gathering(
        "in-session",
        "主题党日：学习与交流",
        ("theme_party_day", "reading_class"),
        started,
        ROOM,
        minutes=120,
        state="in_session",
        recorder="祁文岚",
        link="https://meeting.example/lanchuan-study",
        away=(Away("郝春晖", "online"), Away("石望舒", reason="duty", note="外出参加学术会议")),
        unmarked=("贺屿宁", "唐苇", "欧阳澍", "潘海若", "郑以宁", "阮牧之"),
        guests=(("樊思齐", "发展对象"),),
        topics=(("党章", "党章单行本"),),
        agenda=(
            Item("study", "集体学习", "陆秉文", "学习党章关于党员义务和权利的规定。"),
            Item("activity", "分组研读"),
            Item("discussion", "交流"),
        ),
    )


def _ahead(now: datetime.datetime) -> tuple[Gathering, ...]:
    return (
        Gathering(
            "planned-lesson",
            "专题党课：依规治党与学会治理",
            ("party_lesson",),
            _workday(now, 5, 15),
            "澜川市医学会报告厅",
            minutes=90,
            state="planned",
            recorder="尹若川",
            guests=(("樊思齐", "发展对象"),),
            agenda=(Item("lesson", "专题党课", "陆秉文"), Item("discussion", "交流")),
            papers=(
                Paper(
                    "党课提纲.docx",
                    "专题党课提纲",
                    ("一、为什么要依规治党", "二、学会治理中的几个问题", "三、讨论题"),
                    item=1,
                ),
            ),
        ),
        Gathering(
            "planned-committee",
            "支委会：研究发展党员工作",
            ("committee_meeting",),
            _workday(now, 7, 14, 30),
            READING_ROOM,
            minutes=90,
            state="planned",
            agenda=(
                Item("study", "学习发展党员工作细则", "祁文岚"),
                Item("work_report", "支部工作情况", "祁文岚"),
                Item("discussion", "研究樊思齐同志的发展材料", "祁文岚"),
            ),
            papers=(
                Paper(
                    "会议议题.docx",
                    "支委会议题",
                    ("一、学习发展党员工作细则", "二、支部工作情况", "三、研究发展材料"),
                ),
            ),
        ),
        Gathering(
            "planned-group",
            "第一党小组组织生活",
            ("group_meeting",),
            _workday(now, 10, 16),
            READING_ROOM,
            minutes=60,
            state="planned",
            chair="田嘉禾",
            recorder="邱小棠",
            group=1,
            agenda=(Item("study", "学习"), Item("discussion", "组内交流")),
        ),
        Gathering(
            "planned-members",
            "季度党员大会",
            ("members_meeting",),
            _workday(now, 13, 15),
            ROOM,
            state="planned",
            link="https://meeting.example/lanchuan-members",
            agenda=(
                Item("study", "学习"),
                Item("discussion", "审议季度工作"),
                Item("requirements", "总结", "陆秉文"),
            ),
        ),
        Gathering(
            "planned-service",
            "健康服务进社区：家庭急救课堂",
            ("public_service", "other"),
            _workday(now, 18, 9),
            "柳桥街道文化广场",
            minutes=180,
            state="planned",
            chair="单雪蓉",
            recorder="唐苇",
            agenda=(Item("activity", "家庭急救课堂", "单雪蓉"),),
        ),
        Gathering(
            "planned-visit",
            "主题党日：参观枫树坳交通站旧址",
            ("red_base_visit", "theme_party_day"),
            _workday(now, 24, 8, 30),
            "枫树坳交通站旧址",
            minutes=300,
            state="planned",
            recorder="尹若川",
            agenda=(Item("study", "行前学习"), Item("activity", "参观"), Item("discussion", "交流")),
        ),
        Gathering(
            "planned-reading",
            "读书班：为组织生活会作准备",
            ("reading_class",),
            _workday(now, 31, 9),
            READING_ROOM,
            minutes=180,
            state="planned",
            chair="尹若川",
            recorder="唐苇",
            agenda=(Item("study", "研读"), Item("discussion", "交流")),
        ),
        Gathering(
            "planned-life",
            "年度组织生活会和民主评议党员大会",
            ("life_meeting", "appraisal"),
            _workday(now, 42, 14),
            ROOM,
            minutes=180,
            for_year=_life_meeting_year(_workday(now, 42, 14)),
            state="planned",
            agenda=(
                Item("study", "书记领学", "陆秉文"),
                Item("work_report", "支部年度工作报告", "陆秉文"),
                Item("analysis", "问题、根源、整改措施和时限", "祁文岚"),
                Item("criticism", "批评和自我批评"),
                Item("ballot", "民主测评"),
                Item("requirements", "总结讲话", "陆秉文"),
            ),
        ),
    )


def _life_meeting_year(day: datetime.datetime) -> int:
    """A life meeting of the first quarter is still for the year before (R-3.2)."""
    return day.year - 1 if day.month <= 3 else day.year


def _cancelled(now: datetime.datetime) -> tuple[Gathering, ...]:
    return (
        Gathering(
            "cancelled-lesson",
            "专题党课：基层卫生服务",
            ("party_lesson", "public_service"),
            _workday(now, 3, 9),
            "柳桥街道文化广场",
            minutes=120,
            state="cancelled",
            chair="单雪蓉",
            recorder="尹若川",
            cancel_reason="场地临时检修，与下一次“健康服务进社区”合并举行。",
            agenda=(Item("lesson", "专题党课", "单雪蓉"), Item("activity", "健康咨询")),
        ),
    )
