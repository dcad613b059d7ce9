"""Pages of 四类案件: one marked case, its measures, marking by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.ops import clock
from shenguan.programs.supervision import finding, marking, selectors
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.marklist import hit_of, rows_of
from shenguan.programs.supervision.models import Act, Mark
from shenguan.programs.supervision.pages import PROBLEMS, note_reading, show
from shenguan.rulebook import load
from shenguan.spine.cases.asking import case_for, person_of, scope_of, today, whole_numbers


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
    (row,) = rows_of(request, [mark])
    confirmed = mark.state == Mark.State.CONFIRMED
    context: dict[str, Any] = {
        "page": "four-kinds",
        "problem": problem,
        "row": row,
        "mark": mark,
        "hits": row["hits"],
        "acts": [(act, book.measures[act.measure]) for act in _acts(mark)],
        "kinds": book.kinds.items(),
        "may_decide": mark.state == Mark.State.PROPOSED and marking.may_decide(mark, person, on),
        "may_remove": confirmed
        and not of_bench
        and bool(marking.post_in(person, mark.case, book.may("remove"), on)),
        "measures": _open_measures(mark, person, on) if confirmed and not of_bench else [],
        "of_bench": of_bench,
        "person": person,
        "rejections": book.codes.offered("rejections", on).values(),
        "removals": book.codes.offered("removals", on).values(),
        "decision_name": book.codes.name("rejections", mark.decision),
        "removal_name": book.codes.name("removals", mark.removal),
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


def _done(request: HttpRequest, mark: Mark, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except PROBLEMS as problem:
        return _page(request, mark_for(request, mark.pk), problem=str(problem))
    return redirect("supervision:mark", mark.pk)


def _kinds_in(request: HttpRequest) -> list[int]:
    return whole_numbers(request.POST.getlist("kinds"))


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
        "hits": [hit_of(hit.kept(), inner=True) for hit in hits],
        "marks": selectors.mark_of_case(scope_of(request), case.pk),
        "kinds": book.kinds.items(),
        "why": request.POST.get("why", ""),
    }
    return show(request, "by_hand", status=409 if problem else 200, **context)
