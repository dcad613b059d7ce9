"""Figures of every kind, from cube and from facts, against the oracle; cubes changed against cubes rebuilt."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shenguan.core.indicator.compile.sql import Filters
from shenguan.core.indicator.figure import no_source
from shenguan.core.indicator.naive import evaluate
from shenguan.core.indicator.period import Period
from shenguan.core.indicator.tests.world import FACTS, LIBRARY, worlds
from shenguan.spine.indicators import changes, store
from shenguan.spine.indicators.arrow import digest, table_of
from shenguan.spine.indicators.engines import engine
from shenguan.spine.indicators.plan import Plan, Wanted
from shenguan.spine.indicators.sources import CubeSource, FactSource, Source

World = dict[str, list[dict[str, Any]]]
PERIODS = [Period.parse(text) for text in ("2025", "2025-02", "2024-02..2025-01")]
ODD = [Period.parse("2025-01-21..2025-02-20"), Period.parse("2024-02-29..2025-02-28")]
ALL = list(LIBRARY.indicators.values())
quick = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def fact_source(world: World) -> FactSource:
    made = engine()
    for name, rows in world.items():
        made.put(table_of(rows, FACTS.table(name)), f"fact_{name}")
    return FactSource(made)


def cube_source(world: World, home: Path) -> CubeSource:
    facts = fact_source(world)
    manifest = store.build(home, facts.engine, LIBRARY, position=1)
    return CubeSource(facts.engine, store.open_cube(home, manifest, facts.engine), facts)


def by_row(world: World, period: Period, **kept: int) -> dict[str, str]:
    chosen = {
        name: [row for row in rows if all(row[key] == value for key, value in kept.items())]
        for name, rows in world.items()
    }
    found = {}
    for indicator in ALL:
        version = indicator.versions[0]
        lacking = LIBRARY.needs(version)
        figure = (
            no_source(lacking) if lacking else evaluate(indicator, version, chosen, period, LIBRARY)
        )
        found[indicator.code] = figure.text
    return found


def asked(source: Source, period: Period, filters: Filters) -> dict[str, str]:
    wanted = [Wanted(indicator, indicator.versions[0], period) for indicator in ALL]
    plan = Plan(LIBRARY, wanted)
    plan.ask(source, (), filters)
    return {want.indicator.code: plan.figures(want)[0].text for want in wanted}


@quick
@given(world=worlds(), period=st.sampled_from(PERIODS + ODD))
def test_every_kind_of_indicator_scanned_equals_the_oracle(world: World, period: Period):
    assert asked(fact_source(world), period, Filters()) == by_row(world, period)


@quick
@given(world=worlds(), period=st.sampled_from(PERIODS + ODD))
def test_every_kind_of_indicator_from_the_cube_equals_the_oracle(
    world: World, period: Period, tmp_path_factory: pytest.TempPathFactory
):
    source = cube_source(world, tmp_path_factory.mktemp("home"))
    assert asked(source, period, Filters()) == by_row(world, period)


@quick
@given(world=worlds(), period=st.sampled_from(PERIODS))
def test_without_clearance_sensitive_cases_count_nowhere(
    world: World, period: Period, tmp_path_factory: pytest.TempPathFactory
):
    world = {**world, "hearing": []}
    source = cube_source(world, tmp_path_factory.mktemp("home"))
    assert asked(source, period, Filters({"confidentiality": [0]})) == by_row(
        world, period, 敏感程度=0
    )


@quick
@given(before=worlds(20), after=worlds(20), same=worlds(10))
def test_a_changed_cube_equals_a_rebuilt_one(
    before: World, after: World, same: World, tmp_path_factory: pytest.TempPathFactory
):
    home = tmp_path_factory.mktemp("home")
    store.build(home, fact_source(_sum(same, before)).engine, LIBRARY, position=1)
    changed = changes.update(home, LIBRARY, _tables(before), _tables(after), position=2)
    rebuilt_home = tmp_path_factory.mktemp("rebuilt")
    rebuilt = store.build(rebuilt_home, fact_source(_sum(same, after)).engine, LIBRARY, position=2)
    assert _digests(home, changed) == _digests(rebuilt_home, rebuilt)
    for whole in (False, True):
        folded = changes.fold_changes(home, changed, whole=whole)
        assert _digests(home, folded) == _digests(rebuilt_home, rebuilt)
        assert folded.changes == (0 if whole else 1)


def _sum(one: World, other: World) -> World:
    return {name: one[name] + other[name] for name in one}


def _tables(world: World) -> dict[str, Any]:
    return {name: table_of(rows, FACTS.table(name)) for name, rows in world.items()}


def _digests(home: Path, manifest: store.Manifest) -> dict[str, str]:
    """Digest of each relation, summed and without rows of nothing."""
    from shenguan.core.indicator.compile.rollup import merged

    made = engine()
    store.open_cube(home, manifest, made)
    found = {}
    for name, codes in manifest.passes.items():
        for grain, dimensions in store.GRAINS.items():
            table = made.run(merged([f"{grain}_{name}"], dimensions, codes))
            rows = [row for row in table.to_pylist() if any(row[code] for code in codes)]
            kept = table.schema.empty_table() if not rows else type(table).from_pylist(rows)
            found[f"{grain}_{name}"] = digest(kept)
    return found


def test_update_without_a_cube_of_these_definitions_is_refused(tmp_path: Path):
    with pytest.raises(LookupError, match="重建"):
        changes.update(tmp_path, LIBRARY, {}, {}, position=1)


def test_a_stock_at_the_start_is_the_stock_the_day_before():
    period = Period.parse("2025-03")
    plan = Plan(
        LIBRARY,
        [
            Wanted(
                LIBRARY.indicators["settled_rate"],
                LIBRARY.indicators["settled_rate"].versions[0],
                period,
            )
        ],
    )
    days = [request.moment for request in plan.requests if request.atom.code == "pending"]
    assert days == [period.start - timedelta(days=1)]
