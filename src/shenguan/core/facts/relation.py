"""How a case follows the one before it, told from the two case types alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

APPEAL, JURISDICTION, REMANDED, RULED_ON = "二审", "管辖上诉", "发回重审", "指令审理"
REVIEWED, RETRIED = "再审审查", "再审"
ENFORCED, RESUMED, OTHER_ENFORCEMENT = "首次执行", "恢复执行", "其他执行"
REFILED, MOVED, MEDIATED_BEFORE, BANKRUPT, OTHER = (
    "撤诉再诉",
    "移送",
    "诉前转立案",
    "破产受理",
    "其他",
)
_ENFORCEMENTS: Mapping[str, str] = {
    "执": ENFORCED,
    "执恢": RESUMED,
    "执异": "执行异议",
    "执复": "执行复议",
    "执监": "执行监督",
    "执保": "保全",
    "财保": "保全",
}
_HIGHER = frozenset({"二审", "再审", "再审审查"})
WITHDRAWN = frozenset({"准许撤诉", "按撤诉处理", "准许撤回起诉", "和解撤诉"})


class Linked(Protocol):
    """What of a case decides how it is related."""

    @property
    def case_type(self) -> str:
        """Return the type code."""

    @property
    def family(self) -> str:
        """Return the procedure family."""

    @property
    def instance(self) -> str:
        """Return the instance."""

    @property
    def disposition(self) -> str:
        """Return how the case ended, by the code table's name."""


def relation_of(prior: Linked, later: Linked) -> str:
    """Return the name of table 关联 for a pair of cases."""
    if later.case_type in _ENFORCEMENTS:
        return _ENFORCEMENTS[later.case_type]
    if later.instance == "一审":
        return _first_again(prior)
    if later.instance == "二审":
        return JURISDICTION if later.family == "管辖" else APPEAL
    if later.instance in {REVIEWED, RETRIED}:
        return later.instance
    if later.family.startswith("执行"):
        return OTHER_ENFORCEMENT
    return BANKRUPT if later.family in {"破产", "强制清算"} else OTHER


def _first_again(prior: Linked) -> str:
    """Say why a first instance follows another case."""
    if prior.instance in _HIGHER:
        return RULED_ON if prior.disposition == "指令审理" else REMANDED
    if prior.disposition in WITHDRAWN:
        return REFILED
    if prior.disposition == "移送管辖":
        return MOVED
    return MEDIATED_BEFORE if prior.family == "诉前调解" else OTHER
