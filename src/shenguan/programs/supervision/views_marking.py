"""Pages of 四类案件: lists, one marked case, marking by hand; and what should have been read and wasn't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.programs.supervision import clocks, finding, marking, selectors
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.models import Act, Mark
from shenguan.programs.supervision.pages import (
    PROBLEMS,
    case_for,
    export,
    note_reading,
    paged,
    person_of,
    scope_of,
    show,
    today,
)
from shenguan.rulebook import load

TABS: dict[str, tuple[str, Callable[..., QuerySet[Mark]]]] = {
    "unconfirmed": ("应标未标（待确认）", selectors.unconfirmed),
    "unsupervised": ("应管未管", selectors.unsupervised),
    "now": ("在管四类案件", selectors.supervised_now),
    "all": ("全部标注", selectors.marks),
}
_COLUMNS = {
    "案号": 30, "承办部门": 18, "承办人": 12, "类别": 30, "来源": 10, "状态": 10, "标注日期": 12,
    "确认日期": 12, "期限": 12, "超期": 8, "监管措施数": 10, "识别依据": 50,
}  # fmt: skip
_UNREAD_DAYS = 365


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the marks of one tab, perhaps of one kind; `format=xlsx` hands the list out."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "unconfirmed"
    scope, kind = scope_of(request), request.GET.get("kind", "")
    rows: Any = TABS[tab][1](scope).annotate(taken=Count("acts"))
    if kind.isdigit():
        rows = [row for row in rows if int(kind) in row.kinds]  # JSON lists aren't searched alike
    clock_ = clocks.Clock(clock.now())
    if request.GET.get("format") == "xlsx":
        cells = [_cells(_row(row, clock_)) for row in rows]
        return export(request, f"四类案件-{TABS[tab][0]}", _COLUMNS, cells)
    page = paged(request, rows)
    context: dict[str, Any] = {
        "page": "four-kinds",
        "tab": tab,
        "tabs": [(key, name) for key, (name, _which) in TABS.items()],
        "rows": page,
        "listed": [_row(row, clock_) for row in page],
        "kinds": load().supervision.kinds.items(),
        "kind": kind,
        "asked": {"query": f"tab={tab}&kind={kind}"},
        "rules": load().supervision.criteria.values(),
        "counts": {key: which(scope).count() for key, (_name, which) in TABS.items()},
    }
    return show(request, "marks", **context)


def _row(mark: Mark, clock_: clocks.Clock) -> dict[str, Any]:
    due = _due(mark, clock_)
    return {
        "mark": mark,
        "kinds": [load().supervision.kinds.get(kind, "") for kind in mark.kinds],
        "due": due,
        "over": (clock_.on - due).days if due and due < clock_.on else 0,
        "why": "；".join(str(hit[3]) for hit in mark.hits) or mark.why,
    }


def _due(mark: Mark, clock_: clocks.Clock) -> Any:
    """Return by when a mark is to be confirmed or followed by a measure, None where neither waits."""
    if mark.state == Mark.State.PROPOSED:
        return clock_.due(clocks.CONFIRMING, mark.made_on, mark.case.court_id)
    waits = mark.state == Mark.State.CONFIRMED and not getattr(mark, "taken", 1)
    if waits and mark.decided_on:
        return clock_.due(clocks.SUPERVISING, mark.decided_on, mark.case.court_id)
    return None


def _cells(row: dict[str, Any]) -> list[Any]:
    mark, case = row["mark"], row["mark"].case
    return [
        case.number,
        case.division.name if case.division else "",
        case.undertaker_name,
        "；".join(row["kinds"]),
        mark.source,
        mark.state,
        mark.made_on,
        mark.decided_on,
        row["due"],
        row["over"] or "",
        mark.taken,
        row["why"],
    ]


def mark_for(request: HttpRequest, pk: int) -> Mark:
    """Return a mark on a visible case; 404 otherwise."""
    return get_object_or_404(selectors.marks(scope_of(request)), pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one marked case: why, who confirmed, the measures and what came of them."""
    return _page(request, mark_for(request, pk))


def _page(request: HttpRequest, mark: Mark, problem: str = "") -> HttpResponse:
    person, on, book = person_of(request), today(), load().supervision
    mark.taken = mark.acts.count()  # type: ignore[attr-defined]
    note_reading(request, mark.case, "四类案件")
    of_bench = person.pk in {one.pk for one, _role in bench_of(mark.case)}
    confirmed = mark.state == Mark.State.CONFIRMED
    context: dict[str, Any] = {
        "page": "four-kinds",
        "problem": problem,
        "row": _row(mark, clocks.Clock(clock.now())),
        "mark": mark,
        "hits": [_hit(hit) for hit in mark.hits],
        "acts": [(act, book.measures[act.measure]) for act in _acts(mark)],
        "kinds": book.kinds.items(),
        "may_decide": mark.state == Mark.State.PROPOSED and marking.may_decide(mark, person, on),
        "may_remove": confirmed
        and not of_bench
        and bool(marking.post_in(person, mark.case, book.may("remove"), on)),
        "measures": _open_measures(mark, person, on) if confirmed and not of_bench else [],
        "of_bench": of_bench,
        "person": person,
        "rejections": _choices("rejections"),
        "removals": _choices("removals"),
        "decision_name": _name("rejections", mark.decision),
        "removal_name": _name("removals", mark.removal),
    }
    return show(request, "mark", status=409 if problem else 200, **context)


def _acts(mark: Mark) -> QuerySet[Act]:
    return mark.acts.select_related("person", "replied_by").order_by("pk")


def _open_measures(mark: Mark, person: Any, on: Any) -> list[Any]:
    """Return the measures that a person's post may still take on a case."""
    taken = list(mark.acts.values_list("measure", flat=True))
    return [
        measure
        for measure in load().supervision.measures.values()
        if marking.post_in(person, mark.case, measure.posts, on)
        and not (measure.once_at_most and taken.count(measure.id) >= measure.once_at_most)
    ]


def _hit(hit: list[Any]) -> dict[str, Any]:
    rule = load().supervision.criteria.get(hit[0])
    kind = load().supervision.kinds.get(hit[2], "")
    law = f"{rule.law}（{_STATUS[rule.status]}）" if rule else ""
    return {"name": hit[1], "kind": kind, "found": hit[3], "law": law}


_STATUS = {"official": "有明文", "local": "地方做法", "unverified": "待核"}


def _choices(name: str) -> list[tuple[str, str]]:
    return [(code, entry["name"]) for code, entry in load().supervision.lists[name].items()]


def _name(name: str, code: str) -> str:
    return dict(_choices(name)).get(code, "")


def _done(request: HttpRequest, mark: Mark, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except PROBLEMS as problem:
        return _page(request, mark_for(request, mark.pk), problem=str(problem))
    return redirect("supervision:mark", mark.pk)


def _kinds_in(request: HttpRequest) -> list[int]:
    return [int(kind) for kind in request.POST.getlist("kinds") if kind.isdigit()]


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a proposed mark or reject it with a reason."""
    mark, person, post = mark_for(request, pk), person_of(request), request.POST
    text, now = post.get("text", ""), clock.now()
    if post.get("what") == "confirm":
        kinds = _kinds_in(request) or mark.kinds
        return _done(
            request, mark, lambda: marking.confirm(mark, kinds, text, person=person, now=now)
        )
    code = post.get("code", "")
    return _done(request, mark, lambda: marking.reject(mark, code, text, person=person, now=now))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a mark off with a reason."""
    mark, person, post = mark_for(request, pk), person_of(request), request.POST
    code, text, now = post.get("code", ""), post.get("text", ""), clock.now()
    return _done(request, mark, lambda: marking.remove(mark, code, text, person=person, now=now))


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the ten measures."""
    mark, person, post = mark_for(request, pk), person_of(request), request.POST
    measure, text, now = post.get("measure", ""), post.get("text", ""), clock.now()
    return _done(
        request, mark, lambda: marking.take_measure(mark, measure, text, person=person, now=now)
    )


def _act_for(request: HttpRequest, pk: int) -> Act:
    shown = selectors.marks(scope_of(request)).values("pk")
    related = Act.objects.select_related("mark__case__court", "mark__case__undertaker")
    return get_object_or_404(related.filter(mark__in=shown), pk=pk)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to a measure for the bench."""
    act, person, now = _act_for(request, pk), person_of(request), clock.now()
    text = request.POST.get("text", "")
    return _done(request, act.mark, lambda: marking.reply(act, text, person=person, now=now))


@require_POST
def effect(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came of a measure."""
    act, person, now = _act_for(request, pk), person_of(request), clock.now()
    text = request.POST.get("text", "")
    return _done(request, act.mark, lambda: marking.note_effect(act, text, person=person, now=now))


@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what the criteria say of a case now; a POST marks it by hand, or looks and keeps."""
    case, person, now = case_for(request, case_id), person_of(request), clock.now()
    book, problem = load().supervision, ""
    if not marking.post_in(person, case, book.may("mark"), today()):
        words = "您的职务不能对本案作标注"
        return show(request, "problem", page="four-kinds", problem=words, status=403)
    if request.method == "POST":
        try:
            if request.POST.get("what") == "look":
                made = finding.look_at(case, on=today(), now=now)
            else:
                why = request.POST.get("why", "")
                made = marking.mark_by_hand(case, _kinds_in(request), why, person=person, now=now)
        except PROBLEMS as refused:
            problem = str(refused)
        else:
            if made is not None:
                return redirect("supervision:mark", made.pk)
            problem = "没有新的识别结果：不符合识别条件，或者已经标注、已有处理结论"
    hits = finding.hits_of(case, today())
    context: dict[str, Any] = {
        "page": "four-kinds",
        "case": case,
        "problem": problem,
        "hits": [_hit(list(hit.kept())) for hit in hits],
        "marks": selectors.mark_of_case(scope_of(request), case.pk),
        "kinds": book.kinds.items(),
        "why": request.POST.get("why", ""),
    }
    return show(request, "by_hand", status=409 if problem else 200, **context)


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """List cases of the four kinds that were closed without a reading: 应阅未阅."""
    since = today() - timedelta(days=_UNREAD_DAYS)
    rows = selectors.unread(scope_of(request), since)
    if request.GET.get("format") == "xlsx":
        columns = {"案号": 30, "案由": 24, "承办部门": 18, "承办人": 12, "报结日期": 12}
        cells = [
            [
                c.number,
                c.cause,
                c.division.name if c.division else "",
                c.undertaker_name,
                c.closed_on,
            ]
            for c in rows
        ]
        return export(request, "应阅未阅", columns, cells)
    context: dict[str, Any] = {
        "page": "reviews",
        "rows": paged(request, rows),
        "since": since,
        "asked": {"query": ""},
        "heading": "应阅未阅：已报结的四类案件没有阅核记录",
    }
    return show(request, "cases", **context)
