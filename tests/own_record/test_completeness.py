"""Every table that speaks of people is in the archive of the own data, or it is said here why not."""

from __future__ import annotations

from django.apps import apps

from members.models import Member

IN_IT = {
    "members.Award",
    "members.ChangeRequest",
    "members.MemberFile",
    "members.MobilePeriod",
    "members.Position",
    "members.SensitiveLook",
    "members.SensitiveRecord",
    "members.TimelineEntry",
    "members.Training",
    "members.Transfer",
    "members.User",
    "checkin.LeaveRequest",
    "meetings.Attendance",
    "meetings.Criticism",
    "meetings.Problem",
    "study.StudyCredit",
    "study.StudyPart",  # by whom it was taught
    "decisions.Decision",
    "decisions.Dissent",
    "decisions.Recusal",
    "decisions.WrittenOpinion",
    "rectification.LedgerEntry",
    "rectification.Task",
    "reminders.Channels",
    "reminders.Notice",
    "talks.Talk",
    "appraisals.MutualReview",
    "appraisals.Participant",  # by the papers and grades that hang on it
}
NOT_IN_IT = {
    "meetings.Meeting": "who chaired and recorded stands in the minutes, which the attendance leads to",
    "meetings.AgendaItem": "the minutes again",
    "meetings.Signature": "whose signature it is stands in the minutes, on their own page",
    "integrity.RiskPoint": "open inside the branch, on its own page",
    "integrity.Responsibility": "open inside the branch, on its own page",
    "ballots.Question": "a row about somebody on a ballot: its figures are told as the round's rules say",
    "ballots.Scrutineer": "a duty for one ballot, on that ballot's own page",
    "ballots.Voter": "the roll stands on the ballot's own page; how somebody voted, nobody knows",
    "ballots.Step": "steps of a ballot, on its own page",
}


def test_every_table_that_speaks_of_people_is_thought_of():
    found = {
        model._meta.label
        for model in apps.get_models()
        if not hasattr(model, "pgh_tracked_model")
        and any(field.related_model is Member for field in model._meta.local_fields if field.is_relation)
    }
    assert found == IN_IT | set(NOT_IN_IT)
