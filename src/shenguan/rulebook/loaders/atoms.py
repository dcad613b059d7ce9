"""Reads `atoms/*.yaml`: the additive counts indicators are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from shenguan.core.indicator.facttable import Facts, IndicatorError
from shenguan.core.indicator.model import Atom
from shenguan.core.indicator.reading import CaseScopes, read_atom
from shenguan.rulebook.loaders import facts as fact_tables
from shenguan.rulebook.loaders import scopes as case_scopes
from shenguan.rulebook.reading import read_yaml


def load(data_dir: Path, overlay: Path | None = None) -> Mapping[str, Atom]:
    """Return all atoms by code; an overlay's atom replaces the nation's. Raises `IndicatorError`."""
    facts = fact_tables.load(data_dir, overlay)
    scopes = scopes_of(data_dir, overlay)
    return {
        code: read_atom(code, entry, facts, scopes, source)
        for code, (entry, source) in entries("atoms", data_dir, overlay).items()
    }


def faults(
    data_dir: Path, overlay: Path | None = None, facts: Facts | None = None
) -> Iterator[str]:
    """Yield every fault of the atom files, instead of stopping at the first."""
    facts = facts or fact_tables.load(data_dir, overlay)
    scopes = scopes_of(data_dir, overlay)
    for code, (entry, source) in entries("atoms", data_dir, overlay).items():
        try:
            read_atom(code, entry, facts, scopes, source)
        except IndicatorError as error:
            yield str(error)


def scopes_of(data_dir: Path, overlay: Path | None) -> CaseScopes:
    """Return the look-up of 案件范围 by name."""
    return look_up(case_scopes.load(data_dir, overlay))


def look_up(scopes: case_scopes.Scopes) -> CaseScopes:
    """Return the look-up in scopes that are at hand."""
    return lambda name: (scopes.type_codes(name), scopes.excluded(name))


def entries(
    kind: str, data_dir: Path, overlay: Path | None
) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return code → (entry as written, file) of `kind`/*.yaml; an overlay replaces by code."""
    found: dict[str, tuple[Mapping[str, Any], str]] = {}
    for folder in filter(None, (data_dir, overlay)):
        own: dict[str, tuple[Mapping[str, Any], str]] = {}
        for path in sorted((folder / kind).glob("**/[!_]*.yaml")):
            for code, entry in _mapping(path).items():
                if code in own:
                    raise IndicatorError(f"{path.name}：编码 {code} 与 {own[code][1]} 重复")
                own[str(code)] = (entry, f"{kind}/{path.name}")
        found |= own
    return found


def _mapping(path: Path) -> Mapping[str, Any]:
    found = path.stat()
    return _as_it_stands(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=512)
def _as_it_stands(path: Path, _changed: int, _size: int) -> Mapping[str, Any]:
    """What a file holds, for reading only: a library with a court's own entries is made anew at each change."""
    try:
        read = read_yaml(path) or {}
    except yaml.YAMLError as error:
        raise IndicatorError(f"{path.name}：不是合格的 YAML：{error}") from None
    if not isinstance(read, dict):
        raise IndicatorError(f"{path.name}：顶层要写成“编码: 内容”")
    return read
