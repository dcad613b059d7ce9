"""Keeping the list of findings: what is found now stands, what was put right goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from shenguan.base.ops.clock import day_of
from shenguan.core.quality import Problem, inspect
from shenguan.programs.intake.courts import known_courts, own_code
from shenguan.programs.intake.identity import CourtFinder, CourtRef, Identity, read_number
from shenguan.programs.intake.models import Finding
from shenguan.programs.intake.records import record_of, tables
from shenguan.programs.intake.writer import read_known
from shenguan.rulebook import load
from shenguan.spine.cases.models import Batch, Case

CHUNK = 400
VANISHED, RENUMBERED = "vanished_case", "renumbered_case"
SNAPSHOT_CHECKS = (VANISHED, RENUMBERED)
Found = tuple[str, Sequence[Problem]]  # (place, problems)


def store(found: Mapping[int, Found], *, batch: Batch | None, now: datetime) -> None:
    """Make the findings of these cases what was found: add, reword, remove. Idempotent."""
    ids = list(found)
    for start in range(0, len(ids), CHUNK):
        chunk = {case_id: found[case_id] for case_id in ids[start : start + CHUNK]}
        with transaction.atomic():
            _store_chunk(chunk, batch, now)


def _store_chunk(found: Mapping[int, Found], batch: Batch | None, now: datetime) -> None:
    held: dict[tuple[int, str], Finding] = {
        (row.case_id, row.check_id): row
        for row in Finding.objects.filter(case_id__in=list(found)).exclude(
            check_id__in=SNAPSHOT_CHECKS
        )
    }
    wanted = {
        (case_id, problem.check): (place, problem)
        for case_id, (place, problems) in found.items()
        for problem in problems
    }
    stale = [
        row.pk
        for key, row in held.items()
        if key not in wanted or row.message != wanted[key][1].message
    ]
    Finding.objects.filter(pk__in=stale).delete()
    Finding.objects.bulk_create(
        _finding(case_id, place, problem, batch, now)
        for (case_id, check), (place, problem) in wanted.items()
        if (case_id, check) not in held or held[case_id, check].pk in set(stale)
    )


def _finding(
    case_id: int, place: str, problem: Problem, batch: Batch | None, now: datetime
) -> Finding:
    return Finding(
        case_id=case_id,
        batch=batch,
        check_id=problem.check,
        name=problem.name,
        severity=problem.severity,
        message=problem.message,
        place=place[:200],
        found_at=now,
    )


def store_snapshot_finding(
    case_ids: Iterable[int], check_id: str, name: str, messages: Mapping[int, str], *, now: datetime
) -> None:
    """Put the finding of a snapshot (消失, 案号疑似变更) on cases."""
    rows = [
        Finding(
            case_id=case_id,
            check_id=check_id,
            name=name,
            severity="一般",
            message=messages[case_id],
            found_at=now,
        )
        for case_id in case_ids
    ]
    with transaction.atomic():
        Finding.objects.filter(case_id__in=[r.case_id for r in rows], check_id=check_id).delete()
        Finding.objects.bulk_create(rows)


def clear_snapshot_findings(case_ids: Iterable[int]) -> None:
    """Take those findings off cases that are seen again."""
    ids = list(case_ids)
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        Finding.objects.filter(case_id__in=chunk, check_id__in=SNAPSHOT_CHECKS).delete()


def recheck(case_ids: Iterable[int], *, now: datetime) -> int:
    """Run every check on these cases from the log alone; returns how many findings there are."""
    rulebook = load()
    checks = rulebook.quality.checks
    courts, lookups, today = (
        CourtFinder(known_courts(rulebook.codes)),
        tables(rulebook),
        day_of(now),
    )
    ids, total = list(case_ids), 0
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        logs, found = read_known(chunk), dict[int, Found]()
        others = _courts_of_numbers(chunk)
        for case in Case.objects.filter(pk__in=chunk).select_related("court"):
            identity = _identity(case)
            elsewhere = sorted(others[case.number_key] - {case.court.name})
            record = record_of(identity, logs[case.pk], courts, elsewhere)
            problems = inspect(record, checks, lookups, today)
            found[case.pk] = ("", problems)
            total += len(problems)
        store(found, batch=None, now=now)
    return total


def _identity(case: Case) -> Identity:
    return Identity(CourtRef(case.court.name, own_code(case.court)), read_number(case.number))


def _courts_of_numbers(case_ids: Sequence[int]) -> dict[str, set[str]]:
    keys = Case.objects.filter(pk__in=case_ids, number_kind="规范案号").values("number_key")
    held = Case.objects.filter(number_key__in=keys, visible=True)
    courts: dict[str, set[str]] = defaultdict(set)
    for key, name in held.values_list("number_key", "court__name"):
        courts[key].add(name)
    return courts
