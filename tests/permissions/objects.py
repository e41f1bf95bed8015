"""The objects that the matrix speaks of, by name, and how their addresses are built."""

from __future__ import annotations

import datetime
import uuid

from allauth.mfa.models import Authenticator
from django.utils import timezone

from appraisals import actions as round_actions
from appraisals.ballots import actions as ballot_actions
from appraisals.ballots.models import SecretBallot
from appraisals.models import Participant, SelfReview
from branch_portal.media.documents import read_document, store_document
from branch_portal.media.pictures import read_picture, store_picture
from branch_portal.reminders import actions as reminder_actions
from meetings import actions
from meetings.checkin import actions as day_actions
from meetings.decisions import actions as decision_actions
from meetings.decisions.models import Category, Exclusion, LocalRule, WrittenOpinion
from meetings.models import Attachment, Meeting, Photo
from meetings.rectification import actions as ledger_actions
from meetings.rectification.models import Evidence
from meetings.study import actions as study_actions
from meetings.study.models import StudyPart, StudyRules
from members import actions as people_actions
from members.importing import drafts
from members.importing.files import Table
from members.models import (
    Award,
    ChangeRequest,
    ImportDraft,
    Member,
    MemberFile,
    MobileContact,
    MobilePeriod,
    Transfer,
    User,
)
from members.permissions import Role
from tests.appraisals.factories import make_round
from tests.ballots import factories as ballots
from tests.decisions import factories as decisions
from tests.factories import (
    make_branch,
    make_group,
    make_meeting,
    make_member,
    make_position,
    make_user,
    sign_as_recorder,
    sign_off,
)
from tests.integrity.factories import make_fulfilment, make_responsibility, make_risk_point
from tests.media import samples
from tests.news.factories import lead_to, make_picture, make_report, picture_file
from tests.permissions.matrix import OF_THE_LED_GROUP
from tests.rectification.factories import make_entry, make_life_meeting, make_task
from tests.reminders.factories import make_notice
from tests.talks.factories import make_talk

SMALL = (300, 200)  # pictures whose files cost little time


class World:
    """One user of each role, and the arguments of every object's address under its name in the matrix."""

    def __init__(self) -> None:
        make_branch()
        self.users: dict[str, User | None] = {
            Role.ADMINISTRATOR: make_user(Role.ADMINISTRATOR),
            Role.SECRETARY: make_user(Role.SECRETARY),
            Role.COMMITTEE: make_user(Role.COMMITTEE),
            Role.MEMBER: make_user(Role.MEMBER),
            Role.PUBLIC: None,
        }
        self.arguments: dict[str, list] = {
            "": [],
            "year of duties": [2025],
            "year of a workbook": [2025],
            "year that cannot be": [1900],
            "kind of duty": ["party_lesson"],
            "rule of a duty": ["party_lesson", "2019-01-01"],
        }
        self._people()
        self._meetings()
        self._decisions()
        self._rectification()
        self._reports()
        self._ballots()
        self._appraisals()
        self._integrity()
        self._talks()
        self._reminders()

    def _people(self) -> None:
        """Two people, each with everything that may be asked about a person: of a group that the member may come to
        lead, and of another one."""
        self.led_group = make_group()
        about = self._about(make_member(party_group=make_group()))
        about_led = self._about(make_member(party_group=self.led_group))
        self.about_a_person = set(about)
        self.arguments |= about | {name + OF_THE_LED_GROUP: each for name, each in about_led.items()}
        member = self.users[Role.MEMBER].member
        self.arguments |= {
            "person who left": [make_member(left_on=datetime.date(2024, 5, 31)).pk],
            "the member": [member.pk],
            "link of a mail": ["1", "abc-def"],
            "own import": [uploaded_import(self.users[Role.SECRETARY]).pk],
            "another's import": [uploaded_import(deputy()).pk],
            "own paper": [self._paper(member, "own").pk],
            "own paper for the secretary": [self._paper(member, "secretary").pk],
            "telephone": ["phone"],
        }
        phone, wish = self._requests(member)
        self.arguments |= {
            "own photograph": [member.pk, "480"],
            "own request": [phone.pk],
            "own request to take back": [phone.pk],
            "own photograph asked for": [wish.pk, "480"],
        }

    def _about(self, person: Member) -> dict[str, list]:
        """By their names in the matrix: the person, and what belongs to the person's record."""
        user = make_user(member=person)
        letter = Transfer.objects.create(member=person, direction="out", other_branch="邻市医学会党支部")
        away = MobilePeriod.objects.create(
            member=person,
            since=datetime.date(2025, 1, 1),
            place="邻市",
            reason="work",
            contact_person=self.users[Role.SECRETARY].member,
        )
        contact = MobileContact.objects.create(period=away, on=datetime.date(2025, 2, 1), way="telephone")
        award = Award.objects.create(
            member=person, title="优秀共产党员", on=datetime.date(2024, 6, 28), level="branch"
        )
        passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "telephone"})
        phone, wish = self._requests(person)
        return {
            "person": [person.pk],
            "group of the person": [person.party_group_id],
            "post": [make_position(person, "committee").pk],
            "account": [user.pk],
            "event": [person.timeline.first().pk],
            "somebody's passkey": [passkey.pk],
            "letter to issue": [letter.pk, "issue"],
            "drafted letter": [letter.pk],
            "time away": [away.pk],
            "contact": [contact.pk],
            "person's awards": [person.pk, "awards"],
            "award": ["awards", award.pk],
            "paper of the person": [self._paper(person, "own").pk],
            "paper for the committee": [self._paper(person, "committee").pk],
            "paper for the secretary": [self._paper(person, "secretary").pk],
            "photograph of a person": [person.pk, "480"],
            "another's request": [phone.pk],
            "another's photograph asked for": [wish.pk, "480"],
        }

    def _paper(self, member: Member, access: str) -> MemberFile:
        paper = MemberFile(member=member, title="入党申请书", kind="application", access=access)
        document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
        return people_actions.add_file(paper, document, by=self.users[Role.SECRETARY])

    def _requests(self, member: Member) -> tuple[ChangeRequest, ChangeRequest]:
        """The member has a photograph, and asks for another telephone and for another photograph."""
        shot, wish = (read_picture(picture_file(size=SMALL)) for _number in range(2))
        people_actions.set_photograph(member, shot, by=self.users[Role.SECRETARY])
        phone = people_actions.ask_for_change(member, "phone", "13800000002", by=member.user)
        return phone, people_actions.ask_for_photograph(member, wish, by=member.user)

    def make_the_member_a_group_leader(self) -> None:
        """From now on the member is asked as a group leader."""
        make_position(self.users[Role.MEMBER].member, "group_leader", party_group=self.led_group)

    # --- meetings: what the member is to them stands in the name -----------------------------------
    def _talks(self) -> None:
        member = self.users[Role.MEMBER]
        self.arguments |= {
            "talk of two others": [make_talk(by=make_user(Role.MEMBER)).pk],
            "talk of the member": [make_talk(by=member).pk],
            "year of talks": [2026],
        }

    def _reminders(self) -> None:
        member, other = self.users[Role.MEMBER].member, make_user(Role.MEMBER).member
        ended = reminder_actions.renew_calendar(other, timezone.now())
        reminder_actions.end_calendar(other)
        self.arguments |= {
            "notice of the member": [make_notice(member).pk],
            "notice of somebody else": [make_notice(other).pk],
            "calendar of the member": [reminder_actions.renew_calendar(member, timezone.now())],
            "calendar that ended": [ended],
        }

    def _integrity(self) -> None:
        keeper = self.users[Role.SECRETARY]
        duty = make_responsibility(by=keeper)
        own = make_responsibility(by=keeper, holder=self.users[Role.MEMBER].member)
        self.arguments |= {
            "risk point": [make_risk_point(by=keeper, state="in_force").pk],
            "somebody's responsibility": [duty.pk],
            "the member's responsibility": [own.pk],
            "fulfilment to check": [make_fulfilment(duty, by=keeper).pk],
        }

    def _meetings(self) -> None:
        states = {
            "planned": Meeting.State.PLANNED,
            "in session": Meeting.State.IN_SESSION,
            "minutes": Meeting.State.DRAFT_MINUTES,
            "signed": Meeting.State.SIGNED_OFF,
        }
        rules = StudyRules(source="决定")
        study_actions.add_rules(rules, valid_from=datetime.date(2030, 1, 1), by=self.users[Role.SECRETARY])
        self.arguments["rule on study hours"] = [rules.pk]
        for word, state in states.items():
            for relation in ("invited", "not invited", "chaired"):
                self._meeting(f"{word}, {relation}", state, relation)
        secretary, member = self.users[Role.SECRETARY], self.users[Role.MEMBER]
        led = {"by": secretary, "invited": [member.member], "state": Meeting.State.DRAFT_MINUTES}
        chaired = [
            make_meeting(chair=member.member, recorder=secretary.member, **led) for _number in range(2)
        ]
        recorded = make_meeting(chair=secretary.member, recorder=member.member, **led)
        self.arguments |= {
            "minutes, to be signed first": [chaired[0].pk],
            "minutes, for signature": [sign_as_recorder(chaired[1], by=secretary).pk],
            "minutes, signed as recorder": [sign_as_recorder(recorded, by=member).pk],
        }

    def _meeting(self, name: str, state: str, relation: str) -> None:
        secretary, member = self.users[Role.SECRETARY], self.users[Role.MEMBER].member
        invited = [secretary.member] if relation == "not invited" else [secretary.member, member]
        chair = member if relation == "chaired" else secretary.member
        unsigned = Meeting.State.DRAFT_MINUTES if state == Meeting.State.SIGNED_OFF else state
        meeting = make_meeting(by=secretary, chair=chair, invited=invited, state=unsigned)
        photo, paper = make_photo(meeting), make_paper(meeting)
        # Entered as a row alone: what is signed here is the revision that was read.
        topic = StudyPart.objects.create(meeting=meeting, topic="党章", hours=1)
        if state == Meeting.State.SIGNED_OFF:
            sign_off(meeting, by=secretary)
        self.arguments |= {
            name: [meeting.pk],
            f"photo, {name}": [meeting.pk, photo.pk, "480"],
            f"paper, {name}": [meeting.pk, paper.pk],
            f"code, {name}": [meeting.pk, "123456"],
            f"topic, {name}": [topic.pk],
        }
        if state == Meeting.State.PLANNED and relation != "not invited":
            self.arguments |= {
                f"leave, {name}": [ask_for_leave(meeting, self.users[Role.MEMBER])],
                f"another's leave, {name}": [ask_for_leave(meeting, secretary)],
            }

    # --- decisions: of a meeting that is not the member's, of one that the member chairs, of signed minutes ---
    def _decisions(self) -> None:
        secretary, member = self.users[Role.SECRETARY], self.users[Role.MEMBER].member
        hall = decisions.make_hall(due=3, present=2)
        led = decisions.Hall(
            secretary,
            make_meeting(by=secretary, chair=member, invited=[secretary.member, member], state="in_session"),
            [member, secretary.member],
        )
        led.meeting.attendances.update(status="present")
        for name, place in (("", hall), (", chaired", led)):
            discussed = decisions.discussed(place)
            self.arguments |= {
                f"open matter{name}": [decisions.propose(place).pk],
                f"discussed matter{name}": [discussed.pk],
                f"withdrawal from a matter{name}": [discussed.pk, "recusals"],
            }
        opinion = WrittenOpinion.objects.create(
            decision_id=self.arguments["discussed matter"][0],
            member=hall.absent[0],
            handed_in_on=datetime.date(2025, 3, 20),
        )
        row = hall.meeting.attendances.get(member=hall.absent[0])
        self.arguments |= {
            "opinion in writing": ["opinions", opinion.pk],
            "person left out": [Exclusion.objects.create(attendance=row, reason="moved").pk],
            "deferred matter": [
                decision_actions.defer(decisions.discussed(hall), by=secretary, reason="资料不全").pk
            ],
        }
        self._executions(hall, member)
        rule = LocalRule.objects.create(
            matter="ordinary",
            valid_from=datetime.date(2030, 1, 1),
            source="议事规则",
            quorum_numerator=1,
            quorum_denominator=2,
            majority_numerator=1,
            majority_denominator=2,
        )
        category = Category.objects.create(kind="project", name="重大项目")
        self.arguments |= {"rule on majorities": [rule.pk], "category": [category.pk]}

    def _executions(self, hall: decisions.Hall, member: Member) -> None:
        """Decided in a meeting that the member was not invited to, and carried out by somebody else or by the member."""
        other = decisions.make_hall(due=2)
        signed = decisions.voted(other, yes=2)
        for name, owner in (("another's", other.people[1]), ("own", member)):
            running, done = (decisions.in_execution(other, owner=owner) for _number in range(2))
            decision_actions.complete(done, by=other.secretary, on=datetime.date(2025, 5, 1), text="已完成。")
            self.arguments |= {
                f"{name} execution": [running.pk],
                f"note on {name} execution": [running.pk, "note"],
                f"check of {name} execution": [done.pk, "check"],
            }
        self.arguments["decided matter"] = [signed.pk]
        minutes = decisions.make_hall(due=2)
        decided = decisions.voted(minutes, yes=2)
        minutes.meeting.attendances.create(member=member, has_vote=True, status="present")
        meeting = actions.finish_meeting(minutes.meeting, by=minutes.secretary)
        sign_off(meeting, by=minutes.secretary)
        self.arguments["matter of signed minutes"] = [decided.pk]

    # --- reports, written by a committee member who is none of the users -----------------------------
    def _rectification(self) -> None:
        """Entries and tasks of somebody, and of the very member of the matrix."""
        secretary, somebody = self.users[Role.SECRETARY], make_member()
        member = self.users[Role.MEMBER].member
        meeting = make_life_meeting(by=secretary, invited=[secretary.member], year=2021)
        checker = self.users[Role.COMMITTEE]
        entries = {
            "entry of somebody": make_entry(by=secretary, in_charge=somebody),
            "entry of the member": make_entry(by=secretary, in_charge=member),
            "personal entry of somebody": make_entry(by=secretary, in_charge=somebody, level="member"),
            "personal entry of the member": make_entry(by=secretary, in_charge=member, level="member"),
            "closed entry": make_entry(by=secretary, in_charge=somebody, state="closed", checker=checker),
        }
        claimed = [
            make_entry(by=secretary, in_charge=person, state="claimed") for person in (somebody, member)
        ]
        papers = [
            ledger_actions.add_evidence(
                Evidence(entry=entries[name]),
                read_document(samples.upload(samples.pdf(), "证明.pdf")),
                by=secretary,
            )
            for name in ("entry of somebody", "personal entry of somebody")
        ]
        tasks = [make_task(by=secretary, meeting=meeting, owner=person) for person in (somebody, member)]
        self.arguments |= {name: [entry.pk] for name, entry in entries.items()}
        self.arguments |= {
            "signed life meeting": [meeting.pk],
            "paper of an entry": [papers[0].entry_id, papers[0].pk],
            "paper of a personal entry": [papers[1].entry_id, papers[1].pk],
            "progress of somebody's entry": [entries["entry of somebody"].pk, "note"],
            "progress of the member's entry": [entries["entry of the member"].pk, "note"],
            "progress of somebody's personal entry": [entries["personal entry of somebody"].pk, "note"],
            "progress of the member's personal entry": [entries["personal entry of the member"].pk, "note"],
            "check of somebody's entry": [claimed[0].pk, "close"],
            "check of the member's entry": [claimed[1].pk, "close"],
            "task of somebody": [tasks[0].pk],
            "task of the member": [tasks[1].pk],
            "report of somebody's task": [tasks[0].pk, "report"],
            "report of the member's task": [tasks[1].pk, "report"],
            "dropping of the member's task": [tasks[1].pk, "drop"],
        }

    def _reports(self) -> None:
        author, reviewer = make_user(Role.COMMITTEE), make_user(Role.COMMITTEE)
        for name in ("draft", "in review", "published", "withdrawn"):
            state = name.replace(" ", "_")
            report = make_report(by=author)
            picture = make_picture(report, size=SMALL)
            report = lead_to(report, state, by=author, reviewer=reviewer)
            a = "a draft" if name == "draft" else f"a {name} report"
            self.arguments |= {
                name: [report.pk],
                f"{name} report": [report.year, report.slug],
                f"picture of {a}": [picture.key, "480.webp"],
            }
        own = make_report(by=self.users[Role.COMMITTEE], state="in_review")
        self.arguments["in review, by the committee member"] = [own.pk]

    # --- ballots: what the member is to them stands in the name; secretary and committee are on no roll -----
    def _ballots(self) -> None:
        for relation in ("voter", "scrutineer", "stranger"):
            for name in (
                "ballot in setup",
                "open ballot",
                "closed ballot",
                "counted ballot",
                "announced ballot",
            ):
                self.arguments[f"{name}, {relation}"] = [self._ballot(name, relation).pk]

    def _ballot(self, name: str, relation: str) -> SecretBallot:
        member = self.users[Role.MEMBER]
        stage = ballots.set_up(
            voters=2,
            questions=1,
            smallest_count=2,
            turnout_needed="none",
            also_voting=[member] if relation == "voter" else [],
            also_watching=[member] if relation == "scrutineer" else [],
        )
        if name == "ballot in setup":
            return stage.ballot
        ballots.hand_in_keys(stage)
        ballot_actions.open_voting(stage.ballot, by=stage.secretary)
        stage.refresh()
        if name == "open ballot":
            return stage.ballot
        trackers = [ballots.vote(stage, voter, [0]) for voter in stage.voters[:2]]
        assert len(trackers) == 2
        ballots.close(stage)
        if name != "closed ballot":
            ballots.decrypt(stage)
        if name == "announced ballot":
            ballot_actions.announce(stage.ballot, by=stage.secretary)
        return stage.refresh()

    # --- rounds of an appraisal -----------------------------------------------------------------------
    def _appraisals(self) -> None:
        secretary, member = self.users[Role.SECRETARY], self.users[Role.MEMBER].member
        other = make_user()
        rounds = {
            "planned round": (2011, "plan", [member, other.member]),
            "round of papers": (2012, "self_review", [member, other.member]),
            "round of others": (2013, "self_review", [other.member]),
            "round of reviews": (2014, "mutual_review", [member, other.member]),
            "round before its ballot": (2015, "ballot", [member, other.member]),
            "assessed round": (2016, "assessed", [member, other.member]),
            "finished round": (2017, "fed_back", [member, other.member]),
        }
        for name, (year, state, members) in rounds.items():
            round = make_round(by=secretary, year=year, state=state, members=members)
            self.arguments[name] = [round.pk]
            mine = round.participants.get(member=other.member)
            if name in {"round of papers", "round of reviews"}:
                when = "before" if name == "round of papers" else "in"
                document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
                SelfReview.objects.create(
                    participant=mine,
                    handed_in_at=timezone.now(),
                    file_key=store_document(document),
                    file_name=document.original_name,
                    file_type=document.content_type,
                )
                self.arguments[f"another's paper {when} the mutual review"] = [round.pk, mine.pk]
            self.arguments[f"participant of the {name}"] = [round.pk, mine.pk]
        self.arguments["participant of papers"] = self.arguments["participant of the round of papers"]
        away = Participant.objects.get(round=self.arguments["round of reviews"][0], member=other.member)
        proof = read_document(samples.upload(samples.pdf(), "证明.pdf"))
        round_actions.set_elsewhere(away, by=secretary, is_elsewhere=True, branch="援外支部", proof=proof)
        self.arguments["participant appraised elsewhere"] = [away.round_id, away.pk]
        papers = self.arguments["round of papers"][0]
        self.arguments["mutual review of the round of papers"] = [papers, "mutual-review"]
        self.arguments["the member"] = [member.pk]


def deputy() -> User:
    """Another one who may do all that the secretary may."""
    return make_user(member=make_position(make_member(), "deputy").member)


def uploaded_import(owner: User) -> ImportDraft:
    """Waiting for its columns to be chosen."""
    table = Table("花名册.csv", ["姓名", "性别", "类别"], [(2, ["陆秉文", "男", "申请人"])])
    return drafts.start(table, by=owner)


def ask_for_leave(meeting: Meeting, user: User) -> int:
    return day_actions.ask_for_leave(
        meeting, by=user, reason="sick", key=uuid.uuid4(), now=meeting.starts_at
    ).pk


def make_photo(meeting: Meeting) -> Photo:
    stored = store_picture(read_picture(picture_file(size=SMALL)))
    return meeting.photos.create(key=stored.key, width=stored.width, height=stored.height, caption="会场")


def make_paper(meeting: Meeting) -> Attachment:
    document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
    return meeting.attachments.create(
        key=store_document(document),
        name=document.original_name,
        content_type=document.content_type,
        size=document.size,
    )
