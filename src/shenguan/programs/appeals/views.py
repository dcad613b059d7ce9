"""Pages of one 发改反馈 and what is done with it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.inbox.owed import Clock
from shenguan.programs.appeals import checks, clocks, papers, selectors, services
from shenguan.programs.appeals.models import Feedback
from shenguan.programs.appeals.services import By, Finding, Form
from shenguan.rulebook import load
from shenguan.spine.cases.asking import Asking
from shenguan.spine.cases.reading import note_reading
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (services.Refused, GateClosed)


def by_of(asking: Asking) -> By:
    """Return who acts."""
    return By(asking.person, asking.acts, asking.now)


def _found(asking: Asking, pk: int) -> Feedback:
    return get_object_or_404(selectors.feedbacks(asking.scope), pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one changed case: the form, the answer, the finding, and what may be done now."""
    asking = Asking(request)
    one, book, who = _found(asking, pk), load().appeals, by_of(asking)
    for case in (one.lower, one.upper):
        note_reading(case, actor=asking.scope.actor, where="发改反馈", now=asking.now)
    shown = set(
        visible_cases(asking.scope)
        .filter(pk__in=[one.upper_id, one.lower_id])
        .values_list("pk", flat=True)
    )
    context = {
        "page": "appeals", "waits": clocks.waits_for(one, Clock(book.obligations, asking.now)),
        "today": asking.today, "one": one, "shown": shown, "is_remand": clocks.is_remand(one),
        "reasons": papers.reasons_of(one), "grounds": papers.grounds_of(one),
        "parts": [book.name("parts", code) for code in one.parts],
        "excuse": book.lists["excuses"].get(one.excuse),
        "body": book.name("bodies", one.body) if one.body else "",
        "lists": {name: book.offered(name, asking.today).values() for name in book.lists},
        "may_send": services.may_send(one, who), "may_answer": services.may_answer(one, who),
        "may_find": services.may_find(one, who), "may_drop": services.may_drop(one, who),
        "check": checks.check([one], asking.today)[0] if clocks.is_remand(one) else None,
    }  # fmt: skip
    return render(request, "appeals/feedback.html", context)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the form to the court below and both offices."""
    asking, post = Asking(request), request.POST
    form = Form(
        post.getlist("reasons"), post.getlist("parts"), asking.text("text", 4000),
        post.getlist("grounds"), post.get("suggests_review") == "1",
    )  # fmt: skip
    return _done(
        asking, pk, "已反馈原审法院和两级审管办", lambda one, by: services.send(one, form, by=by)
    )


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree or object."""
    asking = Asking(request)
    choice, text = asking.text("choice", 4), asking.text("text", 4000)
    return _done(asking, pk, "已答复", lambda one, by: services.answer(one, choice, text, by=by))


@require_POST
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a finding."""
    asking = Asking(request)
    finding = Finding(
        asking.text("conclusion", 10), asking.text("body", 20), asking.text("text", 4000),
        asking.text("excuse", 10), asking.text("meeting", 60),
    )  # fmt: skip
    return _done(asking, pk, "认定已登记", lambda one, by: services.find(one, finding, by=by))


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that nothing is to be told."""
    asking = Asking(request)
    why = asking.text("text", 300)
    return _done(asking, pk, "已登记不需反馈", lambda one, by: services.drop(one, why, by=by))


def _done(
    asking: Asking, pk: int, said: str, act: Callable[[Feedback, By], object]
) -> HttpResponse:
    one = _found(asking, pk)
    try:
        act(one, by_of(asking))
    except PROBLEMS as refused:
        messages.error(asking.request, str(refused))
    else:
        messages.success(asking.request, f"{one.lower.number}：{said}")
    return redirect("appeals:feedback", pk)
