"""What a snapshot shows to be gone or renamed, against the latest export of the same courts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shenguan.programs.intake import findings
from shenguan.programs.intake.models import Sighting
from shenguan.programs.intake.outcome import Renumbering
from shenguan.programs.intake.rows import Row
from shenguan.programs.intake.writer import Done
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.models import Batch, Case, Party

CHUNK = 400


@dataclass(slots=True)
class Seen:
    """The cases that the files of one command showed, by court."""

    case_ids: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    batch: Batch | None = None

    def add(self, done: Iterable[Done], batch: Batch) -> None:
        """Add the cases of one file."""
        self.batch = batch
        for one in done:
            self.case_ids[one.court_id].add(one.case_id)


def settle(seen: Seen, *, snapshot: bool, on: date, now: datetime) -> list[tuple[str, str]]:
    """Remember what was seen; for a snapshot return the vanished cases as (法院, 案号), and note them."""
    gone: set[int] = set()
    for court_id, ids in seen.case_ids.items():
        held = Sighting.objects.filter(court_id=court_id).first()
        before = set(held.case_ids) if held else set()
        if snapshot:
            gone |= before - ids
        findings.clear_snapshot_findings(sorted(ids))
        kept = ids if snapshot else ids | before
        Sighting.objects.update_or_create(
            court_id=court_id,
            defaults={"batch": seen.batch, "case_ids": sorted(kept), "seen_on": on},
        )
    return _note_vanished(sorted(gone), on, now)


def _note_vanished(gone: Sequence[int], on: date, now: datetime) -> list[tuple[str, str]]:
    listed: list[tuple[str, str]] = []
    for start in range(0, len(gone), CHUNK):
        chunk = gone[start : start + CHUNK]
        cases = (
            Case.objects.filter(pk__in=chunk).select_related("court").order_by("court", "number")
        )
        listed += [(case.court.name, case.number) for case in cases]
        messages = dict.fromkeys(chunk, f"上次导出中有，{on} 的全量快照中没有")
        findings.store_snapshot_finding(chunk, findings.VANISHED, "快照中消失", messages, now=now)
    return listed


def proposals(rows: Sequence[Row], rulebook: Rulebook) -> dict[tuple[str, str], Renumbering]:
    """Return, by the key of a new row, the vanished case it looks like; only where just one fits.

    One case under a changed number keeps its court, its filing day and cause, and besides these its
    parties or, where they aren't given, its undertaker or serial.
    """
    by_court: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_court[row.identity.court.key].append(row)
    found: dict[tuple[str, str], Renumbering] = {}
    for court_key, group in by_court.items():
        sighting = Sighting.objects.filter(court__code=court_key).select_related("court").first()
        if sighting:
            found |= _of_court(sighting, group)
    return found


def _of_court(sighting: Sighting, rows: Sequence[Row]) -> dict[tuple[str, str], Renumbering]:
    keys = {row.identity.number.key for row in rows}
    held = {
        key: pk
        for pk, key in Case.objects.filter(court=sighting.court).values_list("pk", "number_key")
    }
    gone = [held_id for key, held_id in held.items() if key not in keys]
    gone = sorted(set(gone) & set(sighting.case_ids))
    fresh = [row for row in rows if row.identity.number.key not in held]
    if not gone or not fresh:
        return {}
    lost = _by_traits(gone)
    taken: dict[int, list[Row]] = defaultdict(list)
    for row in fresh:
        for case in lost.get(_traits(row.values.get("filed_on"), row.values.get("cause")), ()):
            if _alike(row, case):
                taken[case["pk"]].append(row)
    return _unique(taken, lost, sighting.court.name)


def _by_traits(case_ids: Sequence[int]) -> dict[tuple[Any, Any], list[dict[str, Any]]]:
    lost: dict[tuple[Any, Any], list[dict[str, Any]]] = defaultdict(list)
    for start in range(0, len(case_ids), CHUNK):
        chunk = case_ids[start : start + CHUNK]
        parties: dict[int, set[str]] = defaultdict(set)
        for case_id, name in Party.objects.filter(case_id__in=chunk).values_list("case_id", "name"):
            parties[case_id].add(name)
        columns = ("pk", "number", "filed_on", "cause", "undertaker_name")
        for case in Case.objects.filter(pk__in=chunk, visible=True).values(*columns):
            case["parties"] = parties[case["pk"]]
            lost[_traits(case["filed_on"], case["cause"])].append(case)
    return lost


def _traits(filed_on: date | None, cause: str | None) -> tuple[Any, Any]:
    return filed_on, cause or ""


def _alike(row: Row, case: dict[str, Any]) -> bool:
    if not case["filed_on"]:
        return False
    names = {party["name"] for party in row.values.get("parties") or ()}
    if names or case["parties"]:
        return bool(names == case["parties"])
    return bool(case["undertaker_name"]) and case["undertaker_name"] == row.values.get("undertaker")


def _unique(
    taken: dict[int, list[Row]], lost: dict[tuple[Any, Any], list[dict[str, Any]]], court: str
) -> dict[tuple[str, str], Renumbering]:
    cases = {case["pk"]: case for group in lost.values() for case in group}
    claims: dict[tuple[str, str], list[int]] = defaultdict(list)
    for case_id, rows in taken.items():
        for row in rows:
            claims[row.identity.key].append(case_id)
    return {
        key: Renumbering(
            court, cases[ids[0]]["number"], _number(taken[ids[0]]), _why(cases[ids[0]])
        )
        for key, ids in claims.items()
        if len(ids) == 1 and len(taken[ids[0]]) == 1
    }


def _number(rows: Sequence[Row]) -> str:
    return rows[0].identity.number.text


def _why(case: dict[str, Any]) -> str:
    same = "当事人" if case["parties"] else "承办人"
    return f"立案日期（{case['filed_on']}）、案由、{same}均相同"


def note_renumberings(found: Iterable[Renumbering], *, now: datetime) -> None:
    """Put a finding on the old case of every renumbering that nobody has accepted."""
    for one in found:
        if one.accepted:
            continue
        ids = list(
            Case.objects.filter(court__name=one.court, number=one.old).values_list("pk", flat=True)
        )
        message = f"疑似已改为 {one.new}（{one.why}）"
        findings.store_snapshot_finding(
            ids, findings.RENUMBERED, "案号疑似变更", dict.fromkeys(ids, message), now=now
        )
