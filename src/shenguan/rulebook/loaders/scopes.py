"""案件范围: named sets of case types, read from `scopes.yaml` over the table of case types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.core.casenumber import CaseType
from shenguan.rulebook.loaders import codes as code_tables
from shenguan.rulebook.reading import read_yaml


@dataclass(frozen=True, slots=True)
class CaseScope:
    """One 案件范围. An open scope takes every type code but the excluded ones, unknown ones too."""

    id: str
    name: str
    meaning: str
    status: str
    codes: frozenset[str]
    open: bool
    excluded: frozenset[str]

    def contains(self, type_code: str) -> bool:
        """Whether a case of this 类型代字 counts."""
        return type_code not in self.excluded if self.open else type_code in self.codes


@dataclass(frozen=True, eq=False)
class Scopes:
    """All scopes by name; `default` is the one figures use when none is named."""

    by_name: Mapping[str, CaseScope]
    default: str

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the file."""
        return tuple(self.by_name)

    def scope(self, name: str) -> CaseScope:
        """The scope of a name; a `KeyError` with a Chinese message when there is none."""
        if name not in self.by_name:
            raise KeyError(f"没有案件范围“{name}”，可用：{'、'.join(self.by_name)}")
        return self.by_name[name]

    def contains(self, name: str, type_code: str) -> bool:
        """Whether a case of `type_code` counts in the scope."""
        return self.scope(name).contains(type_code)

    def type_codes(self, name: str) -> frozenset[str] | None:
        """The type codes of a closed scope; None for an open one: all but `excluded(name)`."""
        scope = self.scope(name)
        return None if scope.open else scope.codes

    def excluded(self, name: str) -> frozenset[str]:
        """Type codes an open scope leaves out; empty for a closed one."""
        return self.scope(name).excluded


def load(data_dir: Path, overlay: Path | None = None) -> Scopes:
    """Read the nation's scopes; an overlay's `scopes.yaml` adds scopes or replaces them by name."""
    types = code_tables.load(data_dir, overlay).case_types
    entries: dict[str, dict[str, Any]] = {}
    default = ""
    for path in (folder / "scopes.yaml" for folder in (data_dir, overlay) if folder):
        if path.exists():
            read = read_yaml(path)
            entries.update({entry["name"]: entry for entry in read["scopes"]})
            default = read.get("default", default)
    scopes = {name: _scope(name, entries, types) for name in entries}
    return Scopes(scopes, default)


def _scope(
    name: str, entries: Mapping[str, dict[str, Any]], types: Mapping[str, CaseType]
) -> CaseScope:
    entry = entries[name]
    return CaseScope(
        id=entry["id"],
        name=name,
        meaning=entry["meaning"],
        status=entry["status"],
        codes=frozenset(types) if entry.get("open") else _codes(name, entries, types, ()),
        open=bool(entry.get("open")),
        excluded=_of_families(entry.get("excludes", []), types, name),
    )


def _codes(
    name: str,
    entries: Mapping[str, dict[str, Any]],
    types: Mapping[str, CaseType],
    above: tuple[str, ...],
) -> frozenset[str]:
    if name in above or name not in entries:
        raise ValueError(f"scopes.yaml：案件范围“{name}”不存在或互相包含")
    entry = entries[name]
    _known_types(entry.get("types", []), types, name)
    classes = set(entry.get("classes", []))
    own = {c for c, t in types.items() if t.case_class in classes} | set(entry.get("types", []))
    own |= _of_families(entry.get("families", []), types, name)
    below = (_codes(part, entries, types, (*above, name)) for part in entry.get("includes", []))
    return frozenset(own.union(*below) - _of_families(entry.get("excludes", []), types, name))


def _of_families(families: list[str], types: Mapping[str, CaseType], name: str) -> frozenset[str]:
    unknown = set(families) - {t.family for t in types.values()}
    if unknown:
        raise ValueError(f"scopes.yaml：“{name}”所列程序类别不存在：{'、'.join(sorted(unknown))}")
    return frozenset(code for code, t in types.items() if t.family in families)


def _known_types(listed: list[str], types: Mapping[str, CaseType], name: str) -> None:
    unknown = [code for code in listed if code not in types]
    if unknown:
        raise ValueError(f"scopes.yaml：“{name}”所列类型代字不存在：{'、'.join(unknown)}")
