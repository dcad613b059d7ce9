"""What a court has chosen, and choosing anew: dated, with its basis, in the court's own chain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django_tasks import task

from shenguan.base.ops import clock
from shenguan.base.org.models import Court, CourtSetting
from shenguan.programs.administration.staffing import StaffRefused
from shenguan.programs.administration.values import said
from shenguan.rulebook import load
from shenguan.rulebook.loaders.choices import Choice
from shenguan.spine.choosing import note_choice, refresh_below


@dataclass(frozen=True, slots=True)
class Standing:
    """A choice as it stands for a court on a day; `row` None where nobody has chosen."""

    choice: Choice
    words: str
    usual: str
    row: CourtSetting | None


def standing(court: Court, on: date) -> Iterator[Standing]:
    """Yield everything a court may choose with what holds on a day, its own or an upper court's."""
    line = _line(court)
    rows: dict[str, CourtSetting] = {}
    found = CourtSetting.objects.filter(court__in=line, valid_from__lte=on).select_related("court")
    for row in sorted(found, key=lambda one: (-line.index(one.court_id), one.valid_from, one.pk)):
        rows[row.key] = row  # the nearest court last, of one court the latest
    for choice in load().choices.values():
        chosen, usual = rows.get(choice.key), said(choice, choice.default)
        yield Standing(choice, said(choice, chosen.value) if chosen else usual, usual, chosen)


def history(court: Court, key: str) -> list[CourtSetting]:
    """Return what this court and those above it have ever chosen, the latest first."""
    found = CourtSetting.objects.filter(court__in=_line(court), key=key).select_related("court")
    return list(found.order_by("-valid_from", "-pk"))


@transaction.atomic
def choose(
    choice: Choice,
    value: Any,
    *,
    court: Court,
    valid_from: date | None,
    basis: str,
    actor: str,
    now: datetime,
) -> CourtSetting:
    """Choose from a day on; raises `StaffRefused` without a day or a basis.

    Where due dates move with it, the worker computes the court's cases anew.
    """
    basis = basis.strip()
    if valid_from is None or not basis or len(basis) > 200:
        raise StaffRefused("请填写起用日期和依据（如本院文号、会议纪要，不超过200字）")
    row = note_choice(
        court=court, key=choice.key, value=value, valid_from=valid_from, basis=basis,
        actor=actor, now=now,
    )  # fmt: skip
    if choice.moves:
        transaction.on_commit(lambda: compute_again.enqueue(court.pk))
    return row


@task()
def compute_again(court_id: int) -> None:
    """Let due dates follow what a court has chosen."""
    refresh_below(Court.objects.get(pk=court_id), now=clock.now())


def _line(court: Court) -> list[int]:
    """Return the court and those above it, the nearest first."""
    line, above = list[int](), dict(Court.objects.values_list("pk", "parent_id"))
    at: int | None = court.pk
    while at is not None and at not in line:
        line.append(at)
        at = above.get(at)
    return line
