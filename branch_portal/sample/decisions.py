"""What the sample's meetings decided, in every state that a decision can be in; one fails by a single vote."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.decisions.models import Decision
from meetings.decisions.standard_rules import Matter

S = Decision.State
D = datetime.date

# (which of the four, name, name in English, from which amount)
CATEGORIES = (
    ("decision", "支部年度工作计划和重要制度", "Yearly plan and important rules of the branch", None),
    (
        "appointment",
        "党小组组长和学会分会党建联络员人选",
        "Leaders of Party groups, liaison people of the academic branches",
        None,
    ),
    ("project", "健康帮扶和公益合作项目", "Health assistance and public welfare projects", None),
    ("large_sum", "大额党建经费支出", "Large expenses from the funds for Party building", "20000"),
)


@dataclass(frozen=True)
class Told:
    """One matter. ``meeting``: the key of its gathering, "" for none; ``against``, ``abstain``: votes that are not yes;
    ``is_one_short``: exactly one yes too few, the rest abstain. ``due_in``: days from the day of the meeting, or from
    today where ``due_from_today``."""

    key: str
    meeting: str
    title: str
    text: str
    state: str
    matter: str = Matter.ORDINARY
    about: str = ""
    proposer: str = "陆秉文"
    discussion: str = ""
    against: int = 0
    abstain: int = 0
    is_one_short: bool = False
    category: str = ""
    amount: str = ""
    research: str = ""
    risk_check: str = ""
    review: str = ""
    deferred_because: str = ""
    owner: str = ""
    due_in: int = 0
    due_from_today: bool = False
    published_after: int | None = None
    publication: str = ""
    notes: tuple[tuple[int, str], ...] = ()  # days after the meeting, text
    dissent: tuple[str, str] | None = None
    recused: tuple[str, str] | None = None
    written_by_absent: bool = False
    follows: str = ""  # the key of the matter that this one takes up again or replaces
    checked_by: str = ""


TOLD = (
    Told(
        "confirm-liang",
        "2025-04-members",
        "梁静姝同志预备期满转正",
        "同意梁静姝同志按期转为中共正式党员，报上级党委审批。",
        S.DECIDED,
        Matter.CONFIRMATION,
        about="梁静姝",
        proposer="祁文岚",
        review="支委会审查认为具备转正条件，同意提交党员大会讨论。",
        discussion="本人宣读转正申请并汇报一年来的表现；党小组、入党介绍人和支委会分别提出意见；四名党员发言，认为其工作主动，"
        "希望进一步加强理论学习。",
        written_by_absent=True,
    ),
    Told(
        "fund-village",
        "2025-04-members",
        "结对帮扶枫树坳村健康讲堂经费",
        "同意从党建经费中支出36000元，用于枫树坳村健康讲堂设备和全年八场讲座。",
        S.CHECKED,
        category="大额党建经费支出",
        amount="36000",
        proposer="单雪蓉",
        review="支委会研究同意，提交党员大会。",
        research="到村走访两次，听取村“两委”意见，比较三家供应商报价。",
        risk_check="经费来源、采购方式经学会财务审核；由纪检委员全程监督，不涉及支委亲属的企业。",
        discussion="俞立冬建议讲座时间避开农忙；覃守正提出设备归属应写入协议；其余发言均同意。",
        against=0,
        abstain=1,
        recused=("贺屿宁", "其亲属在报价的一家供应商任职"),
        owner="单雪蓉",
        due_in=200,
        published_after=7,
        publication="学会公告栏，公示七天",
        notes=(
            (40, "设备采购完成，已交付村卫生室，签订归属协议。"),
            (190, "八场讲座全部举办，村民参加300余人次，余款退回。"),
            (210, "核对票据、照片和签到表，情况属实。"),
        ),
        checked_by="覃守正",
    ),
    Told(
        "cloud-branch",
        "2025-08-committee",
        "“云支部”运行办法",
        "同意“云支部”运行办法，每季度开展一次线上组织生活，流动党员全部纳入。",
        S.CHECKED,
        Matter.COMMITTEE,
        proposer="尹若川",
        discussion="讨论了签到方式和保密要求，一致认为线上会议不得传输涉密内容。",
        owner="尹若川",
        due_in=60,
        notes=(
            (30, "平台建成，试运行一次。"),
            (58, "办法印发各党小组。"),
            (65, "抽查两次线上组织生活，签到和记录齐全。"),
        ),
        checked_by="祁文岚",
    ),
    Told(
        "evaluation",
        "2025-09-members",
        "学术分会党建工作年度考核办法",
        "通过学术分会党建工作年度考核办法，自下季度起施行。",
        S.COMPLETED,
        category="支部年度工作计划和重要制度",
        proposer="单雪蓉",
        review="支委会两次讨论修改，同意提交党员大会。",
        research="征求12个学术分会意见，收到建议19条，采纳15条。",
        risk_check="不新增填报材料，不与经费分配直接挂钩。",
        discussion="对考核权重有不同看法，修改第六条后意见趋于一致。",
        against=1,
        abstain=1,
        dissent=("郝春晖", "建议先试行半年，再确定权重。"),
        owner="单雪蓉",
        due_in=90,
        published_after=3,
        publication="学会内网",
        notes=((45, "办法印发，各分会明确联络员。"), (88, "首次考核完成。")),
    ),
    Told(
        "equipment",
        "2025-09-members",
        "更新党员活动室影音设备",
        "从党建经费中支出62000元，更新党员活动室影音设备。",
        S.REJECTED,
        category="大额党建经费支出",
        amount="62000",
        proposer="尹若川",
        review="支委会同意提交党员大会讨论。",
        research="三家报价，最低61800元。",
        risk_check="学会财务意见：可在本年度预算内列支。",
        discussion="一部分党员认为现有设备还能使用，建议把经费用于下社区活动；一部分党员认为线上会议效果不好，应当更新。",
        is_one_short=True,
        dissent=("唐苇", "设备老化影响流动党员线上参会，建议下次缩小规模再议。"),
    ),
    Told(
        "confirm-li",
        "2025-11-members",
        "黎晓舟同志预备期满转正",
        "同意黎晓舟同志按期转为中共正式党员，报上级党委审批。",
        S.DECIDED,
        Matter.CONFIRMATION,
        about="黎晓舟",
        proposer="祁文岚",
        review="支委会审查同意。",
        discussion="本人汇报，党小组、介绍人、支委会提出意见，五名党员发言，均同意按期转正。",
    ),
    Told(
        "special-lesson",
        "corrected",
        "近期举办一次专题党课",
        "同意近期由书记讲一次专题党课，邀请发展对象旁听。",
        S.IN_EXECUTION,
        Matter.COMMITTEE,
        proposer="尹若川",
        discussion="围绕依规治党选题，时间定在下月上旬以前。",
        owner="尹若川",
        due_in=20,
        due_from_today=True,
        notes=((4, "讲稿提纲已经书记审阅。"),),
    ),
    Told(
        "archives",
        "corrected",
        "党员档案目录补齐",
        "由组织委员牵头补齐党员档案目录。",
        S.IN_EXECUTION,
        Matter.COMMITTEE,
        proposer="祁文岚",
        discussion="缺目录的档案有三份，先核对再补齐。",
        owner="祁文岚",
        due_in=-2,
        due_from_today=True,
    ),
    Told(
        "website",
        "corrected",
        "更换学会网站服务商",
        "同意更换学会网站服务商，合同金额不超过48000元。",
        S.DEFERRED,
        Matter.COMMITTEE,
        category="大额党建经费支出",
        amount="48000",
        proposer="单雪蓉",
        research="已收到两家报价。",
        risk_check="数据迁移方案尚未评估。",
        discussion="多数委员认为数据迁移的风险没有说清楚。",
        deferred_because="数据迁移方案补充评估后再议。",
    ),
    Told(
        "party-day-time",
        "corrected",
        "调整主题党日时间",
        "主题党日改到每月第二个周六上午。",
        S.DEFERRED,
        Matter.COMMITTEE,
        proposer="尹若川",
        discussion="两名委员认为应先征求各党小组意见。",
        deferred_because="征求各党小组意见后再议。",
    ),
    Told(
        "website-again",
        "planned-committee",
        "更换学会网站服务商",
        "同意更换学会网站服务商，合同金额不超过48000元。",
        S.PROPOSED,
        Matter.COMMITTEE,
        category="大额党建经费支出",
        amount="48000",
        proposer="单雪蓉",
        research="已收到三家报价。",
        follows="website",
    ),
    Told(
        "cloud-branch-new",
        "planned-committee",
        "“云支部”运行办法（修订）",
        "修订“云支部”运行办法：线上组织生活改为每两个月一次。",
        S.PROPOSED,
        Matter.COMMITTEE,
        proposer="尹若川",
        follows="cloud-branch",
    ),
    Told(
        "community-project",
        "planned-members",
        "与柳桥街道共建“健康驿站”",
        "同意与柳桥街道签订三年共建协议，每月派出一支志愿服务队。",
        S.REVIEWED,
        category="健康帮扶和公益合作项目",
        proposer="单雪蓉",
        review="支委会研究同意，提交党员大会讨论。",
        research="街道提供场地，已实地查看两处。",
        risk_check="义诊范围限于健康咨询和筛查，不开处方。",
    ),
    Told(
        "reading-days",
        "in-session",
        "下半年读书班安排",
        "同意下半年举办两期读书班，每期两天。",
        S.DISCUSSED,
        proposer="尹若川",
        discussion="建议一期安排在周末，方便门诊一线的党员参加。",
    ),
    Told(
        "notice-board",
        "",
        "党务公开栏改版",
        "党务公开栏按季度更新，增设整改事项专栏。",
        S.PROPOSED,
        proposer="祁文岚",
    ),
)
