"""A few disputes told in two parts, through the one door, for the archive's tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from shenguan.base.org.models import Court
from shenguan.spine.cases.models import Case
from shenguan.spine.facts import archive
from shenguan.spine.facts.schema import schemas
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case, demo_court

CIVIL = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "民间借贷纠纷"}
PARTIES = [{"role": "原告", "name": "甲某"}, {"role": "被告", "name": "乙某"}]


def upper_court() -> Court:
    return demo_court("示01", "示范市中级人民法院")


def civil(number: str, events: dict, **more) -> Case:
    """Return a civil first-instance case of 示0101."""
    return add_case(
        f"（2026）示0101民初{number}号", events, **{**CIVIL, "parties": PARTIES, **more}
    )


def appeal(number: str, prior: str, events: dict, **more) -> Case:
    """Return an appeal against a case of 示0101."""
    registered = {
        **{
            "case_type": "民终",
            "instance": "二审",
            "procedure": "普通程序",
            "cause": "民间借贷纠纷",
        },
        **{"parties": PARTIES, "prior_number": prior, "prior_court": "示范市甲区人民法院", **more},
    }
    return add_case(
        f"（2026）示01民终{number}号",
        events,
        court=upper_court(),
        undertaker="法官乙一",
        **registered,
    )


def tell(case: Case, kind: str, on: str | None, payload: dict | None = None, **more) -> int:
    """Record one more event; returns its position."""
    day = date.fromisoformat(on) if on else None
    now = more.pop("now", NOW + timedelta(hours=1))
    (position,) = record(
        [NewEvent(case.pk, kind, day, payload or {}, **more)], actor="测试", now=now
    )
    return position


def first_part() -> dict[str, Case]:
    """Return the cases of the first half by name."""
    closed = {"2026-01-05": "立案", "2026-03-02": ("报结", {"disposition": "判决"})}
    withdrawn = {"2026-01-06": "立案", "2026-02-02": ("报结", {"disposition": "准许撤诉"})}
    return {
        "judged": civil("1", closed),
        "withdrawn": civil("2", withdrawn),
        "pending": civil("3", {"2026-02-09": "立案"}, cause="离婚纠纷"),
        "other": civil("4", {"2025-12-01": "立案"}, parties=[{"role": "原告", "name": "丙某"}]),
    }


def second_part(cases: dict[str, Case]) -> dict[str, Case]:
    """Let things happen to them: an appeal, a refiling, a pause, corrections of day and cause."""
    tell(cases["judged"], "上诉", "2026-03-10", {"appellant": "被告"})
    cases["appeal"] = appeal(
        "9",
        "（2026）示0101民初1号",
        {"2026-04-01": "立案", "2026-05-06": ("报结", {"disposition": "改判"})},
    )
    cases["again"] = civil("5", {"2026-03-20": "立案"})
    tell(cases["pending"], "委托鉴定", "2026-03-01")
    tell(cases["pending"], "开庭", "2026-03-08", {"broadcast": True})
    filed = cases["other"].events.get(kind="立案")
    tell(cases["other"], "立案", "2026-01-02", voids=filed.pk)
    tell(cases["other"], "登记变更", None, {"cause": "买卖合同纠纷"})
    return cases


def tables(home: Path) -> dict[str, list[dict]]:
    """Return every table of the archive, all rows in one order."""
    found = {}
    for name in schemas():
        rows = archive.read(home, name).to_pylist()
        found[name] = sorted(rows, key=lambda row: str(sorted(row.items())))
    return found


def only(home: Path, case: Case) -> dict[str, Any]:
    """Return the wide row of one case."""
    rows: list[dict[str, Any]] = archive.read(home, "case").to_pylist()
    return next(row for row in rows if row["case_id"] == case.pk)


def later(hours: int = 2) -> datetime:
    return NOW + timedelta(hours=hours)
