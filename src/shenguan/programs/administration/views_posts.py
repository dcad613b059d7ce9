"""Posts, as the security administrator grants and ends them."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenguan.base.ops import clock
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.programs.administration import granting
from shenguan.programs.administration.models import Proposal
from shenguan.programs.administration.reach import GRANTS, courts_of, who_may
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.programs.administration.views_people import day_given
from shenguan.rulebook import load
from shenguan.spine.cases.asking import whole_numbers

Row = TypeVar("Row", Unit, Person)
MOST = 300
"""So many waiting lines are shown at once; the rest follow when these are decided."""


@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """List what rosters propose, with what each post opens; grant or refuse the chosen lines."""
    who, now = who_may(request, GRANTS), clock.now()
    courts = courts_of(who, GRANTS, on=clock.day_of(now))
    lines = Proposal.objects.filter(state=Proposal.State.WAITING, court__in=courts)
    lines = lines.select_related("person", "court", "unit", "serves", "ends")
    if request.method == "POST":
        _decide(request, list(lines.filter(pk__in=_chosen(request))), who.account.person)
        return redirect("administration:posts")
    table = {post.name: post for post in load().posts}
    context = {
        "page": "administration-posts",
        "rows": [(line, table.get(line.post)) for line in lines[:MOST]],
        "more": max(lines.count() - MOST, 0),
    }
    return render(request, "administration/posts.html", context)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person of a court within reach a post."""
    who, now = who_may(request, GRANTS), clock.now()
    courts = courts_of(who, GRANTS, on=clock.day_of(now))
    person = get_object_or_404(Person.objects.select_related("court"), pk=pk, court__in=courts)
    try:
        term = granting.Term(
            person,
            person.court,
            _one(Unit.objects.filter(court=person.court), request.POST.get("unit", "")),
            request.POST.get("post", ""),
            _one(Person.objects.filter(court=person.court), request.POST.get("serves", "")),
            day_given(request, "valid_from"),
            day_given(request, "valid_to"),
        )
        granting.give(term, by=who.account.person, actor=str(who.account.person), now=now)
    except StaffRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已授予，自起期生效"))
    return redirect("administration:person", pk)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment."""
    who, now = who_may(request, GRANTS), clock.now()
    on = clock.day_of(now)
    held = get_object_or_404(
        Appointment.objects.select_related("person", "court", "unit"),
        pk=pk,
        court__in=courts_of(who, GRANTS, on=on),
    )
    by = who.account.person
    try:
        until = day_given(request, "until") or on
        granting.end(held, until=until, by=by, actor=str(by), now=now)
    except StaffRefused as refused:
        messages.error(request, str(refused))
    return redirect("administration:person", held.person_id)


def _decide(request: HttpRequest, lines: list[Proposal], by: Person) -> None:
    granted, done = request.POST.get("decision") == "grant", 0
    for line in lines:
        try:
            granting.decide(
                line,
                granted=granted,
                reason=request.POST.get("reason", ""),
                by=by,
                now=clock.now(),
            )
            done += 1
        except StaffRefused as refused:
            messages.error(request, f"{line.person}：{refused}")
    messages.success(request, _("已处理%d项") % done)


def _chosen(request: HttpRequest) -> list[int]:
    return whole_numbers(request.POST.getlist("line"))


def _one(rows: QuerySet[Row], pk: str) -> Row | None:
    return rows.filter(pk=int(pk)).first() if pk.isdigit() else None
