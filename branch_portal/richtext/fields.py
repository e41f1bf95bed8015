"""The form field and the model field of a rich text: what leaves them is sanitised."""

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from branch_portal.richtext.sanitise import sanitise
from branch_portal.richtext.widgets import RichTextWidget

MAX_LENGTH = 200_000


class RichTextFormField(forms.CharField):
    """``pictures`` holds the keys of the pictures that may stand in the text; a form may set it later."""

    widget = RichTextWidget
    default_error_messages = {
        "too_long": _("This text is too long: keep it under %(limit)d characters, markup included."),
    }

    def __init__(self, *, pictures: Collection[str] = (), tools: str | None = None, **kwargs):
        super().__init__(**kwargs)
        self.pictures = pictures
        if tools:
            self.widget.tools = tools

    def to_python(self, value):
        # Before Django asks "is it empty?" and "has it changed?", so that both see what will be stored.
        text = super().to_python(value)
        self._check_length(text)  # the parser is not given what would be refused anyway
        html = sanitise(text, pictures=self.pictures)
        self._check_length(html)
        return html

    def _check_length(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            message = self.error_messages["too_long"]
            raise ValidationError(message, code="too_long", params={"limit": MAX_LENGTH})

    def has_changed(self, initial, data):
        # Stored before the present rules, or set by a program: not a change made by this visitor.
        try:
            return super().has_changed(self.to_python(initial), data)
        except ValidationError:
            return True


class RichTextField(models.TextField):
    """Sanitised HTML, "" when there is none. Written through its form field or ``sanitise``."""

    def __init__(self, *args, tools: str = "full", **kwargs):
        self.tools = tools
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("blank", None)
        if not self.blank:
            kwargs["blank"] = False
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        ours = {"form_class": RichTextFormField, "widget": RichTextWidget(tools=self.tools)}
        return super().formfield(**{**ours, **kwargs})
