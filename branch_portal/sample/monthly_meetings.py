"""The months after 2025: one meeting each, by the season, up to the last month before the sample is loaded.

So the sample looks lived in whenever it is loaded, without growing for ever: at most the last ten months.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from branch_portal.sample.days import second_friday
from branch_portal.sample.people import admission_day
from branch_portal.sample.shapes import Away, Finding, Gathering, Item, Remark, Shot

D, T = datetime.date, datetime.datetime
FIRST_YEAR = 2026
MOST_MONTHS = 10
ROOM = "澜川市医学会三楼会议室"
READING_ROOM = "澜川市医学会二楼党员活动室"


def monthly_meetings(today: datetime.date) -> tuple[Gathering, ...]:
    """The meetings of the last months, the oldest first, and the one that admitted today's probationary members."""
    meetings = [_MEETINGS[month](year) for year, month in months_before(today)]
    return tuple(sorted([*meetings, _admission(admission_day(today))], key=lambda one: one.at))


def months_before(today: datetime.date) -> list[tuple[int, int]]:
    """(year, month) of the last months before today's, the oldest first."""
    return [one for one in _backwards(today) if one[0] >= FIRST_YEAR][::-1]


def _backwards(today: datetime.date) -> Iterator[tuple[int, int]]:
    number = today.year * 12 + today.month - 1
    for back in range(1, MOST_MONTHS + 1):
        year, month = divmod(number - back, 12)
        yield year, month + 1


def _at(year: int, month: int, hour: int, minute: int = 0) -> datetime.datetime:
    return T.combine(second_friday(year, month), datetime.time(hour, minute))


def _january(year: int) -> Gathering:
    return Gathering(
        f"{year}-01-committee",
        f"{year}年1月支委会",
        ("committee_meeting",),
        _at(year, 1, 14, 30),
        READING_ROOM,
        minutes=90,
        agenda=(
            Item("study", "学习组织生活会有关要求", "陆秉文"),
            Item("work_report", "上年度工作盘点", "祁文岚", "各委员汇报分管工作，研究问题清单。"),
            Item("discussion", "研究年度组织生活会方案", "陆秉文", "同意方案，会前谈心谈话于月底前完成。"),
        ),
    )


def _february(year: int) -> Gathering:
    return Gathering(
        f"{year}-02-life",
        f"{year - 1}年度组织生活会和民主评议党员大会",
        ("life_meeting", "appraisal"),
        _at(year, 2, 14),
        ROOM,
        minutes=180,
        for_year=year - 1,
        away=(Away("郝春晖", "online"), Away("秦若谷", reason="cared_for")),
        topics=(("党的创新理论专题学习", "支部学习资料选编"),),
        agenda=(
            Item("study", "书记领学", "陆秉文", "集体学习，对照检查。"),
            Item(
                "work_report",
                f"支部{year - 1}年度工作报告",
                "陆秉文",
                "报告全年工作和上年度整改台账销号情况。",
            ),
            Item("analysis", "问题、根源、整改措施和时限", "祁文岚", "代表支委会作对照检查。"),
            Item("criticism", "批评和自我批评", "", "党员逐一发言，意见具体。"),
            Item("ballot", "民主测评", "", "到会党员无记名填写测评表，当场收齐封存。"),
            Item("requirements", "总结讲话", "陆秉文"),
        ),
        findings=(
            Finding(
                "“云支部”学习互动少，内容更新不够及时。",
                "没有固定的供稿安排。",
                "三个党小组按月轮流供稿，宣传委员审核发布。",
                "尹若川",
                D(year, 6, 30),
            ),
            Finding(
                "健康科普材料偏专业，居民不易看懂。",
                "编写时征求居民意见不够。",
                "每份材料发布前请社区居民试读。",
                "单雪蓉",
                D(year, 9, 30),
            ),
        ),
        remarks=(
            Remark("祁文岚", "对青年党员压担子不够，传帮带抓得不实。"),
            Remark("戴月蘅", "建议支委会把好经验写成简短的做法，供分会参考。", about="单雪蓉"),
        ),
        requirements=(
            ("把整改抓到底", "逐项明确责任人和时限，按季度检查。"),
            ("把服务做到家门口", "全年到社区、乡村服务不少于六次。"),
        ),
        photos=(Shot("meeting", 1, "组织生活会会场"),),
    )


def _march(year: int) -> Gathering:
    return Gathering(
        f"{year}-03-trees",
        "主题党日：养护“党员林”",
        ("theme_party_day", "public_service"),
        _at(year, 3, 9),
        "澜川市北郊滨河绿地",
        minutes=150,
        recorder="尹若川",
        away=(Away("秦若谷", reason="cared_for"), Away("欧阳澍", reason="duty")),
        guests=(("白若兰", "柳桥街道绿化办公室工作人员"),),
        agenda=(
            Item("study", "学习生态文明建设有关要求", "尹若川"),
            Item("activity", "补栽和养护树木", "田嘉禾", "补栽树苗20株，为2024年栽下的树木松土、刷白。"),
            Item("discussion", "交流"),
        ),
        photos=(Shot("trees", 1, "养护“党员林”"),),
    )


def _april(year: int) -> Gathering:
    return Gathering(
        f"{year}-04-reading",
        "春季读书班",
        ("reading_class",),
        _at(year, 4, 9),
        READING_ROOM,
        minutes=180,
        chair="尹若川",
        recorder="郑以宁",
        away=(Away("贺屿宁", "online"), Away("石望舒", reason="duty")),
        topics=(("党章", "党章单行本"), ("党的建设专题读本", "支部选编")),
        agenda=(
            Item("study", "分组研读", "尹若川", "通读党章，列出学习问题。"),
            Item("discussion", "交流", "", "三名党员作重点发言。"),
        ),
        photos=(Shot("reading", 0, "春季读书班"),),
    )


def _may(year: int) -> Gathering:
    return Gathering(
        f"{year}-05-group3",
        "第三党小组5月组织生活",
        ("group_meeting",),
        _at(year, 5, 16),
        READING_ROOM,
        minutes=60,
        chair="仇春山",
        recorder="黎晓舟",
        group=3,
        away=(Away("秦若谷", "online"),),
        agenda=(Item("study", "学习支部工作条例", "仇春山"), Item("discussion", "讨论健康科普供稿安排")),
    )


def _june(year: int) -> Gathering:
    return Gathering(
        f"{year}-06-members",
        f"{year}年第二季度党员大会",
        ("members_meeting",),
        _at(year, 6, 15),
        ROOM,
        away=(Away("唐苇", reason="personal"),),
        agenda=(
            Item("study", "学习党员教育管理工作条例", "祁文岚"),
            Item("discussion", "通报上半年整改台账和学时情况", "祁文岚", "党员对照本人学时，年底前补足。"),
            Item("requirements", "总结", "陆秉文"),
        ),
    )


def _july(year: int) -> Gathering:
    return Gathering(
        f"{year}-07-museum",
        "主题党日：重温入党誓词、讲专题党课",
        ("theme_party_day", "party_lesson", "red_base_visit"),
        _at(year, 7, 9),
        "澜川革命历史纪念馆",
        minutes=180,
        recorder="尹若川",
        away=(Away("郝春晖", reason="sick"),),
        guests=(("樊思齐", "发展对象"), ("易书宁", "入党积极分子")),
        agenda=(
            Item("lesson", "现场党课", "单雪蓉", "结合地方党史讲党的优良传统。"),
            Item("activity", "参观和重温入党誓词", "陆秉文"),
            Item("discussion", "交流"),
        ),
        photos=(Shot("oath", 0, "重温入党誓词"), Shot("exhibition", 0, "参观专题展览")),
    )


def _august(year: int) -> Gathering:
    return Gathering(
        f"{year}-08-committee",
        f"{year}年8月支委会（线上）",
        ("committee_meeting",),
        _at(year, 8, 15),
        "",
        link="https://meeting.example/lanchuan-committee",
        minutes=70,
        away=tuple(Away(name, "online") for name in ("陆秉文", "单雪蓉", "祁文岚", "尹若川", "覃守正")),
        agenda=(
            Item("study", "学习廉政风险防控有关规定", "覃守正"),
            Item("work_report", "上半年重点工作", "祁文岚"),
            Item("discussion", "研究下半年健康服务安排", "单雪蓉", "同意到枫树坳村开展巡诊。"),
        ),
    )


def _september(year: int) -> Gathering:
    return Gathering(
        f"{year}-09-village",
        "“党建＋公益”：枫树坳村巡诊",
        ("public_service",),
        _at(year, 9, 8),
        "枫树坳村卫生室",
        minutes=420,
        chair="单雪蓉",
        recorder="冯砚秋",
        away=(Away("秦若谷", reason="cared_for"), Away("邱小棠", reason="duty")),
        guests=(("柏长明", "枫树坳村党支部书记"),),
        agenda=(Item("activity", "巡诊、慢性病随访", "单雪蓉", "为村民巡诊，更新慢性病随访档案。"),),
        photos=(Shot("village", 1, "在枫树坳村巡诊"), Shot("checkup", 0, "为村民测量血压")),
    )


def _october(year: int) -> Gathering:
    return Gathering(
        f"{year}-10-theme",
        "主题党日：把全会精神落到健康服务中",
        ("theme_party_day",),
        _at(year, 10, 15),
        ROOM,
        recorder="尹若川",
        away=(Away("阮牧之", "online"), Away("蒋亦林", reason="duty")),
        topics=(("党的二十届四中全会精神学习材料", "支部选编"),),
        agenda=(
            Item("study", "集体学习", "陆秉文"),
            Item("activity", "专题研讨", "尹若川", "各党小组围绕基层健康服务提出三条建议。"),
            Item("discussion", "交流"),
        ),
        photos=(Shot("lecture", 1, "主题党日专题学习"),),
    )


def _november(year: int) -> Gathering:
    return Gathering(
        f"{year}-11-members",
        f"{year}年第四季度党员大会",
        ("members_meeting",),
        _at(year, 11, 15),
        ROOM,
        away=(Away("石望舒", reason="duty"),),
        agenda=(
            Item("study", "学习党章", "祁文岚"),
            Item("discussion", "审议党费收缴使用情况", "祁文岚", "党员没有不同意见。"),
            Item("requirements", "总结", "陆秉文"),
        ),
    )


def _december(year: int) -> Gathering:
    return Gathering(
        f"{year}-12-risks",
        "廉政风险动态排查会",
        ("other",),
        _at(year, 12, 14, 30),
        ROOM,
        minutes=90,
        chair="覃守正",
        recorder="仇春山",
        away=(Away("戴月蘅", reason="personal"),),
        agenda=(Item("other", "排查岗位和流程调整后的风险点", "覃守正", "新增风险点一项，调整等级两项。"),),
    )


_MEETINGS = {
    1: _january,
    2: _february,
    3: _march,
    4: _april,
    5: _may,
    6: _june,
    7: _july,
    8: _august,
    9: _september,
    10: _october,
    11: _november,
    12: _december,
}


def _admission(day: datetime.date) -> Gathering:
    return Gathering(
        "admission",
        "党员大会：讨论接收罗启帆、潘海若同志为预备党员",
        ("members_meeting",),
        T.combine(day, datetime.time(15)),
        ROOM,
        guests=(("闻人达", "市科技社团委员会组织科"),),
        away=(Away("秦若谷", reason="cared_for"),),
        agenda=(
            Item("study", "学习发展党员工作细则", "祁文岚"),
            Item(
                "discussion",
                "讨论接收预备党员",
                "陆秉文",
                "逐人讨论、逐人表决。申请人汇报，介绍人介绍，支委会报告审查情况，党员讨论后以无记名投票方式表决，"
                "会议分别作出同意接收的决议，报上级党委审批。",
            ),
            Item("requirements", "总结", "陆秉文"),
        ),
    )
