"""What the ledger and the tasks of the sample tell: every state, in the branch's own words."""

from __future__ import annotations

from dataclasses import dataclass

from branch_portal.sample import present_meetings, reference_meeting
from branch_portal.sample.shapes import Paper


@dataclass(frozen=True)
class Doing:
    """One step: so many days from today, what, by whom, in which words; ``due`` for an extension."""

    days: int
    act: str
    by: str
    words: str
    due: int = 0


@dataclass(frozen=True)
class Entry:
    """An entry made by hand; days count from the one on which the sample is loaded."""

    problem: str
    cause: str
    measure: str
    in_charge: str
    begun: int
    due: int
    source: str
    steps: tuple[Doing, ...] = ()
    leader: str = ""
    level: str = "committee"
    recurs_from: int | None = None  # the number in the list of the closed entry that has come up again


KEEPER, SECRETARY, COMMISSIONER = "祁文岚", "陆秉文", "覃守正"
LONG_TERM_REASON = "批评和自我批评需要长期坚持，每年组织生活会前对照一次。"
EXTENSION_REASON = "分会换届，考核办法征求意见的时间不够，经支委会研究同意延期。"
RETURN_REASON = "考核办法没有附分会的反馈意见，请补齐。"
PROGRESS = "已列入季度工作安排，责任人按月报告进展。"
CLAIM = "措施全部落实，申请销号。"
EVIDENCE = "会议记录、通知和情况说明各一份，存支部档案。"
OPINION = "经核查材料和现场了解，措施已落实，同意销号。"
# Of the reference meeting: the problem with no end, and the one that took longer (their places in its list).
LONG_TERM_PROBLEM, EXTENDED_PROBLEM = 2, 3

PROOF = Paper(
    "走访记录汇总.docx",
    "走访基层会员单位记录汇总",
    ("上半年走访会员单位四家，下半年走访三家。", "收集意见十一条，已答复九条，两条转业务部门研究。"),
)

ENTRIES = (
    Entry(
        "微信工作群学习通知发布较晚，个别党员来不及安排时间。",
        "没有固定的发布时间。",
        "每月二十五日前发布下月学习安排。",
        "尹若川",
        begun=-12,
        due=30,
        source="member_opinion",
        leader="陆秉文",
    ),
    Entry(
        "党员活动室图书更新不及时。",
        "没有明确专人负责。",
        "每季度更新一次书目，并公布借阅情况。",
        "唐苇",
        begun=-60,
        due=-10,
        source="inspection",
        leader="尹若川",
        steps=(Doing(-40, "note", "唐苇", "已清点现有图书，列出拟更新书目。"),),
    ),
    Entry(
        "个别主题党日签到记录不完整。",
        "签到表由多人经手，没有及时汇总。",
        "改为会议当日由记录人统一归档。",
        "田嘉禾",
        begun=-70,
        due=-5,
        source="inspection",
        leader="祁文岚",
        steps=(
            Doing(-50, "note", "田嘉禾", "上半年的签到表已补齐。"),
            Doing(-6, "extend", KEEPER, "下半年的表册还在核对，延期一个月。", due=25),
        ),
    ),
    Entry(
        "廉政谈话覆盖不到新入职人员。",
        "入职流程中没有廉政谈话环节。",
        "把廉政谈话列入入职清单，由纪检委员负责。",
        "覃守正",
        begun=-90,
        due=5,
        source="inspection",
        leader="陆秉文",
        steps=(
            Doing(-60, "note", "覃守正", "已与办公室商定入职清单。"),
            Doing(-20, "evidence", "覃守正", "入职清单样表一份。"),
            Doing(-19, "claim", "覃守正", "入职清单已启用。"),
            Doing(-12, "return", SECRETARY, "还缺谈话记录，请补两份实例。"),
        ),
    ),
    Entry(
        "走访基层会员单位的记录分散，没有形成汇总。",
        "各支委自行记录，没有统一格式。",
        "统一走访记录表，每半年汇总一次。",
        "单雪蓉",
        begun=-100,
        due=3,
        source="appraisal",
        leader="陆秉文",
        steps=(
            Doing(-80, "note", "单雪蓉", "走访记录表已下发。"),
            Doing(-9, "evidence", "单雪蓉", "两次汇总材料。"),
            Doing(-8, "claim", "单雪蓉", "全年汇总已完成，申请销号。"),
        ),
    ),
    Entry(
        "流动党员思想汇报交得不齐。",
        "提醒不够经常。",
        "联系人每季度提醒一次，并登记。",
        "冯砚秋",
        begun=-200,
        due=-90,
        source="appraisal",
        leader="单雪蓉",
        steps=(
            Doing(-150, "note", "冯砚秋", "已建立提醒登记。"),
            Doing(-101, "evidence", "冯砚秋", "提醒登记和思想汇报目录。"),
            Doing(-100, "claim", "冯砚秋", "两个季度的汇报都已收齐。"),
            Doing(-95, "close", KEEPER, "登记完整，同意销号。"),
        ),
    ),
    Entry(
        "流动党员思想汇报又有一个季度没有收齐。",
        "联系人调整后没有交接登记。",
        "交接时一并移交登记，组织委员每季度核对。",
        "冯砚秋",
        begun=-15,
        due=45,
        source="inspection",
        leader="单雪蓉",
        recurs_from=5,
        steps=(Doing(-7, "note", "冯砚秋", "已补收两份，还有一份在催。"),),
    ),
    Entry(
        "参加集体学习时发言不够主动。",
        "会前准备不足。",
        "每次学习前准备一个问题，本年度至少作两次主题发言。",
        "邱小棠",
        begun=-80,
        due=40,
        source="member_opinion",
        level="member",
        steps=(Doing(-30, "note", "邱小棠", "已作一次主题发言。"),),
    ),
    Entry(
        "党费交纳有两次晚于规定时间。",
        "没有设置提醒。",
        "每月五日前交纳。",
        "石望舒",
        begun=-120,
        due=-2,
        source="appraisal",
        level="member",
        steps=(
            Doing(-60, "note", "石望舒", "近两个月都按时交纳。"),
            Doing(-4, "evidence", "石望舒", "交纳登记。"),
            Doing(-3, "claim", "石望舒", "连续四个月按时交纳。"),
        ),
    ),
)


@dataclass(frozen=True)
class Errand:
    """A task: ``requirement`` counts the meeting's requirements from 1, 0 is one made by hand."""

    meeting: str
    text: str
    owner: str
    due: int | None
    requirement: int = 0
    report: str = ""
    is_confirmed: bool = False
    dropped: str = ""


_REFERENCE, _COMMITTEE = reference_meeting.KEY, present_meetings.CORRECTED
ERRANDS = (
    Errand(
        _REFERENCE,
        "建立支部整改台账，逐项销号",
        "祁文岚",
        -300,
        requirement=1,
        report="台账已建立，按季度核对。",
        is_confirmed=True,
    ),
    Errand(
        _REFERENCE,
        "每季度组织一次“健康服务进社区”活动",
        "单雪蓉",
        -200,
        requirement=2,
        report="四次活动都已开展。",
        is_confirmed=True,
    ),
    Errand(
        _REFERENCE,
        "单独编印廉政风险防控手册",
        "覃守正",
        -250,
        requirement=3,
        dropped="内容并入廉政风险防控目录，不再单独编印。",
    ),
    Errand(_COMMITTEE, "准备专题党课课件和参考书目", "尹若川", 10),
    Errand(_COMMITTEE, "核对第三季度学习学时登记", "田嘉禾", -4),
    Errand(_COMMITTEE, "征集对学习安排的意见", "邱小棠", 6),
    Errand(_COMMITTEE, "整理党员活动室档案柜", "唐苇", -6, report="已按年度整理完毕。"),
)
