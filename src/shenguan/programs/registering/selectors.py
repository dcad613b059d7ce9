"""What was registered, and cases to choose from, within a scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from shenguan.base.org.scope import Scope
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import history, visible_cases


def recorded(scope: Scope, case_id: int, acts: Collection[str]) -> list[Event]:
    """Return the events of a case that a person with these acts could take back, newest first."""
    mine = {form.event for form in load().forms if not form.acts.isdisjoint(acts)}
    shown = [e for e in history(scope, case_id) if e.kind in mine and e.kind != "登记"]
    return [event for event in reversed(shown) if not event.source.startswith("审批")]


def choosable(scope: Scope, asked: Mapping[str, str]) -> QuerySet[Case]:
    """Return the cases to choose from for an act on many; `asked` narrows them down."""
    rows = visible_cases(scope).select_related("division").order_by("-filed_on", "number_key")
    state = asked.get("state", "open")
    if state == "open":
        rows = rows.filter(closed_on=None)
    elif state == "closed":
        rows = rows.exclude(closed_on=None)
    for name, column in (("cause", "cause"), ("undertaker", "undertaker_name")):
        if word := asked.get(name, "").strip():
            rows = rows.filter(**{f"{column}__contains": word})
    for name, column in (("from", "filed_on__gte"), ("to", "filed_on__lte")):
        if day := _day(asked.get(name, "")):
            rows = rows.filter(**{column: day})
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
