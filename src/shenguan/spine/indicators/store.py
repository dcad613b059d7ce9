"""The stored cube: Parquet under `$SHENGUAN_HOME/cube/`, a base and small changes beside it.

`manifest.json` names the files that count, so a build swaps in by one rename. Additive, so a changed case is
its new contribution minus its old one, whatever the size of the cube.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from sqlglot import exp

from shenguan.core.indicator.compile.cube import Pass, cube, passes_of
from shenguan.core.indicator.compile.rollup import merged
from shenguan.core.indicator.compile.sql import sql
from shenguan.core.indicator.compile.stock import stock_changes
from shenguan.core.indicator.grain import COURT, PILOT
from shenguan.core.indicator.model import Atom, Library
from shenguan.spine.indicators.engines import Engine

GRAINS: Mapping[str, tuple[str, ...]] = {"pilot": PILOT, "court": COURT}
FOLDER, MANIFEST = "cube", "manifest.json"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What lies in the cube: its definitions, the log position of its facts, its passes and files."""

    definitions: str
    position: int
    built_at: str
    folder: str
    passes: Mapping[str, list[str]] = field(default_factory=dict)
    changes: int = 0
    generation: int = 0


def stored_atoms(library: Library) -> list[Atom]:
    """Return the atoms the cube holds: those of a fact table with all their sources."""
    return [atom for atom in library.atoms.values() if atom.table and not atom.needs]


def definitions_hash(atoms: Iterable[Atom]) -> str:
    """Return a hash of everything that decides what the cube holds."""
    return _hash_of(tuple(atoms))


@lru_cache(maxsize=8)
def _hash_of(atoms: tuple[Atom, ...]) -> str:
    found = sha256(repr(sorted(GRAINS.items())).encode())
    for atom in atoms:
        axis = atom.month.column if atom.month else repr(atom.stock)
        value = sql(atom.value).sql() if atom.value is not None else ""
        parts = (atom.code, atom.table and atom.table.name, axis, atom.credit)
        found.update(repr((*parts, sql(atom.where).sql(), value)).encode())
    return found.hexdigest()[:16]


def read_manifest(home: Path) -> Manifest | None:
    """Return what the cube is, None where there is none."""
    path = home / FOLDER / MANIFEST
    if not path.exists():
        return None
    return Manifest(**json.loads(path.read_text(encoding="utf-8")))


def write_manifest(home: Path, manifest: Manifest) -> None:
    """Swap in a manifest by one rename."""
    path = home / FOLDER / MANIFEST
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(manifest), ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


@cache
def _tree(fused: Pass, grain: str, relation: str) -> exp.Select:
    shape = stock_changes if fused.stock else cube
    return shape(fused, GRAINS[grain], relation=relation)


def cube_tree(fused: Pass, grain: str, relation: str = "") -> exp.Select:
    """Return the fused pass of one grain over the facts (or another relation of the same columns)."""
    return _tree(fused, grain, relation)


def build(
    home: Path,
    made: Engine,
    library: Library,
    *,
    position: int,
    built_at: str = "",
    progress: Progress | None = None,
) -> Manifest:
    """Make the cube from the facts the engine knows, and swap it in; those before the last one go.

    `position` and `built_at` say which state of the fact archive that is.
    """
    atoms = stored_atoms(library)
    definitions = definitions_hash(atoms)
    old = read_manifest(home)
    generation = old.generation + 1 if old else 1
    folder = home / FOLDER / f"{definitions}-{generation}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    passes = passes_of(atoms)
    for fused in passes:
        write_pass(made, fused, folder)
        if progress:
            progress(fused.name)
    names = {fused.name: list(fused.codes) for fused in passes}
    manifest = Manifest(definitions, position, built_at, folder.name, names, generation=generation)
    write_manifest(home, manifest)
    sweep(home, {folder.name, old.folder if old else ""})
    return manifest


def sweep(home: Path, keep: Container[str]) -> None:
    """Remove folders of earlier cubes; a page may still be reading the last one."""
    for folder in (home / FOLDER).iterdir():
        if folder.is_dir() and folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def write_pass(made: Engine, fused: Pass, folder: Path) -> None:
    """Write one pass: the pilot grain from the facts, the court grain from the pilot grain."""
    pilot = folder / f"pilot_{fused.name}.parquet"
    made.write(ordered(cube_tree(fused, "pilot"), PILOT), pilot)
    made.put_parquet([str(pilot)], "built")
    made.write(merged(["built"], COURT, fused.codes), folder / f"court_{fused.name}.parquet")


def ordered(tree: exp.Select, dimensions: tuple[str, ...]) -> exp.Select:
    """Return the rows by court and month, so that one court lies together."""
    return tree.copy().order_by(*(exp.column(name) for name in (*dimensions[:1], "month")))


def files_of(folder: Path, name: str) -> list[str]:
    """Return the base and change files of one pass and grain."""
    return [
        str(folder / f"{name}.parquet"),
        *(str(p) for p in sorted(folder.glob(f"{name}-*.parquet"))),
    ]


def open_cube(home: Path, manifest: Manifest, made: Engine) -> dict[str, tuple[str, ...]]:
    """Make the cube's relations known to an engine; return its passes.

    The court grain is small and read by every page, so it is held in memory; the pilot grain stays in its files.
    """
    folder = home / FOLDER / manifest.folder
    for name in manifest.passes:
        made.put_parquet(files_of(folder, f"pilot_{name}"), f"pilot_{name}")
        made.put_parquet(files_of(folder, f"court_{name}"), "court_files")
        made.keep(exp.select("*").from_("court_files"), f"court_{name}")
    return {name: tuple(codes) for name, codes in manifest.passes.items()}
