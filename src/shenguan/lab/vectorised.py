"""Large fact tables at once: numpy draws with the simulator's shares, lengths and limits.

For measuring only. Each chunk is some courts' cases, so files come sorted by court, then day of filing. What the
columns derive from each other (months, lengths, due dates, in time or not) follows the same rules as the fold;
a test rebuilds event logs from the drawn days and compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shenguan import rulebook
from shenguan.core.indicator.facttable import CodeTables, FactTable
from shenguan.core.indicator.period import day_number
from shenguan.lab.simulate import parameters
from shenguan.lab.simulate.tracks import Shares, Track
from shenguan.spine.facts.schema import schema_of

Column = NDArray[Any]
Draw = dict[str, Column]
NEVER = np.iinfo(np.int32).min
"""Stands for "no day" until the table is made."""
CHUNK = 250_000
ROW_GROUP = 122_880
JUDGES_A_DIVISION = 10


@dataclass(frozen=True, slots=True)
class World:
    """What to draw: cases filed in `[first, last]` and looked at on `last`; 50 judges a court by default."""

    cases: int
    courts: int = 400
    judges: int = 50
    first: date = date(2024, 1, 1)
    last: date = date(2025, 12, 31)
    seed: int = 20_260_101


@dataclass(frozen=True)
class _Ways:
    """Tracks with the share of cases that go each way."""

    tracks: tuple[Track, ...]
    shares: NDArray[np.float64]
    codes: CodeTables
    table: Mapping[str, NDArray[np.int32]] = field(default_factory=dict)


def ways(codes: CodeTables) -> _Ways:
    """Return the ways cases of a basic court go, by the shares of `BASIC_TYPES`."""
    tracks: list[Track] = []
    shares: list[float] = []
    profile = parameters.NATIONAL
    inner: Mapping[str, Shares] = {
        "民初": {
            "小额诉讼程序": profile.small,
            "简易程序": 1 - profile.small - profile.ordinary,
            "普通程序": profile.ordinary,
        },
        "刑初": {
            "速裁程序": profile.swift_crime,
            "简易程序": 1 - profile.swift_crime - profile.ordinary_crime,
            "普通程序": profile.ordinary_crime,
        },
        "行初": {"普通程序": 0.7, "简易程序": 0.3},
    }
    for type_code, share in parameters.BASIC_TYPES.items():
        own = [track for (code, _), track in parameters.TRACKS.items() if code == type_code]
        for track in own:
            part = inner.get(type_code, {}).get(track.procedure, 1 / len(own))
            tracks.append(track)
            shares.append(share * part)
    total = np.array(shares)
    return _Ways(tuple(tracks), total / total.sum(), codes, _codes_of(tracks, codes))


def _codes_of(tracks: Sequence[Track], codes: CodeTables) -> dict[str, NDArray[np.int32]]:
    types = rulebook.load().codes.case_types

    def numbers(table: str, names: Sequence[str]) -> NDArray[np.int32]:
        known = codes.tables[table]
        return np.array([known.get(name, 0) for name in names], np.int32)

    return {
        "case_type": numbers("类型代字", [t.type_code for t in tracks]),
        "case_class": numbers("类别", [types[t.type_code].case_class for t in tracks]),
        "instance": numbers("审级", [types[t.type_code].instance for t in tracks]),
        "procedure": numbers("程序", [t.procedure for t in tracks]),
    }


def generate(world: World) -> Iterator[Draw]:
    """Yield columns chunk by chunk, courts ascending, each court's cases by day of filing."""
    known = ways(rulebook.load().facts.codes)
    dice = np.random.default_rng(world.seed)
    per_court = np.full(world.courts, world.cases // world.courts)
    per_court[: world.cases % world.courts] += 1
    done, court = 0, 0
    while court < world.courts:
        last = court + 1
        while last < world.courts and per_court[court : last + 1].sum() <= CHUNK:
            last += 1
        courts = np.repeat(np.arange(court + 1, last + 1), per_court[court:last])
        drawn = _cases(world, known, dice, courts.astype(np.int64), done)
        yield drawn
        done += len(courts)
        court = last


def write(world: World, folder: Path) -> dict[str, list[str]]:
    """Write cases and their pauses as Parquet; return the files by fact table."""
    facts = rulebook.load().facts
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[str, list[str]] = {"case": [], "interval": []}
    for number, drawn in enumerate(generate(world)):
        paused = pauses_of(drawn, day_number(world.last))
        for name, columns in (("case", drawn), ("interval", paused)):
            path = folder / f"{name}-{number:04d}.parquet"
            table = as_table(columns, facts.table(name))
            pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)
            paths[name].append(str(path))
    return paths


def pauses_of(drawn: Draw, last: int) -> Draw:
    """Return the columns of the pauses, open ones without an end."""
    mine = np.flatnonzero((drawn["paused_on"] != NEVER) & (drawn["paused_on"] <= last))
    found = {name: drawn[name][mine] for name in ("case_id", "court", "judge", "case_class")}
    start, end = drawn["paused_on"][mine], drawn["paused_until"][mine]
    end = np.where(end > last, NEVER, end)
    days = np.where(end == NEVER, 0, end - start)
    dates = {"start_on": start, "start_month": months_of(start), "end_on": end, "days": days}
    everywhere = np.ones(len(mine), bool)
    return found | dates | {"counted": everywhere, "statutory": everywhere}


def _cases(
    world: World, known: _Ways, dice: np.random.Generator, courts: NDArray[np.int64], done: int
) -> Draw:
    size = len(courts)
    filed = _days(world, dice, size)
    filed = filed[np.lexsort((filed, courts))]
    way = dice.choice(len(known.tracks), size, p=known.shares).astype(np.int32)
    drawn: Draw = {name: values[way] for name, values in known.table.items()}
    drawn["case_id"] = np.arange(done + 1, done + size + 1, dtype=np.int64)
    drawn["court"] = courts
    _people(drawn, dice, courts, world)
    _time(drawn, dice, known, way, filed, day_number(world.last))
    _handling(drawn, dice, known, way)
    return drawn


def _days(world: World, dice: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Days of filing by the simulator's weights of the months."""
    first, last = day_number(world.first), day_number(world.last)
    days = np.arange(first, last + 1)
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    weights = np.array(parameters.MONTH_WEIGHTS)[months]
    return dice.choice(days, size, p=weights / weights.sum())


def _people(
    drawn: Draw, dice: np.random.Generator, courts: NDArray[np.int64], world: World
) -> None:
    size = len(courts)
    own = dice.integers(0, world.judges, size)
    first = np.where(
        dice.random(size) < parameters.REASSIGNED, dice.integers(0, world.judges, size), own
    )
    base = courts * 1000
    drawn["judge"], drawn["filed_judge"] = base + own, base + first
    drawn["division"] = base + own // JUDGES_A_DIVISION
    drawn["filed_division"] = base + first // JUDGES_A_DIVISION
    drawn["reassignments"] = (own != first).astype(np.int32)
    drawn["confidentiality"] = (dice.random(size) < 0.002).astype(np.int32)
    drawn["by_leader"] = own % JUDGES_A_DIVISION == 0


def _time(
    drawn: Draw,
    dice: np.random.Generator,
    known: _Ways,
    way: NDArray[np.int32],
    filed: NDArray[np.int64],
    last: int,
) -> None:
    """Filing, pauses, extension, closing and the due date; what lies after `last` hasn't happened."""
    size = len(way)
    paused_after, paused_days = _pauses(dice, known, way)
    median = np.array([t.median for t in known.tracks])[way]
    spread = np.array([t.spread for t in known.tracks])[way]
    worked = np.maximum(1, np.exp(np.log(median) + spread * dice.standard_normal(size))).astype(int)
    months = np.array([t.months for t in known.tracks])[way]
    days = np.array([t.days for t in known.tracks])[way]
    more = np.array([t.more for t in known.tracks])[way]
    limited = (months > 0) | (days > 0)
    extended = (
        limited & (more > 0) & (months > 0) & (worked > months * 30) & (dice.random(size) < 0.6)
    )
    base = np.where(
        months > 0, add_months(filed, months + np.where(extended, more, 0)), filed + days
    )
    paused = (paused_days > 0) & (paused_after < worked) & (paused_after <= base - filed)
    stuck = dice.random(size) < parameters.STUCK_SHARE
    closed = filed + worked + np.where(paused, paused_days, 0) + np.where(stuck, 3650, 0)
    happened = paused & (filed + paused_after + paused_days <= last)
    excluded = np.where(happened, paused_days, 0)
    closed = np.where(closed > last, NEVER, closed)
    still_open = paused & ~happened & (filed + paused_after <= last)
    due = np.where(limited & ~still_open, base + excluded, NEVER)
    drawn |= {
        "paused_on": np.where(paused, filed + paused_after, NEVER),
        "paused_until": np.where(paused, filed + paused_after + paused_days, NEVER),
        "filed_on": filed.astype(np.int32),
        "closed_on": closed.astype(np.int32),
        "legal_end_on": closed.astype(np.int32),
        "due_on": due.astype(np.int32),
        "assigned_on": (filed + 1).astype(np.int32),
        "received_on": (filed - dice.integers(0, 7, size)).astype(np.int32),
        "excluded_days": excluded.astype(np.int32),
        "was_excluded": paused & (filed + paused_after <= last),
        "was_extended": extended,
        "extensions": extended.astype(np.int32),
        "limit_days": np.where(limited, base - filed, 0).astype(np.int32),
        "archived_on": _archived(dice, closed, last),
    }
    derive(drawn)


def _archived(dice: np.random.Generator, closed: NDArray[np.int64], last: int) -> Column:
    archived = closed + dice.integers(5, 60, len(closed))
    return np.where((closed == NEVER) | (archived > last), NEVER, archived).astype(np.int32)


def derive(drawn: Draw) -> None:
    """Fill the columns that follow from others, as the fold does."""
    filed, closed, due = drawn["filed_on"], drawn["closed_on"], drawn["due_on"]
    end = drawn["legal_end_on"]
    is_closed = closed != NEVER
    drawn |= {
        "filed_month": months_of(filed),
        "closed_month": months_of(closed),
        "is_closed": is_closed,
        "has_due": due != NEVER,
        "in_time": is_closed & (due != NEVER) & (end <= due),
        "gross_days": np.where(is_closed, closed - filed, 0).astype(np.int32),
        "net_days": np.where(is_closed, end - filed - drawn["excluded_days"], 0).astype(np.int32),
        "closed_month_end": is_closed & (_days_left_in_month(closed) < 7),
    }


def _pauses(
    dice: np.random.Generator, known: _Ways, way: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """At most one pause a case: after how many days, how long (0: none)."""
    usual = [[p for p in t.pauses if not p.causes] for t in known.tracks]
    shares = np.array([sum(p.share for p in pauses) for pauses in usual])[way]
    shortest = np.array([min((p.shortest for p in pauses), default=0) for pauses in usual])[way]
    longest = np.array([max((p.longest for p in pauses), default=0) for pauses in usual])[way]
    length = shortest + (dice.random(len(way)) * (longest - shortest + 1)).astype(int)
    has = dice.random(len(way)) < shares
    return dice.integers(3, 30, len(way)), np.where(has, length, 0)


def _handling(drawn: Draw, dice: np.random.Generator, known: _Ways, way: NDArray[np.int32]) -> None:
    size = len(way)
    closed = drawn["is_closed"]

    def some(share: float) -> Column:
        return dice.random(size) < share

    hearing = np.array([t.hearing for t in known.tracks])[way]
    panel = np.array([t.panel for t in known.tracks])[way]
    heard = dice.random(size) < hearing
    collegial = dice.random(size) < panel
    drawn |= {
        "disposition": np.where(closed, _outcomes(dice, known, way), 0).astype(np.int32),
        "initial_procedure": drawn["procedure"],
        "hearings": (heard + (heard & some(parameters.SECOND_HEARING))).astype(np.int32),
        "with_panel": collegial,
        "single_judge": ~collegial,
        "with_assessor": collegial & some(0.6),
        "announced_in_court": closed & heard & some(0.4),
        "served_by_notice": some(0.06),
        "served_electronically": some(0.7),
        "documented": closed & some(1 - parameters.UNDOCUMENTED),
        "published": closed & some(0.5),
        "filed_online": some(0.5),
        "can_mediate": drawn["case_class"] == known.codes.code("类别", "民事"),
        "amount": np.exp(dice.normal(15, 1.5, size)).astype(np.int64),
        "was_appealed": closed & heard & some(parameters.NATIONAL.appealed),
        "is_root": ~some(0.1),
        "chain_length": (1 + some(0.2)).astype(np.int32),
        "went_to_enforcement": closed & some(0.2),
        "petitions": some(0.004).astype(np.int32),
    }
    drawn["dispute"] = drawn["case_id"]
    drawn["chain_length"] = np.where(drawn["is_root"], drawn["chain_length"], 0).astype(np.int32)
    drawn["appealed_on"] = np.where(drawn["was_appealed"], drawn["closed_on"] + 10, NEVER)
    drawn["appealed_month"] = months_of(drawn["appealed_on"])
    upset = drawn["was_appealed"] & some(0.12)
    drawn["appeal_result"] = np.where(drawn["was_appealed"], np.where(upset, 2, 1), 0)


def _outcomes(dice: np.random.Generator, known: _Ways, way: NDArray[np.int32]) -> NDArray[np.int32]:
    table = known.codes.tables["结案方式"]
    found = np.zeros(len(way), np.int32)
    for at, track in enumerate(known.tracks):
        mine = np.flatnonzero(way == at)
        names = list(track.outcomes) or ["其他"]
        shares = np.array(list(track.outcomes.values()) or [1.0])
        codes = np.array([table.get(name, table["其他"]) for name in names], np.int32)
        found[mine] = dice.choice(codes, len(mine), p=shares / shares.sum())
    return found


def add_months(days: NDArray[np.int64], months: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the days `months` later; no such day: the last of the month (民法典 第202条)."""
    dates = days.astype("datetime64[D]")
    start = dates.astype("datetime64[M]")
    target = start + months.astype("timedelta64[M]")
    in_month = dates - start.astype("datetime64[D]")
    last = (target + 1).astype("datetime64[D]") - target.astype("datetime64[D]") - 1
    found = target.astype("datetime64[D]") + np.minimum(in_month, last)
    days_of: NDArray[np.int64] = found.astype("datetime64[D]").astype(np.int64)
    return days_of


def months_of(days: Column) -> NDArray[np.int32]:
    """Return `year*12 + month - 1` of day numbers, `NEVER` of `NEVER`."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return np.where(days == NEVER, NEVER, months).astype(np.int32)


def _days_left_in_month(days: Column) -> Column:
    dates = days.astype("datetime64[D]")
    after = (dates.astype("datetime64[M]") + 1).astype("datetime64[D]")
    left: Column = (after - dates).astype(np.int64) - 1
    return left


def as_table(drawn: Draw, table: FactTable) -> pa.Table:
    """Return every declared column: as drawn, else none, 0 or false."""
    schema = schema_of(table)
    size = len(drawn["case_id"])
    arrays = [_array(drawn.get(f.name), f, size, table) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(values: Column | None, target: pa.Field, size: int, table: FactTable) -> pa.Array:
    if values is None:
        empty = None if target.nullable else (False if pa.types.is_boolean(target.type) else 0)
        return pa.array([empty], target.type).take(pa.array(np.zeros(size, np.int32)))
    if target.nullable:
        return pa.array(values, mask=values == NEVER).cast(target.type)
    return pa.array(values).cast(target.type)
