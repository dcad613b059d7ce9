"""Lists of 发改反馈: by state, the quarterly analysis, the checks on remanded cases, the court's one way."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.org.choices import setting
from shenguan.base.org.models import Court
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import paper_answer, xlsx_answer
from shenguan.core.indicator import Period
from shenguan.programs.appeals import checks as checking
from shenguan.programs.appeals import papers, selectors
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking, whole_number
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.choosing import note_choice

MOST = 5000
_CONDITIONS = {
    "court": "lower__court", "result": "result", "cause": "lower__cause", "state": "state",
    "found": "conclusion", "excuse": "excuse",
}  # fmt: skip


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the feedback of a state, perhaps of a court, a cause, a period."""
    asking = Asking(request)
    rows, given = _narrowed(asking)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    if state := request.GET.get("state"):
        rows, given = rows.filter(state=state), given | {"state": state}
    if request.GET.get("format") == "xlsx":
        return asking.handed_out("发改反馈", papers.COLUMNS, [papers.cells(r) for r in rows[:MOST]])
    page = asking.page(rows)
    rest = {name: value for name, value in given.items() if name != "state"}
    context: dict[str, Any] = {
        "page": "appeals", "rows": page, "asked": {"query": urlencode(given)},
        "listed": [(one, papers.reasons_of(one)) for one in page],
        "opened": _opened(asking, [one.upper_id for one in page]),
        "state": given.get("state", ""), "whole": sum(counts.values()), "rest": urlencode(rest),
        "states": [(s, counts.get(s, 0), urlencode(rest | {"state": s})) for s in Feedback.State.values],
        "narrowed": _said(rest),
    }  # fmt: skip
    return render(request, "appeals/list.html", context)


def _opened(asking: Asking, case_ids: list[int]) -> set[int]:
    shown = visible_cases(asking.scope).filter(pk__in=case_ids).order_by()
    return set(shown.values_list("pk", flat=True))


def _narrowed(asking: Asking) -> tuple[QuerySet[Feedback], dict[str, str]]:
    """Return the feedback that fits the conditions of the address, but for its state."""
    got, rows = asking.request.GET, selectors.feedbacks(asking.scope)
    given: dict[str, str] = {}
    for name, column in _CONDITIONS.items():
        value = got.get(name, "")
        if value and name != "state" and (name != "court" or whole_number(value)):
            wanted = "" if value == papers.NONE else value
            rows, given = rows.filter(**{column: wanted}), given | {name: value}
    if reason := got.get("reason", ""):
        told = rows.order_by().values_list("pk", "reasons")
        fits = [pk for pk, codes in told if reason in (codes or [papers.NONE])]
        rows, given = rows.filter(pk__in=fits), given | {"reason": reason}
    for name, how in (("from", "changed_on__gte"), ("to", "changed_on__lte")):
        day = _day(got.get(name, ""))
        if day:
            rows, given = rows.filter(**{how: day}), given | {name: str(day)}
    return rows, given


def _said(given: dict[str, str]) -> str:
    court = Court.objects.filter(pk=given["court"]).first() if "court" in given else None
    period = (
        f"{given.get('from', '')}至{given.get('to', '')}" if {"from", "to"} & set(given) else ""
    )
    book, reason, excuse = load().appeals, given.get("reason", ""), given.get("excuse", "")
    said = [
        str(court or ""), given.get("result", ""), given.get("cause", ""), period,
        papers.UNFILLED if reason == papers.NONE else book.name("reasons", reason),
        papers.NOT_FOUND if given.get("found") == papers.NONE else given.get("found", ""),
        book.name("excuses", excuse),
    ]  # fmt: skip
    return "　".join(filter(None, said))


@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """Show the quarter's analysis per court, cause and reason; as docx, PDF or xlsx with `format`."""
    asking = Asking(request)
    first, last = _quarter(asking)
    rows = selectors.feedbacks(asking.scope).filter(changed_on__gte=first, changed_on__lte=last)
    found = list(rows.exclude(state=Feedback.State.DROPPED)[:MOST])
    layout = request.GET.get("format", "")
    name = f"发改分析{first}至{last}"
    if layout in {"docx", "pdf"}:
        asking.note(name, {"rows": len(found)})
        court = asking.person.court.name
        paper = papers.bulletin(found, court=court, first=first, last=last, on=asking.today)
        return paper_answer(paper, OFFICIAL, name, layout)
    if layout == "xlsx":
        asking.note(name, {"rows": len(found)})
        return xlsx_answer(papers.sheets(found), name, mark=asking.mark)
    context = {
        "page": "appeals-analysis", "first": first, "last": last, "count": len(found),
        "opening": papers.opening(found, first, last), "note": papers.NOTE,
        "tables": [
            (table.title, [(row, urlencode({**row.asks, "from": first, "to": last})) for row in table.rows])
            for table in papers.analysed(found)
        ],
        "period": urlencode({"from": first, "to": last}),
        "quarters": [_around(asking.today, back) for back in range(4)],
    }  # fmt: skip
    return render(request, "appeals/analysis.html", context)


def _quarter(asking: Asking) -> tuple[date, date]:
    first, last = _day(asking.request.GET.get("from", "")), _day(asking.request.GET.get("to", ""))
    if first and last and first <= last:
        return first, last
    return _around(asking.today, 0)


def _around(on: date, back: int) -> tuple[date, date]:
    """Return the first and last day of the quarter of a day, or of one so many quarters earlier."""
    first = (on.year * 4 + (on.month - 1) // 3 - back) * 3
    period = Period.months(first, first + 2)
    return period.start, period.end


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """List the remanded cases with what the four checks found."""
    asking = Asking(request)
    found = checking.checked(asking.scope, asking.today)
    if request.GET.get("doubt") == "1":
        found = [one for one in found if one.doubts]
    if request.GET.get("format") == "xlsx":
        columns = {"原审案号": 28, "原审法院": 24, "发回案号": 28, "报结日期": 12, "重审案号": 28,
                   "重审立案": 12, "检查结果": 70}  # fmt: skip
        return asking.handed_out("发回重审检查", columns, [_check_cells(one) for one in found])
    court = asking.person.court
    context = {
        "page": "appeals", "tab": "checks", "rows": asking.page(found), "doubt": request.GET.get("doubt") == "1",
        "asked": {"query": "doubt=1" if request.GET.get("doubt") == "1" else ""},
        "ways": load().appeals.offered("handling", asking.today).values(),
        "way": setting(court, checking.SETTING, asking.today, ""), "may_set": "设置" in asking.acts,
        "court": court,
    }  # fmt: skip
    return render(request, "appeals/checks.html", context)


def _check_cells(one: checking.Checked) -> list[Any]:
    feedback, trial = one.feedback, one.trial
    return [
        feedback.lower.number, feedback.lower.court.name, feedback.upper.number,
        feedback.changed_on, trial.number if trial else "", trial.filed_on if trial else None,
        "；".join(one.doubts) or "未发现问题",
    ]  # fmt: skip


@require_POST
def handling(request: HttpRequest) -> HttpResponse:
    """Choose the court's one way of handling remanded cases, with its basis, from today."""
    asking = Asking(request)
    if "设置" not in asking.acts:
        raise Http404("没有设置的职责")
    way, basis = asking.text("way", 20), asking.text("basis", 200)
    if way not in load().appeals.offered("handling", asking.today) or not basis:
        messages.error(request, "请选择一种办理方式并写明依据；两种方式不得混用")
        return redirect("appeals:checks")
    person = asking.person
    note_choice(
        court=person.court, key=checking.SETTING, value=way, valid_from=asking.today, basis=basis,
        actor=str(person), now=asking.now,
    )  # fmt: skip
    messages.success(request, "已设置，自今日起按此检查")
    return redirect("appeals:checks")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
