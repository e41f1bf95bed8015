"""The front door: the reader's language, the health check, and what is shown when something is wrong."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control, never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 if the portal and its database answer; for a load balancer, so without redirect or cookie."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@cache_control(public=True, max_age=300)
def readers_language(request: HttpRequest) -> HttpResponse:
    """``/`` leads to the language the browser asks for, to Chinese otherwise."""
    with override(get_language_from_request(request)):
        response = HttpResponse(status=302, headers={"Location": reverse("news:home")})
    patch_vary_headers(response, ["Accept-Language"])
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database, which may be what is wrong."""
    return render(request, "500.html", status=500)
