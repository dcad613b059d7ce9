"""Reads `appeals/*.yaml`: coded lists of 发改反馈, 司法技术 and the two meetings, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders import coded
from shenguan.rulebook.loaders.obligations import PART, Obligation, obligations

FOLDER = "appeals"
LISTS = ("changes", "appraisals", "meetings")


@dataclass(frozen=True, slots=True)
class Appeals(coded.CodedLists):
    """The coded lists by name, and the obligations by id."""

    obligations: Mapping[str, Obligation]


def load(data_dir: Path, overlay: Path | None = None) -> Appeals:
    """Return everything; an overlay's entry of the same id replaces, others join in."""
    lists = coded.coded_lists(FOLDER, LISTS, data_dir, overlay)
    return Appeals(lists, obligations(FOLDER, data_dir, overlay))


def examples(
    data_dir: Path, overlay: Path | None = None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, obligation, example) for every example."""
    return coded.examples(FOLDER, (PART,), data_dir, overlay)
