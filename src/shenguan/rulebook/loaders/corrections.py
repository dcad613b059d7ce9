"""Reads `corrections.yaml`: how long disputed data may wait for a decision, and a correction to be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders import coded
from shenguan.rulebook.loaders.obligations import Obligation, obligations

PART = "corrections"


def load(data_dir: Path, overlay: Path | None = None) -> Mapping[str, Obligation]:
    """Return the obligations by id; an overlay's entry of the same id replaces the nation's."""
    return obligations("", data_dir, overlay, part=PART)


def examples(
    data_dir: Path, overlay: Path | None = None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, obligation, example) for every example."""
    return coded.examples("", (PART,), data_dir, overlay)
