"""Tables of what is decided, by topic."""

from meetings.decisions.models.decision import Decision
from meetings.decisions.models.exclusion import Exclusion
from meetings.decisions.models.local import Category, LocalRule
from meetings.decisions.models.voices import Dissent, FollowUp, Recusal, WrittenOpinion

__all__ = [
    "Category",
    "Decision",
    "Dissent",
    "Exclusion",
    "FollowUp",
    "LocalRule",
    "Recusal",
    "WrittenOpinion",
]
