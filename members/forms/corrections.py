"""Forms for what is entered once and later corrected with a reason."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.three_way import ThreeWayModelForm
from members.forms.fields import untagged


class CorrectionForm(ThreeWayModelForm):
    """A row that is entered already asks ``why`` it is corrected. (A row may have a ``reason`` of its own.)"""

    why = forms.CharField(
        label=_("Why it is corrected"),
        max_length=200,
        help_text=_("Stays in the history beside the earlier text."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["why"]

    def laid_out(self, *layout) -> FormHelper:
        """The helper, with the reason at the end."""
        return untagged(*layout, *(["why"] if self.instance.pk else []))
