"""Finding who a step waits for: posts by place, never the applicant, stand-ins where a post is vacant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.rulebook import load
from shenguan.rulebook.loaders.approvals import StepRule

PAPER_POST = "审管办主任"
"""Registers the paper decision of a court above that isn't in this installation."""

_LEVELS = {"high": Court.Level.HIGH, "supreme": Court.Level.SUPREME}


class NobodyDecides(ValueError):  # noqa: N818 - it names the state of the directory, not a bug
    """A step that decides has no one to act on it; the message says which."""


@dataclass(frozen=True, slots=True)
class Address:
    """Whom a step waits for: (post, court, unit) each; empty for a step to be skipped, with `note`."""

    rule: StepRule
    posts: frozenset[tuple[str, int, int | None]]
    by_paper: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: who asks, in which court and unit, on which day; who may not act."""

    applicant: Person
    court: Court
    unit: Unit | None
    on: date
    barred: frozenset[int] = frozenset()


def addresses(steps: Iterable[StepRule], origin: Origin) -> list[Address]:
    """Return the address of every step; raises `NobodyDecides`."""
    return [_address(rule, origin) for rule in steps]


def _address(rule: StepRule, origin: Origin) -> Address:
    outside = rule.place not in {"unit", "court"}
    court = _court_at(rule.place, origin.court) if outside else origin.court
    for posts in (rule.posts, rule.otherwise):
        found = _holders(posts, court, origin)
        if found:
            return Address(rule, found)
    if outside:
        note = "上级法院未接入本系统，凭书面批复登记"
        office = (PAPER_POST, origin.court.pk, None)
        return Address(rule, frozenset({office}), by_paper=True, note=note)
    posts_named = "、".join(rule.posts)
    if rule.decides:
        raise NobodyDecides(
            f"{origin.court.name}没有申请人之外可以办理“{rule.name}”的人（{posts_named}），请先登记任职"
        )
    return Address(rule, frozenset(), note=f"申请人之外没有任{posts_named}的人，由下一步审批")


def _holders(
    posts: Iterable[str], court: Court | None, origin: Origin
) -> frozenset[tuple[str, int, int | None]]:
    """Return posts with someone in them: court-wide ones, and those of the unit or one above it."""
    if court is None:
        return frozenset()
    table, line = load().posts, _line(origin.unit)
    held = Appointment.objects.filter(in_force(origin.on), court=court, post__in=list(posts))
    found: set[tuple[str, int, int | None]] = set()
    for one in held.exclude(person__in={origin.applicant.pk, *origin.barred}):
        if table[one.post].sees == "court":
            found.add((one.post, court.pk, None))
        elif one.unit_id in line:
            found.add((one.post, court.pk, one.unit_id))
    return frozenset(found)


def _line(unit: Unit | None) -> set[int]:
    """Return a unit and those above it."""
    found: set[int] = set()
    while unit is not None and unit.pk not in found:
        found.add(unit.pk)
        unit = unit.parent
    return found


def _court_at(place: str, court: Court) -> Court | None:
    """Return the court above, or the nearest one above of a level; a high court's high is the supreme."""
    above = court.parent
    level = _LEVELS.get(place)
    if level is None or court.level == Court.Level.HIGH:
        return above
    while above is not None and above.level != level:
        above = above.parent
    return above
