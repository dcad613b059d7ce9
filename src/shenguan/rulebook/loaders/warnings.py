"""Reads `warnings/*.yaml`: kinds of warning with their ladders, recipients, sentences and examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shenguan.core.ladder import SUPERVISE, Ladder, rungs_from
from shenguan.core.warning.examples import WarningExample
from shenguan.core.warning.kinds import KINDS
from shenguan.core.warning.patterns import CHAINS, FIGURES, MONTHLY, PLANS
from shenguan.core.warning.rule import STAGES, WarningRule, recipients_from
from shenguan.rulebook.loaders.coded import STATUSES
from shenguan.rulebook.reading import read_yaml

FOLDER = "warnings"
_FINDERS = frozenset({*KINDS, *MONTHLY, *CHAINS, *PLANS, *FIGURES})
_NOT_GIVEN = frozenset({"say", "day", "expect"})

Entry = dict[str, Any]


def load(data_dir: Path, overlay: Path | None = None) -> tuple[WarningRule, ...]:
    """Return every rule; an overlay's entry with the same id replaces the nation's."""
    rules: dict[str, WarningRule] = {}
    for path, entry in _entries(data_dir, overlay):
        rules[entry["id"]] = _read(path, entry)
    return tuple(rules.values())


def examples(data_dir: Path, overlay: Path | None = None) -> tuple[WarningExample, ...]:
    """Return the examples of every rule, in the order of the files."""
    return tuple(
        WarningExample(
            rule=_read(path, entry),
            number=number,
            say=example["say"],
            on=example["day"],
            given={key: value for key, value in example.items() if key not in _NOT_GIVEN},
            expect=example["expect"],
        )
        for path, entry in _entries(data_dir, overlay)
        for number, example in enumerate(entry.get("examples", ()), 1)
    )


def _entries(*folders: Path | None) -> Iterator[tuple[Path, Entry]]:
    for folder in filter(None, folders):
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            found = read_yaml(path)
            for entry in found or []:
                yield path, entry


def _read(path: Path, entry: Entry) -> WarningRule:
    try:
        return _rule(entry)
    except (KeyError, TypeError, ValueError) as error:
        name = entry.get("id") if isinstance(entry, dict) else entry
        raise ValueError(
            f"规则库文件 {FOLDER}/{path.name} 的条目“{name}”不可读：{error!r}"
        ) from error


def _rule(entry: Entry) -> WarningRule:
    for name, value, allowed in (
        ("kind", entry["kind"], _FINDERS),
        ("stage", entry["stage"], STAGES),
        ("status", entry["status"], STATUSES),
    ):
        if value not in allowed:
            raise ValueError(f"{name}“{value}”不在 {'、'.join(sorted(allowed))} 之内")
    return WarningRule(
        id=entry["id"],
        name=entry["name"],
        kind=entry["kind"],
        stage=entry["stage"],
        law=tuple(entry["law"]),
        status=entry["status"],
        ladder=_ladder(entry),
        say=entry["say"],
        to=recipients_from(entry["to"]),
        params=entry.get("params", {}),
        needs=tuple(entry.get("needs", ())),
        supervise_workdays=int(entry.get("supervise_workdays", 10)),
        meaning=entry.get("meaning", ""),
        source=entry.get("source", ""),
    )


def _ladder(entry: Entry) -> Ladder:
    return Ladder(
        rungs=rungs_from(entry["ladder"]),
        short=rungs_from(entry.get("short", ())),
        short_below=int(entry.get("short_below", 0)),
        answer_workdays=int(entry.get("answer_workdays", 0)),
        unanswered=entry.get("unanswered", SUPERVISE),
    )
