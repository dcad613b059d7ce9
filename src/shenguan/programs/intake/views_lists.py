"""Pages of what the court must look at: due dates that differ from its own system's, data that is odd."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.programs.intake import output, pages_xlsx, selectors
from shenguan.programs.intake.views import PAGE, may_import
from shenguan.spine import choosing
from shenguan.spine.cases.asking import whole_numbers
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.timelimits.reconciling import Difference
from shenguan.spine.timelimits.selectors import reconciliation

SETTING = "设置"
OURS = "采用本系统审限"


def _asked(request: HttpRequest) -> tuple[list[Difference], str, Counter[str]]:
    """Return the differences that still stand, narrowed to the reason asked for, and all reasons."""
    rows = [one for one in reconciliation(access(request).scope) if not one.accepted]
    reason = request.GET.get("reason", "") or request.POST.get("reason", "")
    counts = Counter(one.reason for one in rows)
    return [one for one in rows if not reason or one.reason == reason], reason, counts


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """List the due dates that differ, with both derivations, to be accepted singly or by rule."""
    may_import(request)
    rows, reason, counts = _asked(request)
    if request.GET.get("format") == "xlsx":
        return pages_xlsx.answer([output.differences_table(rows)], "届满日期对账")
    context = {
        "page": "reconciliation",
        "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "reason": reason,
        "counts": sorted(counts.items()),
        "total": counts.total(),
        "rules": sorted({one.rule_id for one in rows if one.rule_id}),
        "may_set": SETTING in access(request).acts,
        "asked": {"query": f"reason={reason}"},
    }
    return render(request, "intake/differences.html", context)


@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Let our date govern in the chosen cases; each choice is an event with its reason."""
    may_import(request)
    chosen = set(whole_numbers(request.POST.getlist("case")))
    why = request.POST.get("why", "").strip()
    rows = [one for one in _asked(request)[0] if one.case_id in chosen]
    if not rows or not why:
        messages.warning(request, "请选中案件并写明依据")
        return redirect("intake:differences")
    now, who = clock.now(), str(access(request).account.person)
    today = clock.day_of(now)
    record(
        [NewEvent(one.case_id, OURS, today, {"reason": why}, source="对账") for one in rows],
        actor=who,
        now=now,
    )
    messages.info(request, f"{len(rows)} 件已改按本系统计算的届满日")
    return redirect("intake:differences")


@require_POST
def accept_rule(request: HttpRequest) -> HttpResponse:
    """Let our dates govern in all cases of one rule of this court, from today, on a written basis."""
    may_import(request)
    if SETTING not in access(request).acts:
        raise Http404("没有设置的职责")
    rule, basis = request.POST.get("rule", ""), request.POST.get("basis", "").strip()
    if not rule or not basis:
        messages.warning(request, "请选择规则并写明依据")
        return redirect("intake:differences")
    now, person = clock.now(), access(request).account.person
    choosing.accept_rule(
        court=person.court,
        rule=rule,
        valid_from=clock.day_of(now),
        basis=basis,
        actor=str(person),
        now=now,
    )
    messages.info(request, f"适用规则 {rule} 的案件已改按本系统计算的届满日")
    return redirect("intake:differences")


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """List what is odd in the data, to be put right in the court's own system; xlsx to hand on."""
    may_import(request)
    scope = access(request).scope
    check = request.GET.get("check", "")
    found = selectors.findings(scope, check_id=check)
    if request.GET.get("format") == "xlsx":
        return pages_xlsx.answer([output.findings_table(found)], "数据更正清单")
    counts = selectors.findings_by_check(scope)
    context = {
        "page": "quality",
        "rows": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "counts": counts,
        "total": sum(number for _check, _name, number in counts),
        "check": check,
        "asked": {"query": f"check={check}"},
    }
    return render(request, "intake/quality.html", context)
