"""Who may see figures judge by judge: that judge, the chiefs and leaders over them, the president, 审管办."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shenguan.base.accounts.access import Access
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Unit
from shenguan.base.org.scope import Scope

OVER_OTHERS = frozenset(
    [
        "院长",
        "分管副院长",
        "审委会专职委员",
        "庭长",
        "副庭长",
        "人民法庭庭长",
        "团队负责人",
        "执行局局长",
        "审管办主任",
        "审管办工作人员",
    ]
)
OF_THEMSELVES = frozenset(["法官", "审判长", "执行法官", "执行员", "审监庭法官"])
_HANDLING = ("法官", "审判长", "执行法官", "执行员", "审监庭法官")
_LEADING = ("庭长", "副庭长", "人民法庭庭长", "执行局局长", "团队负责人")


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose load one sees: everyone's of `scope` courts and units, or one's own alone (`own`)."""

    scope: Scope
    own: frozenset[int]
    wide: bool

    @property
    def cases(self) -> Q:
        """Return the condition of the cases that count, to be put on visible cases."""
        mine = Q(undertaker__in=self.own)
        if not self.wide:
            return mine
        scope = self.scope
        if scope.court_ids is None:
            return Q()
        place = Q(court__in=scope.court_ids)
        return place | Q(division__in=scope.unit_ids) | Q(team__in=scope.unit_ids) | mine

    @property
    def people(self) -> Q:
        """Return the condition of the appointments that have a row."""
        mine = Q(person__in=self.own)
        if not self.wide:
            return mine
        if self.scope.court_ids is None:
            return Q()
        return Q(court__in=self.scope.court_ids) | Q(unit__in=self.scope.unit_ids) | mine


@dataclass(slots=True)
class Judge:
    """One row of the roster. `handles`: has cases of his own by his post."""

    person_id: int
    name: str
    court_id: int
    court: str
    unit_id: int | None = None
    unit: str = ""
    team: str = ""
    handles: bool = False


def sight_of(access: Access) -> Sight | None:
    """Return what an access shows of judges' load, None for posts that see none of it."""
    posts = set(access.posts)
    wide = bool(posts & OVER_OTHERS)
    if not wide and not posts & OF_THEMSELVES:
        return None
    return Sight(access.scope, frozenset({access.account.person_id}), wide)


def roster(sight: Sight, on: date) -> list[Judge]:
    """Return who hears cases, in 机构序 and the order of the roster; each person once."""
    rows = (
        Appointment.objects.filter(in_force(on), sight.people, post__in=(*_LEADING, *_HANDLING))
        .select_related("person", "court", "unit")
        .order_by("court__order", "court__code", "unit__order", "unit_id", "pk")
    )
    found: dict[int, Judge] = {}
    teams: dict[int, str] = {}
    for row in rows:
        if row.unit and row.unit.kind == Unit.Kind.TEAM:
            teams.setdefault(row.person_id, row.unit.name)
        _place(found, row)
    for judge in found.values():
        judge.team = teams.get(judge.person_id, "")
    return _in_order(found.values())


def _place(found: dict[int, Judge], row: Appointment) -> None:
    judge = found.get(row.person_id)
    if judge is None:
        judge = Judge(row.person_id, row.person.name, row.court_id, row.court.name)
        found[row.person_id] = judge
    if row.unit and judge.unit_id is None and row.unit.kind != Unit.Kind.TEAM:
        judge.unit_id, judge.unit = row.unit_id, row.unit.name
    judge.handles = judge.handles or row.post in _HANDLING


def _in_order(judges: Iterable[Judge]) -> list[Judge]:
    """Gather the people of one unit, units staying in 机构序 as first met."""
    kept = list(judges)
    place = {key: at for at, key in enumerate(dict.fromkeys((j.court_id, j.unit_id) for j in kept))}
    return sorted(kept, key=lambda judge: place[judge.court_id, judge.unit_id])


def units_of(scope: Scope) -> QuerySet[Unit]:
    """Return the units of the scope's courts, and its own."""
    if scope.court_ids is None:
        return Unit.objects.all()
    return Unit.objects.filter(Q(court__in=scope.court_ids) | Q(pk__in=scope.unit_ids))
