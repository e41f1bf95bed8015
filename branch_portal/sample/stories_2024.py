"""The reports of 2024. No names, no attendance lists: the public reads what was done, not who did it."""

# ruff: noqa: E501 -- a sentence of a text stays on its line

from __future__ import annotations

import datetime

from branch_portal.sample.shapes import Picture, Story

D = datetime.date
_UNDER_THE_FORMER_COMMITTEE = {"written_by": "俞立冬", "reviewed_by": "单雪蓉"}

STORIES_2024 = (
    Story(
        slug="visiting-retired-members",
        happened=D(2024, 2, 2),
        published=D(2024, 2, 4),
        kinds=("public_service",),
        place="党员家中",
        title_zh="支部开展春节前走访慰问活动",
        summary_zh="春节前夕，支部委员分组走访慰问老党员，听取对支部工作的意见建议。",
        body_zh="""
春节前夕，学会党支部组织支部委员分组走访慰问老党员，把组织的关怀送到大家身边。

[1]

走访中，支部委员与老党员亲切交谈，询问身体和生活情况，介绍学会一年来的工作，并为他们测量血压、讲解冬季保健知识。老党员们结合自身经历，勉励青年党员珍惜岗位、多做实事。

支部将走访中收集到的意见建议逐条梳理，列入年度工作计划认真办理。
""",
        pictures=(
            Picture(
                "checkup",
                0,
                "走访中为老党员测量血压",
                "身穿白大褂的医生隔着桌子为老人测量血压",
                "Measuring the blood pressure of a veteran member",
                "A doctor in a white coat measures an older person's blood pressure across a table",
            ),
        ),
        **_UNDER_THE_FORMER_COMMITTEE,
    ),
    Story(
        slug="planting-trees-by-the-river",
        happened=D(2024, 3, 12),
        published=D(2024, 3, 13),
        kinds=("theme_party_day", "public_service"),
        meeting="2024-03-trees",
        title_zh="支部开展义务植树主题党日活动",
        title_en="Theme Party day: planting trees by the river",
        summary_zh="党员在滨河绿地栽种树苗60株，并提议认养这片树林。",
        summary_en="Members planted sixty saplings on the riverside green and offered to look after them.",
        body_zh="""
3月12日上午，学会党支部在澜川市北郊滨河绿地开展义务植树主题党日活动。

[1]

活动开始前，党员集体学习了生态文明建设的有关要求。随后，三个党小组分片作业，在绿化工作人员指导下挖坑、扶苗、培土、浇水，分工明确、配合默契，一个上午栽下树苗60株。

[2]

党员提议认养这片树林，每年春秋各养护一次，让植树从一次活动变成一份长期的责任。支部采纳了这一建议，并将其列入年度工作计划。
""",
        body_en="""
On the morning of 12 March the Party branch spent its theme Party day planting trees on the riverside green in the north of the city.

[1]

The day began with a short study session on ecological civilization. The three Party groups then divided the ground among them and, guided by the staff of the parks office, dug, planted and watered. By noon sixty saplings stood in their places.

[2]

Members proposed to adopt the grove and to tend it every spring and autumn, so that a single day of planting becomes a lasting responsibility. The branch has taken up the proposal and written it into its plan for the year.
""",
        pictures=(
            Picture(
                "trees",
                0,
                "党员在滨河绿地植树",
                "草地上，党员们扶着树苗培土，旁边插着红旗",
                "Members plant trees on the riverside green",
                "On a meadow, members hold saplings upright beside a red flag",
            ),
            Picture(
                "trees",
                1,
                "为新栽的树苗培土浇水",
                "几棵新栽的树苗旁放着铁锹和红色水桶",
                "Watering the newly planted saplings",
                "Spades and red buckets stand beside newly planted saplings",
            ),
        ),
        **_UNDER_THE_FORMER_COMMITTEE,
    ),
    Story(
        slug="reading-class-on-discipline",
        happened=D(2024, 4, 19),
        published=D(2024, 4, 22),
        kinds=("reading_class",),
        meeting="2024-04-reading",
        title_zh="支部举办党纪学习教育读书班",
        title_en="A reading class on Party discipline",
        summary_zh="党员逐章研读纪律处分条例，围绕学会工作中的廉洁风险开展分组研讨。",
        summary_en="Members read the regulations on disciplinary action chapter by chapter and discussed "
        "integrity risks in the association's own work.",
        body_zh="""
4月19日，学会党支部举办党纪学习教育读书班，组织党员集中一天时间研读《中国共产党纪律处分条例》。

[1]

上午，党员逐章研读条例，对照典型案例加深理解。下午，围绕“学术会议经费如何管得住、用得好”“与企业交往的边界在哪里”“党员专家评审如何回避”三个题目分组研讨，大家联系岗位实际，谈认识、摆问题、提建议。

支部要求，把学纪、知纪、明纪、守纪贯穿工作全过程，把研讨形成的建议转化为学会的制度措施。
""",
        body_en="""
On 19 April the Party branch held a reading class on Party discipline and gave a whole day to the Regulations on Disciplinary Action.

[1]

In the morning members read the regulations chapter by chapter and tested their understanding on selected cases. In the afternoon the Party groups took up three questions close to home: how to keep the funds of academic conferences in good order, where the line runs in dealings with companies, and when an expert has to stand aside from an evaluation.

The branch asked that discipline be learned, understood and kept in every part of the work, and that the proposals from the discussion become rules of the association.
""",
        pictures=(
            Picture(
                "reading",
                0,
                "读书班研读现场",
                "书架前，五名党员坐在长桌旁阅读",
                "Members reading in class",
                "Five members read at a long table in front of bookshelves",
            ),
        ),
        **_UNDER_THE_FORMER_COMMITTEE,
    ),
    Story(
        slug="party-lesson-on-discipline",
        happened=D(2024, 4, 26),
        published=D(2024, 4, 28),
        kinds=("party_lesson",),
        meeting="2024-04-lesson",
        title_zh="支部举办“把纪律规矩立在心里”专题党课",
        summary_zh="纪检委员结合学会工作讲授纪律教育专题党课。",
        body_zh="""
4月26日下午，学会党支部举办“把纪律规矩立在心里”专题党课，由支部纪检委员主讲。

[1]

党课从加强纪律建设的重要意义讲起，系统解读条例修订的主要内容，结合会议经费、评审推荐、对外合作等六个环节，提醒党员守住底线、不碰红线。

与会党员表示，要把党课内容带回岗位，做到知敬畏、存戒惧、守底线。
""",
        pictures=(
            Picture(
                "lecture",
                0,
                "专题党课现场",
                "报告厅里，主讲人站在讲台旁讲课，党员认真听讲",
                "The Party lesson",
                "A speaker stands beside a lectern in a lecture hall; members listen",
            ),
        ),
        **_UNDER_THE_FORMER_COMMITTEE,
    ),
    Story(
        slug="health-service-in-xingqiao-community",
        happened=D(2024, 5, 17),
        published=D(2024, 5, 18),
        kinds=("public_service",),
        meeting="2024-05-community",
        title_zh="健康服务进社区：支部到杏桥社区开展义诊",
        title_en="Health service into the community: a free clinic in Xingqiao",
        summary_zh="党员医务工作者为居民提供血压血糖检测、慢性病咨询和用药指导，服务约150人次。",
        summary_en="Members measured blood pressure and blood sugar and advised about 150 residents "
        "on chronic illness and medicines.",
        body_zh="""
5月17日上午，学会党支部走进杏桥社区健康驿站，开展“健康服务进社区”义诊活动。

[1]

活动现场设置血压血糖检测、慢性病咨询、用药指导三个服务台。党员医务工作者耐心解答居民提问，叮嘱高血压患者规律服药、按时复查，并发放健康科普手册。

[2]

活动共服务居民约150人次。社区居民委员会负责人表示，专家把服务送到家门口，解决了不少老人看病咨询的难处。支部将与社区建立固定联系，按季度开展服务。
""",
        body_en="""
On the morning of 17 May the Party branch took its “health service into the community” to the health station of Xingqiao.

[1]

There were three tables: one to measure blood pressure and blood sugar, one for advice on chronic illness, and one for questions about medicines. Members who are doctors answered patiently, reminded people with high blood pressure to take their medicine regularly and to come for their check-ups, and handed out leaflets.

[2]

About 150 residents were helped. The head of the residents' committee said that advice at the front door had spared many older people a long way. The branch will keep in touch with the community and come back every quarter.
""",
        pictures=(
            Picture(
                "stand",
                0,
                "在杏桥社区开展义诊",
                "社区广场的帐篷下，医生坐在服务台后接待居民",
                "The free clinic in Xingqiao",
                "Doctors receive residents under tents in a square",
            ),
            Picture(
                "checkup",
                0,
                "为居民测量血压",
                "医生隔着桌子为一位居民测量血压，其他居民在旁等候",
                "Measuring blood pressure",
                "A doctor measures a resident's blood pressure while others wait",
            ),
        ),
        **_UNDER_THE_FORMER_COMMITTEE,
    ),
    Story(
        slug="branch-elects-new-committee",
        happened=D(2024, 6, 28),
        published=D(2024, 7, 2),
        kinds=("members_meeting",),
        meeting="2024-06-election",
        title_zh="支部召开换届选举党员大会",
        title_en="The Party branch elects a new committee",
        summary_zh="大会听取上届支部委员会工作报告，选举产生新一届支部委员会。",
        summary_en="The members' meeting heard the report of the outgoing committee and elected a new one.",
        body_zh="""
6月28日下午，学会党支部召开换届选举党员大会，上级党委派员到会指导。

[1]

大会听取并审议通过了上届支部委员会工作报告，回顾总结三年来支部在组织生活、党员教育、服务群众等方面的工作。按照《中国共产党基层组织选举工作条例》和大会通过的选举办法，大会选举产生了新一届支部委员会。随后召开的第一次委员会议推选了书记、副书记，明确了委员分工。

新任支部书记表示，新一届支部委员会将团结带领全体党员，推动党建工作与学会业务深度融合，不辜负组织和党员的信任。
""",
        body_en="""
On the afternoon of 28 June the Party branch held a members' meeting to elect a new committee. A representative of the higher Party committee attended.

[1]

The meeting heard and adopted the report of the outgoing branch committee, which looked back on three years of organizational life, education of members and service to the public. Following the regulations on elections in primary organizations and its own election procedure, it then elected the new branch committee, whose first session chose the secretary and the deputy secretary and divided the work.

The new secretary said that the committee would bring all members together and join Party building more closely with the work of the association.
""",
        pictures=(
            Picture(
                "ballot",
                0,
                "换届选举党员大会现场",
                "会议室里，党员排队走向桌上的红色票箱",
                "The members' meeting",
                "Members line up before a red ballot box on a table",
            ),
        ),
        reviewed_by="祁文岚",
    ),
    Story(
        slug="visit-to-the-lanchuan-memorial-hall",
        happened=D(2024, 7, 1),
        published=D(2024, 7, 3),
        kinds=("theme_party_day", "red_base_visit"),
        meeting="2024-07-museum",
        title_zh="支部组织党员参观澜川革命历史纪念馆",
        title_en="Members visit the Lanchuan memorial hall",
        summary_zh="党员参观基本陈列，在纪念馆前重温入党誓词。",
        summary_en="Members toured the exhibition and renewed their admission oath in front of the hall.",
        body_zh="""
7月1日上午，学会党支部组织党员来到澜川革命历史纪念馆，开展主题党日活动。

[1]

在讲解员带领下，党员们依次参观各个展厅，透过一件件实物、一幅幅图片，了解本地党组织艰苦创业的历程。

[2]

参观结束后，全体党员面向党旗，举起右拳，重温入党誓词。老党员讲述入党初心，青年党员畅谈岗位责任。

[3]

大家表示，要从党的历史中汲取力量，把初心落在为会员服务、为群众健康服务的每一件小事上。
""",
        body_en="""
On the morning of 1 July the Party branch visited the Lanchuan memorial hall for its theme Party day.

[1]

A guide led the members from room to room. Objects and pictures told of the hard beginnings of the Party's organization in the region.

[2]

After the tour all members faced the flag, raised their right fists and renewed the admission oath. Veterans told how they had joined; younger members spoke of the duties of their posts.

[3]

Members said that they would draw strength from this history and put it into every small thing they do for the association's members and for public health.
""",
        pictures=(
            Picture(
                "base",
                0,
                "党员在纪念馆前合影",
                "党员在纪念馆台阶前分两排站立，两侧红旗招展",
                "Members in front of the memorial hall",
                "Two rows of members stand before the steps of the hall, with red flags on both sides",
            ),
            Picture(
                "exhibition",
                0,
                "参观基本陈列",
                "展厅里，党员在展板前听讲解",
                "In the exhibition",
                "Members listen to a guide in front of display panels",
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
    ),
    Story(
        slug="studying-the-third-plenary-session",
        happened=D(2024, 9, 13),
        published=D(2024, 9, 14),
        kinds=("theme_party_day", "party_lesson"),
        meeting="2024-09-plenum",
        title_zh="支部开展学习党的二十届三中全会精神主题党日活动",
        title_en="Theme Party day: studying the spirit of the third plenary session",
        summary_zh="专题辅导、知识答题、交流研讨相结合，推动全会精神入脑入心。",
        summary_en="A lecture, a quiz and an exchange of views brought the decision of the session closer to everyday work.",
        body_zh="""
9月13日下午，学会党支部在报告厅开展学习党的二十届三中全会精神主题党日活动。

[1]

支部副书记围绕《中共中央关于进一步全面深化改革、推进中国式现代化的决定》中深化医药卫生体制改革的内容作专题辅导。三个党小组现场答题，以学促记。交流环节，党员结合学术交流、继续教育、科普宣传等工作谈体会、谋落实，外地出差的党员通过线上方式参加。

支部要求，把学习全会精神同做好年度重点工作结合起来，以改革精神提升服务会员、服务基层的能力。
""",
        body_en="""
On the afternoon of 13 September the Party branch devoted its theme Party day to the spirit of the third plenary session of the 20th Central Committee.

[1]

The deputy secretary lectured on the parts of the decision that concern the reform of medicine and health care. The three Party groups then tested their knowledge in a quiz. In the exchange that followed, members considered what the decision means for academic exchange, continuing education and health information; those on business trips joined online.

The branch asked members to link the study with the main tasks of the year and to serve colleagues and primary care better in the spirit of reform.
""",
        pictures=(
            Picture(
                "lecture",
                1,
                "专题辅导现场",
                "报告厅内坐满听众，主讲人在屏幕旁作辅导",
                "The lecture",
                "A full lecture hall, a speaker beside the screen",
            ),
        ),
    ),
    Story(
        slug="helping-hands-in-fengshuao",
        happened=D(2024, 10, 18),
        published=D(2024, 10, 20),
        kinds=("public_service",),
        meeting="2024-10-village",
        title_zh="“党建＋公益”：支部赴枫树坳村开展结对帮扶",
        title_en="“Party building + public welfare”: a day in Fengshu'ao village",
        summary_zh="党员专家为村民巡诊、举办高血压防治讲座，并向村卫生室赠送科普读物。",
        summary_en="Doctors made their rounds, gave a talk on high blood pressure and left books for the village clinic.",
        body_zh="""
10月18日，学会党支部组织党员专家赴结对帮扶的枫树坳村，开展“党建＋公益”健康服务活动。

[1]

专家们在村卫生室为村民巡诊，对行动不便的老人上门服务；举办高血压防治知识讲座，用通俗的语言讲解合理膳食、规律服药的要点；与村医交流慢性病随访的做法，并向村卫生室赠送健康科普读物。

枫树坳村党支部负责人对学会的帮扶表示感谢。双方商定，每年春秋两季各开展一次巡诊，平时通过线上方式为村医提供指导。
""",
        body_en="""
On 18 October members of the Party branch travelled to Fengshu'ao, the village with which the branch is paired, for a day of “Party building + public welfare”.

[1]

They saw patients at the village clinic and called on older people who cannot easily leave home. A talk on high blood pressure explained in plain words how to eat and how to take medicine regularly. With the village doctors they discussed how to follow up chronic illness, and they left a set of books on health for the clinic.

The village's own Party branch thanked the visitors. The two branches agreed on rounds every spring and autumn, with advice online in between.
""",
        pictures=(
            Picture(
                "village",
                0,
                "在枫树坳村为村民服务",
                "农舍前，身穿白大褂的医生与村民交谈",
                "With the villagers of Fengshu'ao",
                "Doctors in white coats talk with villagers in front of farmhouses",
            ),
        ),
    ),
)
