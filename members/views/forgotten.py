"""A forgotten password: a new slip by the secretary; by e-mail only where a mail server is configured."""

from __future__ import annotations

from allauth.account import views as account
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from members.permissions import public


@public
def forgotten(request: HttpRequest) -> HttpResponse:
    """Says whom to ask; with a mail server it also takes an e-mail address."""
    if not settings.EMAIL_HOST:
        return render(request, "account/forgotten.html")
    return account.password_reset(request)


def _by_mail(view):
    def guarded(request: HttpRequest, **kwargs) -> HttpResponse:
        if not settings.EMAIL_HOST:
            raise Http404
        return view(request, **kwargs)

    return public(guarded)


sent = _by_mail(account.password_reset_done)
from_mail = _by_mail(account.password_reset_from_key)
done = _by_mail(account.password_reset_from_key_done)
