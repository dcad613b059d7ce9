"""The Parquet archive of the facts: `$SHENGUAN_HOME/facts/<table>/month=YYYYMM/<generation>.parquet`.

`manifest.json` names the files that count and the place in the log they reflect. A change writes new
files beside the old ones, then the manifest in one rename, then removes what nothing names any more:
whatever stops half-way, a reader sees one whole state. Partitions are months of filing (`0`: unknown).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shenguan.spine.facts.schema import in_order, schemas

FOLDER, MANIFEST, BUILDING = "facts", "manifest.json", ".building"
FORMAT = 1
ROW_GROUP = 128 * 1024

Parted = Mapping[str, pa.Table]
"""Rows by partition."""

Parts = dict[str, dict[str, "Part"]]
"""Table → partition (`202603`) → its file."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its path under `facts/`, and its rows."""

    file: str
    rows: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What rows were made of besides the log: a digest of the rulebook, and by court of what it has chosen."""

    rulebook: str = ""
    courts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """What the archive holds: up to which position of the log, made of what."""

    position: int = 0
    basis: Basis = field(default_factory=Basis)
    generation: int = 0
    built_at: str = ""
    parts: Parts = field(default_factory=dict)

    def rows(self, table: str) -> int:
        """Return how many rows a table holds."""
        return sum(part.rows for part in self.parts.get(table, {}).values())


def folder(home: Path) -> Path:
    """Return where the archive of an installation lies."""
    return home / FOLDER


def manifest(home: Path) -> Manifest | None:
    """Return the manifest in force, None where there is no archive (or one of another format)."""
    path = folder(home) / MANIFEST
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return _read_manifest(path, (told.st_mtime_ns, told.st_ino, told.st_size))


@lru_cache(maxsize=4)
def _read_manifest(path: Path, _stamp: tuple[int, int, int]) -> Manifest | None:
    """Read a manifest once for each time it was put in place: every page asks for it."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    if read.get("format") != FORMAT:
        return None
    parts = {
        table: {month: Part(**part) for month, part in listed.items()}
        for table, listed in read["tables"].items()
    }
    made_of = Basis(read["basis"], read.get("courts", {}))
    return Manifest(read["position"], made_of, read["generation"], read["built_at"], parts)


def position(home: Path) -> int:
    """Return the place in the log that the archive reflects, 0 where there is none."""
    found = manifest(home)
    return found.position if found else 0


def files(home: Path, table: str) -> list[Path]:
    """Return the files of a table that count, by month of filing."""
    found = manifest(home)
    listed = found.parts.get(table, {}) if found else {}
    return [folder(home) / listed[month].file for month in sorted(listed)]


def fits(home: Path) -> bool:
    """Tell whether the files have the columns of this version; an empty archive fits."""
    return all(
        pq.read_schema(found[0]).names == schema.names
        for table, schema in schemas().items()
        if (found := files(home, table))
    )


def read(home: Path, table: str, columns: list[str] | None = None) -> pa.Table:
    """Return a whole table of the archive, sorted within each month of filing."""
    found = [pq.read_table(file, columns=columns, partitioning=None) for file in files(home, table)]
    schema = schemas()[table]
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    return pa.concat_tables(found) if found else schema.empty_table()


class Writer:
    """Writes one new state of the archive; nothing of it counts before `commit`."""

    def __init__(self, home: Path, before: Manifest | None) -> None:
        self._root = folder(home)
        self._before = before or Manifest()
        self.generation = self._before.generation + 1
        self._parts: Parts = {}

    def keep(self, before: Manifest) -> None:
        """Begin with everything the archive held."""
        self._parts = {table: dict(listed) for table, listed in before.parts.items()}

    def write(self, table: str, month: str, rows: pa.Table) -> None:
        """Replace one partition by these rows, put into order; without rows it goes."""
        listed = self._parts.setdefault(table, {})
        listed.pop(month, None)
        if not rows.num_rows:
            return
        name = f"{table}/month={month}/{self.generation}.parquet"
        _write_parquet(self._root / name, in_order(table, rows))
        listed[month] = Part(name, rows.num_rows)

    def commit(self, *, position: int, basis: Basis, built_at: str) -> Manifest:
        """Let the new state count, then remove what it doesn't name."""
        made = Manifest(position, basis, self.generation, built_at, self._parts)
        _write_manifest(self._root, made)
        _sweep(self._root, made)
        return made


def _write_parquet(path: Path, rows: pa.Table) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    pq.write_table(rows, draft, compression="zstd", row_group_size=ROW_GROUP)
    draft.replace(path)


def _write_manifest(root: Path, made: Manifest) -> None:
    text = json.dumps(
        {
            "format": FORMAT,
            "position": made.position,
            "basis": made.basis.rulebook,
            "courts": made.basis.courts,
            "generation": made.generation,
            "built_at": made.built_at,
            "tables": {
                table: {
                    month: {"file": part.file, "rows": part.rows}
                    for month, part in sorted(listed.items())
                }
                for table, listed in made.parts.items()
            },
        },
        ensure_ascii=False,
        indent=1,
    )
    root.mkdir(parents=True, exist_ok=True)
    draft = root / (MANIFEST + ".tmp")
    with draft.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(root / MANIFEST)


def _sweep(root: Path, made: Manifest) -> None:
    named = {root / part.file for listed in made.parts.values() for part in listed.values()}
    for path in root.glob("*/month=*/*"):
        if path not in named:
            path.unlink(missing_ok=True)
    for partition in root.glob("*/month=*"):
        if not any(partition.iterdir()):
            partition.rmdir()


class Spill:
    """Rows waiting by table and month: in memory up to `limit` rows, the rest on disk.

    So that a rebuild of any size needs no more memory than its largest month.
    """

    def __init__(self, home: Path, limit: int, split: Callable[[pa.Table], Parted]) -> None:
        self._root = folder(home) / BUILDING
        self._limit, self._held, self._pieces = limit, 0, 0
        self._split = split
        self._waiting: dict[str, list[pa.Table]] = {}
        self._spilt: dict[tuple[str, str], list[Path]] = {}
        shutil.rmtree(self._root, ignore_errors=True)

    def add(self, table: str, rows: pa.Table) -> None:
        """Add rows of any month."""
        self._waiting.setdefault(table, []).append(rows)
        self._held += rows.num_rows
        if self._held > self._limit:
            self._flush()

    def partitions(self) -> Iterator[tuple[str, str, pa.Table]]:
        """Yield (table, month, all its rows) and let go of them, then of the folder."""
        kept = {
            (table, month): rows
            for table, waiting in self._waiting.items()
            for month, rows in self._split(pa.concat_tables(waiting)).items()
        }
        self._waiting.clear()
        for key in sorted({*kept, *self._spilt}):
            pieces = [_read_piece(path) for path in self._spilt.pop(key, ())]
            last = [kept.pop(key)] if key in kept else []
            yield *key, pa.concat_tables([*pieces, *last])
        shutil.rmtree(self._root, ignore_errors=True)

    def _flush(self) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        for table, waiting in self._waiting.items():
            for month, rows in self._split(pa.concat_tables(waiting)).items():
                self._pieces += 1
                path = self._root / f"{self._pieces}.arrow"
                _write_piece(path, rows)
                self._spilt.setdefault((table, month), []).append(path)
        self._waiting.clear()
        self._held = 0


def _write_piece(path: Path, rows: pa.Table) -> None:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, rows.schema) as writer:
        writer.write_table(rows)


def _read_piece(path: Path) -> pa.Table:
    with pa.OSFile(str(path), "rb") as source:
        table: Any = pa.ipc.open_file(source).read_all()
    path.unlink()
    return table
