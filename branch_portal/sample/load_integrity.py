"""The integrity-risk catalogue and the dual-responsibility list of the invented branch, in every state.

They are kept by the discipline commissioner; what is the commissioner's own is checked by the secretary.
"""

from __future__ import annotations

import datetime

from branch_portal.sample.load_people import Cast
from meetings.integrity import actions
from meetings.integrity.models import Fulfilment, Responsibility, RiskPoint, RiskReview
from members.models import User

# department, kind, point, how it shows, measures, head, leader, level, days since it is in force or last reviewed
RISKS = (
    (
        "办公室",
        "process",
        "物资和服务采购",
        "供应商单一、比价不充分",
        "三方比价；采购与验收由不同人员负责；年度抽查",
        "冯砚秋",
        "单雪蓉",
        "high",
        350,
    ),
    (
        "财务部",
        "process",
        "会议费、劳务费报销",
        "虚列人数、标准不一",
        "会议签到与报销名单核对；双人复核；季度自查",
        "邱小棠",
        "陆秉文",
        "high",
        60,
    ),
    (
        "学术部",
        "post",
        "继续教育项目评审",
        "评审专家与申报单位存在利害关系",
        "专家随机抽取；利害关系回避；评审结果公示",
        "蒋亦林",
        "尹若川",
        "medium",
        200,
    ),
    ("会员部", "rules", "会员单位捐赠管理", "接受捐赠的程序不清", "", "唐苇", "", "low", None),
    ("学术部", "surroundings", "企业赞助学术会议", "赞助与议题安排挂钩", "", "蒋亦林", "", "", None),
)
REMOVED = (
    "继教中心",
    "process",
    "教材代购",
    "代购价格不公开",
    "停止代购，由学员自行购买",
    "郑以宁",
    "单雪蓉",
    "medium",
    500,
)
REMOVED_BECAUSE = "代购业务已停办（虚构）"

# holder, post, work duty, integrity duty, measure, months, days since the start, days since the last time, is it checked
RESPONSIBILITIES = (
    (
        "陆秉文",
        "党支部书记",
        "主持党支部全面工作",
        "对支部党风廉政建设负总责",
        "每半年主持一次廉政专题研究",
        6,
        700,
        100,
        True,
    ),
    (
        "单雪蓉",
        "副书记",
        "协助书记抓好党建与业务融合",
        "抓好分管业务的廉政风险防控",
        "每季度检查一次分管项目",
        3,
        700,
        20,
        False,
    ),
    (
        "祁文岚",
        "组织委员",
        "党员发展和组织生活",
        "严格发展党员程序和纪律",
        "每年开展一次程序自查",
        12,
        340,
        None,
        False,
    ),
)
ENDED = (
    "段素心",
    "党小组组长",
    "组织党小组学习",
    "带头遵守廉洁纪律",
    "每半年谈心提醒一次",
    6,
    900,
    400,
    True,
)


def load_integrity(cast: Cast, *, today: datetime.date) -> None:
    by = cast.accounts["覃守正"]
    for told in RISKS:
        _load_risk(told, cast, by, today)
    removed = _load_risk(REMOVED, cast, by, today)
    actions.remove(removed, by=by, reason=REMOVED_BECAUSE)
    for told in RESPONSIBILITIES:
        _load_responsibility(told, cast, by, today)
    ended = _load_responsibility(ENDED, cast, by, today)
    actions.end(ended, by=by, on=_before(today, 300))


def _load_risk(told: tuple, cast: Cast, by: User, today: datetime.date) -> RiskPoint:
    unit, kind, point, signs, measures, head, leader, level, days = told
    row = RiskPoint(
        unit=unit,
        kind=kind,
        point=point,
        signs=signs,
        measures=measures,
        head=head,
        leader=cast.members[leader] if leader else None,
    )
    row = actions.enter(row, by=by)
    if level:
        row = actions.rate(row, level, by=by)
    if days:
        row = actions.put_in_force(row, by=by, on=_before(today, days + 365))
        review = RiskReview(
            risk_point=row,
            on=_before(today, days),
            level=level,
            level_before=level,
            reason="措施有效，继续执行",
            by=by,
        )
        actions.review(review, by=by)
    return row


def _load_responsibility(told: tuple, cast: Cast, by: User, today: datetime.date) -> Responsibility:
    holder, post, work, integrity, measure, months, start, last, is_checked = told
    duty = Responsibility(
        holder=cast.members[holder],
        post=post,
        work_duty=work,
        integrity_duty=integrity,
        measure=measure,
        frequency=months,
        started_on=_before(today, start),
    )
    duty = actions.enter(duty, by=by)
    if last:
        text = f"{measure}：已完成（虚构）。"
        done = Fulfilment(responsibility=duty, done_on=_before(today, last), text=text, recorded_by=by)
        done = actions.record_fulfilment(done, by=by)
        if is_checked:
            actions.check(done, by=by, opinion="情况属实")
    return duty


def _before(today: datetime.date, days: int) -> datetime.date:
    return today - datetime.timedelta(days=days)
