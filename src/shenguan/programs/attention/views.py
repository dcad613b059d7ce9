"""Pages of the warnings centre."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.audit import services as audit
from shenguan.base.inbox import orders as supervision
from shenguan.base.inbox import services as inbox
from shenguan.base.inbox.models import Answer, Watch
from shenguan.base.ops import clock
from shenguan.programs.attention import selectors, services
from shenguan.rulebook import load

PAGE = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what stands, most urgent level first, with the 督办单 and disputed data beside it."""
    scope = access(request).scope
    level = request.GET.get("level", "") or next(
        (name for name, count in selectors.counts(scope).items() if count), ""
    )
    mine = request.GET.get("mine") == "1"
    rows = selectors.warnings(scope, level=level, kind=request.GET.get("kind", ""), mine=mine)
    names = {rule.id: rule.name for rule in load().warnings}
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": "attention",
        "rows": page,
        "listed": [(watch, names.get(watch.kind, watch.kind), case_of(watch)) for watch in page],
        "level": level,
        "mine": mine,
        "counts": selectors.counts(scope),
        "orders": selectors.open_orders(scope),
        "disputed": selectors.disputed(scope) if "催办" in access(request).acts else (),
        "choices": Answer.Choice.values,
        "acts": access(request).acts,
        "asked": {"query": f"level={level}&mine={int(mine)}"},
    }
    return render(request, "attention/index.html", context)


def case_of(watch: Watch) -> int | None:
    """Return the id of the case a warning is about."""
    kind, _, key = watch.subject.partition(":")
    return int(key) if kind == "case" and key.isdigit() else None


def _chosen(request: HttpRequest) -> list[Watch]:
    ids = [int(pk) for pk in request.POST.getlist("watch") if pk.isdigit()]
    return list(selectors.warnings(access(request).scope).filter(pk__in=ids))


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Answer the chosen warnings or put them off."""
    who, now = access(request).account.person, clock.now()
    on, watches = clock.day_of(now), _chosen(request)
    text = request.POST.get("text", "")
    if not watches:
        messages.warning(request, "没有选中任何预警")
    elif request.POST.get("what") == "snooze":
        until = _day(request.POST.get("until", ""), on)
        done = services.snooze_all(watches, reason=text, until=until, actor=who, on=on, now=now)
        messages.info(request, str(done))
    else:
        choice = request.POST.get("choice", "")
        done = services.answer_all(watches, choice=choice, text=text, actor=who, on=on, now=now)
        messages.info(request, str(done))
    return redirect("attention:index")


def _day(text: str, fallback: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback


def _order(request: HttpRequest, order_id: int, action: str, do: Callable[..., object]) -> None:
    order = get_object_or_404(selectors.open_orders(access(request).scope), pk=order_id)
    now = clock.now()
    who = access(request).account.person
    try:
        do(order, actor=who, on=clock.day_of(now))
    except ValueError as refused:
        messages.error(request, str(refused))
        return
    audit.append(
        chain=order.court.code, actor=str(who), action=action, subject=order.number, now=now
    )
    messages.info(request, f"督办单{order.number}：{action}")


@require_POST
def report_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Put the result on a 督办单."""
    result = request.POST.get("result", "")
    _order(
        request,
        order_id,
        "报办理结果",
        lambda order, **who: supervision.report(order, result=result, **who),
    )
    return redirect("attention:index")


@require_POST
def close_order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Close a 督办单: only whoever may supervise, and never its owner."""
    if "督办" not in access(request).acts:
        raise Http404("没有销号的职责")
    _order(request, order_id, "销号", supervision.close)
    return redirect("attention:index")


@require_POST
def decide(request: HttpRequest, answer_id: int) -> HttpResponse:
    """Decide whether the data were wrong; the ladder goes on."""
    if "催办" not in access(request).acts:
        raise Http404("没有认定的职责")
    answer = get_object_or_404(selectors.disputed(access(request).scope), pk=answer_id)
    now = clock.now()
    who, upheld = access(request).account.person, request.POST.get("upheld") == "1"
    try:
        inbox.decide(answer=answer, upheld=upheld, actor=who, on=clock.day_of(now), now=now)
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        action = "认定数据有误" if upheld else "认定数据无误"
        audit.append(
            chain=answer.watch.court.code,
            actor=str(who),
            action=action,
            subject=answer.watch.subject,
            now=now,
        )
    return redirect("attention:index")
