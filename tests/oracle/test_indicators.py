"""Random courts, counted twice: by the rulebook's definitions and by the hand-written reading of the texts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from shenguan.core.indicator import Period
from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.figure import EMPTY
from shenguan.core.indicator.naive import evaluate
from shenguan.core.indicator.sample import complete_row
from shenguan.rulebook import load
from shenguan.spine.indicators.arrow import table_of
from shenguan.spine.indicators.engines import engine
from shenguan.spine.indicators.plan import Plan, Wanted
from shenguan.spine.indicators.sources import FactSource
from tests.oracle.indicator_oracle import ORACLE, Court

BOOK = load()
LIBRARY, FACTS = BOOK.library, BOOK.facts
TYPES = {code: (t.case_class, t.instance) for code, t in BOOK.codes.case_types.items()}
SUITS = ["刑初", "民初", "民初", "民初", "行初", "行初", "行赔初", "民撤", "刑终", "民终", "行终"]
OTHERS = ["民申", "民抗", "刑申", "民再", "民特", "行审", "破", "诉前调书", "诉前调确"]
COMMON = [*SUITS, *OTHERS, "执", "执", "执恢", "执保", "执异"]
WITHDRAWN = ["准许撤诉", "按撤诉处理", "和解撤诉", "准许撤回起诉", "准许撤回上诉"]
WAYS = [*WITHDRAWN, "判决", "判决", "调解", "驳回起诉", "驳回起诉", "驳回诉讼请求"]
RESULTS = ["", "维持", "改判", "部分改判", "发回", "指令审理"]
GIVEN = (
    "员额法官人数",
    "立案变更案件数",
    "网上立案申请数",
    "常住和登记流动人口",
    "实际在岗裁判人员数",
)
PERIODS = ["2025-03", "2024Q4", "2024", "2025-01..2025-06", "2021-12..2022-11", "2016-02", "2010"]


def _day(dice: Random, period: Period) -> date:
    """A day, most often near the edges of the period or of the year, months and years before."""
    edge = dice.choice([period.start, period.end])
    back = dice.choice([0, 0, 0, 1, 6, 12, 18, 120])
    moved = edge.replace(year=edge.year - back // 12, day=1) if back > 1 else edge
    return moved + timedelta(days=dice.choice([-1, 0, 1, 29, 30, dice.randrange(-200, 60)]))


def _later(dice: Random, day: date, period: Period) -> date:
    return max(day, _day(dice, period))


def _case(dice: Random, period: Period) -> dict[str, Any]:
    kind = dice.choice(COMMON)
    case_class, instance = TYPES[kind]
    filed = _day(dice, period)
    closed = _later(dice, filed, period) if dice.random() < 0.7 else None
    legal = max(filed, closed - timedelta(days=dice.choice([0, 0, 3]))) if closed else None
    return {
        "类型": kind,
        "类别": case_class,
        "审级": instance,
        "程序": dice.choice(["普通程序", "简易程序", "小额诉讼程序", "速裁程序", ""]),
        "立案日": filed,
        "报结日": closed,
        "结案日": legal,
        "审限届满日": dice.choice([None, legal or filed, _later(dice, filed, period)]),
        "上诉日": _later(dice, filed, period) if dice.random() < 0.3 else None,
        "结案方式": dice.choice(WAYS) if closed else "",
        "处理结果": dice.choice(RESULTS) if closed else "",
        "履行方式": dice.choice(["", "强制执行", "自动履行", "执行和解"]),
        "扣除天数": dice.randrange(20),
        "标的额": dice.randrange(5) * 100,
        "到位金额": dice.randrange(5) * 50,
        **{
            name: dice.random() < 0.4
            for name in ("已延长", "陪审", "网上立案", "诉前调解", "诉前调解成功")
        },
    }


def _interval(dice: Random, period: Period) -> dict[str, Any]:
    start = _day(dice, period)
    return {
        "类型": dice.choice(["民初", "刑初", "民终"]),
        "事由": dice.choice(["中止审理", "中止审理", "委托鉴定"]),
        "始日": start,
        "止日": _later(dice, start, period) if dice.random() < 0.6 else None,
    }


def _world(seed: int, period: Period) -> tuple[dict[str, list[dict[str, Any]]], dict[str, int]]:
    dice = Random(seed)
    tables = {
        "case": [_case(dice, period) for _ in range(dice.choice([0, 3, 120]))],
        "interval": [_interval(dice, period) for _ in range(dice.choice([0, 25]))],
    }
    given = {name: dice.randrange(4) for name in GIVEN}
    given |= {name: dice.randrange(10001) for name in ("公正指数", "效率指数", "效果指数")}
    return tables, given


WORLDS = [(seed, PERIODS[seed % len(PERIODS)]) for seed in range(28)]


@pytest.mark.parametrize(("seed", "text"), WORLDS)
def test_both_readings_agree_on_a_random_court(seed, text):
    period = Period.parse(text)
    tables, given = _world(seed, period)
    rows = {
        name: [
            complete_row(row, FACTS.table(name), FACTS.codes, n) for n, row in enumerate(listed, 1)
        ]
        for name, listed in tables.items()
    }
    court = Court(tables, period.start, period.end, given)
    for (code, regime), by_hand in ORACLE.items():
        indicator = LIBRARY.indicators[code]
        version = indicator.version(period.end, regime)
        found = evaluate(indicator, version, rows, period, LIBRARY, given)
        above, below = by_hand(court)
        if below == 0:
            assert found.state == EMPTY, (code, regime)
        elif indicator.kind == "derived":
            assert found.exact == Fraction(above, below), (code, regime)
        else:
            assert (found.numerator, found.denominator) == (above, below), (code, regime)


@pytest.mark.parametrize(("seed", "text"), WORLDS)
def test_what_is_compiled_agrees_with_the_reading_by_hand(seed, text):
    period = Period.parse(text)
    tables, given = _world(seed, period)
    made = engine()
    for name in FACTS.tables:
        table = FACTS.table(name)
        rows = [
            complete_row(row, table, FACTS.codes, n)
            for n, row in enumerate(tables.get(name, ()), 1)
        ]
        made.put(table_of(rows, table), f"fact_{name}")
    court = Court(tables, period.start, period.end, given)
    wanted = {}
    for code, regime in ORACLE:
        version = LIBRARY.indicators[code].version(period.end, regime)
        if not LIBRARY.needs(version):  # numbers the court enters don't go through the compiler
            wanted[code, regime] = Wanted(LIBRARY.indicators[code], version, period)
    plan = Plan(LIBRARY, list(wanted.values()))
    plan.ask(FactSource(made), (), Filters())
    for key, want in wanted.items():
        above, below = ORACLE[key](court)
        expected = f"{above}/{below}" if below else EMPTY
        assert plan.figures(want)[0].text == expected, key


def test_every_official_version_has_a_second_reading():
    official = {
        (c, v.regime)
        for c, i in LIBRARY.indicators.items()
        for v in i.versions
        if v.status == "official"
    }
    assert official <= set(ORACLE)


def test_random_courts_reach_every_formula():
    reached = set()
    for seed, text in WORLDS:
        period = Period.parse(text)
        tables, given = _world(seed, period)
        court = Court(tables, period.start, period.end, given)
        reached |= {
            key for key, by_hand in ORACLE.items() if by_hand(court)[0] and by_hand(court)[1]
        }
    assert reached == set(ORACLE)
