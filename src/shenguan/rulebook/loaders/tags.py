"""Reads `tags.yaml`: the rules that suggest 审判领域 and case tags.

The kinds of condition are fixed; what YAML can't say becomes a named function here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from shenguan.rulebook.reading import read_yaml

Threshold = Callable[[str, int], int]
"""`(setting, default) → value` of the court in question on the day in question."""

DIMENSIONS = ("领域", "标签")
_DEFENDANT_ROLES = ("被告", "被上诉人", "被申请人", "被执行人")


class Described(Protocol):
    """What a condition may ask of a case; `core.casefold.CaseState` is one."""

    @property
    def cause(self) -> str:
        """案由 as registered."""

    @property
    def case_type(self) -> str:
        """类型代字."""

    @property
    def amount(self) -> int | None:
        """标的额 in 分."""

    @property
    def marks(self) -> Sequence[str]:
        """Circumstances registered with the case."""

    @property
    def parties(self) -> Sequence[Mapping[str, Any]]:
        """Parties with `role` and `name`."""

    @property
    def foreign_related(self) -> bool:
        """涉外."""


@dataclass(frozen=True, slots=True)
class TagRule:
    """One field or tag, with the groups of conditions of which any one suggests it."""

    name: str
    dimension: str
    status: str
    law: tuple[Mapping[str, str], ...]
    groups: tuple[Mapping[str, Any], ...]

    def suggests(self, case: Described, case_class: str, threshold: Threshold) -> bool:
        """Tell whether the rule suggests itself for a case."""
        return any(
            all(_CHECKS[kind](value, case, case_class, threshold) for kind, value in group.items())
            for group in self.groups
        )


@dataclass(frozen=True)
class TagRules:
    """All rules by name, in the order of the file."""

    rules: Mapping[str, TagRule]

    def suggested(self, case: Described, case_class: str, threshold: Threshold) -> list[str]:
        """Return the names of the fields and tags suggested for a case."""
        return [r.name for r in self.rules.values() if r.suggests(case, case_class, threshold)]

    def dimension(self, name: str) -> str:
        """Return 领域 or 标签; a name outside the rules (a person's own) is a 标签."""
        rule = self.rules.get(name)
        return rule.dimension if rule else "标签"


def load(data_dir: Path, overlay: Path | None = None) -> TagRules:
    """Return the rules; an overlay's entry of the same name replaces the nation's."""
    rules: dict[str, TagRule] = {}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "tags.yaml"
        if path.exists():
            entries = read_yaml(path)
            rules |= {name: _rule(name, entry) for name, entry in entries.items()}
    return TagRules(rules)


def _rule(name: str, entry: Mapping[str, Any]) -> TagRule:
    unknown = {kind for group in entry["when"] for kind in group} - _CHECKS.keys()
    if unknown or entry["dimension"] not in DIMENSIONS:
        what = "、".join(sorted(unknown)) or entry["dimension"]
        raise ValueError(f"规则库 tags.yaml：“{name}”中的“{what}”不在可选范围内")
    groups = tuple({k: _frozen(v) for k, v in group.items()} for group in entry["when"])
    return TagRule(name, entry["dimension"], entry["status"], tuple(entry["law"]), groups)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=8192)
def _contains(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _cause(words: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return _contains(case.cause, words)


def _cause_not(words: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return not _contains(case.cause, words)


def _case_type(codes: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return case.case_type in codes


def _case_class(classes: Any, _case: Described, case_class: str, _threshold: Threshold) -> bool:
    return case_class in classes


def _parties(least: Any, case: Described, _class: str, threshold: Threshold) -> bool:
    if len(case.parties) < 2:
        return False
    sides = Counter(party.get("role") or "" for party in case.parties)
    return max(sides.values()) >= threshold(least["setting"], least["default"])


def _amount(least: Any, case: Described, _class: str, threshold: Threshold) -> bool:
    if case.amount is None:
        return False
    return case.amount >= 100 * threshold(least["setting"], least["default"])


def _party(words: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return any(word in (p.get("name") or "") for p in case.parties for word in words)


def _defendant(words: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    names = [p.get("name") or "" for p in case.parties if _is_defendant(p.get("role") or "")]
    return any(word in name for name in names for word in words)


def _is_defendant(role: str) -> bool:
    return role.startswith(_DEFENDANT_ROLES)


def _mark(words: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return any(word in mark for mark in case.marks for word in words)


def _foreign(wanted: Any, case: Described, _class: str, _threshold: Threshold) -> bool:
    return case.foreign_related is bool(wanted)


_CHECKS: Mapping[str, Callable[[Any, Described, str, Threshold], bool]] = {
    "cause": _cause,
    "cause_not": _cause_not,
    "case_type": _case_type,
    "case_class": _case_class,
    "parties_at_least": _parties,
    "amount_at_least": _amount,
    "party": _party,
    "defendant": _defendant,
    "mark": _mark,
    "foreign": _foreign,
}
