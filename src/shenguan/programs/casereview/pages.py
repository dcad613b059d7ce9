"""What all pages of the program share: who asks, what may be opened, refusals told, forms read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from shenguan.base.accounts.middleware import access
from shenguan.base.approvals.services import Refused as KitRefused
from shenguan.programs.casereview import selectors
from shenguan.programs.casereview.models import Issue, Item, Plan
from shenguan.programs.casereview.planning import Refused
from shenguan.spine.cases.asking import person_of, scope_of, today, whole_number
from shenguan.spine.gatekeeping import GateClosed

ACT = "评查"
"""The act (posts.yaml) of those who plan, draw and check."""
PROBLEMS = (Refused, KitRefused, GateClosed)


def is_office(request: HttpRequest, plan: Plan | None = None) -> bool:
    """Tell whether someone runs reviews in their own court: sees it whole and has the act."""
    person, scope = person_of(request), scope_of(request)
    own = plan is None or plan.court_id == person.court_id
    return ACT in access(request).acts and own and selectors.oversees(scope, person.court_id)


def plan_for(request: HttpRequest, pk: int, *, run: bool = False) -> Plan:
    """Return a plan that may be opened, or run; 404 otherwise."""
    plan = get_object_or_404(selectors.plans(scope_of(request)), pk=pk)
    if run and not is_office(request, plan):
        raise Http404("没有办理评查的职责")
    return plan


def item_for(request: HttpRequest, pk: int) -> Item:
    """Return a case under review that may be opened; 404 otherwise."""
    return get_object_or_404(selectors.items(scope_of(request), today()), pk=pk)


def issue_for(request: HttpRequest, pk: int) -> Issue:
    """Return an issue that may be opened; 404 otherwise."""
    return get_object_or_404(selectors.issues(scope_of(request), today()), pk=pk)


def show(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    whole = {"page": "casereview", "office": is_office(request), **context}
    return render(request, f"casereview/{template}.html", whole)


def told(request: HttpRequest, act: Callable[[], object], said: str) -> bool:
    """Act and say so, or say why not; returns whether it was done."""
    try:
        act()
    except PROBLEMS as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, said)
    return True


def words(given: QueryDict) -> dict[str, str]:
    """Return the last text of each name of a form."""
    return {name: str(given.get(name, "")) for name in given}


def number(given: Mapping[str, str], name: str) -> int | None:
    """Return a whole number of a form, None where there is none."""
    text = given.get(name, "").strip()
    return whole_number(text)


def decimal(given: Mapping[str, str], name: str) -> Decimal | None:
    """Return a decimal of a form, None where nothing is written. Raises `Refused` for another word."""
    text = given.get(name, "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Refused(f"“{text[:20]}”不是数") from None
    if not value.is_finite():
        raise Refused(f"“{text[:20]}”不是数")
    return value


def day(given: Mapping[str, str], name: str) -> str:
    """Return a day of a form as ISO text, "" where it is none."""
    try:
        return date.fromisoformat(given.get(name, "")).isoformat()
    except ValueError:
        return ""
