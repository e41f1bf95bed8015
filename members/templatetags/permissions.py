"""``{% if user|may:"plan_meetings" %}``: templates ask with the words of ``members.permissions``."""

from django import template

from members.permissions import Capability

register = template.Library()


@register.filter
def may(user, capability: str) -> bool:
    """True if the user may; a word outside the vocabulary is a ValueError, so that a slip is seen."""
    wanted = Capability(capability)
    return bool(user.is_authenticated) and user.may(wanted)
