"""A warning as data: what it watches, its ladder, whom it tells, in what words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from shenguan.core.ladder import LEVELS, Ladder, rungs_from

DURING, AFTERWARDS, APART = "审理中", "结案后", "不限"
STAGES = (DURING, AFTERWARDS, APART)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a level goes to, by post; 承办人 and 督办承办人 stand for the person in charge."""

    to: tuple[str, ...] = ()
    copy: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class WarningRule:
    """One kind of warning. `kind` names the function that finds its matters in a case.

    `stage` 审理中: the case's closing ends it without a word. `needs`: event kinds, one of which the
    court must feed, or the warning stays silent and says 暂无数据来源. `say` holds the sentences:
    `due` up to the due day, `over` after it, `since` where there is none.
    """

    id: str
    name: str
    kind: str
    stage: str
    law: tuple[str, ...]
    status: str
    ladder: Ladder
    say: Mapping[str, str]
    to: Mapping[str, Recipients]
    params: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    supervise_workdays: int = 10
    meaning: str = ""
    source: str = ""
    off: bool = False

    def recipients(self, level: str) -> Recipients:
        """Return whom a level goes to; a level without its own entry goes where the one below does."""
        for name in reversed(LEVELS[: LEVELS.index(level) + 1]):
            if name in self.to:
                return self.to[name]
        return Recipients()

    def chosen(self, value: Mapping[str, Any]) -> WarningRule:
        """Return the rule as a court has chosen it: `off`, `ladder`, `short`, `to` or a parameter."""
        ladder = self.ladder
        if "ladder" in value:
            ladder = replace(ladder, rungs=rungs_from(value["ladder"]))
        if "short" in value:
            ladder = replace(ladder, short=rungs_from(value["short"]))
        if "answer_workdays" in value:
            ladder = replace(ladder, answer_workdays=int(value["answer_workdays"]))
        return replace(
            self,
            ladder=ladder,
            off=bool(value.get("off", self.off)),
            to={**self.to, **recipients_from(value.get("to", {}))},
            supervise_workdays=int(value.get("supervise_workdays", self.supervise_workdays)),
            params={**self.params, **value.get("params", {})},
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """One matter on its rung on a day. `key` tells matters of one rule and subject apart.

    `about` is the day it is all about (the due day); `say` the sentence in Chinese.
    """

    rule: WarningRule
    key: str
    level: str
    rung: str
    since: date
    about: date | None
    say: str


def recipients_from(entries: Mapping[str, Any]) -> dict[str, Recipients]:
    """Read {提示: [承办人], 催办: {to: [承办人], copy: [庭长]}}."""
    return {level: _recipients(level, entry) for level, entry in entries.items()}


def _recipients(level: str, entry: Any) -> Recipients:
    if level not in LEVELS:
        raise ValueError(f"预警级别“{level}”不在 {'、'.join(LEVELS[1:])} 之内")
    if isinstance(entry, list):
        return Recipients(tuple(entry))
    return Recipients(tuple(entry.get("to", ())), tuple(entry.get("copy", ())))
