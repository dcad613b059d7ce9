"""Reads `corrections.yaml`: how long disputed data may wait for a decision, and a correction to be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders.obligations import Obligation, obligation
from shenguan.rulebook.reading import read_yaml

FILE = "corrections.yaml"


def load(data_dir: Path, overlay: Path | None = None) -> Mapping[str, Obligation]:
    """Return the obligations by id; an overlay's entry of the same id replaces the nation's."""
    folders = filter(None, (data_dir, overlay))
    return {entry["id"]: obligation(entry) for folder in folders for entry in _entries(folder)}


def examples(data_dir: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (obligation, example) for every example."""
    for entry in _entries(data_dir):
        for example in entry["examples"]:
            yield entry["id"], example


def _entries(folder: Path) -> list[dict[str, Any]]:
    path = folder / FILE
    return read_yaml(path) if path.exists() else []
