"""One request: what is asked and shown, its steps and papers, and the act that is one's turn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenguan.base.approvals import services as kit
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.desk import Seat
from shenguan.base.approvals.models import Decision, Document, Request, Step
from shenguan.base.approvals.papers import PaperRefused
from shenguan.base.approvals.services import Refused
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.papers.serving import attachment
from shenguan.programs.timechanges import dryrun, selectors, services
from shenguan.programs.timechanges.forms import (
    paper_slots,
    read_papers,
    read_verdict,
    reason_choices,
)
from shenguan.programs.timechanges.pages import asked_for, note_reading, show
from shenguan.programs.timechanges.pattern import alike
from shenguan.rulebook import load
from shenguan.spine.cases.asking import desk, person_of, scope_of, today
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.gatekeeping import GateClosed

PROBLEMS = (Refused, PaperRefused, NobodyDecides, GateClosed)
"""What a person is told on the page instead of meeting an error."""


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request; a POST is the decision on its current step."""
    found = asked_for(request, pk)
    if request.method != "POST":
        note_reading(request, found)
        return _page(request, found)
    try:
        services.decide(found.pk, read_verdict(request), person=person_of(request), now=clock.now())
    except PROBLEMS as problem:
        return _page(request, asked_for(request, pk), problem=str(problem))
    return redirect("timechanges:request", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    found = asked_for(request, pk)
    try:
        services.withdraw(found.pk, person=person_of(request), now=clock.now())
    except PROBLEMS as problem:
        return _page(request, asked_for(request, pk), problem=str(problem))
    return redirect("timechanges:request", pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request that was sent back."""
    found = asked_for(request, pk)
    try:
        services.answer(
            found.pk,
            request.POST.get("detail", ""),
            read_papers(request),
            person=person_of(request),
            now=clock.now(),
        )
    except PROBLEMS as problem:
        return _page(request, asked_for(request, pk), problem=str(problem))
    return redirect("timechanges:request", pk)


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a note beside a request."""
    found = asked_for(request, pk)
    try:
        text = request.POST.get("text", "")
        kit.remark(found.pk, person=person_of(request), text=text, now=clock.now())
    except PROBLEMS as problem:
        return _page(request, found, problem=str(problem))
    return redirect("timechanges:request", pk)


@require_safe
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    """Hand out one version of one paper, as a download and nothing else."""
    found = asked_for(request, pk)
    note_reading(request, found)
    paper = get_object_or_404(
        Document.objects.select_related("content"), request=found, pk=document
    )
    return attachment(paper.name, bytes(paper.content.data))


def _page(request: HttpRequest, found: Request, problem: str = "") -> HttpResponse:
    procedure = load().approvals[found.procedure]
    on, scope, sitting = today(), scope_of(request), desk(request)
    steps = list(found.steps.prefetch_related("addressees", "decisions__person"))
    current = next((step for step in steps if step.number == found.at_step), None)
    seat = _turn(found, current, sitting.person, sitting.seat_for(current) if current else None)
    others = selectors.others_of(scope, found, on)
    opened = selectors.requests(scope, sitting).filter(pk__in=others.values("pk"))
    context: dict[str, Any] = {
        "page": "approvals",
        "asked": found,
        "procedure": procedure,
        "reason_names": _names(found.reasons),
        "steps": steps,
        "current": current,
        "decisions": found.decisions.select_related("person", "on_behalf_of", "step"),
        "documents": found.documents.select_related("added_by"),
        "remarks": found.remarks.select_related("person"),
        "case_open": visible_cases(scope).filter(pk=found.subject).exists(),
        "others": others.count(),
        "others_open": opened[:20],
        "windows": kit.windows_of(found),
        "seat": seat,
        "answers": _answers(found, current) if seat else (),
        "refusals": reason_choices(procedure.refusal) if seat else (),
        "effect": _effect(found, on) if seat else None,
        "alike": alike(found.detail, selectors.stories(scope, found, on)) if seat else (),
        "own": found.applicant_id == sitting.person.pk,
        "slots": paper_slots(procedure),
        "problem": problem,
    }
    return show(request, "request", status=409 if problem else 200, **context)


def _turn(found: Request, step: Step | None, person: Person, seat: Seat | None) -> Seat | None:
    """Return the seat from which it is this person's turn, if it is."""
    if step is None or found.state != Request.State.OPEN or found.applicant_id == person.pk:
        return None
    return seat


def _answers(found: Request, step: Step | None) -> list[tuple[str, str]]:
    """Return what may be decided at a step, in the procedure's own words."""
    procedure = load().approvals[found.procedure]
    final = step is not None and step.decides
    if found.mode == "check":
        return [(Decision.Outcome.AGREES, procedure.yes), (Decision.Outcome.RETURNS, procedure.no)]
    refusing = "不同意，附意见报下一步" if step and step.passes else "不同意报请，到此为止"
    return [
        (Decision.Outcome.AGREES, procedure.yes if final else "同意，报下一步"),
        (Decision.Outcome.REFUSES, procedure.no if final else refusing),
        (Decision.Outcome.RETURNS, "退回补正"),
    ]


def _effect(found: Request, on: date) -> dict[str, Any] | None:
    """Return what a decision of today would do: the due date by a dry run, and the flags it earns."""
    if found.group != dryrun.GROUP:
        return None
    asked = found.asked
    view = dryrun.outlook(found.subject, on)
    due = dryrun.imagined(found.subject, asked["approver"], asked["months"], asked["days"], on)
    return {
        "before": view.governing_due,
        "after": due.due,
        "moves": due.limit_on != view.due.limit_on,
        "recorded": view.recorded_governs,
        "flags": kit.windows_of(found).on_deciding(found.applied_on, on),
    }


def _names(codes: list[str]) -> list[str]:
    lists = load().approvals.lists.values()
    names = {code: reason for entries in lists for code, reason in entries.items()}
    return [
        f"{names[code].name}（{names[code].law}）" if names[code].law else names[code].name
        for code in codes
        if code in names
    ]
