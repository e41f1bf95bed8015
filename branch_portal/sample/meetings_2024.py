"""The meetings and activities of 2024."""

from __future__ import annotations

import datetime

from branch_portal.sample.shapes import Away, Finding, Gathering, Item, Paper, Remark, Shot

D, T = datetime.date, datetime.datetime
ROOM = "澜川市医学会三楼会议室"
READING_ROOM = "澜川市医学会二楼党员活动室"

MEETINGS_2024 = (
    Gathering(
        "2024-01-committee",
        "2024年1月支委会",
        ("committee_meeting",),
        T(2024, 1, 12, 14, 30),
        READING_ROOM,
        minutes=90,
        recorder="单雪蓉",
        topics=(("《中国共产党支部工作条例（试行）》关于组织生活的规定", "条例单行本"),),
        agenda=(
            Item(
                "study",
                "学习支部工作条例有关规定",
                "陆秉文",
                "集体学习组织生活会、民主评议党员的有关规定，明确会前准备的各个环节。",
            ),
            Item(
                "work_report",
                "支部四季度工作情况",
                "单雪蓉",
                "四季度“三会一课”按计划完成；主题党日参加率稳定；流动党员联系做到每季度一次。",
            ),
            Item(
                "discussion",
                "研究2023年度组织生活会和民主评议党员工作方案",
                "陆秉文",
                "会议同意工作方案：1月26日召开组织生活会，会前由支委分别与联系党小组的党员谈心谈话，"
                "征求意见由组织委员汇总。\n\n会议要求发言提纲不写成工作总结。",
            ),
        ),
    ),
    Gathering(
        "2024-01-life",
        "2023年度组织生活会和民主评议党员大会",
        ("life_meeting", "appraisal"),
        T(2024, 1, 26, 14, 0),
        ROOM,
        minutes=180,
        for_year=2023,
        recorder="单雪蓉",
        away=(
            Away("郝春晖", reason="sick"),
            Away("阮牧之", "online"),
        ),
        topics=(("党章关于党员义务和权利的规定", "党章单行本"),),
        agenda=(
            Item("study", "书记领学", "陆秉文", "领学党章关于党员义务和权利的规定，党员逐条对照。"),
            Item(
                "work_report",
                "支部2023年度工作报告",
                "陆秉文",
                "报告全年组织生活、党员教育、联系服务群众和意见落实情况，接受党员评议。",
            ),
            Item(
                "analysis",
                "问题、根源、整改措施和时限",
                "单雪蓉",
                "代表支委会作对照检查，问题和整改措施另列。",
            ),
            Item(
                "criticism",
                "批评和自我批评",
                "",
                "党员先作自我批评，再开展相互批评。会议气氛坦诚，意见具体。",
            ),
            Item("ballot", "民主测评", "", "到会党员按规定填写测评表，由监票人、计票人现场收取封存。"),
            Item("requirements", "书记总结讲话", "陆秉文", "要求整改事项列表推进，下次会议报告落实情况。"),
        ),
        findings=(
            Finding(
                "理论学习与学会业务结合不够紧，学用有两张皮的现象。",
                "学习计划由支部单独制定，没有征求业务部门意见。",
                "学习计划与学会年度工作要点一并编制，每季度安排一次结合业务的专题交流。",
                "俞立冬",
                D(2024, 6, 30),
            ),
            Finding(
                "党小组会开得不平衡，个别月份没有召开。",
                "党小组组长业务出差较多，没有明确代为召集的人。",
                "每个党小组明确一名副召集人，支部每季度检查一次会议记录。",
                "单雪蓉",
                D(2024, 3, 31),
            ),
        ),
        remarks=(
            Remark(
                "陆秉文", "深入党小组不够，听汇报多、坐下来听意见少。今后每半年参加每个党小组会不少于一次。"
            ),
            Remark("覃守正", "提醒和教育多在节前，平时抓得不够经常。"),
            Remark("单雪蓉", "布置任务有时偏急，给党小组留的准备时间不足。", about="陆秉文"),
            Remark("蒋亦林", "建议把廉洁提醒同项目经费审核结合起来，讲身边的事。", about="覃守正"),
        ),
        requirements=(
            ("把学习成果用到工作中", "每个党小组选一个工作难题作为学习课题。"),
            ("把组织生活抓在经常", "按月检查记录，缺一次补一次。"),
        ),
        photos=(Shot("meeting", 1, "党员大会会场"),),
    ),
    Gathering(
        "2024-02-members",
        "2024年第一季度党员大会",
        ("members_meeting",),
        T(2024, 2, 23, 15, 0),
        ROOM,
        recorder="单雪蓉",
        away=(Away("欧阳澍", reason="duty", note="外地参加学术年会"),),
        topics=(("《中国共产党党员教育管理工作条例》", "条例单行本"),),
        agenda=(
            Item("study", "学习党员教育管理工作条例", "俞立冬", "重点学习党员集中学习培训学时的规定。"),
            Item(
                "discussion",
                "审议支部2024年工作计划",
                "单雪蓉",
                "经支委会研究提出。讨论中，党员建议增加到社区和乡村的健康服务次数，建议被采纳。会议通过年度工作计划。",
            ),
            Item(
                "discussion", "通报2023年度党费收缴使用情况", "单雪蓉", "党员对收缴、使用情况没有不同意见。"
            ),
            Item("requirements", "总结", "陆秉文", "各党小组一周内把计划分解到月。"),
        ),
        papers=(
            Paper(
                "Annual plan 2024.docx",
                "支部2024年工作计划",
                (
                    "一、抓好理论学习，全年集中学习不少于12次。",
                    "二、落实“三会一课”和主题党日。",
                    "三、开展健康服务进社区、进乡村。",
                    "四、做好支部委员会换届选举。",
                ),
                item=2,
            ),
        ),
    ),
    Gathering(
        "2024-03-trees",
        "主题党日：义务植树",
        ("theme_party_day", "public_service"),
        T(2024, 3, 12, 9, 0),
        "澜川市北郊滨河绿地",
        minutes=150,
        recorder="俞立冬",
        away=(Away("秦若谷", reason="cared_for"), Away("石望舒", reason="duty")),
        guests=(("白若兰", "柳桥街道绿化办公室工作人员"),),
        topics=(("关于建设美丽中国的重要论述摘编", "支部选编"),),
        agenda=(
            Item("study", "集体学习", "俞立冬", "在植树点学习生态文明建设的有关要求。"),
            Item(
                "activity",
                "义务植树",
                "田嘉禾",
                "三个党小组分片植树，共栽种树苗60株，由绿化办公室指导培土、浇水。",
            ),
            Item("discussion", "交流", "", "党员提议认养这片树林，每年春秋各养护一次。"),
        ),
        photos=(Shot("trees", 0, "党员在滨河绿地植树"), Shot("trees", 1, "为新栽的树苗培土浇水")),
    ),
    Gathering(
        "2024-03-group1",
        "第一党小组3月组织生活",
        ("group_meeting",),
        T(2024, 3, 22, 16, 0),
        READING_ROOM,
        minutes=60,
        chair="田嘉禾",
        recorder="邱小棠",
        group=1,
        topics=(("中国共产党纪律处分条例（2023年修订）总则", "条例单行本"),),
        agenda=(
            Item("study", "学习纪律处分条例总则", "田嘉禾", "逐条学习，结合学会工作实际谈认识。"),
            Item("discussion", "组内交流", "", "讨论会务经费审核中的廉洁提示，形成三条建议报支委会。"),
        ),
    ),
    Gathering(
        "2024-04-members",
        "党员大会：讨论接收预备党员",
        ("members_meeting",),
        T(2024, 4, 12, 15, 0),
        ROOM,
        recorder="单雪蓉",
        guests=(("闻人达", "市科技社团委员会组织科"),),
        topics=(("《中国共产党发展党员工作细则》", "细则单行本"),),
        agenda=(
            Item("study", "学习发展党员工作细则", "单雪蓉", "学习支部大会讨论接收预备党员的程序。"),
            Item(
                "discussion",
                "讨论接收梁静姝同志为预备党员",
                "陆秉文",
                "申请人汇报本人情况；入党介绍人介绍意见；支委会报告审查情况；与会党员充分讨论。"
                "有表决权的到会党员采取无记名投票方式表决，会议作出同意接收的决议，报上级党委审批。",
            ),
            Item("requirements", "总结", "陆秉文", "入党介绍人继续做好预备期内的教育和考察。"),
        ),
    ),
    Gathering(
        "2024-04-reading",
        "党纪学习教育读书班",
        ("reading_class",),
        T(2024, 4, 19, 9, 0),
        READING_ROOM,
        minutes=360,
        chair="覃守正",
        recorder="俞立冬",
        away=(Away("贺屿宁", "online"), Away("唐苇", reason="personal")),
        topics=(
            ("《中国共产党纪律处分条例》分则第六章至第八章", "条例单行本"),
            ("违纪典型案例选编", "上级党委下发"),
        ),
        agenda=(
            Item("study", "逐章研读纪律处分条例", "覃守正", "上午集中研读，按“六大纪律”逐章领学。"),
            Item(
                "discussion",
                "分组研讨",
                "田嘉禾",
                "<p>围绕三个题目研讨：</p><ul><li>学术会议经费如何管得住、用得好；</li>"
                "<li>与企业交往的边界在哪里；</li><li>党员专家评审如何回避。</li></ul>",
            ),
        ),
        photos=(Shot("reading", 0, "读书班研读现场"),),
        papers=(
            Paper(
                "Reading list.pdf",
                "Reading class on Party discipline",
                (
                    "Regulations on disciplinary action, chapters 6 to 8",
                    "Selected cases",
                    "Three questions for the groups",
                ),
            ),
        ),
    ),
    Gathering(
        "2024-04-lesson",
        "党课：把纪律规矩立在心里",
        ("party_lesson",),
        T(2024, 4, 26, 15, 0),
        ROOM,
        minutes=90,
        recorder="俞立冬",
        away=(Away("秦若谷", "online"),),
        agenda=(
            Item(
                "lesson",
                "纪律教育专题党课",
                "覃守正",
                "讲授纪律建设的意义、条例修订的主要内容和学会工作中的六个风险环节。",
            ),
            Item("discussion", "交流", "", "四名党员谈体会。"),
        ),
        photos=(Shot("lecture", 0, "纪律教育专题党课"),),
    ),
    Gathering(
        "2024-05-community",
        "健康服务进社区：杏桥社区义诊",
        ("public_service",),
        T(2024, 5, 17, 8, 30),
        "杏桥社区健康驿站",
        minutes=210,
        chair="卢长青",
        recorder="唐苇",
        away=(Away("蒋亦林", reason="duty"), Away("俞立冬", reason="personal")),
        guests=(("纪春和", "杏桥社区居民委员会主任"),),
        agenda=(
            Item(
                "activity",
                "义诊和健康咨询",
                "卢长青",
                "设血压血糖检测、慢性病咨询、用药指导三个台位，接待居民约150人次。",
            ),
        ),
        photos=(Shot("stand", 0, "在杏桥社区开展义诊"), Shot("checkup", 0, "为居民测量血压")),
    ),
    Gathering(
        "2024-06-election",
        "支部换届选举党员大会",
        ("members_meeting",),
        T(2024, 6, 28, 14, 0),
        ROOM,
        minutes=150,
        recorder="单雪蓉",
        guests=(("闻人达", "市科技社团委员会组织科"),),
        topics=(("《中国共产党基层组织选举工作条例》", "条例单行本"),),
        agenda=(
            Item("study", "学习选举工作条例", "单雪蓉", "宣读候选人产生办法和选举办法。"),
            Item("work_report", "上届支部委员会工作报告", "陆秉文", "报告三年来的工作，党员审议通过。"),
            Item(
                "discussion",
                "选举新一届支部委员会",
                "",
                "按照选举办法，以无记名投票方式选举产生新一届支部委员会。会后召开第一次委员会议，"
                "推选书记、副书记并明确委员分工，报上级党委批准。",
            ),
            Item("requirements", "新任书记讲话", "陆秉文", "新一届支委会一个月内完成工作交接和谈心谈话。"),
        ),
        photos=(Shot("ballot", 0, "换届选举党员大会"),),
        signed_after_days=4,
    ),
    Gathering(
        "2024-07-museum",
        "主题党日：参观澜川革命历史纪念馆",
        ("theme_party_day", "red_base_visit"),
        T(2024, 7, 1, 9, 0),
        "澜川革命历史纪念馆",
        minutes=210,
        recorder="尹若川",
        away=(Away("秦若谷", reason="cared_for"), Away("蒋亦林", reason="duty")),
        guests=(("樊思齐", "发展对象"),),
        topics=(("澜川地方党史概要", "纪念馆讲解词"),),
        agenda=(
            Item("study", "学习地方党史", "尹若川", "行前学习地方党史概要。"),
            Item("activity", "参观和重温入党誓词", "陆秉文", "参观基本陈列，在纪念馆前重温入党誓词。"),
            Item("discussion", "交流", "", "老党员讲入党初心，青年党员谈岗位责任。"),
        ),
        photos=(
            Shot("base", 0, "在纪念馆前合影"),
            Shot("exhibition", 0, "参观基本陈列"),
            Shot("oath", 0, "重温入党誓词"),
        ),
    ),
    Gathering(
        "2024-08-committee",
        "2024年8月支委会",
        ("committee_meeting",),
        T(2024, 8, 9, 14, 30),
        READING_ROOM,
        minutes=100,
        away=(Away("尹若川", "online"),),
        topics=(("党的二十届三中全会公报", "新华社播发"),),
        agenda=(
            Item("study", "学习党的二十届三中全会精神", "陆秉文", "集体学习全会公报。"),
            Item(
                "work_report", "上半年整改事项落实情况", "祁文岚", "两项整改事项均按期完成，结果向党员通报。"
            ),
            Item(
                "discussion",
                "研究全会精神学习安排",
                "尹若川",
                "同意9月举办专题学习，由学会理事中的党员专家作辅导。",
            ),
        ),
    ),
    Gathering(
        "2024-08-group2",
        "第二党小组8月组织生活",
        ("group_meeting",),
        T(2024, 8, 23, 16, 0),
        READING_ROOM,
        minutes=60,
        state="cancelled",
        chair="冯砚秋",
        recorder="唐苇",
        group=2,
        cancel_reason="台风橙色预警，全市室内外活动暂停，改至9月上旬另行通知。",
        agenda=(Item("study", "学习全会公报"), Item("discussion", "组内交流")),
    ),
    Gathering(
        "2024-09-plenum",
        "主题党日：学习党的二十届三中全会精神",
        ("theme_party_day", "party_lesson"),
        T(2024, 9, 13, 14, 30),
        "澜川市医学会报告厅",
        recorder="尹若川",
        away=(Away("郝春晖", reason="sick"), Away("贺屿宁", "online"), Away("戴月蘅", "online")),
        topics=(("《中共中央关于进一步全面深化改革、推进中国式现代化的决定》", "人民出版社单行本"),),
        agenda=(
            Item("lesson", "专题辅导", "单雪蓉", "围绕深化医药卫生体制改革部分作辅导。"),
            Item("activity", "知识答题", "尹若川", "各党小组现场答题，以学促记。"),
            Item("discussion", "交流", "", "结合学会学术交流和继续教育工作谈落实。"),
        ),
        photos=(Shot("lecture", 1, "专题辅导现场"),),
    ),
    Gathering(
        "2024-10-village",
        "“党建＋公益”：枫树坳村结对帮扶",
        ("public_service",),
        T(2024, 10, 18, 8, 0),
        "枫树坳村卫生室",
        minutes=420,
        chair="单雪蓉",
        recorder="冯砚秋",
        away=(
            Away("秦若谷", reason="cared_for"),
            Away("邱小棠", reason="personal"),
            Away("仇春山", reason="duty"),
        ),
        guests=(("柏长明", "枫树坳村党支部书记"),),
        agenda=(
            Item(
                "activity",
                "巡诊和健康讲座",
                "单雪蓉",
                "为村民巡诊，举办高血压防治讲座，向村卫生室赠送科普读物。",
            ),
        ),
        photos=(Shot("village", 0, "在枫树坳村开展结对帮扶"),),
    ),
    Gathering(
        "2024-11-group3",
        "第三党小组11月组织生活",
        ("group_meeting",),
        T(2024, 11, 15, 16, 0),
        READING_ROOM,
        minutes=60,
        chair="仇春山",
        recorder="郑以宁",
        group=3,
        away=(Away("秦若谷", "online"),),
        topics=(("党支部工作条例关于党小组的规定", "条例单行本"),),
        agenda=(
            Item("study", "学习条例", "仇春山"),
            Item("discussion", "讨论黎晓舟同志的发展意见", "仇春山", "党小组同意提交支部讨论。"),
        ),
    ),
    Gathering(
        "2024-11-members",
        "2024年第四季度党员大会",
        ("members_meeting",),
        T(2024, 11, 29, 15, 0),
        ROOM,
        away=(Away("石望舒", reason="duty"),),
        agenda=(
            Item("study", "学习发展党员工作细则", "祁文岚"),
            Item(
                "discussion",
                "讨论接收黎晓舟同志为预备党员",
                "陆秉文",
                "申请人汇报、介绍人介绍、支委会报告审查情况，党员讨论后以无记名投票方式表决，"
                "会议作出同意接收的决议，报上级党委审批。",
            ),
            Item("requirements", "总结", "陆秉文", "做好全年工作盘点，准备年度组织生活会。"),
        ),
    ),
    Gathering(
        "2024-12-risks",
        "廉政风险点排查座谈会",
        ("other",),
        T(2024, 12, 13, 14, 30),
        ROOM,
        minutes=90,
        chair="覃守正",
        recorder="仇春山",
        away=(Away("欧阳澍", "absent"),),
        guests=(("钟离雪", "澜川市医学会财务部"), ("步云归", "澜川市医学会学术部")),
        agenda=(
            Item(
                "other",
                "排查廉政风险点",
                "覃守正",
                "<table><tr><th>环节</th><th>风险表现</th><th>等级</th></tr>"
                "<tr><td>会议经费</td><td>超标准、超范围支出</td><td>高</td></tr>"
                "<tr><td>评审推荐</td><td>应回避未回避</td><td>中</td></tr>"
                "<tr><td>印章管理</td><td>用印登记不全</td><td>低</td></tr></table>",
            ),
        ),
        papers=(
            Paper(
                "Risk catalogue draft.xlsx",
                "廉政风险防控目录（征求意见稿）",
                (
                    "会议经费｜超标准、超范围支出｜高",
                    "评审推荐｜应回避未回避｜中",
                    "印章管理｜用印登记不全｜低",
                ),
                item=1,
            ),
        ),
    ),
)
