"""Pages of the desk: one's own cases whole, instructions given and answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from shenguan.base.accounts.access import Access
from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.base.papers.serving import xlsx_answer
from shenguan.base.papers.sheets import Sheet
from shenguan.core.casenumber import CaseNumberError, normalise
from shenguan.programs.desk import given, instructions, lists, mine
from shenguan.programs.desk.forms import InstructionForm
from shenguan.programs.desk.models import Instruction
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

PAGE = 100
_MOST_PEOPLE = 600
_COLUMNS = (
    ("案号", 26),
    ("案由", 24),
    ("承办人", 12),
    ("立案日期", 12),
    ("审限届满日期", 14),
    ("扣除、中止事由", 16),
)


@require_safe
def mine_page(request: HttpRequest) -> HttpResponse:
    """List one's own open cases (and those of the judges one serves) by due date."""
    who, on = access(request), clock.day_of(clock.now())
    cases = mine.by_due(mine.own_cases(who.scope))
    if request.GET.get("format") == "xlsx":
        rows = [
            [
                c.number,
                c.cause,
                c.undertaker_name,
                c.filed_on,
                c.clock.governing_due,
                c.clock.paused_by,
            ]
            for c in cases
        ]
        name = f"我的案件{on}"
        return xlsx_answer(
            [Sheet("我的案件", _COLUMNS, rows)], name, mark=f"仅供{who.account.person}本人办案使用"
        )
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    listed = [(case, _left(case, on)) for case in page]
    context = {"page": "home", "rows": page, "listed": listed, "on": on, "asked": {"query": ""}}
    return render(request, "desk/mine.html", context)


def _left(case: Case, on: date) -> int | None:
    due = None if case.clock.paused_since else case.clock.governing_due
    return (due - on).days if due else None


@require_safe
def list_page(request: HttpRequest, key: str) -> HttpResponse:
    """List the cases behind a number of a home page; the list is as long as the number."""
    who, on = access(request), clock.day_of(clock.now())
    flag = request.GET.get("flag", "")
    if key == "flag":
        name, cases = f"数据疑点：{flag}", lists.doubtful(who, flag)
    else:
        found = lists.of_list(who, key, on)
        if found is None:
            raise Http404("没有这一清单")
        name, cases = found[0], list(found[1])
    if request.GET.get("format") == "xlsx":
        rows = [
            [c.number, c.cause, c.undertaker_name, c.filed_on, c.clock.governing_due, c.closed_on]
            for c in cases
        ]
        columns = (*_COLUMNS[:5], ("报结日期", 12))
        return xlsx_answer(
            [Sheet(name[:20], columns, rows)],
            f"{name}{on}",
            mark=f"仅供{who.account.person}履职查阅",
        )
    page = Paginator(cases, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": "home",
        "rows": page,
        "name": name,
        "asked": {"query": urlencode({"flag": flag})},
    }
    return render(request, "desk/list.html", context)


@require_safe
def papers_page(request: HttpRequest) -> HttpResponse:
    """List the papers of one's own cases that wait to be written, signed or served."""
    who, on = access(request), clock.day_of(clock.now())
    page = Paginator(mine.waiting_papers(mine.own_cases(who.scope), on), PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request, "desk/papers.html", {"page": "home", "rows": page, "asked": {"query": ""}}
    )


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the instructions one gave, answers for, or may see."""
    who, on = access(request), clock.day_of(clock.now())
    rows = given.ordered(given.instructions(who.scope))
    if request.GET.get("mine") == "1":
        rows = rows.filter(giver=who.account.person_id)
    if request.GET.get("format") == "xlsx":
        made = [
            [
                one.number,
                one.given_on,
                one.giver.name,
                one.owner.name,
                one.text,
                one.due_on,
                one.state_word,
                one.result,
                one.accepted_on,
            ]
            for one in rows
        ]
        columns = (
            ("编号", 20),
            ("批示日期", 12),
            ("批示人", 12),
            ("承办人", 12),
            ("批示内容", 50),
            ("办结期限", 12),
            ("状态", 14),
            ("落实情况", 50),
            ("办结日期", 12),
        )
        return xlsx_answer(
            [Sheet("批示交办", columns, made)],
            f"批示交办台账{on}",
            mark=f"仅供{who.account.person}履职查阅",
        )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": "instructions",
        "rows": page,
        "listed": [(one, (one.due_on - on).days) for one in page],
        "may_give": given.may_give(who),
        "asked": {"query": f"mine={request.GET.get('mine', '')}"},
    }
    return render(request, "desk/instructions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give an instruction."""
    who, now = access(request), clock.now()
    if not given.may_give(who):
        raise Http404("没有批示交办的职责")
    on = clock.day_of(now)
    people = _people(who, on)
    form = InstructionForm(
        request.POST or None,
        people=people,
        on=on,
        initial={"number": request.GET.get("number", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _give(who, form, on, now)
        except (instructions.InstructionError, CaseNumberError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已交办：{made.number}")
            return redirect("desk:instruction", made.pk)
    status = 400 if request.method == "POST" else 200
    context = {"page": "instructions", "form": form}
    return render(request, "desk/give.html", context, status=status)


def _give(who: Access, form: InstructionForm, on: date, now: datetime) -> Instruction:
    wanted = form.cleaned_data
    case = (
        instructions.case_for(who.scope, normalise(wanted["number"])) if wanted["number"] else None
    )
    owner = Person.objects.get(pk=wanted["owner"])
    return instructions.give(
        actor=who.account.person,
        owner=owner,
        text=wanted["text"],
        due_on=wanted["due_on"],
        on=on,
        now=now,
        case=case,
    )


def _people(who: Access, on: date) -> list[tuple[int, str]]:
    """Return whom one may instruct: those of one's court or units, in 机构序, each once."""
    scope, court = who.scope, who.account.person.court_id
    rows = Appointment.objects.filter(in_force(on), court=court)
    if scope.court_ids is not None and court not in scope.court_ids:
        rows = rows.filter(unit__in=scope.unit_ids)
    rows = rows.exclude(person=who.account.person_id).select_related("person", "unit")
    found: dict[int, str] = {}
    for row in rows.order_by("unit__order", "unit_id", "pk")[:_MOST_PEOPLE]:
        unit = f"{row.unit.name} " if row.unit else ""
        found.setdefault(row.person_id, f"{unit}{row.person.name}（{row.post}）")
    return list(found.items())


ACTS: dict[str, Callable[..., Instruction]] = {
    "report": instructions.report,
    "back": instructions.send_back,
    "accept": instructions.accept,
}


@require_http_methods(["GET", "HEAD", "POST"])
def instruction(request: HttpRequest, instruction_id: int) -> HttpResponse:
    """Show one instruction; answer for it, send it back or close it."""
    who, now = access(request), clock.now()
    one = get_object_or_404(given.instructions(who.scope), pk=instruction_id)
    if request.method == "POST":
        act = request.POST.get("what", "")
        if act not in ACTS:
            raise Http404("没有这一操作")
        said = {"report": "result", "back": "reason"}
        words = {said[act]: request.POST.get("text", "")} if act in said else {}
        try:
            ACTS[act](
                instruction=one, actor=who.account.person, on=clock.day_of(now), now=now, **words
            )
        except instructions.InstructionError as refused:
            messages.error(request, str(refused))
        return redirect("desk:instruction", one.pk)
    seen = one.case_id and visible_cases(who.scope).filter(pk=one.case_id).exists()
    me = who.account.person_id
    context = {
        "page": "instructions",
        "one": one,
        "case": one.case if seen else None,
        "may_report": me == one.owner_id and not one.result and not one.accepted_on,
        "may_close": me == one.giver_id and bool(one.result) and not one.accepted_on,
    }
    return render(request, "desk/instruction.html", context)
