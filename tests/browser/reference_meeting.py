"""What is typed when the reference meeting of the handbook (section 15) is played through; wording invented."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Script:
    """One language's texts, in the order in which they are typed."""

    lang: str
    locale: str
    title: str
    place: str
    notes: str
    topics: tuple[str, ...]
    work_report: str
    problem: tuple[str, str, str]
    criticism: str
    requirements: tuple[tuple[str, str], ...]
    captions: tuple[str, str]


CHINESE = Script(
    lang="zh-hans",
    locale="zh-CN",
    title="2024年度专题组织生活会暨民主评议党员大会",
    place="协会三楼会议室",
    notes="书记领学，与会党员交流了体会。",
    topics=("中央全会精神", "加强党的自我革命的论述", "党的纪律处分有关规定"),
    work_report="2024年召开党员大会四次、支委会十二次，开展主题党日十二次。",
    problem=("理论学习不够系统", "学用结合的办法不多", "每月一次专题学习，列出书目"),
    criticism="抓支部建设有时满足于完成任务。",
    requirements=(
        ("强化政治引领，推进党支部标准化规范化建设", "从严落实三会一课，建立整改台账，逐项销号。"),
        ("推动党建与业务深度融合", "实施党建+业务项目，开展健康服务进社区。"),
        ("压实责任链条", "完善廉政风险防控目录和一岗双责清单，落实三重一大制度。"),
    ),
    captions=("与会党员认真学习", "书记作总结讲话"),
)

ENGLISH = Script(
    lang="en",
    locale="en-GB",
    title="Special organizational life meeting and democratic appraisal for the year 2024",
    place="Meeting room, third floor",
    notes="The secretary led the study; members exchanged what they had learnt.",
    topics=("The spirit of the plenary session", "On the Party's self-revolution", "Rules on discipline"),
    work_report="In 2024 the branch held four members' meetings and twelve committee meetings.",
    problem=(
        "Study is not systematic enough",
        "Few ways to put it into practice",
        "One theme a month, with a list",
    ),
    criticism="Sometimes I was content with having a task done.",
    requirements=(
        ("Strengthen political leadership and standardization", "Stricter Three Meetings and One Lesson."),
        ("Join Party building with the work", "Health service into the community."),
        ("Tighten the chain of responsibility", "Integrity-risk catalogue and dual responsibility."),
    ),
    captions=("Members study attentively", "The secretary closes the meeting"),
)
