"""Everyone signs in before anything is shown; each request gets the scope of its person."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shenguan.base.accounts import services
from shenguan.base.accounts.access import Access, access_of
from shenguan.base.ops import clock


class SignedInMiddleware:
    """Sends strangers to the sign-in page and puts `request.access` on everyone else's request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a stranger with the sign-in page, a person with what was asked for."""
        if request.path.startswith((f"/{settings.STATIC_URL.lstrip('/')}", "/login/")):
            return self.get_response(request)
        now = clock.now()
        key = request.session.session_key
        account = services.still_open(key, now=now) if key else None
        if account is None:
            request.session.flush()
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('accounts:login')}?{back}")
        request.access = access_of(account, clock.day_of(now))  # type: ignore[attr-defined]
        return self.get_response(request)


def access(request: HttpRequest) -> Access:
    """Return who asks; every page behind the sign-in has one."""
    found: Access = request.access  # type: ignore[attr-defined]
    return found
