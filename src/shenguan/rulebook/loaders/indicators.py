"""Reads `indicators/*.yaml` over the atoms: the library of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.reading import read_indicator
from shenguan.rulebook.loaders import atoms as atom_files


def load(data_dir: Path, overlay: Path | None = None) -> Library:
    """Return atoms and indicators by code; an overlay replaces by code. Raises `IndicatorError`."""
    atoms = atom_files.load(data_dir, overlay)
    read = atom_files.entries("indicators", data_dir, overlay)
    indicators = {
        code: read_indicator(code, entry, source) for code, (entry, source) in read.items()
    }
    return Library(atoms, indicators)


def faults(data_dir: Path, overlay: Path | None = None) -> Iterator[str]:
    """Yield every indicator that can't be read at all, instead of stopping at the first."""
    for code, (entry, source) in atom_files.entries("indicators", data_dir, overlay).items():
        try:
            read_indicator(code, entry, source)
        except IndicatorError as error:
            yield str(error)
