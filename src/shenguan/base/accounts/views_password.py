"""The page on which one changes one's own password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shenguan.base.accounts import keeping
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock


@sensitive_post_parameters("old", "new", "again")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the old password and twice for the new one."""
    account, problem = access(request).account, ""
    if request.method == "POST":
        new = request.POST.get("new", "")
        try:
            if new != request.POST.get("again", ""):
                raise keeping.AccountRefused(_("两次输入的新密码不一致"))
            keeping.change(
                account,
                old=request.POST.get("old", ""),
                new=new,
                keep=request.session.session_key or "",
                now=clock.now(),
            )
        except keeping.AccountRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _("密码已修改"))
            return redirect("/")
    context = {"problem": problem, "must": account.must_change}
    status = 403 if problem else 200
    return render(request, "accounts/password.html", context, status=status)
