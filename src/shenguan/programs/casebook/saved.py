"""Named views of the case list, and how a person likes it drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import parse_qsl

from django.db.models import Q, QuerySet

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person, Unit
from shenguan.programs.casebook import columns
from shenguan.programs.casebook.criteria import Criteria, read
from shenguan.programs.casebook.models import Look, SavedView
from shenguan.rulebook import load

MOST = 50
"""Views one person may keep."""


class ViewRefused(ValueError):  # noqa: N818 - it says what was refused, not that something broke
    """Why a view can't be kept or dropped (Chinese)."""


def views_of(person: Person, on: date) -> QuerySet[SavedView]:
    """Return a person's own views and those shared with the divisions they serve in on a day."""
    shared = Q(unit__in=own_units(person, on))
    rows = SavedView.objects.filter(Q(owner=person) | shared)
    return rows.select_related("owner", "unit").distinct()


def own_units(person: Person, on: date) -> QuerySet[Unit]:
    """Return the units in which a person holds a post on a day."""
    held = Appointment.objects.filter(in_force(on), person=person, unit__isnull=False)
    return Unit.objects.filter(pk__in=held.values("unit"))


def save(
    *,
    person: Person,
    name: str,
    asked: Criteria,
    keys: Sequence[str],
    shared: bool,
    on: date,
    now: datetime,
) -> SavedView:
    """Keep a view, in place of the person's own of the same name. Raises `ViewRefused`."""
    name = name.strip()
    if not name or len(name) > 40:
        raise ViewRefused("视图名称须为1至40个字")
    unit = own_units(person, on).first() if shared else None
    if shared and unit is None:
        raise ViewRefused("您没有所在庭室，不能与本庭共享")
    mine = SavedView.objects.filter(owner=person)
    if mine.exclude(name=name).count() >= MOST:
        raise ViewRefused(f"最多保存{MOST}个视图，请先删除不用的")
    view, _made = SavedView.objects.update_or_create(
        owner=person,
        name=name,
        defaults={
            "unit": unit,
            "query": asked.query,
            "columns": [c.key for c in columns.chosen(keys)],
            "made_at": now,
        },
    )
    return view


def drop(*, person: Person, view_id: int) -> None:
    """Forget one of a person's own views. Raises `ViewRefused` for anyone else's."""
    gone, _by_model = SavedView.objects.filter(owner=person, pk=view_id).delete()
    if not gone:
        raise ViewRefused("只有保存视图的人可以删除它")


def criteria_of(view: SavedView) -> Criteria:
    """Return the conditions of a view as the rulebook of today reads them."""
    return read(dict(parse_qsl(view.query)), load())


def look_of(person: Person) -> Look:
    """Return how a person likes the list; as usual where nothing was chosen."""
    return Look.objects.filter(person=person).first() or Look(person=person)


def choose(*, person: Person, keys: Sequence[str], roomy: bool) -> None:
    """Keep how a person likes the list; no columns means as usual."""
    kept = [column.key for column in columns.chosen(keys)]
    Look.objects.update_or_create(person=person, defaults={"columns": kept, "roomy": roomy})
