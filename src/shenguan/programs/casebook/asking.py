"""What every page of the casebook asks of a request: who, which cases they see, which day it is."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from shenguan.base.accounts.middleware import access
from shenguan.base.ops import clock
from shenguan.base.org.models import Person
from shenguan.base.org.scope import Scope


def scope_of(request: HttpRequest) -> Scope:
    """Return what the person may see."""
    return access(request).scope


def person_of(request: HttpRequest) -> Person:
    """Return who asks."""
    return access(request).account.person


def today() -> date:
    """Return the day in the courts' zone."""
    return clock.day_of(clock.now())


def number_in(request: HttpRequest, name: str, fallback: int) -> int:
    """Return a whole number of the address, the fallback where it isn't one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else fallback


def day_in(request: HttpRequest) -> date:
    """Return the day that the address asks for (`on`), else today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()
