"""Data-quality checks: pure functions over one case as it is known; what they find is kept, never dropped.

A check takes a `CaseRecord`, the `Tables` it may ask, its parameters and the day; it returns the facts for
its message, or None when nothing is wrong. Which checks run, with which parameters, severity and message,
is the rulebook's (`rulebook/quality/*.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from shenguan.core.causes import ADMINISTRATIVE, BEFORE_2021, CIVIL, CRIMINAL, Causes, civil_version

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One case for checking. Dates are days, `amount` is 分, texts are "" when absent.

    `court_code` is the key of the court it stands under, `number_court` the code its number bears;
    `events` are (kind, day) of the live events; `unreadable` are (栏目, 原文, 说明) of cells not read.
    """

    number: str = ""
    number_kind: str = "规范案号"
    number_year: int | None = None
    number_court: str = ""
    court: str = ""
    court_code: str = ""
    court_in_table: bool = True
    court_stated: bool = True
    case_type: str = ""
    stated_type: str = ""
    instance: str = ""
    procedure: str = ""
    cause: str = ""
    filed_on: date | None = None
    clock_start_on: date | None = None
    recorded_due_on: date | None = None
    closed_on: date | None = None
    legal_end_on: date | None = None
    disposition: str = ""
    amount: int | None = None
    undertaker: str = ""
    prior_number: str = ""
    hearings: Sequence[date] = ()
    events: Sequence[tuple[str, date]] = ()
    unreadable: Sequence[tuple[str, str, str]] = ()
    same_number: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """What checks may look up: `instances` and `classes` by type code, and the trees of causes."""

    instances: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    causes: Causes | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of the rulebook: which function, its parameters, and what to say."""

    id: str
    name: str
    function: str
    severity: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found in one case, with its Chinese sentence."""

    check: str
    name: str
    severity: str
    message: str


CheckFunction = Callable[[CaseRecord, Tables, Mapping[str, Any], date], Facts | None]


def inspect(
    record: CaseRecord, checks: Iterable[Check], tables: Tables, today: date
) -> list[Problem]:
    """Return what the checks find in one case, in the order of the checks."""
    problems = []
    for check in checks:
        facts = CHECKS[check.function](record, tables, check.params, today)
        if facts is not None:
            message = check.message.format(**facts)
            problems.append(Problem(check.id, check.name, check.severity, message))
    return problems


def _before(early: str, late: str) -> CheckFunction:
    """Return a check that finds the day `late` standing before the day `early`."""

    def check(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
        first, second = getattr(case, early), getattr(case, late)
        if first is None or second is None or second >= first:
            return None
        return {"early": first, "late": second}

    return check


def _closed_before_filed(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    ends = [day for day in (case.closed_on, case.legal_end_on) if day]
    if case.filed_on is None or not ends or min(ends) >= case.filed_on:
        return None
    return {"filed": case.filed_on, "closed": min(ends)}


def _hearing_after_closing(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    ends = [day for day in (case.closed_on, case.legal_end_on) if day]
    if not ends:
        return None
    late = [day for day in case.hearings if day > min(ends)]
    return {"hearing": max(late), "closed": min(ends)} if late else None


def _hearing_before_filing(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    early = [day for day in case.hearings if case.filed_on and day < case.filed_on]
    return {"hearing": min(early), "filed": case.filed_on} if early else None


def _impossible_year(case: CaseRecord, _tables: Tables, params: Facts, today: date) -> Facts | None:
    for heading, text, reason in case.unreadable:
        if "年份不可能" in reason:
            return {"field": heading, "value": text}
    years = [("案号年度", case.number_year)]
    years += [(name, day.year) for name, day in _days(case)]
    for name, year in years:
        if year and not params["earliest"] <= year <= today.year + params["ahead"]:
            return {"field": name, "value": f"{year} 年"}
    return None


def _days(case: CaseRecord) -> list[tuple[str, date]]:
    named = [
        ("立案日期", case.filed_on),
        ("审限起算日期", case.clock_start_on),
        ("审限届满日期", case.recorded_due_on),
        ("报结日期", case.closed_on),
    ]
    return [(name, day) for name, day in named if day] + [("开庭日期", d) for d in case.hearings]


def _number_year_differs(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    if case.number_year is None or case.filed_on is None or case.filed_on.year == case.number_year:
        return None
    return {"year": case.number_year, "filed": case.filed_on}


def _duplicate_number(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    return {"places": "、".join(case.same_number)} if case.same_number else None


def _type_procedure(case: CaseRecord, tables: Tables, params: Facts, _today: date) -> Facts | None:
    """`params.only` says where a procedure can occur: {procedure: {classes: […], instances: […]}}."""
    where = params["only"].get(case.procedure)
    if where is None or not case.case_type:
        return None
    case_class, instance = tables.classes.get(case.case_type), tables.instances.get(case.case_type)
    fits = case_class in where["classes"] and instance in where["instances"]
    return None if fits else {"type": case.case_type, "procedure": case.procedure}


def _type_instance(case: CaseRecord, tables: Tables, params: Facts, _today: date) -> Facts | None:
    expected = tables.instances.get(case.case_type)
    known = params["instances"]
    if expected not in known or case.instance not in known or expected == case.instance:
        return None
    return {"type": case.case_type, "instance": case.instance, "expected": expected}


def _type_stated(case: CaseRecord, tables: Tables, _params: Facts, _today: date) -> Facts | None:
    """The type column names one type code and the number bears another."""
    if case.stated_type == case.case_type or case.stated_type not in tables.instances:
        return None
    return {"stated": case.stated_type, "type": case.case_type}


def _missing_court(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
    return None if case.court_stated else {"court": case.court}


def _unknown_court(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
    return {"court": case.court} if case.court_stated and not case.court_in_table else None


def _court_code(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
    if not case.number_court or case.number_court == case.court_code:
        return None
    return {"code": case.number_court, "court": case.court}


def _unofficial_number(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    return {"number": case.number} if case.number_kind == "其他编号" else None


def _unknown_type(case: CaseRecord, tables: Tables, _params: Facts, _today: date) -> Facts | None:
    if case.number_kind == "其他编号" or not case.case_type or case.case_type in tables.instances:
        return None
    return {"type": case.case_type}


def _future_date(case: CaseRecord, _tables: Tables, _params: Facts, today: date) -> Facts | None:
    """Hearings and due dates may lie ahead; filing, closing and service can't."""
    past = ("立案", "报结", "结案", "宣判", "送达")
    named = [("立案日期", case.filed_on), ("报结日期", case.closed_on)]
    named += [(kind, day) for kind, day in case.events if kind in past]
    for name, day in named:
        if day and day > today:
            return {"field": name, "value": day}
    return None


def _negative_amount(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    if case.amount is None or case.amount >= 0:
        return None
    return {"amount": f"{case.amount / 100:.2f} 元"}


def _missing(name: str) -> CheckFunction:
    """Return a check that finds a field empty."""

    def check(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
        return None if getattr(case, name) else {}

    return check


def _closing_gap(case: CaseRecord, _tables: Tables, params: Facts, _today: date) -> Facts | None:
    if case.closed_on is None or case.legal_end_on is None:
        return None
    gap = abs((case.closed_on - case.legal_end_on).days)
    if gap <= params["days"]:
        return None
    return {"closed": case.closed_on, "end": case.legal_end_on, "days": gap}


def _unknown_cause(case: CaseRecord, tables: Tables, _params: Facts, _today: date) -> Facts | None:
    """A cause is known when some version held knows it: old civil cases keep the name of their day."""
    case_class = tables.classes.get(case.case_type, "")
    if (
        not case.cause
        or tables.causes is None
        or case_class not in (CIVIL, CRIMINAL, ADMINISTRATIVE)
    ):
        return None
    version = civil_version(case.filed_on) if case.filed_on else BEFORE_2021
    if _cause_known(case.cause, case_class, tables.causes, version):
        return None
    old = case_class == CIVIL and not tables.causes.holds(version)
    return {
        "cause": case.cause,
        "note": "（2021 年前立案的适用当时的案由，须人工核对）" if old else "",
    }


@lru_cache(maxsize=4096)
def _cause_known(printed: str, case_class: str, causes: Causes, version: str) -> bool:
    """Several causes may stand in one cell; one known among them is enough to be read."""
    parts = [printed, *re.split(r"[、，,；;]", printed)]
    return any(causes.knows(part, case_class, version) for part in parts if part.strip())


def _closed_without_disposition(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    return {"closed": case.closed_on} if case.closed_on and not case.disposition else None


def _disposition_without_closing(
    case: CaseRecord, _tables: Tables, _params: Facts, _today: date
) -> Facts | None:
    return {"how": case.disposition} if case.disposition and not case.closed_on else None


def _unreadable(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
    cells = [f"{heading}“{text}”（{reason}）" for heading, text, reason in case.unreadable]
    return {"cells": "；".join(cells)} if cells else None


def _own_prior(case: CaseRecord, _tables: Tables, _params: Facts, _today: date) -> Facts | None:
    same = case.prior_number and case.prior_number == case.number
    return {"number": case.number} if same else None


CHECKS: Mapping[str, CheckFunction] = {
    "closed_before_filed": _closed_before_filed,
    "hearing_after_closing": _hearing_after_closing,
    "hearing_before_filing": _hearing_before_filing,
    "impossible_year": _impossible_year,
    "number_year_differs": _number_year_differs,
    "duplicate_number": _duplicate_number,
    "type_procedure": _type_procedure,
    "type_instance": _type_instance,
    "type_stated": _type_stated,
    "missing_court": _missing_court,
    "unknown_court": _unknown_court,
    "court_code": _court_code,
    "unofficial_number": _unofficial_number,
    "unknown_type": _unknown_type,
    "future_date": _future_date,
    "due_before_filed": _before("filed_on", "recorded_due_on"),
    "clock_start_before_filed": _before("filed_on", "clock_start_on"),
    "negative_amount": _negative_amount,
    "missing_undertaker": _missing("undertaker"),
    "missing_filed": _missing("filed_on"),
    "missing_cause": _missing("cause"),
    "closing_gap": _closing_gap,
    "unknown_cause": _unknown_cause,
    "closed_without_disposition": _closed_without_disposition,
    "disposition_without_closing": _disposition_without_closing,
    "unreadable": _unreadable,
    "own_prior": _own_prior,
}
