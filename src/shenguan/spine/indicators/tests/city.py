"""Two courts with a handful of cases, filled through the one door, and their figures."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators import services
from shenguan.spine.indicators.values import Question, ValueRow
from shenguan.spine.tests.registry import NOW, add_case, demo_court

ALL = Scope.everything("测试")
YEAR = Period.parse("2026")
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "离婚纠纷"}


def courts() -> tuple[Court, Court]:
    return demo_court(), demo_court("示0102", "示范市乙区人民法院")


def closed(day: str, how: str = "判决") -> dict:
    return {day: ("报结", {"disposition": how})}


def fill() -> None:
    """Court 甲: three closed (one mediated, one late) and one pending; court 乙: one closed."""
    one, other = courts()
    rows = [
        (one, "1", {"2026-01-05": "立案"} | closed("2026-03-02"), "法官甲一", ORDINARY),
        (one, "2", {"2026-01-06": "立案"} | closed("2026-03-31", "调解"), "法官甲一", ORDINARY),
        (one, "3", {"2025-02-03": "立案"} | closed("2026-04-01"), "法官甲二", ORDINARY),
        (one, "4", {"2026-05-06": "立案"}, "法官甲二", ORDINARY),
        (other, "1", {"2026-02-02": "立案"} | closed("2026-05-06"), "法官乙一", ORDINARY),
    ]
    for court, number, events, judge, attributes in rows:
        text = f"（2026）{court.code}民初{number}号"
        add_case(text, events, court=court, undertaker=judge, **attributes)


def caught_up(home: Path) -> Path:
    services.catch_up(home, now=NOW + timedelta(minutes=1))
    return home


def ask(home: Path, code: str, *by: str, scope: Scope = ALL, **more) -> list[ValueRow]:
    question = Question(more.pop("period", YEAR), (code,), by, **more)
    return services.values(scope, question, home=home).rows


def pairs(rows: list[ValueRow]) -> dict[str, tuple[int | None, int | None]]:
    return {
        "/".join(row.labels.values()): (row.figure.numerator, row.figure.denominator)
        for row in rows
    }
