"""The decisions of the sample into the database, with numbers that follow from the attendance of their meetings."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pghistory
import pgtrigger
from django.utils import timezone

from branch_portal.sample.decisions import CATEGORIES, TOLD, Told
from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import PROFILE, SECRETARY
from meetings.decisions.models import (
    Category,
    Decision,
    Dissent,
    Exclusion,
    FollowUp,
    LocalRule,
    Recusal,
    WrittenOpinion,
)
from meetings.decisions.roll_call import RollCall
from meetings.decisions.rules import Tally, due_with_recusals, verdict
from meetings.models import Meeting

S = Decision.State
_OPEN = S.open()
# Long after the minutes were signed: these rows come late, and only these.
_LATE = (
    "decisions.Decision:decision_is_taken_before_the_minutes_are_signed",
    "decisions.WrittenOpinion:comes_before_the_vote",
    "decisions.Recusal:comes_before_the_vote",
    "decisions.Dissent:comes_before_the_minutes_are_signed",
)


def load_decisions(cast: Cast, meetings: dict[str, Meeting], *, now: datetime.datetime) -> None:
    """Categories, a rule of the branch, decisions in every state, and people left out of those due."""
    by = cast.accounts[SECRETARY]
    with pghistory.context(user=by.pk), pgtrigger.ignore(*_LATE):
        categories = _categories(by)
        LocalRule.objects.create(
            matter="committee",
            valid_from=datetime.date(2024, 7, 1),
            source="支部委员会议事规则",
            quorum_numerator=2,
            quorum_denominator=3,
            majority_numerator=1,
            majority_denominator=2,
            changed_by=by,
        )
        loaded: dict[str, Decision] = {}
        for told in TOLD:
            loaded[told.key] = _Loading(told, cast, meetings, categories, loaded, now).load()
        _leave_out(meetings["in-session"], by, now)


def _categories(by) -> dict[str, Category]:
    return {
        name: Category.objects.create(
            kind=kind,
            name=name,
            name_en=name_en,
            threshold=Decimal(threshold) if threshold else None,
            order=number,
            changed_by=by,
        )
        for number, (kind, name, name_en, threshold) in enumerate(CATEGORIES, start=1)
    }


class _Loading:
    """One matter becoming a decision."""

    def __init__(self, told: Told, cast: Cast, meetings, categories, loaded, now: datetime.datetime) -> None:
        self.told, self.cast, self.categories, self.loaded = told, cast, categories, loaded
        self.meeting: Meeting | None = meetings[told.meeting] if told.meeting else None
        self.today = now.date()
        self.day = timezone.localdate(self.meeting.starts_at) if self.meeting else self.today
        self.by = cast.accounts[SECRETARY]
        self.call = RollCall(self.meeting) if self.meeting else None

    def load(self) -> Decision:
        told = self.told
        decision = Decision(
            meeting=self.meeting,
            matter=told.matter,
            about=self._member(told.about),
            title=told.title,
            text=told.text,
            discussion=told.discussion,
            proposer=self._member(told.proposer),
            category=self.categories.get(told.category),
            amount=Decimal(told.amount) if told.amount else None,
            research=told.research,
            risk_check=told.risk_check,
            reviewed_on=min(self.day, self.today) - datetime.timedelta(days=10) if told.review else None,
            review_note=told.review,
            deferred_because=told.deferred_because,
            state=told.state,
            changed_by=self.by,
            **self._execution(),
            **self._followed(),
        )
        if told.state not in {*_OPEN, S.DEFERRED}:
            self._vote(decision)
        decision.save()
        self._voices(decision)
        return decision

    def _member(self, name: str):
        return self.cast.members[name] if name else None

    def _followed(self) -> dict:
        earlier = self.loaded.get(self.told.follows)
        if earlier is None:
            return {}
        return {"taken_up_from" if earlier.state == S.DEFERRED else "supersedes": earlier}

    def _execution(self) -> dict:
        told = self.told
        values: dict = {"owner": self._member(told.owner), "publication": told.publication}
        if told.owner:
            start = self.today if told.due_from_today else self.day
            values["deadline"] = start + datetime.timedelta(days=told.due_in)
        if told.published_after is not None:
            values["published_on"] = self.day + datetime.timedelta(days=told.published_after)
        if told.checked_by:
            values["checked_by"] = next(
                account
                for account in self.cast.accounts.values()
                if account.member_id == self.cast.members[told.checked_by].pk
            )
        return values

    @property
    def _absent(self) -> list[int]:
        """Voters who did not come."""
        return [voter.person for voter in self.call.voters(self.told.matter) if not voter.came]

    def _vote(self, decision: Decision) -> None:
        told, found, rule = self.told, self.call.roll(self.told.matter), self.call.rule(self.told.matter)
        recused = 1 if told.recused else 0
        due, present = due_with_recusals(rule, found.due, recused), found.present - recused
        written = 1 if told.written_by_absent and self._absent else 0
        yes = rule.majority.least(due) - 1 if told.is_one_short else present - told.against - told.abstain
        abstain = 2 if told.is_one_short else told.abstain
        tally = Tally(due, present, yes, present - yes - abstain, abstain, written_yes=written)
        reached = verdict(rule, tally)
        for name, value in vars(tally).items():
            setattr(decision, name, value)
        decision.recused, decision.rule, decision.is_secret = (
            recused,
            rule.as_dict(),
            decision.is_about_a_person,
        )
        decision.quorum_needed, decision.yes_needed = reached.quorum_needed, reached.yes_needed
        decision.counted_yes, decision.has_quorum = reached.counted_yes, reached.has_quorum
        decision.is_passed = reached.is_passed

    def _voices(self, decision: Decision) -> None:
        told, common = self.told, {"decision": decision, "changed_by": self.by}
        if told.recused:
            name, reason = told.recused
            Recusal.objects.create(member=self._member(name), reason=reason, **common)
        if told.dissent:
            name, text = told.dissent
            Dissent.objects.create(member=self._member(name), text=text, **common)
        if decision.written_yes:
            handed_in = self.day - datetime.timedelta(days=2)
            WrittenOpinion.objects.create(member_id=self._absent[0], handed_in_on=handed_in, **common)
        for after, text in told.notes:
            on = min(self.day + datetime.timedelta(days=after), self.today)
            FollowUp.objects.create(on=on, text=text, **common)


def _leave_out(meeting: Meeting, by, now: datetime.datetime) -> None:
    """One with both approvals, one for whom the meeting has not voted yet."""
    away = meeting.attendances.filter(has_vote=True, status="leave")
    agreed = {
        "agreed_by": PROFILE["higher_committee"],
        "agreed_on": now.date() - datetime.timedelta(days=20),
        "agreed_reference": "关于流动党员不计入应到会人数的批复",
        "changed_by": by,
    }
    for number, row in enumerate(away[:2]):
        voted = {"is_voted": True, "vote_note": "举手表决，一致同意"} if number == 0 else {}
        Exclusion.objects.create(attendance=row, reason="moved", **agreed, **voted)
