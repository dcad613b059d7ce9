"""Reads the cause trees `codes/causes_*.csv` into the frozen `Causes`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from shenguan.core.causes import ADMINISTRATIVE, CIVIL, CRIMINAL, Cause, Causes, merged

# File → class of case and version (the year of the text); sources in codes/LICENSES.md.
TREES = {
    "causes_civil_2025.csv": (CIVIL, "2025"),
    "causes_civil_2020.csv": (CIVIL, "2020"),
    "causes_criminal.csv": (CRIMINAL, "2024"),
    "causes_administrative.csv": (ADMINISTRATIVE, "2020"),
}
UNVERIFIED = "causes_civil_2020.csv"


def load(data_dir: Path, overlay: Path | None = None) -> Causes:
    """Return the trees; nodes of an overlay's files of the same names come before the nation's.

    Where a court lays in the official print of the unverified tree, that stands in its place.
    """
    folders = [folder / "codes" for folder in (overlay, data_dir) if folder]
    paths = [path for folder in folders for name in TREES if (path := folder / name).exists()]
    if overlay and overlay / "codes" / UNVERIFIED in paths:
        paths.remove(data_dir / "codes" / UNVERIFIED)
    return merged(map(_tree, paths))


def _tree(path: Path) -> Iterator[Cause]:
    case_class, version = TREES[path.name]
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Cause(
                code=row["code"],
                name=row["name"],
                level=int(row["level"]),
                parent=row["parent"],
                case_class=case_class,
                version=version,
                note=row.get("note") or "",
            )
