"""Who may see what in a table: figures by the scope, judges only for those who answer for them.

By judge: the judge alone, chiefs and vice-presidents their units, 审管办 the own court. Nobody compares judges
of several courts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shenguan.base.accounts.access import Access
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Unit
from shenguan.base.org.scope import Scope

OFFICE = frozenset({"审管办主任", "审管办工作人员"})
CHIEFS = frozenset({
    "庭长", "副庭长", "人民法庭庭长", "团队负责人", "执行局局长", "分管副院长", "审委会专职委员",
})  # fmt: skip
JUDGES = frozenset({"法官", "审判长", "执行法官", "执行员", "审监庭法官"})


def may_name_judges(access: Access) -> bool:
    """Whether judges may stand in a table of this person."""
    return not (OFFICE | CHIEFS | JUDGES).isdisjoint(access.posts)


def reads(access: Access) -> bool:
    """Whether there are figures for the person at all."""
    scope = access.scope
    return bool(scope.court_ids or scope.unit_ids or scope.person_ids or scope.figure_court_ids)


def scope_for(access: Access, *, names_judges: bool) -> Scope:
    """Return the scope a table is asked with: narrowed where judges stand in it."""
    scope, person = access.scope, access.account.person
    if not names_judges:
        return scope
    posts = set(access.posts)
    return replace(
        scope,
        court_ids=frozenset({person.court_id}) if posts & OFFICE else frozenset(),
        unit_ids=scope.unit_ids if posts & CHIEFS else frozenset(),
        person_ids=frozenset({person.pk}) if posts & JUDGES else frozenset(),
        figure_court_ids=frozenset(),
        grants=frozenset(),
    )


def roster(on: date) -> dict[int, tuple[int, int, int]]:
    """Return where each judge stands in the roster: by unit in 机构序, then in the order of appointment."""
    units = Unit.objects.order_by("court__order", "order", "pk").values_list("pk", flat=True)
    order = {pk: at for at, pk in enumerate(units)}
    held = Appointment.objects.filter(in_force(on)).order_by("pk")
    found: dict[int, tuple[int, int, int]] = {}
    for pk, person, unit in held.values_list("pk", "person_id", "unit_id"):
        found.setdefault(person, (order.get(unit or 0, len(order)), pk, person))
    return found
