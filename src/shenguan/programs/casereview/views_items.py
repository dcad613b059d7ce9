"""Pages of one case under review for reviewer, judge, committee and office; the issue list; figures."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Sheet as Listed
from shenguan.programs.casereview import clocks, papers, selectors, services, statistics
from shenguan.programs.casereview.models import Finding, Issue, Item, Plan, Sheet
from shenguan.programs.casereview.pages import (
    is_office,
    issue_for,
    item_for,
    number,
    show,
    told,
    words,
)
from shenguan.programs.casereview.reviewers import able, pool_of
from shenguan.programs.casereview.services import Decided, Marked
from shenguan.rulebook import load
from shenguan.spine.cases.asking import person_of, scope_of, today, whole_numbers
from shenguan.spine.cases.reading import note_reading

PAGE = 100


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case under review as far as the reader's part in it goes."""
    found, person = item_for(request, pk), person_of(request)
    note_reading(found.case, actor=str(person), where="案件评查", now=clock.now())
    overseeing = selectors.oversees(scope_of(request), found.plan.court_id)
    office = is_office(request, found.plan)
    sheets = list(
        found.sheets.filter(replaced="").select_related("reviewer").prefetch_related("findings")
    )
    mine = next((sheet for sheet in sheets if sheet.reviewer_id == person.pk), None)
    blind = mine is not None and not overseeing and found.state != Item.State.DECIDED
    rules = services.sheet_rules(found)
    codes = load().casereview.codes
    is_judge = found.judge_id == person.pk
    context: dict[str, Any] = {
        "item": found, "rules": rules, "office": office, "overseeing": overseeing, "mine": mine,
        "is_judge": is_judge, "objections": codes.offered("objections", today()).values(), "blind": blind,
        "objection": codes.name("objections", found.objection),
        "sheets": [_told(rules, one) for one in ([mine] if blind and mine else sheets)],
        "scoring": _form(rules) if mine and not mine.submitted_at else [],
        "may_reply": is_judge and found.state == Item.State.REPLY,
        "may_decide": _decidable(request, found),
        "grades": [name for name, _least in services.grade_set(found.plan).grades],
        "issues": [] if blind else [(one, _issue(one)) for one in found.issues.all()],
        "others": _others(found) if office else [], "replacements": codes.offered("replacements", today()).values(),
        "due": _due(found),
    }  # fmt: skip
    return show(request, "item", **context)


def _decidable(request: HttpRequest, found: Item) -> bool:
    waits = found.state in {Item.State.DECISION, Item.State.REPLY}
    return waits and services.may_decide(found, person_of(request), today())


def _told(rules: Any, sheet: Sheet) -> dict[str, Any]:
    rows = []
    for one in sheet.findings.all():
        entry = rules.items[one.entry]
        rows.append((one, entry.name, entry.deductions[one.deduction]))
    return {"sheet": sheet, "findings": rows}


def _form(rules: Any) -> list[tuple[Any, list[Any]]]:
    return [(one, list(one.deductions.values())) for one in rules.items.values()]


def _issue(one: Issue) -> Any:
    return load().casereview.issues.get(one.code)


def _others(found: Item) -> list[Any]:
    if found.state != Item.State.SCORING:
        return []
    pool = pool_of(found.plan, today())
    busy = set(found.sheets.filter(replaced="").values_list("reviewer", flat=True))
    fit = able(pool, [found.case])[found.case_id]
    return [pool.people[pk] for pk in fit if pk not in busy]


def _due(found: Item) -> Any:
    kinds = {Item.State.REPLY: clocks.REPLYING, Item.State.DECISION: clocks.DECIDING}
    kind = kinds.get(Item.State(found.state))
    clock_now = clocks.clock_of(clock.now())
    return clock_now.due(kind, found.since, found.plan.court_id) if kind else None


@require_POST
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the reader's own score sheet."""
    sheet = get_object_or_404(
        selectors.sheets(scope_of(request)).select_related("item__plan__court"), pk=pk
    )
    marked = _marked(request.POST, services.sheet_rules(sheet.item))
    comment = request.POST.get("comment", "")[:5000]

    def act() -> None:
        services.submit_score(sheet, marked, comment, person=person_of(request), now=clock.now())

    told(request, act, "评查表已提交")
    return redirect("casereview:item", sheet.item_id)


def _marked(given: QueryDict, rules: Any) -> list[Marked]:
    form, found = words(given), []
    for entry in rules.items.values():
        for code in entry.deductions:
            times = number(form, f"n:{entry.id}:{code}") or 0
            if times:
                page = form.get(f"p:{entry.id}:{code}", "")
                text = form.get(f"t:{entry.id}:{code}", "")
                found.append(Marked(entry.id, code, page, min(times, 99), text))
    return found


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a review as the judge of the case."""
    found, form = item_for(request, pk), request.POST.dict()
    if found.judge_id != person_of(request).pk:
        raise Http404("不是本人承办的案件")

    def act() -> None:
        services.reply(
            found, form.get("reply", ""), form.get("text", "")[:5000],
            person=person_of(request), now=clock.now(), reason=form.get("reason", ""),
        )  # fmt: skip

    told(request, act, "答复已提交，由评查委员会审议")
    return redirect("casereview:item", found.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide as the committee."""
    found, form = item_for(request, pk), request.POST.dict()
    if not services.may_decide(found, person_of(request), today()):
        raise Http404("不是评查委员会成员，或者须回避")
    upheld = set(whole_numbers(request.POST.getlist("upheld")))
    own = set(Finding.objects.filter(sheet__item=found).values_list("pk", flat=True))
    what = Decided(
        upheld & own, form.get("text", "")[:5000], form.get("meeting", ""), form.get("grade", "")
    )

    def act() -> None:
        services.decide(found, what, person=person_of(request), now=clock.now())

    told(request, act, "等次已确定，问题清单已生成")
    return redirect("casereview:item", found.pk)


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a sheet to another reviewer."""
    rows = Sheet.objects.filter(item__in=selectors.items(scope_of(request), today()).values("pk"))
    sheet = get_object_or_404(
        rows.select_related("item__plan__court", "item__case__division"), pk=pk
    )
    if not is_office(request, sheet.item.plan):
        raise Http404("没有办理评查的职责")
    other, reason = number(request.POST.dict(), "person") or 0, request.POST.get("reason", "")

    def act() -> None:
        services.replace_reviewer(sheet, other, reason, person=person_of(request), now=clock.now())

    told(request, act, "评查人已更换")
    return redirect("casereview:item", sheet.item_id)


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """List issues with their rectification."""
    rows = selectors.issues(scope_of(request), today())
    state, code, codes = (
        request.GET.get("state", ""), request.GET.get("code", ""), load().casereview.issues,
    )  # fmt: skip
    counts = [(name, rows.filter(state=name).count()) for name in Issue.State.values]
    rows = rows.filter(state=state) if state in Issue.State.values else rows
    rows = rows.filter(code=code) if code in codes else rows
    if request.GET.get("format") == "xlsx":
        return xlsx_answer([_issue_sheet(rows)], "评查问题清单", mark=papers.MARK)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return show(
        request, "issues", tab="issues", rows=page, states=counts, state=state, code=code,
        listed=[(one, codes.get(one.code)) for one in page], today=today(),
        codes=codes.values(), asked={"query": f"state={state}&code={code}"},
        person=person_of(request), court=person_of(request).court_id,
    )  # fmt: skip


def _issue_sheet(rows: Any) -> Listed:
    codes = load().casereview.issues
    heads = (
        ("案号", 30.0), ("部门", 18.0), ("代码", 8.0), ("问题", 26.0), ("具体情况", 50.0),
        ("状态", 10.0), ("整改期限", 12.0), ("整改情况", 40.0), ("报告日期", 12.0), ("验收意见", 30.0),
        ("验收日期", 12.0),
    )  # fmt: skip
    cells = [
        [i.item.case.number, str(i.item.case.division or ""), i.code,
         codes[i.code].name if i.code in codes else "", i.text, i.state, i.due_on, i.report,
         i.reported_on, i.verdict, i.checked_on]
        for i in rows
    ]  # fmt: skip
    return Listed("问题清单", heads, cells)


@require_POST
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a rectification as the judge of the case."""
    issue, text = issue_for(request, pk), request.POST.get("text", "")[:5000]
    if issue.item.judge_id != person_of(request).pk:
        raise Http404("整改情况由承办人填写")

    def act() -> None:
        services.rectify(issue, text, person=person_of(request), now=clock.now())

    told(request, act, "整改情况已报告，待验收")
    return redirect("casereview:item", issue.item_id)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check a rectification for the office."""
    issue, form = issue_for(request, pk), request.POST.dict()
    if not is_office(request, issue.item.plan):
        raise Http404("没有验收的职责")

    def act() -> None:
        services.check(
            issue, form.get("text", "")[:5000], passed=form.get("result") == "pass",
            person=person_of(request), now=clock.now(),
        )  # fmt: skip

    told(request, act, "验收已记录")
    return redirect("casereview:item", issue.item_id)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show findings by item over the plans of a court, or of one plan; never by judge."""
    scope = scope_of(request)
    chosen = selectors.plans(scope).exclude(state=Plan.State.DRAFT)
    plan_id = number(request.GET.dict(), "plan")
    wanted = chosen.filter(pk=plan_id) if plan_id else chosen
    items = Item.objects.filter(plan__in=wanted.order_by().values("pk"))
    whole, rows = statistics.summary(items), statistics.by_item(items)
    if request.GET.get("format") == "xlsx":
        return xlsx_answer(papers.bulletin_sheets(whole, rows), "评查统计", mark=papers.MARK)
    few = load().casereview.lists["few"]
    return show(
        request, "figures", tab="figures", whole=whole, table=rows, plans=list(chosen),
        plan_id=plan_id, few=few, asked={"query": f"plan={plan_id or ''}"},
    )  # fmt: skip
