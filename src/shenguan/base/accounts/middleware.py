"""Everyone signs in before anything is shown; each request gets the scope of its person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from shenguan.base.accounts import services, tokens
from shenguan.base.accounts.access import Access, access_of
from shenguan.base.accounts.idempotency import once
from shenguan.base.ops import clock

API, DOCS = "/api/", "/api/docs/"
_WITH_ISSUED_PASSWORD = frozenset({"/account/password/", "/account/logout/"})


class SignedInMiddleware:
    """Sends strangers to the sign-in page and puts `request.access` on everyone else's request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a stranger with the sign-in page, a person with what was asked for."""
        if request.path.startswith((f"/{settings.STATIC_URL.lstrip('/')}", "/login/")):
            return self.get_response(request)
        if request.path.startswith(API) and request.path != DOCS:
            return self._program(request)
        now = clock.now()
        key = request.session.session_key
        account = services.still_open(key, now=now) if key else None
        if account is None:
            request.session.flush()
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('accounts:login')}?{back}")
        if account.must_change and request.path not in _WITH_ISSUED_PASSWORD:
            return redirect("accounts:password")
        request.access = access_of(account, clock.day_of(now))  # type: ignore[attr-defined]
        return self.get_response(request)

    def _program(self, request: HttpRequest) -> HttpResponse:
        """Let a program in by its token, or a page's own script by the session it runs in."""
        found = _opened(request)
        if found is None:
            answer = _refused("请以有效的接口令牌访问（Authorization: Bearer …）", 401)
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        request.access = found  # type: ignore[attr-defined]
        if _only_reads(request):
            return self.get_response(request)
        if not found.may_write:
            return _refused("只能读取；写入须用未限为只读的接口令牌", 403)
        return once(request, found.account, self.get_response)


def _opened(request: HttpRequest) -> Access | None:
    """Return what a token or a session opens of the API; a session opens it for reading alone.

    No cookie may change anything there, so nothing there needs a guard against forged requests.
    """
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    now = clock.now()
    if kind == "Bearer":
        return tokens.opened_by(secret.strip(), now=now)
    key = request.session.session_key
    account = services.still_open(key, now=now) if key else None
    if account is None or account.must_change:
        return None
    return replace(access_of(account, clock.day_of(now)), only=frozenset())


def _only_reads(request: HttpRequest) -> bool:
    """Tell whether a request changes nothing: also a query by POST, as names never stand in an address."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return True
    return request.method == "POST" and request.path in settings.SHENGUAN_API_QUERIES


def _refused(why: str, status: int) -> JsonResponse:
    return JsonResponse({"错误": why}, status=status, json_dumps_params={"ensure_ascii": False})


def access(request: HttpRequest) -> Access:
    """Return who asks; every page behind the sign-in has one."""
    found: Access = request.access  # type: ignore[attr-defined]
    return found
