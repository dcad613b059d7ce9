"""Pages of one's own account: sign in, sign out, sessions, second factor."""

from __future__ import annotations

from datetime import date

import pyotp
import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts import entering, services, tokens
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock

_YEAR = 365 * 24 * 3600  # seconds a chosen language is kept
_SECRET = "second_factor_secret"


@sensitive_post_parameters("password", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, for the code where a second factor is set."""
    context: dict[str, object] = {
        "next": request.POST.get("next") or request.GET.get("next", "/"),
        "provider": getattr(settings, "SHENGUAN_OIDC", False),
    }
    if request.GET.get("refused"):
        context["problem"] = (
            "单点登录未成功：没有对应的账号，或账号已锁定。请改用密码或联系安全管理员"
        )
    if request.method == "GET":
        return render(request, "accounts/login.html", context)
    given = {name: request.POST.get(name, "").strip() for name in ("username", "code")}
    now = clock.now()
    try:
        account = services.sign_in(
            **given,
            password=request.POST.get("password", ""),
            now=now,
            address=entering.address_of(request),
        )
    except services.SignInRefused as refused:
        wanted = isinstance(refused, services.CodeWanted) or bool(given["code"])
        context |= {"problem": str(refused), "username": given["username"], "code_wanted": wanted}
        return render(request, "accounts/login.html", context, status=403)
    entering.let_in(request, account, now=now)
    return redirect(_own(request, str(context["next"])))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show the pages in the language chosen, on this browser until another is chosen."""
    answer = redirect(_own(request, request.POST.get("next", "/")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_YEAR,
            httponly=True,
            samesite="Strict",
        )
    return answer


def _own(request: HttpRequest, target: str) -> str:
    """Never send anyone to another site."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else "/"


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End this session."""
    key = request.session.session_key or ""
    services.end_session(access(request).account, key, now=clock.now())
    request.session.flush()
    return redirect("accounts:login")


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """List where the account is signed in."""
    rows = access(request).account.sessions.all()
    own = request.session.session_key
    return render(request, "accounts/sessions.html", {"rows": rows, "own": own})


@require_POST
def end(request: HttpRequest, row_id: int) -> HttpResponse:
    """End another session of one's own."""
    account = access(request).account
    row = account.sessions.filter(pk=row_id).first()
    if row:
        services.end_session(account, row.session_key, now=clock.now(), why="结束其他会话")
    return redirect("accounts:sessions")


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the secret as a picture and switch the second factor on when a code proves it."""
    account, problem = access(request).account, ""
    secret = request.session.setdefault(_SECRET, services.new_secret())
    if request.method == "POST":
        try:
            code = request.POST.get("code", "").strip()
            services.set_second_factor(account, secret=secret, code=code, now=clock.now())
        except services.SignInRefused as refused:
            problem = str(refused)
        else:
            del request.session[_SECRET]
            return redirect("accounts:sessions")
    name = account.user.get_username()
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="审管")
    context = {"secret": secret, "problem": problem}
    context["picture"] = segno.make(address).svg_data_uri(scale=4)
    return render(request, "accounts/second_factor.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """List the account's tokens and make a new one, whose secret is shown this once."""
    who, now = access(request), clock.now()
    context: dict[str, object] = {"acts": sorted(who.acts), "today": clock.day_of(now)}
    if request.method == "POST":
        chosen = request.POST.getlist("act")
        whole = request.POST.get("reach") == "all"
        try:
            context["secret"] = tokens.make(
                who.account,
                name=request.POST.get("name", ""),
                expires_on=date.fromisoformat(request.POST.get("expires_on", "")),
                acts=None if whole else chosen,
                now=now,
            )
        except tokens.TokenRefused as refused:
            context["problem"] = str(refused)
        except ValueError:
            context["problem"] = "请填写到期日"
    context["rows"] = who.account.tokens.all()
    return render(request, "accounts/tokens.html", context)


@require_POST
def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token of one's own."""
    tokens.end(access(request).account, token_id, now=clock.now())
    return redirect("accounts:tokens")
