"""Criteria of 四类案件 and of the 阅核清单: closed kinds of condition over what is known of a case.

A criterion has groups of conditions; any group that holds in full hits. A hit says in Chinese what was
found, so that whoever confirms can judge it. Amounts are 分 in cases and 元 in criteria; days are dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.core.timelimit.months import add_months

Threshold = Callable[[str, int], int]
"""`(setting, default) → value` of the court in question on the day in question."""

_DEFENDANTS = ("被告", "被上诉人", "被申请人", "被执行人")
_CONFIRMED = "确认"
PROPOSAL = "拟作处理"
"""How a hit begins that rests on what the bench means to decide: part of the inner record."""


@dataclass(frozen=True, slots=True)
class Supervised:
    """What the criteria may ask of a case on a day.

    `events` are (kind, day, payload) that count; `tags` standing tags with their state; `proposed` what
    the bench means to decide, said when a document is submitted; `document` its kind.
    """

    on: date
    case_type: str = ""
    case_class: str = ""
    instance: str = ""
    cause: str = ""
    amount: int | None = None
    parties: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[str] = ()
    tags: Mapping[str, str] = ()  # type: ignore[assignment]
    events: Sequence[tuple[str, date | None, Mapping[str, Any]]] = ()
    foreign_related: bool = False
    filed_on: date | None = None
    closed_on: date | None = None
    detained_since: date | None = None
    prior_disposition: str = ""
    four_kinds: bool = False
    document: str = ""
    proposed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """Groups of conditions, of which any one hits."""

    groups: tuple[Mapping[str, Any], ...]

    def hit(self, case: Supervised, threshold: Threshold) -> str:
        """Return what was found, "" where nothing hits."""
        for group in self.groups:
            found = [_CHECKS[kind](value, case, threshold) for kind, value in group.items()]
            if all(found):
                told = dict.fromkeys(text for text in found if text != _SILENT)
                return "；".join(told) or "符合所列条件"
        return ""


def unknown_conditions(groups: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the kinds of condition that are none."""
    return sorted({kind for group in groups for kind in group} - _CHECKS.keys())


_SILENT = "是"
"""A condition that holds but is nothing to tell on its own."""


def _tell(holds: bool, text: str = _SILENT) -> str:
    return text if holds else ""


def _first(words: Sequence[str], *texts: str) -> str:
    return next((text for text in texts for word in words if text and word in text), "")


def _cause(words: Any, case: Supervised, _t: Threshold) -> str:
    found = _first(words, case.cause)
    return f"案由：{found}" if found else ""


def _in(value: str, says: str = _SILENT) -> Callable[[Any, Supervised, Threshold], str]:
    def check(allowed: Any, case: Supervised, _t: Threshold) -> str:
        return _tell(getattr(case, value) in allowed, says)

    return check


def _case_type(codes: Any, case: Supervised, _t: Threshold) -> str:
    return _tell(case.case_type in codes, f"案件类型：{case.case_type}")


def _parties(least: Any, case: Supervised, threshold: Threshold) -> str:
    if len(case.parties) < 2:
        return ""
    role, count = Counter(p.get("role") or "" for p in case.parties).most_common(1)[0]
    limit = threshold(least["setting"], least["default"])
    return _tell(count >= limit, f"{role or '一方当事人'}{count}人，达到{limit}人")


def _amount(least: Any, case: Supervised, threshold: Threshold) -> str:
    limit = threshold(least["setting"], least["default"])
    if case.amount is None or case.amount < 100 * limit:
        return ""
    return f"标的额{case.amount // 1_000_000}万元，达到{limit // 10_000}万元"


def _party(words: Any, case: Supervised, _t: Threshold) -> str:
    found = any(word in (p.get("name") or "") for p in case.parties for word in words)
    return _tell(found, "当事人属所列单位")


def _defendant(words: Any, case: Supervised, _t: Threshold) -> str:
    for party in case.parties:
        role, name = party.get("role") or "", party.get("name") or ""
        if role.startswith(_DEFENDANTS) and any(word in name for word in words):
            return f"{role}属所列单位"
    return ""


def _mark(words: Any, case: Supervised, _t: Threshold) -> str:
    found = _first(words, *case.marks)
    return f"登记的情节：{found}" if found else ""


def _tag(names: Any, case: Supervised, _t: Threshold) -> str:
    found = next((n for n in names if dict(case.tags).get(n) == _CONFIRMED), "")
    return f"已确认的标签：{found}" if found else ""


def _foreign(wanted: Any, case: Supervised, _t: Threshold) -> str:
    return _tell(case.foreign_related is bool(wanted), "涉外")


def _event(names: Any, case: Supervised, _t: Threshold) -> str:
    found = next(((k, d) for k, d, _p in case.events if k in names), None)
    return f"{found[1] or ''}{found[0]}" if found else ""


def _event_words(wanted: Any, case: Supervised, _t: Threshold) -> str:
    """An event of a kind whose payload says one of the words."""
    for kind, day, payload in case.events:
        if kind == wanted["event"]:
            word = _first(wanted["words"], *(str(v) for v in payload.values()))
            if word:
                return f"{day or ''}{kind}：{word}"
    return ""


def _prior(words: Any, case: Supervised, _t: Threshold) -> str:
    found = _first(words, case.prior_disposition)
    return f"前案结果：{found}" if found else ""


def _months(name: str, say: str) -> Callable[[Any, Supervised, Threshold], str]:
    def check(least: Any, case: Supervised, threshold: Threshold) -> str:
        since: date | None = getattr(case, name)
        months = threshold(least["setting"], least["default"])
        if since is None or (case.closed_on or case.on) <= add_months(since, months):
            return ""
        return f"{say}自{since}起超过{months}个月"

    return check


def _four_kinds(wanted: Any, case: Supervised, _t: Threshold) -> str:
    return _tell(case.four_kinds is bool(wanted), "已标注为四类案件")


def _proposed(words: Any, case: Supervised, _t: Threshold) -> str:
    found = next((word for word in words if word in case.proposed), "")
    return f"{PROPOSAL}：{found}" if found else ""


_CHECKS: Mapping[str, Callable[[Any, Supervised, Threshold], str]] = {
    "cause": _cause,
    "case_type": _case_type,
    "case_class": _in("case_class"),
    "instance": _in("instance"),
    "document": _in("document", "属所列文书"),
    "parties_at_least": _parties,
    "amount_at_least": _amount,
    "party": _party,
    "defendant": _defendant,
    "mark": _mark,
    "tag": _tag,
    "foreign": _foreign,
    "event": _event,
    "event_words": _event_words,
    "prior": _prior,
    "open_months_over": _months("filed_on", "立案"),
    "detained_months_over": _months("detained_since", "羁押"),
    "four_kinds": _four_kinds,
    "proposed": _proposed,
}
