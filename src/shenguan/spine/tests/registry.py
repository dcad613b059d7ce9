"""A small registry for tests, filled through the one door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from shenguan.base.org.models import Court
from shenguan.base.org.services import add_court
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.services import Identity, identify
from shenguan.spine.pipeline import NewEvent, record

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def demo_court(code: str = "示0101", name: str = "示范市甲区人民法院") -> Court:
    """Return an invented court, made once."""
    found = Court.objects.filter(code=code).first()
    return found or add_court(code=code, name=name, level=Court.Level.BASIC)


def add_case(
    number: str,
    events: Mapping[str, str | tuple[str, dict[str, Any]]] | None = None,
    *,
    court: Court | None = None,
    undertaker: str = "法官甲一",
    division: str = "民事审判第一庭",
    extra: list[NewEvent] | None = None,
    **attributes: Any,
) -> Case:
    """Register a case: `events` maps an ISO day to a kind, or to a kind with its payload."""
    court = court or demo_court()
    identity = Identity.of(court, number)
    case = identify([identity])[identity.key]
    happened = [("登记", None, attributes)]
    for day, what in (events or {}).items():
        kind, payload = (what, {}) if isinstance(what, str) else what
        happened.append((kind, date.fromisoformat(day), payload))
        if kind == "立案":
            people = {"undertaker": undertaker, "division": division}
            happened.append(("分案", date.fromisoformat(day), people))
    new = [NewEvent(case.pk, kind, on, payload) for kind, on, payload in happened]
    record([*new, *(extra or [])], actor="测试", now=NOW)
    case.refresh_from_db()
    return case
