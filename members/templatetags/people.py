"""How data about people is shown."""

from django import template

from members import mobile

register = template.Library()
register.filter("masked", mobile.masked)
