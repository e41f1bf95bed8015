"""The meeting from which the portal was conceived, with its report of the next day (handbook, section 15).

The structure and the figures are those of the handbook; names and wording are invented. The result of the
ballot is nowhere: it belongs to the appraisal, not to the minutes and never to the news.
"""

# ruff: noqa: E501 -- a sentence of a text stays on its line

from __future__ import annotations

import datetime

from branch_portal.sample.shapes import Finding, Gathering, Item, Paper, Picture, Remark, Shot, Story

D, T = datetime.date, datetime.datetime
KEY = "2025-03-reference"

_STUDY = """
<p>书记领学，全体党员集体学习五个专题：</p>
<ol><li>党的创新理论；</li><li>党的二十届三中全会精神；</li><li>关于党的建设的重要论述；</li>
<li>关于党的自我革命的重要思想；</li><li>党的纪律建设有关规定。</li></ol>
<p>会议强调，学习要落到学会工作和每名党员的岗位上。</p>
"""
_REPORT = """
<p>书记代表支部委员会报告2024年工作：</p>
<ul><li>组织生活：“三会一课”、主题党日按计划开展，完成支部换届选举；</li>
<li>党员教育：举办党纪学习教育读书班，参观红色教育基地；</li>
<li>服务群众：健康服务进社区、结对帮扶枫树坳村；</li>
<li>党员发展：接收预备党员2名，培养积极分子和发展对象。</li></ul>
"""
_ANALYSIS = """
<p>组织委员代表支部委员会作对照检查，通报查摆出的问题、根源、整改措施和完成时限（逐项列入问题清单），
并要求全体党员对照清单，联系本人实际查找差距。</p>
"""
_CRITICISM = """
<p>党员逐一发言，先作自我批评，再接受其他党员批评。大家直面问题，既指出不足，也提出改进建议，
达到了“团结—批评—团结”的目的。</p>
"""
_BALLOT = "<p>全体到会党员填写民主测评表，采取无记名方式。测评表由监票人、计票人当场收齐、封存，按规定程序处理。</p>"
_CLOSING = "<p>书记作总结讲话，就做好2025年工作提出三点要求（另列）。</p>"

GATHERING = Gathering(
    KEY,
    "2024年度专题组织生活会和民主评议党员大会",
    ("life_meeting", "appraisal"),
    T(2025, 3, 24, 14, 0),
    "澜川市医学会三楼会议室",
    minutes=210,
    for_year=2024,
    chair="陆秉文",
    recorder="祁文岚",
    topics=(
        ("党的创新理论专题学习", "支部学习资料选编"),
        ("党的二十届三中全会精神", "全会公报和决定"),
        ("关于党的建设的重要论述", "支部学习资料选编"),
        ("关于党的自我革命的重要思想", "支部学习资料选编"),
        ("《中国共产党纪律处分条例》有关规定", "条例单行本"),
    ),
    agenda=(
        Item("study", "书记领学", "陆秉文", _STUDY),
        Item("work_report", "书记报告支部2024年工作", "陆秉文", _REPORT),
        Item("analysis", "组织委员代表支委会通报问题、根源、整改措施和完成时限", "祁文岚", _ANALYSIS),
        Item("criticism", "党员查摆问题，开展批评和自我批评", "", _CRITICISM),
        Item("ballot", "到会党员无记名民主测评", "", _BALLOT),
        Item("requirements", "书记总结讲话，提出三点工作要求", "陆秉文", _CLOSING),
    ),
    findings=(
        Finding(
            "“三会一课”的质量不够均衡，个别党小组会以传达代替讨论。",
            "对党小组会的指导不够，没有统一的讨论题目。",
            "支委会每季度下发讨论提纲，支委每季度列席所联系的党小组会不少于一次。",
            "祁文岚",
            D(2025, 6, 30),
        ),
        Finding(
            "批评和自我批评的深度不够，谈工作多、谈思想少。",
            "会前谈心谈话不充分，有怕伤和气的顾虑。",
            "会前谈心谈话全覆盖并作记录，发言提纲由支委逐份把关。",
            "陆秉文",
            D(2025, 12, 31),
        ),
        Finding(
            "党建与学会业务融合的抓手不多，学术分会党建工作缺少考核。",
            "没有把党建工作列入学会重点工作指标。",
            "制定学术分会党建工作年度考核办法，设立“党建＋业务”项目。",
            "单雪蓉",
            D(2025, 9, 30),
        ),
        Finding(
            "流动党员教育管理的方式较为单一。",
            "主要依靠电话联系，线上组织生活没有固定下来。",
            "建好“云支部”，每月推送学习内容，每季度组织一次线上组织生活。",
            "尹若川",
            D(2025, 6, 30),
        ),
        Finding(
            "廉政风险防控目录更新不及时。",
            "岗位和流程调整后没有同步排查。",
            "建立岗位、流程调整同步报备制度，每半年动态排查一次。",
            "覃守正",
            D(2025, 7, 31),
        ),
        Finding(
            "联系服务基层会员不够经常。",
            "日常事务占用精力较多，主动走访少。",
            "本年度走访基层会员单位不少于六家，形成走访记录。",
            "蒋亦林",
            D(2025, 11, 30),
            level="member",
        ),
    ),
    remarks=(
        Remark("陆秉文", "抓全面工作多，对党建与业务融合谋划得不深；听取青年党员意见不够。"),
        Remark("单雪蓉", "对分会党建工作指导偏软，检查多、帮助少。"),
        Remark("祁文岚", "工作中有求稳心态，创新组织生活形式不够大胆。"),
        Remark("尹若川", "宣传报道重数量，反映基层党员故事的稿件少。"),
        Remark("覃守正", "日常监督多用会议提醒，针对性的谈话提醒做得不够。"),
        Remark("田嘉禾", "希望进一步放手让青年同志承担项目。", about="陆秉文"),
        Remark("冯砚秋", "建议分会走访事先列出问题，带着办法去。", about="单雪蓉"),
        Remark("仇春山", "建议党小组讨论提纲更短、更贴近岗位。", about="祁文岚"),
        Remark("唐苇", "建议开设“一线党员”栏目，多到现场采写。", about="尹若川"),
        Remark("俞立冬", "理论学习不够系统，满足于完成规定学时。"),
        Remark("梁静姝", "作为预备党员，主动汇报思想不够经常。"),
    ),
    requirements=(
        (
            "强化政治引领，推进支部标准化规范化建设",
            "更严格地落实“三会一课”；把批评和自我批评的深度作为支部的问题来解决；建立整改台账，逐项销号；"
            "打造“澜医学堂”学习品牌；通过读书班、参观红色教育基地等形式加强纪律教育。",
        ),
        (
            "推动党建与业务深度融合",
            "实施“党建＋业务”项目；对学术分会党建工作开展年度考核，把党建工作纳入学会重点指标；"
            "加强流动党员管理，建好“云支部”；开展“健康服务进社区”和“党建＋公益”活动，做好结对帮扶和健康科普。",
        ),
        (
            "压实责任链条，守牢廉洁底线",
            "完善廉政风险防控目录和“一岗双责”清单，实行动态排查；严格执行“三重一大”制度，"
            "加强对重大项目和资金使用的监督。",
        ),
    ),
    photos=(
        Shot("meeting", 0, "专题组织生活会会场"),
        Shot("speech", 0, "书记提出三点工作要求"),
    ),
    papers=(
        Paper(
            "Meeting plan.pdf",
            "Special organizational life meeting and democratic appraisal, 2024",
            (
                "24 March 2025, 14:00, meeting room on the third floor",
                "1. Study led by the secretary",
                "2. Work report for 2024",
                "3. Problems, root causes, rectification measures, time limits",
                "4. Criticism and self-criticism",
                "5. Appraisal ballot",
                "6. Three work requirements",
            ),
        ),
        Paper(
            "问题清单.docx",
            "支部问题清单和整改措施",
            (
                "一、“三会一课”质量不够均衡——2025年6月30日前完成。",
                "二、批评和自我批评深度不够——2025年12月31日前完成。",
                "三、党建与业务融合抓手不多——2025年9月30日前完成。",
                "四、流动党员管理方式单一——2025年6月30日前完成。",
                "五、廉政风险防控目录更新不及时——2025年7月31日前完成。",
            ),
            item=3,
        ),
    ),
    signed_after_days=1,
)

_BODY_ZH = """
3月24日下午，澜川市医学会党支部召开2024年度专题组织生活会和民主评议党员大会。会议由支部书记主持，全体党员参加。

[1]

会上，支部书记带领全体党员深入学习党的创新理论、党的二十届三中全会精神，学习关于党的建设、党的自我革命的重要论述和党的纪律建设有关规定，并报告了支部2024年工作。组织委员代表支部委员会通报了查摆出的问题，从思想、责任、机制等方面剖析根源，逐项提出整改措施和完成时限，要求全体党员对照自身实际认真查找差距。

随后，党员逐一查摆问题，坦诚开展批评和自我批评，做到见人见事见思想。大家表示，要把会议成果转化为改进工作、服务会员的实际行动。按照民主评议党员工作程序，到会党员以无记名方式进行了民主测评。

[2]

最后，支部书记就做好下一步工作提出三点要求：

## 一、强化政治引领，推进支部标准化规范化建设

更加严格地落实“三会一课”制度，提高批评和自我批评的质量；建立整改台账，实行销号管理；打造“澜医学堂”学习品牌，通过读书班、参观红色教育基地等形式深化纪律教育。

## 二、推动党建与业务深度融合

实施“党建＋业务”项目，开展学术分会党建工作年度考核，将党建工作纳入学会重点指标；加强流动党员管理，建好“云支部”；持续开展“健康服务进社区”和“党建＋公益”活动，做好结对帮扶和健康科普。

## 三、压实责任链条，守牢廉洁底线

完善廉政风险防控目录和“一岗双责”清单，加强动态排查；严格执行“三重一大”制度，强化对重大项目和资金使用的监督。

此次会议统一了思想，明确了方向。支部将以会议召开为契机，抓实问题整改，以高质量党建引领学会各项工作高质量发展。
"""

_BODY_EN = """
On the afternoon of 24 March, the Party branch of the Lanchuan Medical Association held its special organizational life meeting and democratic appraisal of members for the year 2024. The branch secretary chaired the meeting, and all members took part.

[1]

The secretary led the members in studying the Party's new theories, the spirit of the third plenary session of the 20th Central Committee, and guidance on Party building, the Party's self-revolution and discipline, and then reported on the work of the branch in 2024. On behalf of the branch committee, the organization commissioner set out the problems found, traced them to their root causes in thinking, responsibility and procedure, and named a rectification measure and a time limit for each. All members were asked to compare the findings with their own circumstances.

The members then named their own problems one by one and engaged in frank criticism and self-criticism. They undertook to turn the outcome of the meeting into better work and better service for the members of the association. In keeping with the procedure of the democratic appraisal, all members present cast the appraisal ballot in secret.

[2]

In closing, the secretary set out three requirements for the work ahead:

## 1. Strengthen political leadership and bring the branch up to standard

Carry out the Three Meetings and One Lesson more strictly and deepen criticism and self-criticism; keep a rectification ledger and close its entries one by one; build up the “Lanchuan Medics' Classroom” as the branch's learning brand; and deepen discipline education through reading classes and visits to red education bases.

## 2. Bring Party building and professional work together

Carry out “Party building + business” projects, evaluate the Party work of the academic branches every year, and make Party work one of the association's key indicators; look after mobile members and build the “cloud branch”; continue the “health service into the community” and “Party building + public welfare” activities with pairing assistance and health education.

## 3. Tighten the chain of responsibility and hold the line on integrity

Complete the integrity-risk catalogue and the dual-responsibility list and keep them under dynamic investigation; follow the Three Importants and One Large procedure strictly; and strengthen the supervision of major projects and of funds.

The meeting brought minds together and set a clear direction. The branch will now see every rectification through, so that good Party building leads to good work throughout the association.
"""

STORY = Story(
    slug="2024-organizational-life-meeting",
    happened=D(2025, 3, 24),
    published=D(2025, 3, 25),
    kinds=("life_meeting", "appraisal"),
    meeting=KEY,
    title_zh="学会党支部召开2024年度专题组织生活会和民主评议党员大会",
    title_en="The Party branch holds its special organizational life meeting and democratic appraisal for 2024",
    summary_zh="全体党员集体学习、查摆问题、开展批评和自我批评，支部书记就下一步工作提出三点要求。",
    summary_en="All members studied, named problems and engaged in criticism and self-criticism; "
    "the secretary set out three requirements for the work ahead.",
    body_zh=_BODY_ZH,
    body_en=_BODY_EN,
    pictures=(
        Picture(
            "meeting",
            0,
            "专题组织生活会会场",
            "会议室里，党员围坐在长桌两侧开会，墙上挂着红色横幅",
            "The special organizational life meeting in session",
            "Members sit around a long table in a meeting room with a red banner on the wall",
        ),
        Picture(
            "speech",
            0,
            "支部书记提出三点工作要求",
            "支部书记站在讲台后讲话，台下党员认真听讲",
            "The branch secretary sets out three work requirements",
            "The branch secretary speaks at a lectern while members listen",
        ),
    ),
)
