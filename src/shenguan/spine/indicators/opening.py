"""Opening facts and cube of a home: one engine a process for each state of the files.

Figures and their drill-down read the same Parquet at one log position, which is shown beside the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import pyarrow as pa
from sqlglot import exp

from shenguan.core.indicator.compile.sql import case_when, fact_relation, integer, total
from shenguan.core.indicator.facttable import Column, Facts
from shenguan.core.indicator.model import Library
from shenguan.rulebook import Rulebook
from shenguan.spine.facts import archive
from shenguan.spine.facts.knowing import facts_as_known
from shenguan.spine.facts.schema import schema_of
from shenguan.spine.indicators import store
from shenguan.spine.indicators.engines import Engine, engine
from shenguan.spine.indicators.sources import CubeSource, FactSource, Source


@dataclass(frozen=True, slots=True)
class Opened:
    """Something to ask figures of. `position` is the log position of its facts, `known` the as-known day.

    `library` is the rulebook's, less what nothing in these facts feeds.
    """

    source: Source
    facts: FactSource
    position: int
    library: Library
    known: date | None = None


MOST_HELD = 1_000_000
"""Fact rows that a process holds: those of some 200,000 cases, in about 25 MB."""
_opened: dict[tuple[object, ...], Opened] = {}
_lock = Lock()


def opened(home: Path, rulebook: Rulebook, *, as_known: date | None = None) -> Opened:
    """Return the figures of a home as they stand, or as they were known at the end of a day.

    Builds the cube where it is missing, of other definitions, or behind the facts.
    """
    if as_known is not None:
        return _as_known(rulebook, as_known)
    state = archive_state(home)
    library = rulebook.library
    with _lock:
        manifest = store.read_manifest(home)
        key = (home, state, manifest and (manifest.folder, manifest.changes), id(library))
        if key not in _opened:
            _opened.clear()
            made = facts_engine(home, rulebook.facts, held=True)
            current = _current_cube(home, made, library, manifest, state)
            passes = store.open_cube(home, current, made)
            facts = FactSource(made)
            fed = library.without(unfed(made, rulebook.facts))
            _opened[key] = Opened(CubeSource(made, passes, facts), facts, state[0], fed)
        return _opened[key]


def archive_state(home: Path) -> tuple[int, str]:
    """Return the log position of the fact archive and when it was last made anew."""
    found = archive.manifest(home)
    return (found.position, found.built_at) if found else (0, "")


def _current_cube(
    home: Path,
    made: Engine,
    library: Library,
    manifest: store.Manifest | None,
    state: tuple[int, str],
) -> store.Manifest:
    wanted = store.definitions_hash(store.stored_atoms(library))
    if manifest and (manifest.definitions, manifest.position, manifest.built_at) == (
        wanted,
        *state,
    ):
        return manifest
    return store.build(home, made, library, position=state[0], built_at=state[1])


def facts_engine(home: Path, facts: Facts, *, held: bool = False) -> Engine:
    """Return an engine that knows the fact tables of a home; a table without files is empty.

    `held`: asked again and again, so what isn't too large is held in memory.
    """
    made = engine()
    found = archive.manifest(home)
    held = held and found is not None and sum(map(found.rows, facts.tables)) <= MOST_HELD
    place = made.hold if held else made.put_parquet
    for table in facts.tables.values():
        files: Sequence[str] = [str(path) for path in archive.files(home, table.name)]
        if files:
            place(files, f"fact_{table.name}")
        else:
            made.put(schema_of(table).empty_table(), f"fact_{table.name}")
    return made


def unfed(made: Engine, facts: Facts) -> list[Column]:
    """Return the optional columns that are true of no row: this installation doesn't record them."""
    found = []
    for table in facts.tables.values():
        columns = [column for column in table.columns.values() if column.optional]
        if columns:
            sums = [total(case_when(exp.column(c.column), integer(1)), c.column) for c in columns]
            row = made.run(exp.select(*sums).from_(fact_relation(table)))
            found += [c for c in columns if not row.column(c.column)[0].as_py()]
    return found


def _as_known(rulebook: Rulebook, day: date) -> Opened:
    made = engine()
    chunks = list(facts_as_known(day))
    for table in rulebook.facts.tables.values():
        parts = [chunk[table.name] for chunk in chunks if table.name in chunk]
        rows = pa.concat_tables(parts) if parts else schema_of(table).empty_table()
        made.put(rows, f"fact_{table.name}")
    source = FactSource(made)
    return Opened(source, source, 0, rulebook.library.without(unfed(made, rulebook.facts)), day)
