"""The reports of 2025, except that of the reference meeting."""

# ruff: noqa: E501 -- a sentence of a text stays on its line

from __future__ import annotations

import datetime

from branch_portal.sample.shapes import Picture, Story

D = datetime.date

STORIES_2025 = (
    Story(
        slug="reading-class-before-the-life-meeting",
        happened=D(2025, 2, 21),
        published=D(2025, 2, 24),
        kinds=("reading_class",),
        meeting="2025-02-reading",
        title_zh="支部举办组织生活会会前学习读书班",
        title_en="A reading class before the organizational life meeting",
        summary_zh="三个党小组分组研读，为开好年度组织生活会打牢思想基础。",
        summary_en="The three Party groups read and discussed to prepare for the yearly organizational life meeting.",
        body_zh="""
2月21日上午，学会党支部举办组织生活会会前学习读书班，为开好2024年度专题组织生活会做好思想准备。

[1]

三个党小组分别研读党的创新理论学习读本和全会精神辅导材料，围绕对照检查要点开展讨论，并各推选一名党员作交流发言。因公外出的党员通过“云支部”同步学习。

支部要求，党员在学深悟透的基础上撰写发言提纲，把自己摆进去、把职责摆进去、把工作摆进去。
""",
        body_en="""
On the morning of 21 February the Party branch held a reading class to prepare its special organizational life meeting for 2024.

[1]

The three Party groups read a selection on the Party's new theories and study material on the plenary session, discussed the points on which members examine themselves, and each sent one member to speak for the group. Those away on duty joined through the “cloud branch”.

Members were asked to write their outlines from what they had studied, and to speak of themselves, their duties and their own work.
""",
        pictures=(
            Picture(
                "reading",
                1,
                "党员在活动室研读",
                "党员坐在书架前的长桌旁研读",
                "Members reading together",
                "Members read at a long table in front of bookshelves",
            ),
        ),
    ),
    Story(
        slug="walking-the-messengers-trail",
        happened=D(2025, 4, 18),
        published=D(2025, 4, 21),
        kinds=("red_base_visit", "theme_party_day"),
        meeting="2025-04-station",
        title_zh="支部组织党员参观枫树坳交通站旧址、重走交通线",
        title_en="On the messengers' trail at Fengshu'ao",
        summary_zh="党员沿当年交通员走过的山路步行，在旧址前交流学习体会。",
        summary_en="Members walked the mountain path once used by Party messengers and shared their thoughts at the old station.",
        body_zh="""
4月18日，学会党支部组织党员来到枫树坳交通站旧址，开展“重走交通线、践行初心路”主题党日活动。

[1]

党员们沿着当年交通员走过的山路步行两公里，边走边听当地老人讲述交通站传递情报、护送药品的故事，切身体会革命前辈的坚定与不易。

[2]

在旧址前，支部书记带领大家重温党的光荣传统。党员表示，前辈们在艰苦条件下护送药品、救治伤员，今天的医务工作者更要珍惜条件，把群众健康放在心上。
""",
        body_en="""
On 18 April the Party branch spent its theme Party day at Fengshu'ao, where a secret messengers' station once stood.

[1]

Members walked two kilometres along the mountain path of the messengers while older villagers told how letters passed through the station and medicines were brought across the hills.

[2]

In front of the old house the branch secretary recalled the traditions of the Party. If medicine was carried and the wounded were treated under such hardship, members said, those who work in health care today have every reason to do their utmost.
""",
        pictures=(
            Picture(
                "trail",
                0,
                "党员重走交通线",
                "一队党员打着红旗沿山间小路前行",
                "On the messengers' trail",
                "A line of members with red flags walks along a mountain path",
            ),
            Picture(
                "base",
                1,
                "在交通站旧址前",
                "党员在旧址建筑的台阶前列队站立",
                "At the old station",
                "Members stand in rows before the steps of a historic building",
            ),
        ),
    ),
    Story(
        slug="studying-the-eight-point-decision",
        happened=D(2025, 5, 9),
        published=D(2025, 5, 12),
        kinds=("theme_party_day",),
        meeting="2025-05-rules",
        title_zh="支部开展深入贯彻中央八项规定精神主题党日活动",
        title_en="Theme Party day: carrying out the central Party's eight-point decision on conduct",
        summary_zh="党员集体学习，对照会议费、差旅、公务接待等方面逐项自查。",
        summary_en="Members studied together and checked conference costs, travel and hospitality item by item.",
        body_zh="""
5月9日下午，学会党支部开展深入贯彻中央八项规定精神主题党日活动。

[1]

支部纪检委员领学中央八项规定及其实施细则精神，党员围绕会议费、差旅费、公务接待、办公用房等方面逐项对照自查。交流中，大家建议进一步完善学术会议经费审批单，把标准写在前面、把责任落到人头。

支部将对自查中提出的建议逐项研究，推动作风建设常态化长效化。
""",
        body_en="""
On the afternoon of 9 May the theme Party day was about carrying out the central Party leadership's eight-point decision on improving conduct.

[1]

The discipline commissioner led the study of the decision and its rules. Members then went through conference costs, travel, hospitality and offices, item by item. They proposed a better approval form for academic conferences, one that states the limits first and names who is responsible.

The branch will consider each of the proposals, so that good conduct becomes a lasting habit.
""",
        pictures=(
            Picture(
                "meeting",
                2,
                "主题党日集体学习",
                "会议室里，党员围坐长桌集体学习",
                "Studying together",
                "Members study together around a long table",
            ),
        ),
    ),
    Story(
        slug="health-education-day-in-liuqiao",
        happened=D(2025, 6, 13),
        published=D(2025, 6, 14),
        kinds=("public_service",),
        meeting="2025-06-community",
        title_zh="健康服务进社区：支部参加柳桥街道健康科普日",
        title_en="Health service into the community: health education day in Liuqiao",
        summary_zh="义诊、科普展板和急救体验同时开展，服务居民约200人次。",
        summary_en="A free clinic, display boards and a first-aid corner reached about 200 residents.",
        body_zh="""
6月13日上午，学会党支部联合柳桥街道社区卫生服务站，在文化广场开展健康科普日活动。

[1]

义诊台前，党员专家为居民解答慢性病防治问题；科普展板用图文介绍合理用药、防跌倒等知识。

[2]

心肺复苏体验区最受欢迎，党员手把手指导居民练习胸外按压。不少居民表示，学会一个动作，关键时刻就可能帮上忙。活动共服务居民约200人次。
""",
        body_en="""
On the morning of 13 June the Party branch and the community health station of Liuqiao held a health education day on the culture square.

[1]

At the clinic tables members answered questions on chronic illness; display boards explained the safe use of medicines and how to prevent falls.

[2]

The first-aid corner drew the most visitors. Members showed residents how to press on the chest in a resuscitation and let everyone practise. Knowing one movement, people said, may be what helps in an emergency. About 200 residents took part.
""",
        pictures=(
            Picture(
                "stand",
                1,
                "柳桥街道健康科普日",
                "广场上的帐篷下，医生为居民提供咨询",
                "Health education day in Liuqiao",
                "Doctors advise residents under tents on a square",
            ),
            Picture(
                "firstaid",
                0,
                "指导居民练习胸外按压",
                "一名医生跪在垫子旁示范胸外按压，居民围观学习",
                "Practising chest compressions",
                "A doctor kneels and shows chest compressions while residents watch",
            ),
        ),
    ),
    Story(
        slug="secretary-gives-a-party-lesson",
        happened=D(2025, 6, 27),
        published=D(2025, 6, 30),
        kinds=("party_lesson",),
        meeting="2025-06-lesson",
        title_zh="支部书记讲授“在岗位上践行初心”专题党课",
        title_en="The branch secretary gives a Party lesson",
        summary_zh="从三位基层医务工作者的故事讲起，谈党员在学会岗位上的责任。",
        summary_en="Three stories from primary care led to the question what a member's duty is at the association.",
        body_zh="""
6月27日下午，学会党支部书记以“在岗位上践行初心”为题，为全体党员、发展对象和入党积极分子讲授专题党课。

[1]

党课从三位基层医务工作者扎根岗位的故事讲起，阐述了初心在岗、责任在肩的深刻内涵，对学会党员提出守信念、精业务、重服务、严律己四点希望。

预备党员和入党积极分子代表作交流发言，表示要以先进为榜样，在平凡岗位上干出实绩。
""",
        body_en="""
On the afternoon of 27 June the secretary of the Party branch gave a lesson to all members, the development target and the activist under the title “True to our aspiration, each in our post”.

[1]

The lesson began with the stories of three people who work in primary care, and went on to ask what responsibility means at the association: to hold to one's conviction, to know one's trade, to serve, and to be strict with oneself.

A probationary member and the activist spoke in reply. They wanted to follow such examples and do solid work in ordinary posts.
""",
        pictures=(
            Picture(
                "lecture",
                2,
                "专题党课现场",
                "报告厅里，支部书记站在讲台旁讲党课",
                "The Party lesson",
                "The secretary speaks beside a lectern in a lecture hall",
            ),
        ),
    ),
    Story(
        slug="renewing-the-oath",
        happened=D(2025, 7, 1),
        published=D(2025, 7, 2),
        kinds=("theme_party_day",),
        meeting="2025-07-oath",
        title_zh="支部开展“七一”重温入党誓词主题党日活动",
        title_en="Renewing the oath on 1 July",
        summary_zh="全体党员面向党旗重温入党誓词，表达为民服务的决心。",
        summary_en="Members renewed the admission oath in front of the memorial hall.",
        body_zh="""
7月1日上午，学会党支部在澜川革命历史纪念馆广场开展重温入党誓词主题党日活动。

[1]

支部组织委员领学党章有关内容。随后，全体党员面向党旗，举起右拳，庄严宣誓。

铮铮誓言，声声入心。党员纷纷表示，要牢记誓词、践行承诺，在学会各项工作中当先锋、作表率。
""",
        body_en="""
On the morning of 1 July the Party branch met on the square of the memorial hall to renew the admission oath.

[1]

The organization commissioner first read from the Party constitution. All members then faced the flag, raised their right fists and spoke the oath.

Members said that they would keep these words in mind and set an example in the work of the association.
""",
        pictures=(
            Picture(
                "oath",
                1,
                "面向党旗重温入党誓词",
                "党员列队面向红旗举起右拳宣誓",
                "Renewing the oath",
                "Rows of members raise their right fists before a red flag",
            ),
        ),
    ),
    Story(
        slug="cloud-branch-opens",
        happened=D(2025, 8, 15),
        published=D(2025, 8, 18),
        kinds=("committee_meeting",),
        meeting="2025-08-committee",
        place="线上",
        title_zh="支部“云支部”正式运行",
        title_en="The “cloud branch” opens",
        summary_zh="支委会审议通过“云支部”运行办法，流动党员可在线参加组织生活。",
        summary_en="Mobile members can now take part in organizational life online.",
        body_zh="""
8月15日下午，学会党支部召开线上支委会，研究通过“云支部”运行办法，“云支部”正式运行。

[1]

“云支部”面向外出工作、学习的流动党员，每月推送学习内容，每季度组织一次线上组织生活，由三个党小组轮流承办。党员可以在线交流心得、提出建议。

支部将根据党员反馈不断完善内容和形式，让流动党员“离岗不离党、流动不流失”。
""",
        body_en="""
On the afternoon of 15 August the branch committee met online and adopted the rules by which the “cloud branch” works. It is now open.

[1]

The cloud branch is for mobile members who work or study elsewhere. It sends out study material every month and holds one online session of organizational life each quarter, prepared by the three Party groups in turn. Members can exchange thoughts and make proposals online.

The branch will keep improving it as members tell what they need, so that whoever moves away does not lose touch.
""",
        pictures=(
            Picture(
                "online",
                0,
                "线上支委会",
                "桌上的笔记本电脑屏幕上显示六位参会人员的画面",
                "The committee meets online",
                "A laptop on a desk shows six people in an online meeting",
            ),
        ),
    ),
    Story(
        slug="double-ninth-health-visit",
        happened=D(2025, 10, 24),
        published=D(2025, 10, 26),
        kinds=("public_service", "theme_party_day"),
        meeting="2025-10-elderly",
        title_zh="“党建＋公益”：支部开展重阳敬老健康行活动",
        title_en="“Party building + public welfare”: a health visit for the Double Ninth Festival",
        summary_zh="党员为社区老人体检、建立健康档案，讲解防跌倒知识。",
        summary_en="Members examined older residents, opened health records and explained how to prevent falls.",
        body_zh="""
重阳节前夕，10月24日上午，学会党支部走进杏桥社区养老服务中心，开展敬老健康行活动。

[1]

党员为老人测量血压血糖、检查视力听力，现场建立健康档案，并用情景演示的方式讲解居家防跌倒知识。活动共服务老人68名。

支部与养老服务中心约定，由党小组轮流每季度上门一次，持续跟踪老人健康状况。
""",
        body_en="""
On the morning of 24 October, shortly before the Double Ninth Festival, the Party branch visited the day centre for older residents in Xingqiao.

[1]

Members measured blood pressure and blood sugar, tested sight and hearing and opened a health record for each visitor. A short scene showed how falls at home can be prevented. Sixty-eight older residents came.

The Party groups will now call at the centre in turn, once every quarter, and keep an eye on the health of those they met.
""",
        pictures=(
            Picture(
                "checkup",
                1,
                "为老人测量血压",
                "医生为一位老人测量血压，旁边有几位老人等候",
                "Measuring an older resident's blood pressure",
                "A doctor measures the blood pressure of an older resident; others wait",
            ),
        ),
    ),
    Story(
        slug="studying-the-fourth-plenary-session",
        happened=D(2025, 10, 31),
        published=D(2025, 11, 3),
        kinds=("theme_party_day",),
        meeting="2025-10-plenum",
        title_zh="支部传达学习党的二十届四中全会精神",
        summary_zh="党员集体学习全会公报，围绕健康中国建设谈学会工作思路。",
        body_zh="""
10月31日下午，学会党支部开展主题党日活动，集体学习党的二十届四中全会精神。

[1]

支部书记领学全会公报，与会党员围绕加快建设健康中国，结合学会“十五五”时期学术交流、人才培养、科普服务等工作深入研讨。

支部要求，把学习贯彻全会精神作为当前和今后一个时期的重要政治任务，同完成年度目标任务紧密结合，以实际行动落实全会部署。
""",
        pictures=(
            Picture(
                "lecture",
                3,
                "集体学习全会精神",
                "会场内党员集体学习，前方屏幕展示学习内容",
                "Studying the communiqué",
                "Members study in a hall with a large screen",
            ),
        ),
    ),
    Story(
        slug="academic-branches-review-their-party-work",
        happened=D(2025, 12, 19),
        published=D(2025, 12, 22),
        kinds=("other",),
        meeting="2025-12-evaluation",
        title_zh="学会召开学术分会党建工作年度考核座谈会",
        title_en="Academic branches review their Party work of the year",
        summary_zh="六个学术分会交流做法，支部反馈考核中发现的共性问题。",
        summary_en="Six academic branches told what they had done; the Party branch named what all can do better.",
        body_zh="""
12月19日下午，学会党支部召开学术分会党建工作年度考核座谈会，六个学术分会联络员参加。

[1]

各分会围绕组织生活、党员作用发挥、业务融合、廉洁自律等方面交流了做法和体会，支部委员逐一点评，并反馈了党建项目与学术活动衔接不够紧密等共性问题。

支部将把考核结果运用到改进工作中，在项目立项环节同步设计党建内容，推动“党建＋业务”项目走深走实。
""",
        body_en="""
On the afternoon of 19 December the Party branch invited the contact persons of six academic branches to review the year's Party work.

[1]

The academic branches spoke about organizational life, what members had contributed, how Party work and professional work had come together, and integrity. The branch committee commented on each and named a common weakness: Party building projects and academic events are not yet planned together closely enough.

From now on the Party's part will be designed when a project is proposed, so that “Party building + business” becomes more than a name.
""",
        pictures=(
            Picture(
                "meeting",
                3,
                "考核座谈会现场",
                "会议室里，与会人员围坐长桌座谈",
                "The review meeting",
                "People sit around a long table in a meeting room",
            ),
        ),
    ),
)
