"""Sensitive data of a person, sealed at rest, and who looked at them (R-12.4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from branch_portal import append_only
from branch_portal.encryption.fields import EncryptedTextField
from members.models.changed import Changed, tracked
from members.models.people import Member


@tracked(exclude=("id_number_digest",))
class SensitiveRecord(Changed):
    """Beside the record, so that nobody loads it who only wants a name."""

    member = models.OneToOneField(
        Member, models.PROTECT, related_name="sensitive_record", verbose_name=_("member")
    )
    id_number = EncryptedTextField(_("identity number"))
    # Equal for equal numbers, so that one number stands in one record; tells nothing without the key.
    id_number_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    difficulties = EncryptedTextField(_("health and hardship"))
    discipline = EncryptedTextField(_("discipline"))
    dues_base = EncryptedTextField(_("monthly pay on which dues are reckoned"))

    class Meta:
        verbose_name = _("sensitive data")

    def __str__(self) -> str:
        return str(self.member)


class SensitiveLook(models.Model):
    """Somebody was shown a sensitive field of somebody. The member sees it too."""

    class Occasion(models.TextChoices):
        PAGE = "page", _("shown on the page")
        EDIT = "edit", _("opened for changing")
        EXPORT = "export", _("exported")
        PRINT = "print", _("printed")

    member = models.ForeignKey(Member, models.PROTECT, related_name="sensitive_looks")
    user = models.ForeignKey("members.User", models.PROTECT, related_name="+", verbose_name=_("who looked"))
    field = models.CharField(_("what"), max_length=30)
    occasion = models.CharField(_("occasion"), max_length=6, choices=Occasion)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["member", "-at"], name="looks_at_a_person")]
        triggers = append_only.is_append_only("is_never_changed_or_deleted")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The field's name in the reader's language."""
        return str(SensitiveRecord._meta.get_field(self.field).verbose_name)
