"""Faults of the kind real registers hold, put in on purpose and listed, so that a check-up can be checked.

Each fault bears the id of the quality check that must find it (`rulebook/quality`). A spoilt case keeps
its own truth in `facts["fault"]`. Shares are small: the city's figures must still mean something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shenguan.lab.simulate.cases import SimCase, SimEvent
from shenguan.lab.simulate.dice import Dice

FAULT_SHARE = 0.02
"""Of all cases, those that get one fault each."""
SEED_OFFSET = 7919
Spoiler = Callable[[SimCase], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing put wrong: in which case, and the check that must find it."""

    number: str
    court: str
    check: str


def spoilt(cases: Iterable[SimCase], seed: int, share: float = FAULT_SHARE) -> Iterator[SimCase]:
    """Yield the same cases, a share of them with one fault; kinds take turns so that all occur."""
    dice, kinds, turn = Dice(seed + SEED_OFFSET), list(SPOILERS), 0
    for case in cases:
        if dice.chance(share):
            for step in range(len(kinds)):
                kind = kinds[(turn + step) % len(kinds)]
                if SPOILERS[kind](case):
                    case.facts["fault"] = kind
                    kinds[(turn + step) % len(kinds)], kinds[turn] = kinds[turn], kind
                    turn = (turn + 1) % len(kinds)
                    break
        yield case


def fault_of(case: SimCase) -> Fault | None:
    """Return what was put wrong with a case, None for a clean one."""
    kind = case.facts.get("fault")
    return Fault(case.number, case.court_name, kind) if kind else None


def _replace(
    case: SimCase, kind: str, on: date | None = None, payload: dict[str, Any] | None = None
) -> bool:
    """Give the last event of a kind another day or payload; False where there is none."""
    for n in range(len(case.events) - 1, -1, -1):
        event = case.events[n]
        if event.kind == kind:
            case.events[n] = SimEvent(
                on or event.known_on,
                kind,
                event.payload if payload is None else payload,
                event.undated,
                event.at,
            )
            case.facts["fault_on"] = on or event.known_on
            case.events.sort(key=lambda one: one.known_on)
            return True
    return False


def _register(case: SimCase, **fields: Any) -> bool:
    return _replace(case, "登记", payload={**case.registration, **fields})


def _has(case: SimCase, kind: str) -> bool:
    return any(event.kind == kind for event in case.events)


def _closed_before_filed(case: SimCase) -> bool:
    if case.closed_on is None or _has(case, "上诉"):
        return False
    case.closed_on = case.filed_on - timedelta(days=9)
    case.events = [e for e in case.events if e.kind not in ("宣判", "送达", "文书登记", "签发")]
    return _replace(case, "报结", case.closed_on)


def _hearing_after_closing(case: SimCase) -> bool:
    if case.closed_on is None or case.events[-1].known_on < case.closed_on + timedelta(days=20):
        return False
    return _replace(case, "开庭", case.closed_on + timedelta(days=12))


def _hearing_before_filing(case: SimCase) -> bool:
    return _replace(case, "开庭", case.filed_on - timedelta(days=4))


def _impossible_year(case: SimCase) -> bool:
    if case.due is None:
        return False
    far = f"{case.due.year + 180}-{case.due:%m}-01"  # a slip of the finger: 2206 for 2026
    return _replace(case, "届满日登记", payload={"start": None, "due": far})


def _due_before_filed(case: SimCase) -> bool:
    if case.due is None or case.closed_on is None:
        return False
    early = (case.filed_on - timedelta(days=30)).isoformat()
    return _replace(case, "届满日登记", payload={"start": None, "due": early})


def _clock_start_before_filed(case: SimCase) -> bool:
    return _register(case, clock_start_on=(case.filed_on - timedelta(days=1)).isoformat())


def _missing_undertaker(case: SimCase) -> bool:
    assigned = next((e for e in case.events if e.kind == "分案"), None)
    if assigned is None or _has(case, "变更承办人"):
        return False
    return _replace(case, "分案", payload={"division": assigned.payload["division"]})


def _missing_cause(case: SimCase) -> bool:
    case.cause = ""
    return _register(case, cause="")


def _unknown_cause(case: SimCase) -> bool:
    if not case.type_code.startswith("民"):
        return False
    case.cause = "甲乙之间某某纠纷"
    return _register(case, cause=case.cause)


def _negative_amount(case: SimCase) -> bool:
    amount = case.registration.get("amount")
    return amount is not None and amount > 0 and _register(case, amount=-amount)


def _type_procedure(case: SimCase) -> bool:
    if case.type_code not in ("民终", "刑初", "行初") or _has(case, "转为普通程序"):
        return False
    case.procedure = "小额诉讼程序"
    return _register(case, procedure="小额诉讼程序")


def _type_instance(case: SimCase) -> bool:
    if case.type_code not in ("民终", "刑终", "行终"):
        return False
    return _register(case, instance="一审")


def _closed_without_disposition(case: SimCase) -> bool:
    if case.closed_on is None:
        return False
    case.disposition = ""
    return _replace(case, "报结", payload={})


def _closing_gap(case: SimCase) -> bool:
    if case.closed_on is None or not _has(case, "宣判"):
        return False
    later = case.closed_on + timedelta(days=50)
    if case.events[-1].known_on < later:
        return False
    case.closed_on = later
    return _replace(case, "报结", later)


def _own_prior(case: SimCase) -> bool:
    return _register(case, prior_number=case.number, prior_court=case.court_name)


def _number_year_differs(case: SimCase) -> bool:
    """Filed on the first days of January, registered under the year before's last."""
    if case.filed_on.month != 1 or case.filed_on.day > 12:
        return False
    case.filed_on = date(case.filed_on.year - 1, 12, 30)
    return _replace(case, "立案", case.filed_on)


SPOILERS: dict[str, Spoiler] = {
    "closed_before_filed": _closed_before_filed,
    "hearing_after_closing": _hearing_after_closing,
    "hearing_before_filing": _hearing_before_filing,
    "impossible_year": _impossible_year,
    "due_before_filed": _due_before_filed,
    "clock_start_before_filed": _clock_start_before_filed,
    "missing_undertaker": _missing_undertaker,
    "missing_cause": _missing_cause,
    "unknown_cause": _unknown_cause,
    "negative_amount": _negative_amount,
    "type_procedure": _type_procedure,
    "type_instance": _type_instance,
    "closed_without_disposition": _closed_without_disposition,
    "closing_gap": _closing_gap,
    "own_prior_number": _own_prior,
    "number_year_differs": _number_year_differs,
}
"""By the id of the check that must find it."""
