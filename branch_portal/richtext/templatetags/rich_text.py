from django import template
from django.utils.safestring import SafeString, mark_safe

from branch_portal.richtext.sanitise import allow_listed

register = template.Library()


@register.filter
def rich(html: str | None) -> SafeString:
    """Stored rich text as markup. It was sanitised when it was written; should a row have come in past the
    forms, the allow-list still holds here, so no stored text can bring a script to a page."""
    return mark_safe(allow_listed(html or ""))  # noqa: S308
