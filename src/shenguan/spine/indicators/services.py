"""Figures of indicators: build and update the cube, ask for values. Every question starts with a scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from shenguan import rulebook as rulebooks
from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile.sql import Filters
from shenguan.rulebook import Rulebook
from shenguan.spine.facts import services as facts
from shenguan.spine.indicators import changes, store
from shenguan.spine.indicators.entered import Entered
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.opening import Opened, archive_state, facts_engine, opened
from shenguan.spine.indicators.scoping import filters_of, remark
from shenguan.spine.indicators.values import Question, ValueRow, answer


@dataclass(frozen=True, slots=True)
class Values:
    """Rows with what must stand beside them: the log position, the as-known day, what was left out."""

    rows: list[ValueRow]
    position: int
    as_known: date | None
    remark: str


def values(
    scope: Scope,
    question: Question,
    *,
    as_known: date | None = None,
    home: Path | None = None,
    rulebook: Rulebook | None = None,
    filters: Filters | None = None,
) -> Values:
    """Return the figures a scope may see; raises `IndicatorError` for a question that can't be read.

    `filters`: what the scope counts, where that is known already.
    """
    rules = rulebook or rulebooks.load()
    found = opened(home or homes.current(), rules, as_known=as_known)
    labels = Labels(rules.facts.codes)
    given = Entered(as_known)
    library = given.fills(found.library)
    rows = answer(question, library, found.source, labels, filters or filters_of(scope), given)
    return Values(rows, found.position, as_known, remark(scope))


def build_cube(
    home: Path | None = None,
    *,
    rulebook: Rulebook | None = None,
    progress: store.Progress | None = None,
) -> store.Manifest:
    """Make the cube anew from the facts."""
    where, rules = home or homes.current(), rulebook or rulebooks.load()
    made = facts_engine(where, rules.facts)
    position, built_at = archive_state(where)
    return store.build(
        where, made, rules.library, position=position, built_at=built_at, progress=progress
    )


def catch_up(home: Path, *, now: datetime, rulebook: Rulebook | None = None) -> int:
    """Bring facts and cube up to the log; return the log position of both. Safe to run twice."""
    rules = rulebook or rulebooks.load()
    changed = facts.catch_up(home, now=now)
    if changed.rebuilt or not changed.case_ids:
        return changed.position
    update_cube(home, changed.before, changed.after, position=changed.position, rulebook=rules)
    return changed.position


def update_cube(
    home: Path,
    before: Mapping[str, pa.Table],
    after: Mapping[str, pa.Table],
    *,
    position: int,
    rulebook: Rulebook | None = None,
) -> store.Manifest | None:
    """Add changed cases: their old and new fact rows, table by table. None where there is no cube yet."""
    rules = rulebook or rulebooks.load()
    try:
        _position, built_at = archive_state(home)
        return changes.update(
            home, rules.library, before, after, position=position, built_at=built_at
        )
    except LookupError:
        return None


__all__ = ["Opened", "Question", "Values", "build_cube", "catch_up", "update_cube", "values"]
