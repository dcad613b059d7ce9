"""Judgments as a source: a case with what the judgment says of it, its text and the places of its parts.

A judgment only fills gaps: where the court's own system says something else, both stand, and the check-up
lists the difference (文书与登记不一致).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from shenguan.base.papers.reading import UnreadableFileError, documents
from shenguan.core.casenumber import Codes
from shenguan.core.judgment import Judgment, read, to_json
from shenguan.core.judgment.model import Member
from shenguan.programs.intake import flags
from shenguan.programs.intake.complete import complete
from shenguan.programs.intake.diff import Differ
from shenguan.programs.intake.identity import CourtFinder, NoIdentityError
from shenguan.programs.intake.known import Change, Draft, Known, after
from shenguan.programs.intake.models import Judgment as KeptJudgment
from shenguan.programs.intake.outcome import FileReport
from shenguan.programs.intake.rows import LENGTHS, Bad, Reject, Row
from shenguan.programs.intake.sheets import UnreadableFileError as UnreadableTableError
from shenguan.programs.intake.values import HALF
from shenguan.programs.intake.writer import Plan, Work

CHUNK = 100
ENDING = frozenset({"判决书", "调解书"})
NOT_ENDING = frozenset({"驳回管辖权异议", "指令审理"})


@dataclass(frozen=True, slots=True)
class Paper:
    """One judgment read: the row it amounts to, its event, its text and the whole reading."""

    row: Row
    event: Mapping[str, Any]
    judged_on: date | None
    text: str
    reading: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of the text: the same judgment in two files is one judgment."""
        return str(self.event["digest"])


def read_papers(
    path: Path, codes: Codes, report: FileReport, tick: Callable[[int], None]
) -> list[Paper]:
    """Read every judgment of a file; one without a case number is rejected with its place."""
    courts = CourtFinder(codes)
    papers: list[Paper] = []
    try:
        for document in documents(path):
            report.rows += 1
            paper = _paper(document.id, document.text, document.error, path, courts)
            if isinstance(paper, Reject):
                report.rejects.append(paper)
            else:
                complete(paper.row, codes)
                papers.append(paper)
            tick(1)
    except UnreadableFileError as error:
        raise UnreadableTableError(path, str(error)) from error
    return papers


def _paper(
    name: str, text: str | None, error: str | None, path: Path, courts: CourtFinder
) -> Paper | Reject:
    if text is None:
        return Reject(name, "整篇", error or "没有文字", {"编号": name})
    text = HALF.sub("\ufffd", text).replace("\x00", "\ufffd")  # as long as before: spans stay true
    judgment = read(text, courts.codes)
    number = judgment.case_number.value or ""
    try:
        identity = courts.identify(_main(number), judgment.court.value or "")
    except NoIdentityError:
        why = judgment.case_number.why or "文书中没有可识别的案号"
        return Reject(name, "案号", why, {"编号": name, "开头": text[:200]})
    row = Row(f"文书“{name[:80]}”", identity, _values(judgment))
    _cut(row)
    digest = hashlib.sha256(text.encode()).hexdigest()
    event = _event(judgment) | {"digest": digest, "file": path.name}
    return Paper(row, event, judgment.judged_on.value, text, to_json(judgment, name))


def _main(number: str) -> str:
    """（2024）…号之一 is a later document of the case itself."""
    head, mark, _ = number.partition("号")
    return head + mark


def _values(judgment: Judgment) -> dict[str, Any]:
    values: dict[str, Any] = {
        "filed_on": judgment.filed_on.value,
        "cause": "、".join(judgment.cause.value or ()) or None,
        "instance": judgment.instance.value,
        "procedure": judgment.procedure.value,
        "prior_number": judgment.prior_case_number.value,
        "prior_court": judgment.prior_court.value,
        "hearings": sorted(set(judgment.hearings.value or ())) or None,
        "parties": [_party(p) for p in judgment.parties.value or ()] or None,
        "members": [{"role": m.role, "name": m.name} for m in judgment.panel.value or ()] or None,
    }
    judges = _judges(judgment)
    if len(judges) == 1 and judges[0].role != "审判长":
        values["undertaker"] = judges[0].name  # a judge who sits alone has the case
    if _ends(judgment):
        values["ended_on"] = judgment.judged_on.value
        values["ended_payload"] = {
            "disposition": judgment.disposition.value or "",
            "assumed": True,
            "basis": "文书落款日期",
        }
    return {name: value for name, value in values.items() if value is not None}


def _judges(judgment: Judgment) -> list[Member]:
    return [m for m in judgment.panel.value or () if m.role in ("审判长", "审判员", "代理审判员")]


def _party(party: Any) -> dict[str, Any]:
    agents = [{"role": agent.role, "name": agent.name} for agent in party.agents]
    plain: dict[str, Any] = {"role": party.role, "name": party.name}
    return plain | {"agents": agents} if agents else plain


def _ends(judgment: Judgment) -> bool:
    """A judgment ends its case; an order only where its disposition does."""
    how = judgment.disposition.value
    if judgment.judged_on.value is None or how in NOT_ENDING:
        return False
    return judgment.type.value in ENDING or how is not None


def _cut(row: Row) -> None:
    for name, longest in LENGTHS.items():
        value = row.values.get(name)
        if isinstance(value, str) and len(value) > longest:
            row.bad.append(Bad(name, value, f"文字过长（{len(value)} 字）"))
            del row.values[name]


def _event(judgment: Judgment) -> dict[str, Any]:
    names = _judges(judgment)
    return {
        "type": judgment.type.value,
        "judged_on": _iso(judgment.judged_on.value),
        "filed_on": _iso(judgment.filed_on.value),
        "cause": "、".join(judgment.cause.value or ()) or None,
        "disposition": judgment.disposition.value,
        "undertaker": names[0].name if names else None,
        "judges": [member.name for member in names],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def works(papers: Sequence[Paper], on: date) -> list[Work]:
    """Return the work of judgments, one piece a case."""
    grouped: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers:
        grouped.setdefault(paper.row.identity.key, []).append(paper)
    return [
        Work(group[0].row.identity, group[0].row.place, _plan(group, on))
        for group in grouped.values()
    ]


def _plan(papers: Sequence[Paper], on: date) -> Plan:
    def plan(known: Known) -> tuple[list[Draft], list[Change]]:
        drafts: list[Draft] = []
        changes: list[Change] = []
        for paper in papers:
            current = after(known, drafts)
            if any(e.payload.get("digest") == paper.digest for e in current.of("文书登记")):
                continue
            differ = Differ(
                values=paper.row.values,
                known=current,
                snapshot_on=on,
                flags=flags.flags_of(paper.row),
                fill_only=True,
            ).run()
            differ.emit(
                Draft("文书登记", paper.judged_on, paper.event),
                "judgment",
                None,
                paper.event["type"],
            )
            drafts += differ.drafts
            changes += differ.changes
        return drafts, changes

    return plan


def keep(papers: Sequence[Paper], cases: Mapping[tuple[str, str], int], batch_id: int) -> None:
    """Keep the texts and readings of landed judgments; one already kept stays as it is."""
    for start in range(0, len(papers), CHUNK):
        with transaction.atomic():
            KeptJudgment.objects.bulk_create(
                [
                    KeptJudgment(
                        case_id=cases[paper.row.identity.key],
                        batch_id=batch_id,
                        digest=paper.digest,
                        file_name=str(paper.event["file"])[:300],
                        text=paper.text,
                        reading=dict(paper.reading),
                    )
                    for paper in papers[start : start + CHUNK]
                ],
                ignore_conflicts=True,
            )
