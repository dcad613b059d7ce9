"""Reads `gates.yaml`: what must (not) stand in the log before an event of a kind is recorded.

Gates look at the log and at how the cases below ended, so that no program needs another to check on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from shenguan.rulebook.reading import read_yaml

_CLERKS = frozenset({"书记员", "法官助理"})


class Happened(Protocol):
    """An event as a gate sees it."""

    @property
    def kind(self) -> str:
        """Canonical name."""

    @property
    def occurred_on(self) -> date | None:
        """Day of occurrence."""

    @property
    def payload(self) -> Mapping[str, Any]:
        """What it says."""


@dataclass(frozen=True, slots=True)
class Below:
    """A case below the one asked about, as a gate sees it: how it ended, who decided it (by name)."""

    disposition: str
    case_class: str
    bench: frozenset[str]


def nothing_below() -> Sequence[Below]:
    """Return no case below."""
    return ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The event asked for, what stands in the log, what begins its interval, and the day.

    `below` are the cases that led to this one, the nearest first; read only where a gate asks.
    """

    event: Happened
    before: Sequence[Happened]
    beginning: str
    today: date
    below: Callable[[], Sequence[Below]] = nothing_below


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate; `say` refuses a person's entry under `law`, `flag` (if any) marks an imported case.

    A gate with a `choice` stands only in courts that have switched that setting on.
    """

    id: str
    kinds: frozenset[str]
    conditions: tuple[tuple[str, Any], ...]
    say: str
    flag: str = ""
    law: str = ""
    choice: str = ""

    def passes(self, asked: Asked) -> bool:
        """Tell whether the log allows the event."""
        return all(_CHECKS[kind](value, asked) for kind, value in self.conditions)


def load(data_dir: Path, overlay: Path | None = None) -> tuple[Gate, ...]:
    """Return the gates; an overlay's gate of the same id replaces the nation's."""
    gates: dict[str, Gate] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "gates.yaml"
        if path.exists():
            entries = read_yaml(path)
            gates |= {name: _gate(name, entry) for name, entry in entries.items()}
    return tuple(gates.values())


def _gate(name: str, entry: Mapping[str, Any]) -> Gate:
    unknown = entry.keys() - _CHECKS.keys() - {"kinds", "say", "flag", "law", "choice"}
    if unknown:
        raise ValueError(f"规则库 gates.yaml：“{name}”中的条件“{'、'.join(unknown)}”不在可选范围内")
    return Gate(
        id=name,
        kinds=frozenset(entry["kinds"]),
        conditions=tuple((kind, entry[kind]) for kind in _CHECKS if kind in entry),
        say=entry["say"],
        flag=entry.get("flag", ""),
        choice=entry.get("choice", ""),
        law=entry.get("law", ""),
    )


def _needs(kinds: Iterable[str], asked: Asked) -> bool:
    return any(event.kind in kinds for event in asked.before)


def _forbids(kinds: Iterable[str], asked: Asked) -> bool:
    return not _needs(kinds, asked)


def _standing(rule: Mapping[str, Any], asked: Asked) -> bool:
    last = next((e.kind for e in reversed(asked.before) if e.kind in rule["among"]), None)
    if "one_of" in rule:
        return last in rule["one_of"]
    return last not in rule["not"]


def _open(_wanted: Any, asked: Asked) -> bool:
    begun = sum(event.kind == asked.beginning for event in asked.before)
    ended = sum(event.kind == asked.event.kind for event in asked.before)
    return begun > ended


def _not_before(kinds: Iterable[str], asked: Asked) -> bool:
    days = [e.occurred_on for e in asked.before if e.kind in kinds and e.occurred_on]
    return not days or asked.event.occurred_on is None or asked.event.occurred_on >= min(days)


def _not_future(_wanted: Any, asked: Asked) -> bool:
    return asked.event.occurred_on is None or asked.event.occurred_on <= asked.today


def _once(rule: Mapping[str, Any], asked: Asked) -> bool:
    """A case of these classes doesn't end so when the dispute has once ended so below."""
    payload = asked.event.payload
    ended, grounds = rule["dispositions"], set(rule.get("grounds", ()))
    if payload.get("disposition") not in ended:
        return True
    if grounds and not grounds & set(payload.get("grounds") or ()):
        return True
    return not any(
        one.disposition in ended and one.case_class in rule["classes"] for one in asked.below()
    )


def _other_bench(dispositions: Iterable[str], asked: Asked) -> bool:
    """Nobody who decided the case that was sent back sits in it again."""
    payload = asked.event.payload
    named = {str(one.get("name")) for one in payload.get("members") or () if isinstance(one, Mapping)
             and one.get("role") not in _CLERKS}  # fmt: skip
    named |= {str(payload["undertaker"])} if payload.get("undertaker") else set()
    if not named:
        return True
    below = asked.below()
    sent_back = len(below) > 1 and below[0].disposition in dispositions
    return not (sent_back and named & below[1].bench)


_CHECKS: Mapping[str, Callable[[Any, Asked], bool]] = {
    "needs": _needs,
    "forbids": _forbids,
    "standing": _standing,
    "open": _open,
    "not_before": _not_before,
    "not_future": _not_future,
    "once": _once,
    "other_bench": _other_bench,
}
