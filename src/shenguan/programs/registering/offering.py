"""Which forms a person's acts open, and which acts on many cases were theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from shenguan.programs.registering.models import Act
from shenguan.programs.registering.modes import why_off
from shenguan.rulebook import load
from shenguan.rulebook.loaders.fields import Form

ACTS = frozenset({"登记", "登记事件"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A form as offered to one person: `off` says why it can't be used, "" where it can."""

    form: Form
    off: str


def forms_for(acts: Collection[str], case_class: str, read_only: bool) -> dict[str, list[Offer]]:
    """Return the forms of a person's acts for a class of cases by category, those off with the reason."""
    found: dict[str, list[Offer]] = {}
    for form in load().forms:
        fits = not form.classes or not case_class or case_class in form.classes
        if fits and form.event != "登记" and not form.acts.isdisjoint(acts):
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


def acts_of(person_ids: Iterable[int]) -> QuerySet[Act]:
    """Return the acts on many cases that these people did, newest first."""
    return Act.objects.filter(person__in=list(person_ids)).select_related("person")
