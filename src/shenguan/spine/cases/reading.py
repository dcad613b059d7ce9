"""A trace of who has seen a sensitive case, in the audit chain of its court."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from shenguan.base.audit import services as audit
from shenguan.spine.cases.models import Case

READ, EXPORTED = "查阅敏感案件", "导出敏感案件"


def note_reading(case: Case, *, actor: str, where: str, now: datetime) -> None:
    """Leave a row where a case of confidentiality 1 or more is shown; others leave none."""
    if case.confidentiality:
        audit.append(
            chain=case.court.code,
            actor=actor,
            action=READ,
            subject=case.number,
            detail={"where": where},
            now=now,
        )


def note_export(cases: Iterable[tuple[str, str]], *, actor: str, what: str, now: datetime) -> None:
    """Leave a row for each sensitive case of an export, given as (court code, number)."""
    by_court: dict[str, list[str]] = defaultdict(list)
    for court, number in cases:
        by_court[court].append(number)
    for court, numbers in by_court.items():
        for number in numbers:
            audit.append(
                chain=court,
                actor=actor,
                action=EXPORTED,
                subject=number,
                detail={"where": what},
                now=now,
            )
