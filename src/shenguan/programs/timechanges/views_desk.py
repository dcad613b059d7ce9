"""Lists: what waits for me, what I asked for, what nobody has checked; delegation; the pattern report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.approvals import delegations as lending
from shenguan.base.approvals import selectors as kit
from shenguan.base.approvals.models import Request
from shenguan.base.approvals.services import Refused
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.papers.sheets import Cell
from shenguan.programs.timechanges import selectors, services
from shenguan.programs.timechanges.dryrun import GROUP
from shenguan.programs.timechanges.forms import DelegationForm
from shenguan.programs.timechanges.pages import show
from shenguan.programs.timechanges.pattern import rows
from shenguan.programs.timechanges.views import PROBLEMS
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, desk, person_of, scope_of, today

PAGE_SIZE = 100
_UNCHECKED_DAYS = 90
_COLUMNS = {
    "案号": 28.0, "事项": 40.0, "申请人": 12.0, "部门": 18.0, "申请日期": 12.0,
    "届满日": 12.0, "最迟决定": 12.0, "状态": 10.0, "提示": 24.0,
}  # fmt: skip


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for one's decision; with `done` what one has decided."""
    done = request.GET.get("done") == "1"
    which = selectors.decided if done else selectors.waiting
    found = which(scope_of(request), desk(request))
    return _list(
        request, found, heading="我已办理" if done else "待我审批", done=done, turn=not done
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what one has asked for."""
    found = selectors.mine(scope_of(request), desk(request))
    return _list(request, found, heading="我的申请", own=True)


def _list(
    request: HttpRequest, found: QuerySet[Request], *, heading: str, **context: Any
) -> HttpResponse:
    group, state = request.GET.get("group", ""), request.GET.get("state", "")
    late = request.GET.get("late") == "1"
    if group in load().approvals.groups:
        found = found.filter(group=group)
    if state in Request.State.values:
        found = found.filter(state=state)
    if late:
        found = found.exclude(flags=[])
    if request.GET.get("format") == "xlsx":
        return Asking(request).handed_out(heading, _COLUMNS, [_cells(one) for one in found])
    done = request.GET.get("done", "")
    asked = {"group": group, "state": state, "late": "1" if late else "", "done": done}
    return show(
        request,
        "list",
        page="approvals",
        query=urlencode(asked),
        heading=heading,
        rows=Paginator(found.defer("facts", "detail"), PAGE_SIZE).get_page(request.GET.get("page")),
        groups=load().approvals.groups,
        states=Request.State.choices,
        group=group,
        state=state,
        late=late,
        on=today(),
        **context,
    )


def _cells(one: Request) -> list[Cell]:
    unit = one.unit.name if one.unit else ""
    asked = (one.subject_name, f"{one.group}：{one.summary}", str(one.applicant), unit)
    return [*asked, one.applied_on, one.due, one.decide_by, one.state_word, "、".join(one.flags)]


def _checks(request: HttpRequest) -> bool:
    """Tell whether the person may put imported suspensions to a check."""
    return bool(access(request).acts & {"催办", "一级审批"})


@require_safe
def unchecked(request: HttpRequest) -> HttpResponse:
    """List the suspensions that came by import and that nobody has checked."""
    found = selectors.unchecked(scope_of(request), today() - timedelta(days=_UNCHECKED_DAYS))
    events = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "events": events,
        "may_check": _checks(request),
        "days": _UNCHECKED_DAYS,
    }
    return show(request, "unchecked", page="approvals", **context)


@require_POST
def take_up(request: HttpRequest, position: int) -> HttpResponse:
    """Put one imported suspension to the check."""
    found = selectors.unchecked(scope_of(request), date.min)
    event = get_object_or_404(found, pk=position)
    if not _checks(request):
        return show(request, "problem", problem="核查由审管办和庭长办理", status=403)
    try:
        made = services.check_imported(event, now=clock.now())
    except PROBLEMS as problem:
        return show(request, "problem", problem=str(problem), status=409)
    return redirect("timechanges:request", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """List one's delegations and make one."""
    person, problem = person_of(request), ""
    people = {str(p.pk): p for p in lending.takers(person, today())}
    takers = [(key, str(taker)) for key, taker in people.items()]
    form = DelegationForm(request.POST or None, takers=takers)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data | {"taker": people[form.cleaned_data["taker"]]}
        try:
            lending.delegate(giver=person, now=clock.now(), **data)
        except Refused as refused:
            problem = str(refused)
        else:
            return redirect("timechanges:delegations")
    return show(
        request,
        "delegations",
        page="approvals",
        form=form,
        problem=problem,
        may_delegate=bool(people),
        rows=kit.delegations(scope_of(request), desk(request)),
        person=person,
        on=today(),
        status=400 if request.method == "POST" else 200,
    )


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one's own delegation early."""
    person: Person = person_of(request)
    try:
        lending.end_delegation(pk, giver=person, now=clock.now())
    except Refused as refused:
        return show(request, "problem", problem=str(refused), status=404)
    return redirect("timechanges:delegations")


@require_safe
def pattern(request: HttpRequest) -> HttpResponse:
    """Show how extensions are asked for and decided, by division."""
    on = today()
    first = _day(request.GET.get("from"), on.replace(month=1, day=1))
    last = _day(request.GET.get("to"), on)
    found = selectors.requests(scope_of(request), desk(request)).filter(
        group=GROUP, applied_on__gte=first, applied_on__lte=last
    )
    made = rows(found.defer("facts").order_by("applied_on", "pk"))
    return show(request, "pattern", page="approvals", rows=made, first=first, last=last)


def _day(text: str | None, fallback: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return fallback
