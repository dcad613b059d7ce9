"""The tree of courts, and the jurisdictions that cut across it, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from shenguan.base.org.models import Court, Jurisdiction
from shenguan.base.org.scope import Grant


def in_force(on: date) -> Q:
    """Return the condition of a dated row that holds on a day: `[valid_from, valid_to)`."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_to=None) | Q(valid_to__gt=on))


def subtree(court: Court) -> frozenset[int]:
    """Return the ids of a court and of every court below it."""
    children: dict[int, list[int]] = defaultdict(list)
    for pk, parent in Court.objects.exclude(parent=None).values_list("pk", "parent_id"):
        children[parent or 0].append(pk)
    found, frontier = {court.pk}, [court.pk]
    while frontier:
        below = [child for pk in frontier for child in children[pk] if child not in found]
        found.update(below)
        frontier = below
    return frozenset(found)


def court_of(origin: Court, matter: str, on: date) -> Court:
    """Return the court of first instance for `matter` cases arising in `origin` on a day."""
    moved = _moved(Jurisdiction.Kind.FIRST, origin, matter, on)
    return moved or origin


def appeal_court(court: Court, matter: str, on: date) -> Court | None:
    """Return the court that hears appeals in `matter` cases of `court`; None above the highest.

    The tree's parent, unless a jurisdiction names another.
    """
    return _moved(Jurisdiction.Kind.APPEAL, court, matter, on) or court.parent


def appeals_moved() -> frozenset[int]:
    """Return the courts of which some appeals go elsewhere than to the tree's parent, at any time."""
    rows = Jurisdiction.objects.filter(kind=Jurisdiction.Kind.APPEAL).order_by()
    return frozenset(rows.values_list("origin_id", flat=True))


def grants_of(court_ids: Iterable[int]) -> frozenset[Grant]:
    """Return the cases of other courts whose appeals come to these: those alone, while it holds."""
    held = set(court_ids)
    rows = Jurisdiction.objects.filter(kind=Jurisdiction.Kind.APPEAL, target__in=held)
    return frozenset(
        Grant(row.origin_id, row.matter, row.valid_from, row.valid_to)
        for row in rows.exclude(origin__in=held)
    )


def _moved(kind: Jurisdiction.Kind, origin: Court, matter: str, on: date) -> Court | None:
    """Return where the row in force sends the matter; of several the one that began last."""
    rows = Jurisdiction.objects.filter(in_force(on), kind=kind, origin=origin, matter=matter)
    latest = max(rows.select_related("target"), key=_beginning, default=None)
    return latest.target if latest else None


def _beginning(row: Jurisdiction) -> tuple[date, int]:
    return (row.valid_from or date.min, row.pk)
