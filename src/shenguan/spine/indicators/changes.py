"""Changes to the stored cube: new minus old of the cases that changed, and their folding.

Change files lie beside a base. A number of them is merged into one; only when that has grown to a good part of
the base is the base written anew, so that the cost of a change doesn't follow the size of the cube.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from shenguan.core.indicator.compile.cube import Pass, passes_of
from shenguan.core.indicator.compile.rollup import merged
from shenguan.core.indicator.compile.sql import integer
from shenguan.core.indicator.grain import PILOT
from shenguan.core.indicator.model import Library
from shenguan.spine.indicators.engines.duckdb import DuckEngine
from shenguan.spine.indicators.store import (
    FOLDER,
    GRAINS,
    Manifest,
    cube_tree,
    definitions_hash,
    files_of,
    ordered,
    read_manifest,
    stored_atoms,
    sweep,
    write_manifest,
)

MOST_CHANGES = 30
"""Change files beside a base before they are merged."""
LARGE_SHARE = 3
"""The base is written anew when the changes are more than one part in so many of it."""
BEFORE, AFTER = "rows_before", "rows_after"


def update(
    home: Path,
    library: Library,
    before: Mapping[str, pa.Table],
    after: Mapping[str, pa.Table],
    *,
    position: int,
    built_at: str = "",
) -> Manifest:
    """Add what changed: `after` minus `before` of the same cases, fact table → rows.

    `position` and `built_at` (as it was, where not given) say which state of the fact archive that makes.
    Costs by what changed, never by what lies there. Raises `LookupError` where there is no cube of these
    definitions to add to.
    """
    manifest = read_manifest(home)
    atoms = stored_atoms(library)
    if manifest is None or manifest.definitions != definitions_hash(atoms):
        raise LookupError("还没有这一版口径的汇总数据，请先重建")
    folder, number = home / FOLDER / manifest.folder, manifest.changes + 1
    made = DuckEngine(threads=1)
    for fused in passes_of(atoms):
        table = fused.atoms[0].table
        assert table is not None
        if table.name not in before and table.name not in after:
            continue
        difference(made, fused, before.get(table.name), after.get(table.name))
        for grain in GRAINS:
            name = f"{grain}_{fused.name}-{number:06d}.parquet"
            made.write(_grained(grain, fused), folder / name)
    fresh = replace(
        manifest, position=position, built_at=built_at or manifest.built_at, changes=number
    )
    if number >= MOST_CHANGES:
        fresh = fold_changes(home, fresh)
    write_manifest(home, fresh)
    if fresh.folder != manifest.folder:
        sweep(home, {fresh.folder, manifest.folder})
    return fresh


def difference(
    made: DuckEngine, fused: Pass, before: pa.Table | None, after: pa.Table | None
) -> None:
    """Leave the change of one pass at the pilot grain as relation `change`; what stays equal isn't in it."""
    any_rows = before if before is not None else after
    assert any_rows is not None
    empty = any_rows.schema.empty_table()
    for rows, name in ((before, BEFORE), (after, AFTER)):
        made.lend((empty if rows is None else rows).select(_columns_read(fused)), name)
    made.keep(_difference(fused), "change")
    for name in (BEFORE, AFTER):
        made.give_back(name)


@cache
def _columns_read(fused: Pass) -> list[str]:
    """English columns a pass reads, so that no others are looked at."""
    named = {found.name for found in cube_tree(fused, "pilot").find_all(exp.Column)}
    table = fused.atoms[0].table
    assert table is not None
    return [c.column for c in table.columns.values() if c.column in named]


@cache
def _difference(fused: Pass) -> str:
    """SQL of `after` minus `before` at the pilot grain, without the groups in which nothing changed."""
    keys = [exp.column(name) for name in (*PILOT, "month")]
    less = [exp.alias_(exp.Neg(this=exp.column(code)), code) for code in fused.codes]
    gone = exp.select(*keys, *less).from_(cube_tree(fused, "pilot", BEFORE).subquery("gone"))
    both = exp.union(cube_tree(fused, "pilot", AFTER), gone, distinct=False)
    merging = merged([both.subquery("both")], PILOT, fused.codes)
    changed = [exp.NEQ(this=exp.column(code), expression=integer(0)) for code in fused.codes]
    tree = exp.select("*").from_(merging.subquery("merging")).where(exp.or_(*changed))
    return tree.sql("duckdb")


@cache
def _grained(grain: str, fused: Pass) -> str:
    if grain == "pilot":
        return "SELECT * FROM change"
    return merged(["change"], GRAINS[grain], fused.codes).sql("duckdb")


def fold_changes(home: Path, manifest: Manifest, *, whole: bool | None = None) -> Manifest:
    """Merge the change files into one, or all into a new base; return the manifest that says so.

    `whole` writes a new base or doesn't; left open, it goes by how much the changes have become.
    """
    old = home / FOLDER / manifest.folder
    generation = manifest.generation + 1
    folder = home / FOLDER / f"{manifest.definitions}-{generation}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    whole = _grown(old) if whole is None else whole
    made = DuckEngine()
    for name, codes in manifest.passes.items():
        for grain, dimensions in GRAINS.items():
            base, *changes = files_of(old, f"{grain}_{name}")
            if whole:
                made.put_parquet([base, *changes], "parts")
                tree = ordered(merged(["parts"], dimensions, codes), dimensions)
                made.write(tree, folder / f"{grain}_{name}.parquet")
                continue
            _share(Path(base), folder / f"{grain}_{name}.parquet")
            if changes:
                made.put_parquet(changes, "parts")
                made.write(
                    merged(["parts"], dimensions, codes), folder / f"{grain}_{name}-000001.parquet"
                )
    changes_left = 0 if whole else 1
    return replace(manifest, folder=folder.name, changes=changes_left, generation=generation)


def _grown(folder: Path) -> bool:
    """Whether the changes have become a good part of what lies there."""
    sizes: dict[bool, int] = {True: 0, False: 0}
    for path in folder.glob("*.parquet"):
        sizes["-" in path.stem] += path.stat().st_size
    return sizes[True] * LARGE_SHARE > sizes[False]


def _share(path: Path, target: Path) -> None:
    """The base is never written to again, so both folders can hold the one file."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)
