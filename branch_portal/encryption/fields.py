"""A text column whose content only the portal reads: sealed on its way in, opened on its way out."""

from __future__ import annotations

from django.core.exceptions import FieldError
from django.db import models

from branch_portal.encryption import keys

# "df": is distinct from, with which the history's triggers see a change.
_KNOWN = {"isnull", "df"}


class EncryptedTextField(models.TextField):
    """Sensitive by its nature. "" stays "": that there is nothing is no secret. It cannot be searched or sorted by."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    @property
    def place(self) -> str:
        """What binds a sealed text to this column, in the table itself as in its history."""
        model = getattr(self.model, "pgh_tracked_model", self.model)
        return f"{model._meta.db_table}.{self.column}"

    def get_db_prep_save(self, value, connection):
        text = super().get_db_prep_save(value, connection)
        return keys.seal(text, self.place) if text else text

    def from_db_value(self, value, expression, connection):
        return keys.unseal(value, self.place) if value else value

    def get_lookup(self, lookup_name: str):
        if lookup_name not in _KNOWN:
            raise FieldError(f"{self.name} is sealed: it cannot be searched.")
        return super().get_lookup(lookup_name)
