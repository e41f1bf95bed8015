"""People, their accounts, and the branch: a file a topic."""

from members.models.accounts import User, UserManager
from members.models.branch import BranchProfile, BranchRules, PartyGroup
from members.models.devices import KnownDevice
from members.models.exports import Export
from members.models.files import MemberFile
from members.models.imports import ImportDraft, ImportPart
from members.models.merits import Award, Training
from members.models.mobile import MobileContact, MobilePeriod
from members.models.people import Member, mobile_number
from members.models.posts import Position
from members.models.requests import ChangeRequest
from members.models.sensitive import SensitiveLook, SensitiveRecord
from members.models.slips import AccessGiven, ActivationSlip
from members.models.timeline import TimelineEntry
from members.models.transfers import Transfer

__all__ = [
    "AccessGiven",
    "ActivationSlip",
    "Award",
    "BranchProfile",
    "BranchRules",
    "ChangeRequest",
    "Export",
    "ImportDraft",
    "ImportPart",
    "KnownDevice",
    "Member",
    "MemberFile",
    "MobileContact",
    "MobilePeriod",
    "PartyGroup",
    "Position",
    "SensitiveLook",
    "SensitiveRecord",
    "TimelineEntry",
    "Training",
    "Transfer",
    "User",
    "UserManager",
    "mobile_number",
]
