"""What may be registered: forms open to a person, cases to choose from, within a scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shenguan.base.org.scope import Scope
from shenguan.programs.registering.models import Act
from shenguan.programs.registering.modes import why_off
from shenguan.rulebook import load
from shenguan.rulebook.loaders.fields import Form
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.cases.selectors import history, visible_cases

ACTS = frozenset({"登记", "登记事件"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A form as offered to one person: `off` says why it can't be used, "" where it can."""

    form: Form
    off: str


def forms_for(acts: Collection[str], read_only: bool) -> dict[str, list[Offer]]:
    """Return the forms of a person's acts by category, those that are off with the reason."""
    found: dict[str, list[Offer]] = {}
    for form in load().forms:
        if form.event != "登记" and not form.acts.isdisjoint(acts):
            offer = Offer(form, why_off(form, read_only))
            found.setdefault(form.category, []).append(offer)
    return found


def form_for(acts: Collection[str], event: str) -> Form | None:
    """Return one form if the person's acts allow it."""
    form = load().forms.get(event)
    return form if form and event != "登记" and not form.acts.isdisjoint(acts) else None


def bulk_forms(acts: Collection[str]) -> list[Form]:
    """Return the forms that go for many cases at once."""
    return [form for form in load().forms if form.bulk and not form.acts.isdisjoint(acts)]


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


def acts_of(person_ids: Iterable[int]) -> QuerySet[Act]:
    """Return the acts on many cases that these people did, newest first."""
    return Act.objects.filter(person__in=list(person_ids)).select_related("person")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
