"""The page of one case: what is known of it, its clock, its events; who looked; its tags."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.programs.casebook import marks, tagging
from shenguan.programs.casebook.page import SEES_AUDIT, audit_of, page_of
from shenguan.rulebook import load
from shenguan.spine.cases.asking import case_for, file_for, person_of, scope_of, today
from shenguan.spine.cases.reading import note_reading


def _day_in(request: HttpRequest) -> date:
    """Return the day that the address asks for (`on`), else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show one case: its facts, its clock step by step with the articles, its events."""
    file, on = file_for(request, case_id), _day_in(request)
    found = file.case
    note_reading(found, actor=file.scope.actor, where="案件页", now=clock.now())
    book = load()
    context = {
        "page": "cases",
        "case": found,
        "file": file,
        "on": on,
        "sign": marks.sign_of(book.worklists, found.closed_on, marks.timing_of(found), on),
        "parties": found.parties.all(),
        "seats": file.seats,
        "tags": list(found.tags.items()),
        "more_tags": [name for name in book.tags.rules if name not in found.tags],
        "may_tag": "确认标签" in file.acts,
        "sees_audit": not file.acts.isdisjoint(SEES_AUDIT),
        "it": page_of(file, on),
    }
    return render(request, "casebook/case.html", context)


@require_safe
def audit_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show who looked at a case or changed it, to those who supervise."""
    if access(request).acts.isdisjoint(SEES_AUDIT):
        raise Http404("没有查看审计记录的职责")
    found = case_for(request, case_id)
    note_reading(found, actor=scope_of(request).actor, where="审计记录", now=clock.now())
    context = {"page": "cases", "case": found, "rows": audit_of(found)}
    return render(request, "casebook/audit.html", context)


@require_POST
def say_tag(request: HttpRequest, case_id: int) -> HttpResponse:
    """Confirm a tag, add one, or take it away with a reason."""
    if "确认标签" not in access(request).acts:
        raise Http404("没有确认标签的职责")
    found = case_for(request, case_id)
    try:
        tagging.say(
            case=found,
            tag=request.POST.get("tag", ""),
            right=request.POST.get("right") == "1",
            reason=request.POST.get("reason", ""),
            actor=str(person_of(request)),
            now=clock.now(),
        )
    except ValueError as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, f"已登记：{request.POST.get('tag', '')}")
    return redirect("casebook:case", found.pk)
