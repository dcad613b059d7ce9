"""督办单: the list, one of them, its result, closing it, and the paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.inbox import naming
from shenguan.base.inbox.models import Order
from shenguan.base.ops import clock
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import TYPES, paper_answer, xlsx_answer
from shenguan.programs.attention import papers, selectors, services
from shenguan.programs.attention.views import MOST, PAGE, SUPERVISE, by, outcome
from shenguan.spine.cases.asking import whole_numbers


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the 督办单 of a state."""
    scope, today = access(request).scope, clock.day_of(clock.now())
    state = request.GET.get("state", "open")
    rows = selectors.orders(scope, state, today)
    if request.GET.get("format") == "xlsx":
        sheet = papers.order_sheet(rows[:MOST])
        return xlsx_answer([sheet], f"督办单{today}", mark=papers.MARK)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": "attention", "tab": "orders", "rows": page, "state": state, "today": today,
        "states": selectors.order_counts(scope, today), "asked": {"query": f"state={state}"},
        "may_close": SUPERVISE in access(request).acts,
        "listed": page,
    }  # fmt: skip
    return render(request, "attention/orders.html", context)


@require_safe
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show one 督办单; as docx or PDF with `format`."""
    found = _found(request, order_id)
    kind = naming.names().get(found.watch.kind, found.watch.kind)
    layout = request.GET.get("format", "")
    if layout in TYPES and layout != "xlsx":
        paper = papers.order_paper(found, kind)
        return paper_answer(paper, OFFICIAL, f"督办单{found.number}", layout)
    who = access(request).account.person
    context = {
        "page": "attention", "tab": "orders", "order": found, "kind": kind,
        "today": clock.day_of(clock.now()),
        "moves": found.watch.transitions.order_by("pk"),
        "answers": found.watch.answers.select_related("person").order_by("pk"),
        "may_close": SUPERVISE in access(request).acts
        and who.pk not in {found.owner_id, found.reported_by_id},
    }  # fmt: skip
    return render(request, "attention/order.html", context)


@require_POST
def report(request: HttpRequest, order_id: int) -> HttpResponse:
    """Put the result on a 督办单."""
    found = _found(request, order_id)
    try:
        services.report_order(found, result=request.POST.get("result", ""), by=by(request))
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"督办单{found.number}：报办理结果")
    return redirect("attention:order", order_id)


@require_POST
def close(request: HttpRequest, order_id: int) -> HttpResponse:
    """Close a 督办单: only whoever may supervise, and never its owner."""
    _may_close(request)
    found = _found(request, order_id)
    try:
        services.close_order(found, by=by(request))
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"督办单{found.number}：销号")
    return redirect("attention:order", order_id)


@require_POST
def close_all(request: HttpRequest) -> HttpResponse:
    """Close the chosen ones; those that can't be closed are listed with the reason."""
    _may_close(request)
    ids = whole_numbers(request.POST.getlist("order"))
    today = clock.day_of(clock.now())
    chosen = list(selectors.orders(access(request).scope, "all", today).filter(pk__in=ids))
    back = f"{reverse('attention:orders')}?state=reported"
    if not chosen:
        messages.warning(request, "没有选中任何督办单")
        return redirect(back)
    return outcome(request, services.close_all(chosen, by=by(request)), back)


def _may_close(request: HttpRequest) -> None:
    if SUPERVISE not in access(request).acts:
        raise Http404("没有销号的职责")


def _found(request: HttpRequest, order_id: int) -> Order:
    today = clock.day_of(clock.now())
    return get_object_or_404(selectors.orders(access(request).scope, "all", today), pk=order_id)
