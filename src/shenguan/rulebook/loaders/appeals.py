"""Reads `appeals/*.yaml`: coded lists of 发改反馈, 司法技术 and the two meetings, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders.obligations import (
    STATUSES,
    Entitled,
    Entry,
    Obligation,
    common,
    obligation,
)
from shenguan.rulebook.reading import read_yaml

FOLDER = "appeals"
LISTS = ("changes", "appraisals", "meetings")
_OF_ENTITLED = frozenset({"id", "name", "law", "status"})


@dataclass(frozen=True, slots=True)
class Coded(Entitled):
    """One entry of a coded list; `more` holds what its list adds to name and law."""

    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Appeals:
    """The coded lists by name, each in the order of its file, and the obligations by id."""

    lists: Mapping[str, Mapping[str, Coded]]
    obligations: Mapping[str, Obligation]

    def name(self, of: str, code: str) -> str:
        """Return the name of a code of a list; the code itself where the list has lost it."""
        entry = self.lists[of].get(code)
        return entry.name if entry else code


def load(data_dir: Path, overlay: Path | None = None) -> Appeals:
    """Return everything; an overlay's entry of the same id replaces, others join in."""
    folders = tuple(filter(None, (data_dir, overlay)))
    lists: dict[str, dict[str, Coded]] = {}
    for folder in folders:
        for file in LISTS:
            for name, entries in (_file(folder, file) or {}).items():
                lists.setdefault(name, {}).update({e["id"]: _coded(name, e) for e in entries})
    waiting = [entry for folder in folders for entry in _file(folder, "obligations") or ()]
    return Appeals(lists, {entry["id"]: obligation(entry) for entry in waiting})


def examples(data_dir: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield (obligation, example) for every example."""
    for entry in _file(data_dir, "obligations") or ():
        for example in entry.get("examples", ()):
            yield entry["id"], example


def _file(folder: Path, name: str) -> Any:
    path = folder / FOLDER / f"{name}.yaml"
    return read_yaml(path) if path.exists() else None


def _coded(name: str, entry: Entry) -> Coded:
    if entry.get("status") not in STATUSES or not entry.get("law"):
        raise ValueError(f"规则库 {FOLDER}：{name} 的“{entry.get('id')}”缺少 law 或者 status")
    more = {key: value for key, value in entry.items() if key not in _OF_ENTITLED}
    return Coded(**common(entry), more=more)
