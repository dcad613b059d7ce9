"""What all pages of the program share: who asks, what they may open, how a refusal is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shenguan.base.accounts.middleware import access
from shenguan.programs.registering.services import Refused
from shenguan.spine.gatekeeping import GateClosed


def need(request: HttpRequest, *acts: str) -> frozenset[str]:
    """Return the acts of who asks; refuses those who may do none of `acts`."""
    held = access(request).acts
    if held.isdisjoint(acts):
        raise PermissionDenied
    return held


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Draw a page of the program."""
    return render(request, f"registering/{template}.html", context, status=status)


def tell(form: forms.Form, problem: Exception) -> None:
    """Put a refusal on the field it is about, with its article."""
    if isinstance(problem, GateClosed):
        law = f"（{problem.gate.law}）" if problem.gate.law else "（登记规则）"
        about = {name for name, _value in problem.gate.conditions}
        field = "day" if about & {"not_future", "not_before"} else None
        form.add_error(field, problem.gate.say + law)
        return
    field = problem.field if isinstance(problem, Refused) else ""
    form.add_error(field if field in form.fields else None, str(problem))
