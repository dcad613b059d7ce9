"""Pages of 判中咨询: a record for the inner file that binds nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.programs.appeals import selectors, services
from shenguan.programs.appeals.views import PROBLEMS, by_of
from shenguan.spine.cases.asking import Asking
from shenguan.spine.cases.selectors import inner_cases


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the consultations that the inner record shows."""
    asking = Asking(request)
    rows = selectors.consultations(asking.scope)
    who = by_of(asking)
    if request.GET.get("format") == "xlsx":
        columns = {"案号": 28, "咨询法院": 24, "咨询问题": 50, "咨询日期": 12, "答复（仅供参考）": 50,
                   "答复日期": 12}  # fmt: skip
        cells = [
            [r.case.number, r.court.name, r.question, r.asked_on, r.answer, r.answered_on]
            for r in rows
        ]
        return asking.handed_out("判中咨询", columns, cells)
    page = asking.page(rows)
    context = {
        "page": "appeals", "tab": "consultations", "rows": page, "asked": {"query": ""},
        "listed": [(one, services.may_reply(one, who)) for one in page],
    }  # fmt: skip
    return render(request, "appeals/consultations.html", context)


@require_POST
def consult(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask the court above."""
    asking = Asking(request)
    cases = inner_cases(asking.scope).select_related("court__parent", "undertaker")
    case = get_object_or_404(cases, pk=case_id)
    try:
        services.consult(case, asking.text("question", 4000), by=by_of(asking))
    except PROBLEMS as refused:
        messages.error(request, str(refused))
        return redirect("casebook:case", case_id)
    messages.success(request, "咨询已登记并送上级法院；答复仅供参考")
    return redirect("appeals:consultations")


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for reference."""
    asking = Asking(request)
    one = get_object_or_404(selectors.consultations(asking.scope), pk=pk)
    try:
        services.reply(one, asking.text("text", 4000), by=by_of(asking))
    except PROBLEMS as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "答复已登记，仅供参考")
    return redirect("appeals:consultations")
