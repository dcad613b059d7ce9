"""`import_files`: files in, cases and events out. The order of work in one file is written out in `_import`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from shenguan.base.audit import services as audit
from shenguan.core.casenumber import Codes
from shenguan.core.quality import Check
from shenguan.programs.intake import findings, papers, plans, sightings
from shenguan.programs.intake.courts import known_courts
from shenguan.programs.intake.identity import CourtFinder
from shenguan.programs.intake.known import CASE_TABLE, EVENT_TABLE, JUDGMENTS
from shenguan.programs.intake.layout import Layout, heading_key
from shenguan.programs.intake.material import Material, open_material
from shenguan.programs.intake.models import RejectedRow
from shenguan.programs.intake.outcome import CaseChange, FileReport, Report
from shenguan.programs.intake.rows import LEFT_OUT, Reject, Row, TableReader
from shenguan.programs.intake.sheets import Sheet, UnreadableFileError
from shenguan.programs.intake.writer import Done, Work, Writer
from shenguan.rulebook import Rulebook, load
from shenguan.rulebook.loaders.intake import Vocabulary
from shenguan.spine import pipeline
from shenguan.spine.cases import log
from shenguan.spine.cases.models import Batch, Case


class Watcher(Protocol):
    """Who is told how far an import has come and asked what only a person can decide."""

    def stage(self, title: str, total: int) -> Callable[[int], None]:
        """Begin a stage of `total` steps; returns what to call with the steps done."""
        ...

    def headings(self, file: str, layout: Layout) -> Mapping[str, str]:
        """Return {field: heading} for headings no field is known for."""
        ...

    def renumbered(self, old: str, new: str, why: str) -> bool:
        """Say whether a vanished case and a new one are one case under a changed number."""
        ...


@dataclass(slots=True)
class Options:
    """How to import. `on` is the day the data speaks of; `mapping` is {field: heading}.

    `courts` are the keys of the courts whose cases may go in; None is every court.
    """

    actor: str
    now: datetime
    on: date
    snapshot: bool = False
    court: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    courts: Collection[str] | None = None


@dataclass(slots=True)
class Importer:
    """One run of the import command over its files."""

    options: Options
    watcher: Watcher
    rulebook: Rulebook = field(init=False)
    words: Vocabulary = field(init=False)
    checks: Sequence[Check] = field(init=False)
    codes: Codes = field(init=False)
    report: Report = field(default_factory=Report)
    seen: sightings.Seen = field(default_factory=sightings.Seen)

    def __post_init__(self) -> None:
        self.rulebook = load()
        self.words = self.rulebook.intake
        self.checks = self.rulebook.quality.checks
        self.codes = known_courts(self.rulebook.codes)

    def run(self, paths: Sequence[Path]) -> Report:
        """Import every file; a file that can't be read is reported and the rest goes on."""
        self.report.first = not Batch.objects.filter(state=Batch.State.LANDED).exists()
        recover(now=self.options.now)
        for path in paths:
            report = FileReport(path.name)
            self.report.files.append(report)
            try:
                self._import(path, report)
            except UnreadableFileError as error:
                report.error = str(error)
        self._look_around()
        self._leave_trace()
        return self.report

    def _import(self, path: Path, report: FileReport) -> None:
        # 1. What does the file hold? 2. Rows of it. 3. What do they say of each case?
        # 4. Into the log, chunk by chunk. 5. Land. 6. Bring the cases up to date. 7. Findings.
        material = open_material(path, self.words, self.options.mapping)
        report.notes += material.notes
        for kind in material.kinds:
            report.kinds.append(kind)
            if kind == JUDGMENTS:
                self._judgments(path, report)
            else:
                self._tables(material, kind, report)

    def _tables(self, material: Material, kind: str, report: FileReport) -> None:
        rows: list[Row] = []
        for sheet, found in material.of(kind):
            layout = self._asked(material.path.name, sheet, found)
            report.unmapped += [
                h for h in layout.unmapped if heading_key(h) not in self.words.restless
            ]
            rows += self._read(sheet, layout, report)
        if kind == EVENT_TABLE:
            works = plans.of_events(rows, self.rulebook, report)
        else:
            rows = plans.merged(rows, self.words, report)
            renames = self._renames(rows)
            works = plans.of_cases(rows, self.rulebook, self.words, self.options.on, renames)
        self._write(material.path, kind, works, report)

    def _asked(self, file: str, sheet: Sheet, layout: Layout) -> Layout:
        """Let a person name the headings we don't know, then lay the sheet out again."""
        answers = self.watcher.headings(file, layout) if layout.unmapped else {}
        if not answers:
            return layout
        return plans.relaid(sheet, layout, self.words, {**self.options.mapping, **answers})

    def _read(self, sheet: Sheet, layout: Layout, report: FileReport) -> list[Row]:
        courts = CourtFinder(self.codes, self.options.court, layout.has("court"))
        rows: list[Row] = []
        for one in TableReader(layout, self.words, courts).read(sheet):
            report.rows += 1
            if isinstance(one, Reject) or self._is_foreign(one):
                report.rejects.append(one if isinstance(one, Reject) else _foreign(one))
                continue
            rows.append(one)
            report.rejects += [
                Reject(
                    one.place,
                    bad.field,
                    f"{bad.reason}，已置空（原文“{bad.text}”）",
                    one.original,
                    LEFT_OUT,
                )
                for bad in one.bad
            ]
        return rows

    def _is_foreign(self, row: Row) -> bool:
        """Tell whether a row is of a court that whoever imports has nothing to say in."""
        return self.options.courts is not None and row.identity.court.key not in self.options.courts

    def _renames(self, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
        """In a snapshot, find rows that look like a vanished case under a changed number."""
        if not self.options.snapshot:
            return {}
        proposals = sightings.proposals(rows, self.rulebook)
        accepted: dict[tuple[str, str], str] = {}
        for key, proposal in proposals.items():
            yes = self.watcher.renumbered(proposal.old, proposal.new, proposal.why)
            self.report.renumbered.append(replace(proposal, accepted=yes))
            if yes:
                accepted[key] = proposal.old
        return accepted

    def _judgments(self, path: Path, report: FileReport) -> None:
        tick = self.watcher.stage(f"{path.name} 识读文书", 0)
        found = papers.read_papers(path, self.codes, report, tick)
        read = [paper for paper in found if not self._is_foreign(paper.row)]
        report.rejects += [_foreign(paper.row) for paper in found if self._is_foreign(paper.row)]
        cases = self._write(path, JUDGMENTS, papers.works(read, self.options.on), report)
        papers.keep(read, cases, batch_id=report.batches[-1])

    # steps 4 to 7

    def _write(
        self, path: Path, kind: str, works: Sequence[Work], report: FileReport
    ) -> dict[tuple[str, str], int]:
        options = self.options
        batch = Batch.objects.create(
            kind=kind,
            file_name=path.name[:300],
            digest=_digest(path),
            snapshot_on=options.on if options.snapshot else None,
            actor=options.actor,
            started_at=options.now,
        )
        report.batches.append(batch.pk)
        courts = CourtFinder(self.codes)
        writer = Writer(batch, self.rulebook, self.checks, courts, options.actor, options.now)
        try:
            done = list(writer.write(works, self.watcher.stage(f"{path.name} 比对", len(works))))
        except BaseException:
            pipeline.abandon(batch)
            raise
        touched = [one.case_id for one in done if one.added]
        writer.finish(touched, self.watcher.stage(f"{path.name} 落库", len(touched)))
        self._findings(done, batch)
        self._count(done, writer, report)
        _keep_rejects(batch, report)
        if kind == CASE_TABLE:
            self.seen.add(done, batch)
        return {one.work.identity.key: one.case_id for one in done}

    def _findings(self, done: Sequence[Done], batch: Batch) -> None:
        found = {one.case_id: (one.work.place, one.problems) for one in done}
        findings.store(found, batch=batch, now=self.options.now)

    def _count(self, done: Sequence[Done], writer: Writer, report: FileReport) -> None:
        report.events += writer.events
        for one in done:
            identity = one.work.identity
            if not one.was_known:
                report.new += 1
            elif one.added:
                report.changed += 1
            else:
                report.unchanged += 1
            report.unofficial_numbers += identity.number.kind == "其他编号"
            report.unlisted_courts += not identity.court.in_table
            report.findings.update(problem.name for problem in one.problems)
            if one.was_known:
                report.changes += [
                    CaseChange(identity.number.text, identity.court.name, one.work.place, change)
                    for change in one.changes
                ]

    # after the files

    def _look_around(self) -> None:
        if self.seen.case_ids:
            self.report.vanished = sightings.settle(
                self.seen, snapshot=self.options.snapshot, on=self.options.on, now=self.options.now
            )
        if self.report.renumbered:
            sightings.note_renumberings(self.report.renumbered, now=self.options.now)
        for report in self.report.files:
            self.report.quality.update(report.findings)

    def _leave_trace(self) -> None:
        report = self.report.as_dict()
        for file in self.report.files:
            Batch.objects.filter(pk__in=file.batches).update(report=file.as_dict())
        detail = {key: report[key] for key in ("rows", "new", "changed", "unchanged", "rejected")}
        detail |= {"snapshot": self.options.snapshot, "vanished": len(self.report.vanished)}
        audit.append(
            chain="",
            actor=self.options.actor,
            action="导入数据",
            subject="、".join(file.file for file in self.report.files)[:200],
            detail=detail,
            now=self.options.now,
        )


def recover(*, now: datetime) -> int:
    """Give up batches a crash left open and bring up to date what had landed; returns their number."""
    stale = list(Batch.objects.filter(state=Batch.State.OPEN))
    for batch in stale:
        pipeline.abandon(batch)
    pipeline.catch_up(now=now)
    kinds = (CASE_TABLE, EVENT_TABLE, JUDGMENTS)
    for batch in Batch.objects.filter(state=Batch.State.LANDED, report={}, kind__in=kinds):
        findings.recheck(log.cases_of(batch), now=now)
        Batch.objects.filter(pk=batch.pk).update(report={"notes": ["导入中断，已于下次启动时补齐"]})
    return len(stale)


def _foreign(row: Row) -> Reject:
    why = f"“{row.identity.court.name}”不在导入人可接入的法院之内"
    return Reject(row.place, "法院", why, row.original or {"案号": row.identity.number.text})


def _keep_rejects(batch: Batch, report: FileReport) -> None:
    RejectedRow.objects.filter(batch=batch).delete()
    RejectedRow.objects.bulk_create(
        (
            RejectedRow(
                batch=batch,
                place=reject.place[:200],
                field=reject.field[:200],
                reason=reject.reason,
                whole_row=reject.whole_row,
                original=dict(reject.original),
            )
            for reject in report.rejects
        ),
        batch_size=1000,
    )


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def case_counts() -> Counter[str]:
    """Count registered cases by how far their number was understood."""
    return Counter(Case.objects.filter(visible=True).values_list("number_kind", flat=True))
