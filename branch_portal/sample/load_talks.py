"""A few talks of the invented branch: some pairs have talked this year, others have not."""

from __future__ import annotations

import datetime

from branch_portal.sample.load_people import Cast
from meetings.talks import actions
from meetings.talks.models import Talk

# talker, partner, kind, days before today, points, problems, wishes, follow-up
TALKS = (
    ("陆秉文", "单雪蓉", "exchange", 40, "交流支部工作分工和今年重点任务。", "", "", ""),
    (
        "陆秉文",
        "邱小棠",
        "care",
        75,
        "了解近期工作和生活情况。",
        "夜班较多，参加集中学习有困难。",
        "希望增加线上学习时段。",
        "请宣传委员安排线上补学。",
    ),
    ("单雪蓉", "祁文岚", "reminder", 20, "提醒按时完成党员发展材料审核。", "", "", "月底前补齐材料。"),
    (
        "覃守正",
        "罗启帆",
        "encouragement",
        55,
        "肯定预备期表现，鼓励参与志愿服务。",
        "",
        "希望参加健康服务进社区。",
        "列入下次活动名单。",
    ),
    ("梁静姝", "贺屿宁", "exchange", 30, "交流读书心得。", "", "", ""),
)


def load_talks(cast: Cast, *, today: datetime.date) -> None:
    """The texts are invented."""
    for talker, partner, kind, days, points, problems, wishes, follow_up in TALKS:
        talk = Talk(
            on=max(today - datetime.timedelta(days=days), datetime.date(today.year, 1, 1)),
            place="谈心室",
            kind=kind,
            talker=cast.members[talker],
            partner=cast.members[partner],
            points=f"{points}（虚构）",
            problems=problems,
            wishes=wishes,
            follow_up=follow_up,
        )
        actions.enter(talk, by=cast.accounts[talker])
