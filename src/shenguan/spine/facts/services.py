"""Keeping the fact archive: made anew, brought up to date by cursor, or recomputed as known on a day.

Facts can be thrown away at any time; `rebuild` and any number of `catch_up` give the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shenguan.base.ops.clock import day_of
from shenguan.rulebook import Rulebook, load
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Batch, Case, Event
from shenguan.spine.facts import archive
from shenguan.spine.facts.basis import basis, cases_moved
from shenguan.spine.facts.linking import all_links, links_around
from shenguan.spine.facts.making import CHUNK, made, processes_for
from shenguan.spine.facts.schema import schemas
from shenguan.spine.facts.shaping import split

SPILL_ROWS = 400_000
MOST_REPLACED = 0.5
"""Of more of the cases than this share, making the archive anew is cheaper than replacing their rows."""

Tables = Mapping[str, pa.Table]
Progress = Callable[[int, int], None]


class RegistryBehind(RuntimeError):  # noqa: N818 - it names the state of the registry
    """Cases haven't been folded up to the log; facts would miss links."""

    def __init__(self, count: int) -> None:
        super().__init__(f"有 {count} 个案件尚未跟上事件日志，请先让登记簿跟上日志后再更新事实表")


@dataclass(frozen=True)
class CaughtUp:
    """What a catch-up changed: the cases, and their rows before and after by table.

    `rebuilt` says that the whole archive was made anew (first time, or its basis changed); then
    `before` and `after` are empty.
    """

    position: int
    case_ids: tuple[int, ...] = ()
    before: Tables = field(default_factory=dict)
    after: Tables = field(default_factory=dict)
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Until:
    """Where a catch-up brings the archive: the place in the log, and what its rows rest on."""

    position: int
    basis: archive.Basis


@dataclass(frozen=True)
class Status:
    """Where the archive stands beside the log."""

    position: int
    head: int
    behind: int
    rows: Mapping[str, int]
    months: int
    current: bool
    built_at: str


def rebuild(home: Path, *, now: datetime, progress: Progress | None = None) -> archive.Manifest:
    """Make the archive anew from the whole log, in bounded memory; readers see the old one till then."""
    rulebook, on = load(), day_of(now)
    head, made_of = log.head(), basis(rulebook, on)
    _refuse_lagging(0)
    links = all_links(rulebook)
    case_ids = list(Case.objects.filter(visible=True).order_by("pk").values_list("pk", flat=True))
    spill = archive.Spill(home, SPILL_ROWS, split)
    chunks, done = links.in_disputes(case_ids, CHUNK), 0
    for count, tables in made(chunks, links, on, processes=processes_for(len(case_ids))):
        for name, rows in tables.items():
            spill.add(name, rows)
        done += count
        if progress:
            progress(done, len(case_ids))
    writer = archive.Writer(home, archive.manifest(home))
    for name, month, rows in spill.partitions():
        writer.write(name, month, rows)
    return writer.commit(position=head, basis=made_of, built_at=now.isoformat())


def catch_up(home: Path, *, now: datetime, progress: Progress | None = None) -> CaughtUp:
    """Bring the archive up to the log: the cases with news and those their links touch.

    Raises `RegistryBehind` while the fold lags. Safe to stop anywhere and to run twice.
    """
    rulebook, on = load(), day_of(now)
    before, made_of = archive.manifest(home), basis(rulebook, on)
    if before is None or before.basis.rulebook != made_of.rulebook:
        return CaughtUp(rebuild(home, now=now, progress=progress).position, rebuilt=True)
    moved = cases_moved(before.basis, made_of, rulebook)
    if len(moved) > before.rows("case") * MOST_REPLACED:
        return CaughtUp(rebuild(home, now=now, progress=progress).position, rebuilt=True)
    head = log.head()
    _refuse_lagging(before.position)
    until = Until(head, made_of)
    news = moved.union(with_news(before.position))
    if not news:
        return _nothing_new(home, before, until)
    return _replace(home, before, news, rulebook, now=now, until=until, progress=progress)


def status(home: Path, *, on: date) -> Status:
    """Return where the archive stands."""
    found = archive.manifest(home)
    rows = {name: found.rows(name) if found else 0 for name in schemas()}
    position = found.position if found else 0
    return Status(
        position=position,
        head=log.head(),
        behind=len(with_news(position)),
        rows=rows,
        months=len(found.parts.get("case", {})) if found else 0,
        current=found is not None and found.basis == basis(load(), on),
        built_at=found.built_at if found else "",
    )


def with_news(position: int) -> list[int]:
    """Return the cases of which the log says something that counts behind a position."""
    batches = Batch.objects.filter(landed_position__gt=position).values_list("pk", flat=True)
    events = Event.objects.filter(case__isnull=False).order_by()
    single = events.filter(batch=None, position__gt=position).values_list("case_id", flat=True)
    found = set(single.distinct())
    for batch in batches:
        found |= set(events.filter(batch=batch).values_list("case_id", flat=True).distinct())
    return sorted(found)


def _replace(
    home: Path,
    before: archive.Manifest,
    news: set[int],
    rulebook: Rulebook,
    *,
    now: datetime,
    until: Until,
    progress: Progress | None,
) -> CaughtUp:
    old_months, companions = _standing(home, before, news)
    links, members = links_around(news | companions, rulebook)
    for month, held in _standing(home, before, members)[0].items():
        old_months.setdefault(month, set()).update(held)
    fresh: dict[str, dict[str, list[pa.Table]]] = {name: {} for name in schemas()}
    done = 0
    chunks = links.in_disputes(sorted(members), CHUNK)
    processes = processes_for(len(members))
    for count, tables in made(chunks, links, day_of(now), processes=processes):
        for name, rows in tables.items():
            for month, part in split(rows).items():
                fresh[name].setdefault(month, []).append(part)
        done += count
        if progress:
            progress(done, len(members))
    writer = archive.Writer(home, before)
    writer.keep(before)
    swapped = _swap(home, before, writer, members, set(old_months), fresh)
    made_anew = until.basis != before.basis  # another state, though the log may say nothing new
    built_at = now.isoformat() if made_anew else before.built_at
    writer.commit(position=until.position, basis=until.basis, built_at=built_at)
    return CaughtUp(until.position, tuple(sorted(members)), *swapped)


def _swap(
    home: Path,
    before: archive.Manifest,
    writer: archive.Writer,
    members: Collection[int],
    old_months: set[str],
    fresh: dict[str, dict[str, list[pa.Table]]],
) -> tuple[Tables, Tables]:
    """Write the partitions touched; return the rows taken out and put in, by table."""
    ids = pa.array(sorted(members), pa.int64())
    gone: dict[str, pa.Table] = {}
    new: dict[str, pa.Table] = {}
    for name, schema in schemas().items():
        out, put = [schema.empty_table()], [schema.empty_table()]
        for month in sorted(old_months | fresh[name].keys()):
            kept = []
            part = before.parts.get(name, {}).get(month)
            if part is not None:
                held = pq.read_table(archive.folder(home) / part.file, partitioning=None)
                ours = pc.is_in(held["case_id"], ids)
                out.append(held.filter(ours))
                kept.append(held.filter(pc.invert(ours)))
            added = fresh[name].get(month, [])
            put += added
            if added or (kept and kept[0].num_rows < part.rows if part else False):
                writer.write(name, month, pa.concat_tables([*kept, *added]))
        gone[name], new[name] = pa.concat_tables(out), pa.concat_tables(put)
    return gone, new


def _standing(
    home: Path, before: archive.Manifest, case_ids: Collection[int]
) -> tuple[dict[str, set[int]], set[int]]:
    """Return where these cases stand in the archive, and every case of their disputes there."""
    ids = pa.array(sorted(case_ids), pa.int64())
    months: dict[str, set[int]] = {}
    disputes: set[int] = set()
    parts = before.parts.get("case", {})
    read = {
        month: pq.read_table(
            archive.folder(home) / part.file, columns=["case_id", "dispute"], partitioning=None
        )
        for month, part in parts.items()
    }
    for month, table in read.items():
        held = table.filter(pc.is_in(table["case_id"], ids))
        if held.num_rows:
            months[month] = set(held["case_id"].to_pylist())
            disputes |= set(held["dispute"].to_pylist())
    wanted = pa.array(sorted(disputes), pa.int64())
    together = (t.filter(pc.is_in(t["dispute"], wanted))["case_id"] for t in read.values())
    return months, {case_id for found in together for case_id in found.to_pylist()}


def _nothing_new(home: Path, before: archive.Manifest, until: Until) -> CaughtUp:
    if until != Until(before.position, before.basis):
        writer = archive.Writer(home, before)
        writer.keep(before)
        writer.commit(position=until.position, basis=until.basis, built_at=before.built_at)
    return CaughtUp(until.position)


def _refuse_lagging(position: int) -> None:
    lagging = len(list(log.behind(position)))
    if lagging:
        raise RegistryBehind(lagging)
