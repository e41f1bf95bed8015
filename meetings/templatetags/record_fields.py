"""Fields of the record page, which has hundreds of them."""

from __future__ import annotations

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def record_field(field: BoundField) -> SafeString:
    """The field with its label, the same as crispy draws it and sooner: crispy asks its templates a dozen
    questions about each. The few that are refused are left to crispy."""
    if field.errors:
        return as_crispy_field(field)
    widget = field.field.widget
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    known = widget.attrs.get("class") or type(widget).__name__.lower()
    is_required = field.field.required
    return format_html(
        '<div id="div_{}" class="mb-3"><label for="{}" class="form-label{}">{}{}</label>{}{}</div>',
        field.auto_id,
        field.id_for_label,
        " requiredField" if is_required else "",
        field.label,
        format_html('<span class="asteriskField">{}</span>', "*") if is_required else "",
        field.as_widget(attrs={"class": f"{known} {kind}"}),
        _help(field),
    )


def _help(field: BoundField) -> SafeString | str:
    if not field.help_text:
        return ""
    return format_html('<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, field.help_text)
