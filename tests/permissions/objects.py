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
from meetings import actions
from meetings.checkin import actions as day_actions
from meetings.models import Attachment, Meeting, Photo
from members import actions as people_actions
from members.importing import drafts
from members.importing.files import Table
from members.models import Award, ImportDraft, Member, MemberFile, MobileContact, MobilePeriod, Transfer, User
from members.permissions import Role
from tests.appraisals.factories import make_round
from tests.ballots import factories as ballots
from tests.factories import make_branch, make_group, make_meeting, make_member, make_position, make_user
from tests.media import samples
from tests.news.factories import lead_to, make_picture, make_report, picture_file

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
        self.arguments: dict[str, list] = {"": []}
        self._people()
        self._meetings()
        self._reports()
        self._ballots()
        self._appraisals()

    def _people(self) -> None:
        person = make_member()
        self.arguments |= {
            "person": [person.pk],
            "person who left": [make_member(left_on=datetime.date(2024, 5, 31)).pk],
            "post": [make_position(person, "publicity").pk],
            "group": [make_group().pk],
            "account": [make_user(member=person).pk],
            "the member": [self.users[Role.MEMBER].member_id],
            "event": [person.timeline.first().pk],
        }
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
        passkey = Authenticator.objects.create(user=person.user, type="webauthn", data={"name": "telephone"})
        self.arguments |= {
            "somebody's passkey": [passkey.pk],
            "link of a mail": ["1", "abc-def"],
            "letter to issue": [letter.pk, "issue"],
            "drafted letter": [letter.pk],
            "time away": [away.pk],
            "contact": [contact.pk],
            "person's awards": [person.pk, "awards"],
            "award": ["awards", award.pk],
            "own import": [uploaded_import(self.users[Role.SECRETARY]).pk],
            "another's import": [uploaded_import(deputy()).pk],
        }
        self._papers(person)
        self._led_group()

    # --- papers, photographs, change requests: a person's, and the member's own --------------------
    def _papers(self, person: Member) -> None:
        secretary, own = self.users[Role.SECRETARY], self.users[Role.MEMBER]
        other = User.objects.get(member=person)
        papers = {
            "paper of the person": (person, "own"),
            "paper for the committee": (person, "committee"),
            "paper for the secretary": (person, "secretary"),
            "own paper": (own.member, "own"),
            "own paper for the secretary": (own.member, "secretary"),
        }
        for name, (member, access) in papers.items():
            paper = MemberFile(member=member, title="入党申请书", kind="application", access=access)
            document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
            self.arguments[name] = [people_actions.add_file(paper, document, by=secretary).pk]
        for whose, a, user in (("another's", "a person", other), ("own", "", own)):
            member = user.member
            shot, wish = (read_picture(picture_file(size=SMALL)) for _number in range(2))
            people_actions.set_photograph(member, shot, by=secretary)
            phone = people_actions.ask_for_change(member, "phone", "13800000002", by=user)
            asked = people_actions.ask_for_photograph(member, wish, by=user)
            self.arguments |= {
                f"photograph of {a}" if a else "own photograph": [member.pk, "480"],
                f"{whose} request": [phone.pk],
                f"{whose} photograph asked for": [asked.pk, "480"],
            }
        self.arguments |= {"telephone": ["phone"], "own request to take back": self.arguments["own request"]}

    # --- a group that the member may come to lead --------------------------------------------------
    def _led_group(self) -> None:
        secretary = self.users[Role.SECRETARY]
        self.led_group = make_group()
        person = make_member(party_group=self.led_group)
        people_actions.set_photograph(person, read_picture(picture_file(size=SMALL)), by=secretary)
        paper = MemberFile(member=person, title="入党申请书", kind="application")
        document = read_document(samples.upload(samples.pdf(), "材料.pdf"))
        self.arguments |= {
            "person of the led group": [person.pk],
            "photograph of a person of the led group": [person.pk, "480"],
            "paper of a person of the led group": [people_actions.add_file(paper, document, by=secretary).pk],
        }

    def make_the_member_a_group_leader(self) -> None:
        """From now on the member is asked as a group leader."""
        make_position(self.users[Role.MEMBER].member, "group_leader", party_group=self.led_group)

    # --- meetings: what the member is to them stands in the name -----------------------------------
    def _meetings(self) -> None:
        states = {
            "planned": Meeting.State.PLANNED,
            "in session": Meeting.State.IN_SESSION,
            "minutes": Meeting.State.DRAFT_MINUTES,
            "signed": Meeting.State.SIGNED_OFF,
        }
        for word, state in states.items():
            for relation in ("invited", "not invited", "chaired"):
                self._meeting(f"{word}, {relation}", state, relation)

    def _meeting(self, name: str, state: str, relation: str) -> None:
        secretary, member = self.users[Role.SECRETARY], self.users[Role.MEMBER].member
        invited = [secretary.member] if relation == "not invited" else [secretary.member, member]
        chair = member if relation == "chaired" else secretary.member
        unsigned = Meeting.State.DRAFT_MINUTES if state == Meeting.State.SIGNED_OFF else state
        meeting = make_meeting(by=secretary, chair=chair, invited=invited, state=unsigned)
        photo, paper = make_photo(meeting), make_paper(meeting)
        if state == Meeting.State.SIGNED_OFF:
            actions.sign_off(meeting, by=secretary, revision=meeting.revision)
        self.arguments |= {
            name: [meeting.pk],
            f"photo, {name}": [meeting.pk, photo.pk, "480"],
            f"paper, {name}": [meeting.pk, paper.pk],
            f"code, {name}": [meeting.pk, "123456"],
        }
        if state == Meeting.State.PLANNED and relation != "not invited":
            self.arguments |= {
                f"leave, {name}": [ask_for_leave(meeting, self.users[Role.MEMBER])],
                f"another's leave, {name}": [ask_for_leave(meeting, secretary)],
            }

    # --- reports, written by a committee member who is none of the users -----------------------------
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
