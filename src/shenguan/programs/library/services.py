"""Loading a court's workbook of indicators into its overlay, and what it says back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shenguan.base.audit import services as audit
from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.model import Library, Version
from shenguan.core.indicator.period import Period
from shenguan.programs.library import readback, workbook, writing
from shenguan.programs.library.definitions import Definition
from shenguan.rulebook import DATA
from shenguan.rulebook import load as load_rulebook
from shenguan.rulebook.loaders import workbook as words_of
from shenguan.spine.indicators.scoping import filters_of

REGIME = "本院"
COMPUTED, LACKING, WRONG = "可以计算", "暂无数据来源", "有误"
STATES = (COMPUTED, LACKING, WRONG)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a workbook gave: a record a row, headings nobody knows, names kept from the last loading."""

    rows: list[dict[str, Any]]
    unknown_headings: tuple[str, ...]
    carried: list[str]
    written: bool

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row["state"] == state for row in self.rows)


def load(
    scope: Scope,
    path: Path,
    *,
    now: datetime,
    period: Period,
    regime: str = REGIME,
    dry_run: bool = False,
    home: Path | None = None,
) -> Loaded:
    """Read a workbook, read every definition back, and put it into the overlay of the home.

    Faulty rows are told and left out; the rest is loaded. Raises `WorkbookError`.
    """
    where = home or homes.current()
    overlay = where / homes.OVERLAY
    words = words_of.load(DATA, overlay if overlay.is_dir() else None)
    book = workbook.read(path, words)
    with writing.drafted(book, words, overlay=overlay, name=path.name, regime=regime) as draft:
        rows = _records(scope, draft, where, period)
        if not dry_run:
            kept = [{key: row[key] for key in _KEPT} for row in rows]
            writing.put(draft, overlay, source=path, now=now, report=kept)
            detail = {"file": path.name, "rows": len(rows), "errors": len(draft.errors)}
            audit.append(chain="", actor=scope.actor, action="装入指标库", detail=detail, now=now)
        return Loaded(rows, book.unknown, draft.carried, written=not dry_run)


_KEPT = ("sheet", "line", "name", "code", "state", "says", "lacking", "remarks", "errors")


def _records(
    scope: Scope, draft: writing.Drafted, home: Path, period: Period
) -> list[dict[str, Any]]:
    source = readback.recent_facts(home, draft.rules.facts)
    filters = filters_of(scope, figures_only=False)
    library = draft.library
    samples: dict[int, readback.Sample] = {}
    for at, row in enumerate(draft.rows):
        if not row.errors:
            version = _version(row, library)
            samples[at] = readback.sample(source, version, library, period, filters)
    named = readback.numbers(scope, list(samples.values()))
    return [
        {**_record(row, library), **readback.as_dict(samples.get(at, readback.Sample()), named)}
        for at, row in enumerate(draft.rows)
    ]


def _version(row: Definition, library: Library) -> Version:
    return next(
        v
        for v in reversed(library.indicators[row.code].versions)
        if (v.regime, v.valid_from) == (row.version["regime"], row.version["valid_from"])
    )


def _record(row: Definition, library: Library) -> dict[str, Any]:
    state = WRONG if row.errors else LACKING if row.lacking else COMPUTED
    says = ""
    if not row.errors:
        indicator = library.indicators[row.code]
        says = readback.sentence(indicator, _version(row, library), library)
    return {
        "sheet": row.line.sheet,
        "line": row.line.number,
        "name": row.name,
        "code": row.code,
        "state": state,
        "says": says,
        "lacking": list(dict.fromkeys(row.lacking)),
        "remarks": list(dict.fromkeys(row.remarks)),
        "errors": list(row.errors),
    }


def loaded(home: Path | None = None) -> Mapping[str, Mapping[str, Any]]:
    """Return the workbooks in the overlay of a home, by their short name."""
    return writing.loaded_in((home or homes.current()) / homes.OVERLAY)


def shown(scope: Scope, code: str, period: Period, *, home: Path | None = None) -> dict[str, Any]:
    """Return one loaded definition read back, with cases in and out that the scope shows.

    Raises `LookupError` for a code that no workbook brought.
    """
    rules = load_rulebook()
    indicator = rules.library.indicators.get(code)
    if indicator is None or not indicator.of_workbook:
        raise LookupError(f"本院指标库没有“{code}”")
    version = indicator.version(period.end) or indicator.versions[-1]
    source = readback.recent_facts(home or homes.current(), rules.facts)
    filters = filters_of(scope, figures_only=False)
    found = readback.sample(source, version, rules.library, period, filters)
    return {
        "code": code,
        "name": indicator.name,
        "says": readback.sentence(indicator, version, rules.library),
        "lacking": list(rules.library.needs(version)),
        **readback.as_dict(found, readback.numbers(scope, [found])),
    }


def remove(name: str, *, actor: str, now: datetime, home: Path | None = None) -> bool:
    """Take a workbook out of the overlay; False when there is none of that name."""
    overlay = (home or homes.current()) / homes.OVERLAY
    gone = writing.remove(overlay, writing.slug_of(name))
    if gone:
        audit.append(chain="", actor=actor, action="移除指标库", detail={"name": name}, now=now)
    return gone
