"""The page on which the system administrator sets who is told."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.programs.webhooks import services
from shenguan.programs.webhooks.models import Delivery, Hook

ACT = "配置"


def _who(request: HttpRequest) -> Access:
    who = access(request)
    if ACT not in who.acts:
        raise Http404("没有配置的职责")
    return who


@never_cache
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the addresses of one's court with how they fare; a new one's secret is shown this once."""
    who, context = _who(request), {"page": "hooks"}
    court = who.account.person.court
    if request.method == "POST":
        try:
            made = services.open_hook(
                court=court,
                name=request.POST.get("name", ""),
                address=request.POST.get("address", ""),
                actor=str(who.account.person),
                now=clock.now(),
            )
        except services.HookRefused as refused:
            messages.error(request, str(refused))
        else:
            context["secret"] = made.secret
    states = Delivery.State
    context["rows"] = Hook.objects.filter(court=court).annotate(  # type: ignore[assignment]
        done=Count("deliveries", Q(deliveries__state=states.DONE)),
        waiting=Count("deliveries", Q(deliveries__state=states.WAITING)),
        lost=Count("deliveries", Q(deliveries__state=states.LOST)),
    )
    return render(request, "webhooks/index.html", context)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop telling an address of one's own court."""
    who = _who(request)
    hook = get_object_or_404(Hook, pk=pk, court=who.account.person.court)
    services.close_hook(hook, actor=str(who.account.person), now=clock.now())
    return redirect("webhooks:index")
