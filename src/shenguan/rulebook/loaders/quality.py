"""Reads `quality/*.yaml` into the data-quality checks and the tables they look things up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.core.quality import CHECKS, Check
from shenguan.rulebook.reading import read_yaml

SEVERITIES = ("严重", "一般", "提示")
REQUIRED = ("id", "name", "function", "severity", "message", "basis", "status", "examples")


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a check: the case as {field: value} and the message expected, None for none."""

    check: str
    say: str
    case: Mapping[str, Any]
    expect: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """The checks in the order of the files, and their examples."""

    checks: tuple[Check, ...]
    examples: tuple[Example, ...]

    def named(self, check_id: str) -> Check:
        """Return one check; raises `KeyError`."""
        return next(check for check in self.checks if check.id == check_id)


def load(data_dir: Path, overlay: Path | None = None) -> Quality:
    """Return the nation's checks; an overlay's entry of the same id replaces one or adds to them."""
    entries: dict[str, dict[str, Any]] = {}
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / "quality").glob("*.yaml")):
            for entry in read_yaml(path) or []:
                entries[str(entry.get("id"))] = _validated(entry, path)
    checks = tuple(_check(entry) for entry in entries.values() if not entry.get("disabled"))
    examples = tuple(
        Example(entry["id"], row["say"], row["case"], row["expect"])
        for entry in entries.values()
        for row in entry["examples"]
    )
    return Quality(checks, examples)


def _validated(entry: dict[str, Any], path: Path) -> dict[str, Any]:
    place = f"规则库文件 quality/{path.name} 条目“{entry.get('id')}”"
    missing = [key for key in REQUIRED if key not in entry]
    if missing:
        raise ValueError(f"{place}缺少 {'、'.join(missing)}")
    if entry["severity"] not in SEVERITIES:
        raise ValueError(f"{place}的 severity 应为 {'、'.join(SEVERITIES)} 之一")
    if entry["function"] not in CHECKS:
        raise ValueError(f"{place}的 function“{entry['function']}”不存在")
    return entry


def _check(entry: Mapping[str, Any]) -> Check:
    return Check(
        id=entry["id"],
        name=entry["name"],
        function=entry["function"],
        severity=entry["severity"],
        message=entry["message"],
        params=entry.get("params", {}),
    )
