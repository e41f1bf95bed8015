"""The grades of an appraisal as the branch was told them."""

from __future__ import annotations

from collections import Counter

from appraisals.models import Assessment, Round

_Shown = Round.Announcement
# Before, nobody but the person is told.
_ANNOUNCED = {Round.State.FED_BACK, Round.State.ARCHIVED}


def is_announced(round: Round) -> bool:
    return round.state in _ANNOUNCED


def grades_announced(round: Round) -> tuple[list[tuple[str, int]], list[Assessment]]:
    """How many got each grade, and whose grade is named; both empty where the branch is not told."""
    if not is_announced(round):
        return [], []
    graded = list(
        Assessment.objects.filter(participant__round=round)
        .exclude(grade="")
        .select_related("participant__member")
    )
    numbers = Counter(each.grade for each in graded)
    counts = [(str(label), numbers[grade]) for grade, label in round.grade_choices]
    named = [each for each in graded if round.announces == _Shown.ALL or each.grade == "excellent"]
    return (
        counts if round.announces in {_Shown.COUNTS, _Shown.ALL} else [],
        named if round.announces in {_Shown.EXCELLENT, _Shown.ALL} else [],
    )
