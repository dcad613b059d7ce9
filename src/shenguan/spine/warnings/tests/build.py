"""A court with its people, and the nightly run as tests call it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from shenguan.base.inbox.models import Transition
from shenguan.base.ops.clock import COURT_ZONE
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.services import Identity, identify
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import demo_court
from shenguan.spine.warnings import services
from shenguan.spine.warnings.selectors import WarningRow, warnings_on

ALL = Scope.everything("测试")
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
DIVISION = "民事审判第一庭"
JUDGE = "法官甲一"


def staffed(court: Court | None = None) -> dict[str, Person]:
    """Give a court a judge, a clerk, a chief, a vice-president and a trial-management office."""
    court = court or demo_court()
    unit, _made = Unit.objects.get_or_create(court=court, name=DIVISION)
    people: dict[str, Person] = {}
    for post, name, within in (
        ("法官", JUDGE, unit),
        ("书记员", "书记员甲一", unit),
        ("庭长", "庭长甲一", unit),
        ("分管副院长", "副院长甲一", unit),
        ("审管办主任", "审管甲一", None),
    ):
        people[post], _made = Person.objects.get_or_create(court=court, name=name)
        serves = people["法官"] if post == "书记员" else None
        Appointment.objects.create(
            person=people[post], court=court, unit=within, post=post, serves=serves
        )
    return people


def at(day: str | date, hour: int = 5) -> datetime:
    """Return a moment in the courts' zone."""
    return datetime.combine(day_of(day), time(hour), COURT_ZONE)


def day_of(day: str | date) -> date:
    """Read a day."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def night(day: str | date) -> services.Ticked:
    """Run the nightly job before dawn."""
    return services.tick(on=day_of(day), now=at(day))


def levels(kind: str) -> list[tuple[str, str]]:
    """Return the changes of level of one kind: (day, level)."""
    rows = Transition.objects.filter(watch__kind=kind).values_list("on", "level")
    return [(str(on), level) for on, level in rows]


def listed(day: str, kind: str = "", **scope: Any) -> list[WarningRow]:
    """Return the warnings of a day, of one kind if given."""
    rows = warnings_on(scope.get("scope", ALL), day_of(day))
    return [row for row in rows if not kind or row.kind == kind]


def add_case(
    number: str,
    events: Mapping[str, Any],
    *,
    court: Court | None = None,
    undertaker: str = JUDGE,
    division: str = DIVISION,
    **attributes: Any,
) -> Case:
    """Register a case, each event recorded in the afternoon of its day."""
    identity = Identity.of(court or demo_court(), number)
    case = identify([identity])[identity.key]
    first, *_later = sorted(events)
    happen(case, first, ("登记", attributes))
    for day, what in sorted(events.items()):
        happen(case, day, what)
        if what == "立案":
            happen(case, day, ("分案", {"undertaker": undertaker, "division": division}))
    case.refresh_from_db()
    return case


def happen(case: Case, day: str | date, what: str | tuple[str, dict[str, Any]]) -> None:
    """Record one event in the afternoon of its day."""
    kind, payload = (what, {}) if isinstance(what, str) else what
    event = NewEvent(case.pk, kind, None if kind == "登记" else day_of(day), payload)
    record([event], actor="测试", now=at(day, 15))
