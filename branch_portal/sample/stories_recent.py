"""Reports of the months before the sample is loaded, and those that are not public: draft, in review, withdrawn."""

# ruff: noqa: E501 -- a sentence of a text stays on its line

from __future__ import annotations

import datetime
from collections.abc import Callable

from branch_portal.sample.days import second_friday, working_day
from branch_portal.sample.monthly_meetings import months_before
from branch_portal.sample.present_meetings import LESSON_DAYS, SERVICE_DAYS
from branch_portal.sample.shapes import Picture, Story

D = datetime.date


def recent_stories(today: datetime.date) -> tuple[Story, ...]:
    """Reports of the last months that have one, and one in each state before and after publication."""
    monthly = [_STORIES[month](year, month) for year, month in months_before(today) if month in _STORIES]
    return (*monthly, _withdrawn(today), _in_review(today), _draft(today))


def _published(year: int, month: int) -> dict[str, datetime.date]:
    day = second_friday(year, month)
    return {"happened": day, "published": min(day + datetime.timedelta(days=1), _last_of(year, month))}


def _last_of(year: int, month: int) -> datetime.date:
    return D(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def _march(year: int, month: int) -> Story:
    return Story(
        slug="tending-the-members-grove",
        kinds=("theme_party_day", "public_service"),
        meeting=f"{year}-03-trees",
        **_published(year, month),
        title_zh="支部开展养护“党员林”主题党日活动",
        title_en="Theme Party day: tending the members' grove",
        summary_zh="党员为2024年栽下的树木松土、刷白，并补栽树苗20株。",
        summary_en="Members loosened the soil around the trees planted in 2024 and added twenty saplings.",
        body_zh="""
学会党支部来到北郊滨河绿地，开展养护“党员林”主题党日活动。

[1]

党员在绿化工作人员指导下，为2024年栽下的树木松土、除草、刷白，并补栽树苗20株。看到当年的小树苗已经长高，大家倍感欣慰。

支部将坚持每年春秋两季开展养护，让“党员林”成为党员践行生态文明理念的常设课堂。
""",
        body_en="""
The Party branch returned to the riverside green to tend the grove that its members had planted.

[1]

Guided by the staff of the parks office, members loosened the soil, weeded and whitewashed the trunks of the trees planted in 2024, and added twenty saplings. Everybody was glad to see how much the first trees have grown.

The branch will go on tending the grove every spring and autumn.
""",
        pictures=(
            Picture(
                "trees",
                1,
                "养护“党员林”",
                "党员在草地上为树苗培土浇水",
                "Tending the grove",
                "Members tend young trees on a meadow",
            ),
        ),
    )


def _april(year: int, month: int) -> Story:
    return Story(
        slug="spring-reading-class",
        kinds=("reading_class",),
        meeting=f"{year}-04-reading",
        **_published(year, month),
        title_zh="支部举办春季读书班",
        title_en="The spring reading class",
        summary_zh="党员通读党章，分组列出学习问题并交流体会。",
        summary_en="Members read the Party constitution from beginning to end and exchanged questions.",
        body_zh="""
学会党支部在党员活动室举办春季读书班。

[1]

读书班以通读党章为主要内容，三个党小组分组研读，列出学习中的疑问，由支部委员逐一解答。三名党员作重点发言，交流学习体会。

支部将把读书班作为“澜医学堂”的固定课程，春秋两季各举办一次。
""",
        body_en="""
The Party branch held its spring reading class in the members' room.

[1]

The three Party groups read the Party constitution from beginning to end and wrote down their questions, which the members of the branch committee answered one by one. Three members spoke about what they had taken from it.

The reading class is now a regular course of the “Lanchuan Medics' Classroom”, once in spring and once in autumn.
""",
        pictures=(
            Picture(
                "reading",
                0,
                "春季读书班",
                "党员坐在书架前的长桌旁阅读",
                "The spring reading class",
                "Members read at a long table in front of bookshelves",
            ),
        ),
    )


def _july(year: int, month: int) -> Story:
    return Story(
        slug="a-lesson-in-the-memorial-hall",
        kinds=("theme_party_day", "party_lesson", "red_base_visit"),
        meeting=f"{year}-07-museum",
        **_published(year, month),
        title_zh="支部在澜川革命历史纪念馆开展现场党课",
        title_en="A Party lesson in the memorial hall",
        summary_zh="听现场党课、看专题展览、重温入党誓词。",
        summary_en="Members heard a lesson among the exhibits and renewed the admission oath.",
        body_zh="""
学会党支部组织党员、发展对象和入党积极分子来到澜川革命历史纪念馆，把党课搬进展厅。

[1]

支部副书记结合地方党史，讲述党的优良传统。随后，大家参观专题展览，并重温入党誓词。

[2]

现场听、现场看、现场学，让党课更加生动。支部将继续用好本地红色资源，丰富党员教育的形式。
""",
        body_en="""
The Party branch took its lesson to the Lanchuan memorial hall, together with the development target and the activist.

[1]

Among the exhibits the deputy secretary spoke of the Party's traditions and the history of the region. Members then toured the special exhibition and renewed the admission oath.

[2]

Hearing and seeing in one place made the lesson vivid. The branch will go on using what the region has to offer.
""",
        pictures=(
            Picture(
                "exhibition",
                0,
                "参观专题展览",
                "展厅里，党员在展板前驻足观看",
                "In the special exhibition",
                "Members stand in front of display panels",
            ),
            Picture(
                "oath",
                0,
                "重温入党誓词",
                "党员列队面向红旗举起右拳",
                "Renewing the admission oath",
                "Rows of members raise their right fists before a red flag",
            ),
        ),
    )


def _september(year: int, month: int) -> Story:
    return Story(
        slug="rounds-in-fengshuao",
        kinds=("public_service",),
        meeting=f"{year}-09-village",
        **_published(year, month),
        title_zh="“党建＋公益”：支部到枫树坳村开展巡诊",
        title_en="“Party building + public welfare”: rounds in Fengshu'ao",
        summary_zh="党员专家为村民巡诊，更新慢性病随访档案。",
        summary_en="Members saw patients in the paired village and brought the records of chronic illness up to date.",
        body_zh="""
学会党支部组织党员专家赴结对帮扶的枫树坳村开展巡诊。

[1]

专家们在村卫生室坐诊，并分组上门看望行动不便的老人，与村医一起更新慢性病随访档案，调整用药方案。

[2]

支部与村党支部共同商定下一阶段帮扶计划，重点帮助村卫生室提高慢性病管理能力。
""",
        body_en="""
Members of the Party branch made their rounds in Fengshu'ao, the village with which the branch is paired.

[1]

Some saw patients at the village clinic while others called on older people at home. With the village doctors they brought the records of chronic illness up to date and adjusted medicines.

[2]

The two Party branches agreed on the next steps: above all, to help the village clinic manage chronic illness.
""",
        pictures=(
            Picture(
                "village",
                1,
                "在枫树坳村巡诊",
                "农舍前，医生与村民交谈",
                "Rounds in Fengshu'ao",
                "Doctors talk with villagers in front of farmhouses",
            ),
            Picture(
                "checkup",
                0,
                "为村民测量血压",
                "医生隔着桌子为村民测量血压",
                "Measuring blood pressure",
                "A doctor measures a villager's blood pressure across a table",
            ),
        ),
    )


def _october(year: int, month: int) -> Story:
    return Story(
        slug="from-study-to-health-services",
        kinds=("theme_party_day",),
        meeting=f"{year}-10-theme",
        **_published(year, month),
        title_zh="支部开展“把全会精神落到健康服务中”主题党日活动",
        title_en="Theme Party day: from study to better health services",
        summary_zh="各党小组围绕基层健康服务提出三条建议。",
        summary_en="Each Party group made proposals for better services in primary care.",
        body_zh="""
学会党支部开展“把全会精神落到健康服务中”主题党日活动。

[1]

支部书记领学全会精神学习材料。专题研讨中，各党小组围绕基层健康服务提出建议：把健康讲座安排在周末上午，为居民编写通俗易懂的科普材料，与社区共享慢性病随访信息。

支部对建议逐条明确了责任人和完成时间。
""",
        body_en="""
The theme Party day of the branch asked how the spirit of the plenary session can improve health services.

[1]

The secretary led the study. The Party groups then made their proposals: to give health talks on weekend mornings, to write leaflets that everybody understands, and to share follow-up information on chronic illness with the communities.

For each proposal the branch named who is responsible and by when.
""",
        pictures=(
            Picture(
                "lecture",
                1,
                "主题党日专题学习",
                "会场内党员面向屏幕集体学习",
                "Studying together",
                "Members study in a hall with a large screen",
            ),
        ),
    )


_STORIES: dict[int, Callable[[int, int], Story]] = {
    3: _march,
    4: _april,
    7: _july,
    9: _september,
    10: _october,
}


def _withdrawn(today: datetime.date) -> Story:
    return Story(
        slug="family-first-aid-class-announced",
        happened=today - datetime.timedelta(days=20),
        published=today - datetime.timedelta(days=19),
        kinds=("public_service",),
        state="withdrawn",
        place="柳桥街道文化广场",
        withdrawn_because="活动日期有误，待与街道核实后重新发布。",
        title_zh="家庭急救课堂筹备工作启动",
        summary_zh="支部与柳桥街道共同筹备家庭急救课堂。",
        body_zh="""
学会党支部与柳桥街道共同筹备家庭急救课堂，面向居民普及心肺复苏、气道异物急救等知识。

[1]

课堂将由党员医务工作者担任讲师，设体验区供居民练习。
""",
        pictures=(
            Picture(
                "firstaid",
                0,
                "急救课堂演练",
                "一名医生示范胸外按压，居民围观学习",
                "A rehearsal of the class",
                "A doctor shows chest compressions while residents watch",
            ),
        ),
    )


def _in_review(today: datetime.date) -> Story:
    return Story(
        slug="young-members-tell-their-stories",
        happened=working_day(today, LESSON_DAYS),
        kinds=("party_lesson",),
        meeting="draft-lesson",
        state="in_review",
        title_zh="支部举办青年党员微党课交流活动",
        title_en="Young members give short Party lessons",
        summary_zh="五名青年党员走上讲台，讲述身边的岗位故事。",
        summary_en="Five young members told stories from their own work.",
        body_zh="""
学会党支部举办青年党员微党课交流活动，五名青年党员走上讲台，每人用十分钟讲一个岗位故事。

[1]

故事取材于学术会务、科普编辑、社区服务等日常工作，语言朴实、真切感人。支部委员现场点评，鼓励青年党员在实践中成长。
""",
        body_en="""
Five young members of the Party branch took the floor, ten minutes each, and told a story from their own work.

[1]

The stories came from conference service, the editing of health information and work in the communities. The members of the branch committee commented and encouraged them to go on learning from practice.
""",
        pictures=(
            Picture(
                "speech",
                1,
                "青年党员讲微党课",
                "一名青年党员站在讲台后讲课，台下党员听讲",
                "A young member gives a short lesson",
                "A young member speaks at a lectern while others listen",
            ),
        ),
    )


def _draft(today: datetime.date) -> Story:
    return Story(
        slug="",
        happened=working_day(today, SERVICE_DAYS),
        kinds=("public_service", "theme_party_day"),
        meeting="draft-service",
        state="draft",
        title_zh="健康服务进社区：支部开展慢性病管理咨询",
        body_zh="""
学会党支部走进杏桥社区健康驿站，开展慢性病管理咨询活动，接待居民90余人次。

[1]
""",
        pictures=(Picture("stand", 1, "慢性病管理咨询台", "社区广场的帐篷下，医生为居民提供咨询", "", ""),),
    )
