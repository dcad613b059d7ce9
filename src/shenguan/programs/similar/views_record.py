"""Acts on a case: its search record, submitted cases, pleadings, series; the report; the departure hint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.base.papers.look import OFFICIAL
from shenguan.base.papers.serving import paper_answer
from shenguan.programs.similar import services
from shenguan.programs.similar.casefile import standing_of
from shenguan.programs.similar.departure import hint, read_draft
from shenguan.programs.similar.duty import SEARCHED, SUBMITTED
from shenguan.programs.similar.forms import MOST_FINDINGS, chosen, read_search
from shenguan.programs.similar.kin import same_series
from shenguan.programs.similar.models import Pleading
from shenguan.programs.similar.pages import HERE, LIBRARY, case_for, on_bench, show, works_on
from shenguan.programs.similar.papers import search_report
from shenguan.programs.similar.push import hidden, pleaded, pushed, question_of
from shenguan.programs.similar.services import Incomplete
from shenguan.programs.similar.shelf import rules, shelf
from shenguan.spine.cases.asking import person_of, scope_of, today
from shenguan.spine.cases.log import landed
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (Incomplete, GateClosed)
OUTCOMES = (
    "",
    "支持",
    "部分支持",
    "驳回诉讼请求",
    "驳回起诉",
    "有罪判决",
    "无罪",
    "维持",
    "改判",
    "部分改判",
    "发回重审",
)


def handled(request: HttpRequest, case_id: int) -> Case:
    """The case, for those who handle it; 404 where it is hidden, 403 where one only sees it."""
    case = case_for(request, case_id)
    if not works_on(request, case):
        raise _NotYours(case)
    return case


class _NotYours(Exception):  # noqa: N818 - it names the state of the request
    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(case.number)


def _for_handlers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 403 to those who see a case and don't handle it."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except _NotYours as problem:
            said = "类案检索由本案承办人、合议庭成员及其法官助理、书记员填写"
            return show(
                request, "problem", page="cases", case=problem.case, problem=said, status=403
            )

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@_for_handlers
def search_record(request: HttpRequest, case_id: int) -> HttpResponse:
    """The form of a search record; its hits are filled in, verdict and reason are the judge's."""
    case = handled(request, case_id)
    if request.method != "POST":
        return _form(request, case)
    siblings = [kin.case for kin in same_series(scope_of(request), case)]
    ticked = set(chosen(request, "series"))
    cases = [case, *(each for each in siblings if each.pk in ticked)]
    person = person_of(request)
    try:
        services.record_search(
            cases,
            read_search(request.POST),
            searcher=str(person),
            actor=str(person),
            now=clock.now(),
        )
    except PROBLEMS as problem:
        return _form(request, case, problem=str(problem))
    messages.success(request, f"已记录类案检索，用于{len(cases)}件案件")
    return redirect("similar:case", case.pk)


def _form(request: HttpRequest, case: Case, problem: str = "") -> HttpResponse:
    push = pushed(case, now=clock.now())
    rows = push.hits if push else []
    secret = hidden(((r["court"], r["number"]) for r in rows), scope_of(request).clearance)
    hits = [row for row in rows if (row["court"], row["number"]) not in secret][:5]
    return show(
        request,
        "record",
        status=400 if problem else 200,
        page="cases",
        case=case,
        rows=_rows(request, hits),
        series=same_series(scope_of(request), case),
        standing=standing_of(case, today()),
        given=request.POST,
        ticked=request.POST.getlist("source") if problem else [HERE],
        in_series=[str(pk) for pk in chosen(request, "series")],
        problem=problem,
    )


def _rows(request: HttpRequest, hits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the form: as posted, else the top hits and some empty ones for what was found elsewhere."""
    found = []
    for number in range(1, min(MOST_FINDINGS, max(len(hits) + 3, 5)) + 1):
        hit = hits[number - 1] if number <= len(hits) else None
        keys = ("case", "entry", "link", "verdict", "reason", "followed", "points")
        row: dict[str, Any] = {key: request.POST.get(f"{key}_{number}", "") for key in keys}
        offered = _named(hit) if hit else ""
        if request.method != "POST":
            row["case"] = offered
        found.append(row | {"number": number, "hit": hit, "offered": offered})
    return found


def _named(hit: dict[str, Any]) -> str:
    return f"{hit['court']}{hit['number']}" if hit["number"] else str(hit["title"])


@require_POST
@_for_handlers
def none_found(request: HttpRequest, case_id: int) -> HttpResponse:
    """「已检索，无类案」 in one act."""
    case = handled(request, case_id)
    person = str(person_of(request))
    searched = services.Searched(
        sources=(LIBRARY, HERE),
        method="案由、关键词检索",
        query=case.cause,
        none_found=True,
    )
    try:
        services.record_search([case], searched, searcher=person, actor=person, now=clock.now())
    except PROBLEMS as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "已记录：已检索，无类案")
    return redirect("similar:case", case.pk)


@require_POST
@_for_handlers
def take_back(request: HttpRequest, case_id: int, position: int) -> HttpResponse:
    """Void a search record with a reason."""
    case = handled(request, case_id)
    event = _event(case, position, SEARCHED)
    return _act(
        request,
        case,
        "检索记录已作废",
        lambda actor: services.take_back_search(
            event, reason=request.POST.get("reason", ""), actor=actor, now=clock.now()
        ),
    )


@require_POST
@_for_handlers
def submit(request: HttpRequest, case_id: int) -> HttpResponse:
    """Note a case that a party relies on."""
    case = handled(request, case_id)
    given = {key: request.POST.get(key, "") for key in ("kind", "side", "case", "entry", "link")}
    return _act(
        request,
        case,
        "已登记当事人提交的案例，须作回应",
        lambda actor: services.submit_case(case, given, actor=actor, now=clock.now()),
    )


@require_POST
@_for_handlers
def answer(request: HttpRequest, case_id: int, position: int) -> HttpResponse:
    """Answer a submitted case."""
    case = handled(request, case_id)
    submitted = _event(case, position, SUBMITTED)
    post = request.POST
    return _act(
        request,
        case,
        "已登记回应",
        lambda actor: services.answer_case(
            case,
            submitted,
            way=post.get("way", ""),
            text=post.get("text", ""),
            actor=actor,
            now=clock.now(),
        ),
    )


@require_POST
@_for_handlers
def pleading(request: HttpRequest, case_id: int) -> HttpResponse:
    """Register the text of a pleading; what is pushed follows at once."""
    case = handled(request, case_id)
    post = request.POST
    return _act(
        request,
        case,
        "诉辩内容已录入，类案已重新检索",
        lambda actor: services.register_pleading(
            case,
            document=post.get("document", ""),
            text=post.get("text", ""),
            actor=actor,
            now=clock.now(),
        ),
    )


@require_POST
@_for_handlers
def series(request: HttpRequest, case_id: int) -> HttpResponse:
    """Confirm proposed cases as a series with this one."""
    case = handled(request, case_id)
    ticked = set(chosen(request, "series"))
    cases = [k.case for k in same_series(scope_of(request), case) if k.case.pk in ticked]
    return _act(
        request,
        case,
        "已确认为系列案",
        lambda actor: services.confirm_series(
            [case, *cases], reason=request.POST.get("reason", ""), actor=actor, now=clock.now()
        ),
    )


def _act(request: HttpRequest, case: Case, said: str, act: Callable[[str], object]) -> HttpResponse:
    try:
        act(str(person_of(request)))
    except PROBLEMS as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, said)
    return redirect("similar:case", case.pk)


def _event(case: Case, position: int, kind: str) -> Event:
    return get_object_or_404(landed(), pk=position, case=case, kind=kind)


@require_safe
def report(request: HttpRequest, case_id: int, layout: str) -> HttpResponse:
    """Hand out the 类案检索报告 as docx or PDF."""
    case = case_for(request, case_id)
    standing = standing_of(case, today())
    if not standing.records:
        raise Http404
    paper = search_report(case, standing, rules().duty.report_parts, today())
    return paper_answer(paper, OFFICIAL, f"类案检索报告{case.number}", layout)


@require_http_methods(["GET", "HEAD", "POST"])
def departure(request: HttpRequest, case_id: int) -> HttpResponse:
    """裁判偏离提示 of a pasted draft: for the bench of the case, kept nowhere."""
    case = case_for(request, case_id)
    if not on_bench(request, case):
        raise Http404
    on, text = shelf(), (request.POST.get("text") or "")[:50_000]
    outcome = request.POST.get("outcome", "")
    found = None
    if on is not None and (text.strip() or outcome):
        question = question_of(case, pleaded(Pleading.objects.filter(case=case)), on)
        found = hint(read_draft(text, outcome if outcome in OUTCOMES else ""), question, on)
    return show(
        request,
        "departure",
        page="cases",
        case=case,
        text=text,
        outcome=outcome,
        outcomes=OUTCOMES,
        hint=found,
        has_index=on is not None,
        asked=request.method == "POST",
    )
