"""Coded entries of the rulebook: id, Chinese name, law, status, the days they stand. One way of reading them all.

A part of a kind is `<kind>/<part>.yaml` or every file of `<kind>/<part>/`: a list of entries, or lists of
entries by name. An overlay's entry of the same id replaces the nation's, others join in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml

STATUSES = frozenset({"official", "local", "unverified"})
LISTS = "_lists"
"""The part of a kind that is taken as written: thresholds, posts, words."""
_OF_ENTITLED = frozenset({"id", "name", "law", "status", "valid_from", "valid_to"})

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitled:
    """What every entry has: id, Chinese name, laws as (cite, text), status, first and last day."""

    id: str
    name: str
    laws: tuple[tuple[str, str], ...]
    status: str
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def law(self) -> str:
        """The citations in one line."""
        return "；".join(cite for cite, _text in self.laws)

    def stands(self, on: date) -> bool:
        """Tell whether the entry may be chosen on a day; what was chosen before keeps its name."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@dataclass(frozen=True, slots=True)
class Coded(Entitled):
    """One entry of a coded list; `more` holds what its list adds to name and law."""

    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodedLists:
    """Coded lists by name, each in the order of its file."""

    lists: Mapping[str, Mapping[str, Coded]]

    def name(self, of: str, code: str) -> str:
        """Return the name of a code of a list; the code itself where the list has lost it."""
        entry = self.lists[of].get(code)
        return entry.name if entry else code

    def offered(self, of: str, on: date) -> dict[str, Coded]:
        """Return what may be chosen from a list on a day."""
        return {code: entry for code, entry in self.lists[of].items() if entry.stands(on)}


def entries(kind: str, part: str, *folders: Path | None) -> list[Entry]:
    """Return the entries of a part as written. Raises `ValueError` for one without law or status."""
    found: dict[str, Entry] = {}
    for read in _files(kind, part, folders):
        found |= {entry["id"]: _checked(kind, entry) for entry in read}
    return list(found.values())


def coded_lists(
    kind: str, parts: Iterable[str], *folders: Path | None
) -> dict[str, dict[str, Coded]]:
    """Return the coded lists of parts whose files hold lists by name."""
    found: dict[str, dict[str, Coded]] = {}
    for part in parts:
        for read in _files(kind, part, folders):
            for name, written in read.items():
                found.setdefault(name, {}).update({e["id"]: _coded(kind, e) for e in written})
    return found


def as_written(kind: str, *folders: Path | None) -> dict[str, Any]:
    """Return the plain lists of a kind; an overlay's list of the same name replaces."""
    found: dict[str, Any] = {}
    for read in _files(kind, LISTS, folders):
        found |= read
    return found


def examples(
    kind: str, parts: Iterable[str], *folders: Path | None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, id, example) for every example of every entry of the parts."""
    for part in parts:
        for entry in entries(kind, part, *folders):
            for example in entry.get("examples", ()):
                yield part, entry["id"], example


def common(entry: Entry) -> dict[str, Any]:
    """Return the fields of `Entitled` as a file writes them."""
    return {
        "id": entry["id"],
        "name": entry["name"],
        "laws": tuple((law["cite"], law.get("text", "")) for law in entry["law"]),
        "status": entry["status"],
        "valid_from": entry.get("valid_from"),
        "valid_to": entry.get("valid_to"),
    }


def _files(kind: str, part: str, folders: Iterable[Path | None]) -> Iterator[Any]:
    for folder in filter(None, folders):
        single = folder / kind / f"{part}.yaml"
        for path in [single] if single.exists() else sorted((folder / kind / part).glob("*.yaml")):
            if read := read_yaml(path):
                yield read


def _checked(kind: str, entry: Entry) -> Entry:
    if entry.get("status") not in STATUSES or not entry.get("law"):
        raise ValueError(f"规则库 {kind}：{entry.get('id')} 缺少 law 或者 status")
    return entry


def _coded(kind: str, entry: Entry) -> Coded:
    more = {key: value for key, value in _checked(kind, entry).items() if key not in _OF_ENTITLED}
    return Coded(**common(entry), more=more)
