"""Reads `library/workbook.yaml`: what courts call the columns and words of their own indicator workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml


@dataclass(frozen=True)
class Words:
    """Spellings → our words. `axes` are fragments of an atom's entry (with `moment` for a stock at the start)."""

    headings: Mapping[str, str]
    axes: Mapping[str, Mapping[str, Any]]
    terms: Mapping[str, str]
    directions: Mapping[str, str]
    units: Mapping[str, str]
    classes: Mapping[str, str]
    class_words: Mapping[str, str]
    statistics: frozenset[str]

    def heading(self, text: str) -> str:
        """Return the key of a column heading, "" for one that isn't known."""
        return self.headings.get("".join(text.split()), "")


def load(data_dir: Path, overlay: Path | None = None) -> Words:
    """Read the words; an overlay's file adds spellings."""
    read = [_read(folder) for folder in (data_dir, overlay) if folder]

    def table(key: str) -> dict[str, Any]:
        return {name: value for part in read for name, value in part.get(key, {}).items()}

    def spelt(key: str) -> dict[str, str]:
        return {
            spelling: name
            for part in read
            for name, spellings in part.get(key, {}).items()
            for spelling in (name, *spellings)
        }

    axes = table("axes")
    axes |= {spelling: axes[name] for spelling, name in table("axis_words").items()}
    statistics: Iterable[str] = (name for part in read for name in part.get("statistics", ()))
    return Words(
        headings=spelt("headings"),
        axes=axes,
        terms=table("terms"),
        directions=spelt("directions"),
        units=spelt("units"),
        classes=spelt("classes"),
        class_words=table("class_words"),
        statistics=frozenset(statistics),
    )


def _read(folder: Path) -> Mapping[str, Any]:
    file = folder / "library" / "workbook.yaml"
    found: Mapping[str, Any] = read_yaml(file) if file.exists() else {}
    return found
