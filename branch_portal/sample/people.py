"""The invented branch: its profile, its three Party groups, its people, their posts and accounts.

No city is called Lanchuan; names were put together for this file. Telephone numbers are made from a block
of zeros, and nobody has an e-mail address.
"""

from __future__ import annotations

import datetime

from branch_portal.sample.days import working_day
from branch_portal.sample.shapes import Account, Person, Post

PROFILE = {
    "name": "澜川市医学会党支部",
    "name_en": "Party Branch of the Lanchuan Medical Association",
    "association": "澜川市医学会",
    "association_en": "Lanchuan Medical Association",
    "higher_committee": "中共澜川市科技社团委员会",
    "higher_committee_en": "Lanchuan Party Committee of Scientific and Technical Societies",
    "introduction": (
        "澜川市医学会党支部设支部委员会，下设三个党小组，现有党员25名。支部坚持党建工作与学会业务同谋划、同部署，"
        "打造“澜医学堂”学习品牌，常态化开展健康服务进社区、结对帮扶等活动。"
    ),
    "introduction_en": (
        "The branch has a branch committee, three Party groups and 25 members. It plans Party building together "
        "with the work of the association, keeps up the “Lanchuan Medics' Classroom” as its place of study, and "
        "takes health services into communities and to a paired village."
    ),
    "term_starts_on": datetime.date(2024, 6, 28),
    "term_ends_on": datetime.date(2027, 6, 27),
}

SECRETARY = "陆秉文"

# For trying out only, the same for every account of the sample; docs and commands repeat it.
PASSWORD = "sample-branch"  # noqa: S105

GROUPS = (
    (1, "第一党小组", "Party Group 1"),
    (2, "第二党小组", "Party Group 2"),
    (3, "第三党小组", "Party Group 3"),
)

# How long ago the two probationary members of today were admitted, so that their year is never over.
ADMITTED_DAYS_AGO = 118
# Of the one whose probation was extended; the half year more is not over either.
EXTENDED_DAYS_AGO = 420

D = datetime.date


def admission_day(today: datetime.date) -> datetime.date:
    """The working day on which the members' meeting voted the two latest admissions."""
    return working_day(today, -ADMITTED_DAYS_AGO)


def people(today: datetime.date) -> tuple[Person, ...]:
    """25 Party members of today, two who moved away since the reference meeting, three on their way in."""
    admitted = admission_day(today)
    return (
        # First Party group
        Person("陆秉文", "male", D(1971, 4, 18), 1, admitted=D(1995, 6, 23), confirmed=D(1996, 6, 23)),
        Person("田嘉禾", "female", D(1982, 9, 2), 1, admitted=D(2006, 5, 19), confirmed=D(2007, 5, 19)),
        Person("俞立冬", "male", D(1974, 11, 7), 1, admitted=D(2001, 6, 29), confirmed=D(2002, 6, 29)),
        Person("贺屿宁", "male", D(1986, 1, 25), 1, admitted=D(2010, 12, 10), confirmed=D(2011, 12, 10)),
        Person("邱小棠", "female", D(1990, 6, 14), 1, admitted=D(2013, 5, 24), confirmed=D(2014, 5, 24)),
        Person("蒋亦林", "male", D(1979, 8, 30), 1, admitted=D(2004, 11, 26), confirmed=D(2005, 11, 26)),
        Person("梁静姝", "female", D(1993, 3, 9), 1, admitted=D(2024, 4, 12), confirmed=D(2025, 4, 11)),
        Person("罗启帆", "male", D(1995, 10, 21), 1, "probationary", admitted=admitted),
        # Second Party group
        Person(
            "单雪蓉",
            "female",
            D(1975, 12, 3),
            2,
            admitted=D(1999, 6, 25),
            confirmed=D(2000, 6, 25),
            reading="shan xuerong",
        ),
        Person("尹若川", "male", D(1985, 7, 16), 2, admitted=D(2009, 6, 12), confirmed=D(2010, 6, 12)),
        Person("冯砚秋", "female", D(1980, 10, 28), 2, admitted=D(2003, 12, 5), confirmed=D(2004, 12, 5)),
        Person("唐苇", "female", D(1988, 5, 6), 2, admitted=D(2012, 6, 15), confirmed=D(2013, 6, 15)),
        Person("石望舒", "male", D(1977, 2, 11), 2, admitted=D(2002, 5, 31), confirmed=D(2003, 5, 31)),
        Person("郝春晖", "male", D(1969, 3, 27), 2, admitted=D(1994, 6, 30), confirmed=D(1995, 6, 30)),
        Person("欧阳澍", "male", D(1983, 9, 19), 2, admitted=D(2008, 11, 14), confirmed=D(2009, 11, 14)),
        Person("潘海若", "female", D(1996, 8, 8), 2, "probationary", admitted=admitted),
        # Third Party group
        Person("祁文岚", "female", D(1979, 1, 12), 3, admitted=D(2002, 12, 20), confirmed=D(2003, 12, 20)),
        Person(
            "覃守正",
            "male",
            D(1968, 6, 5),
            3,
            admitted=D(1992, 6, 26),
            confirmed=D(1993, 6, 26),
            reading="qin shouzheng",
        ),
        Person(
            "仇春山",
            "male",
            D(1976, 4, 2),
            3,
            admitted=D(2000, 11, 17),
            confirmed=D(2001, 11, 17),
            reading="qiu chunshan",
        ),
        Person("戴月蘅", "female", D(1984, 11, 23), 3, admitted=D(2007, 12, 7), confirmed=D(2008, 12, 7)),
        Person("郑以宁", "female", D(1991, 12, 15), 3, admitted=D(2015, 6, 19), confirmed=D(2016, 6, 19)),
        Person("阮牧之", "male", D(1987, 7, 29), 3, admitted=D(2011, 5, 20), confirmed=D(2012, 5, 20)),
        Person("黎晓舟", "male", D(1992, 2, 4), 3, admitted=D(2024, 11, 29), confirmed=D(2025, 11, 28)),
        Person(
            "简书仪",
            "female",
            D(1997, 11, 4),
            3,
            "probationary",
            admitted=working_day(today, -EXTENDED_DAYS_AGO),
            extended=True,
        ),
        Person("秦若谷", "male", D(1965, 10, 10), 3, admitted=D(1990, 6, 22), confirmed=D(1991, 6, 22)),
        # Moved to other branches after the reference meeting
        Person(
            "卢长青",
            "male",
            D(1965, 8, 20),
            1,
            admitted=D(1988, 12, 9),
            confirmed=D(1989, 12, 9),
            left=D(2025, 8, 31),
        ),
        Person(
            "段素心",
            "female",
            D(1970, 5, 17),
            2,
            admitted=D(1996, 6, 28),
            confirmed=D(1997, 6, 28),
            left=D(2025, 12, 31),
        ),
        # On their way in
        Person("樊思齐", "female", D(1994, 4, 30), None, "target"),
        Person("易书宁", "male", D(1997, 9, 9), None, "activist"),
        Person("夏一苇", "female", D(1999, 1, 20), None, "applicant"),
    )


_ELECTED_2021, _ELECTED_2024 = D(2021, 6, 25), D(2024, 6, 28)
_OLD_TERM_ENDS = D(2024, 6, 27)

POSTS = (
    Post("陆秉文", "secretary", _ELECTED_2021),
    Post("卢长青", "deputy", _ELECTED_2021, _OLD_TERM_ENDS),
    Post("单雪蓉", "organization", _ELECTED_2021, _OLD_TERM_ENDS),
    Post("单雪蓉", "deputy", _ELECTED_2024),
    Post("祁文岚", "organization", _ELECTED_2024),
    Post("俞立冬", "publicity", _ELECTED_2021, _OLD_TERM_ENDS),
    Post("尹若川", "publicity", _ELECTED_2024),
    Post("覃守正", "discipline", _ELECTED_2021),
    Post("田嘉禾", "group_leader", D(2021, 7, 2), group=1),
    Post("段素心", "group_leader", D(2021, 7, 2), D(2024, 7, 4), group=2),
    Post("冯砚秋", "group_leader", D(2024, 7, 5), group=2),
    Post("仇春山", "group_leader", D(2021, 7, 2), group=3),
)

# The order is that of the mobile numbers: the first account with a member has …0001, the next …0002.
ACCOUNTS = (
    Account("admin", shown="管理员 Administrator"),
    Account("secretary", "陆秉文", "书记 Secretary"),
    Account("deputy", "单雪蓉", "副书记 Deputy secretary"),
    Account("organization", "祁文岚", "组织委员 Organization commissioner"),
    Account("publicity", "尹若川", "宣传委员 Publicity commissioner"),
    Account("discipline", "覃守正", "纪检委员 Discipline commissioner"),
    Account("leader", "田嘉禾", "党小组组长 Group leader"),
    Account("member", "邱小棠", "正式党员 Full member"),
    Account("probationary", "罗启帆", "预备党员 Probationary member"),
    Account("yulidong", "俞立冬"),
    Account("heyuning", "贺屿宁"),
    Account("jiangyilin", "蒋亦林"),
    Account("liangjingshu", "梁静姝"),
    Account("fengyanqiu", "冯砚秋"),
    Account("tangwei", "唐苇"),
    Account("shiwangshu", "石望舒"),
    Account("haochunhui", "郝春晖"),
    Account("ouyangshu", "欧阳澍"),
    Account("panhairuo", "潘海若"),
    Account("qiuchunshan", "仇春山"),
    Account("daiyueheng", "戴月蘅"),
    Account("zhengyining", "郑以宁"),
    Account("ruanmuzhi", "阮牧之"),
    Account("lixiaozhou", "黎晓舟"),
    Account("qinruogu", "秦若谷"),
    # Accounts of people who moved away: kept, for their names stand in the history, but closed.
    Account("luchangqing", "卢长青"),
    Account("duansuxin", "段素心"),
    Account("jianshuyi", "简书仪"),
)
