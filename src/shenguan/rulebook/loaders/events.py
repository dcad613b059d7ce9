"""Reads `events.yaml`: the kinds of event the log takes, their aliases and what they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml

REGISTRATION = "登记"
CLOCK_ROLES = frozenset(
    [
        "start",
        "close",
        "reopen",
        "legal_end",
        "extend",
        "convert",
        "restart",
        "pause",
        "resume",
        "recorded",
        "none",
    ]
)


INNER = frozenset({"", "content", "whole"})


class UnknownEvent(ValueError):  # noqa: N818 - it names the state of the input, not a bug
    """A word that is neither the name nor an alias of any kind of event."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"事件名称“{name}”不在事件表中；请对照规则库 events.yaml 更正")


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event. `pair` names the other end of an interval, "" where there is none.

    `inner`: its content, or the whole of it, belongs to the inner record (副卷).
    """

    name: str
    english: str
    category: str
    clock: str
    pair: str = ""
    aliases: tuple[str, ...] = ()
    payload: tuple[str, ...] = ()
    inner: str = ""


@dataclass(frozen=True)
class EventKinds:
    """All kinds, by canonical name and by alias."""

    kinds: Mapping[str, EventKind]
    aliases: Mapping[str, str] = field(repr=False)

    def canonical(self, name: str) -> str:
        """Return the canonical name of a kind or alias; raises `UnknownEvent`."""
        if name in self.kinds:
            return name
        try:
            return self.aliases[name]
        except KeyError:
            raise UnknownEvent(name) from None

    def known(self, name: str) -> bool:
        """Tell whether `name` is a kind or an alias of one."""
        return name in self.kinds or name in self.aliases

    def __getitem__(self, name: str) -> EventKind:
        """Return the kind called `name` (or by alias); raises `UnknownEvent`."""
        return self.kinds[self.canonical(name)]

    def __iter__(self) -> Iterator[EventKind]:
        """Yield the kinds in the order of the file."""
        return iter(self.kinds.values())

    def in_category(self, category: str) -> frozenset[str]:
        """Return the names of the kinds of one category."""
        return frozenset(kind.name for kind in self if kind.category == category)

    def with_clock(self, role: str) -> frozenset[str]:
        """Return the names of the kinds with one role in the time limit."""
        return frozenset(kind.name for kind in self if kind.clock == role)


def load(data_dir: Path, overlay: Path | None = None) -> EventKinds:
    """Return the kinds; an overlay's `events.yaml` adds kinds and aliases, it can't take away."""
    kinds: dict[str, EventKind] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "events.yaml"
        if path.exists():
            kinds |= _read(path)
    return EventKinds(kinds, _aliases(kinds))


def _read(path: Path) -> dict[str, EventKind]:
    entries: dict[str, dict[str, Any]] = read_yaml(path)
    return {name: _kind(name, entry) for name, entry in entries.items()}


def _kind(name: str, entry: dict[str, Any]) -> EventKind:
    if entry.get("clock") not in CLOCK_ROLES or entry.get("inner", "") not in INNER:
        raise ValueError(f"规则库 events.yaml：事件“{name}”的 clock 或 inner 不在可选范围内")
    return EventKind(
        name=name,
        english=entry["english"],
        category=entry["category"],
        clock=entry["clock"],
        pair=entry.get("pair", ""),
        aliases=tuple(entry.get("aliases", ())),
        payload=tuple(entry.get("payload", ())),
        inner=entry.get("inner", ""),
    )


def _aliases(kinds: Mapping[str, EventKind]) -> dict[str, str]:
    aliases: dict[str, str] = {}
    for kind in kinds.values():
        for alias in kind.aliases:
            if alias in kinds or alias in aliases:
                raise ValueError(f"规则库 events.yaml：别名“{alias}”重复")
            aliases[alias] = kind.name
    return aliases
