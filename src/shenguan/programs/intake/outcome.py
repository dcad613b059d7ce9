"""What an import reports: counts, lists, and where to look."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from shenguan.programs.intake.known import Change
from shenguan.programs.intake.rows import Reject


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A change with the case it belongs to, for the list of changes."""

    number: str
    court: str
    place: str
    change: Change


@dataclass(frozen=True, slots=True)
class Renumbering:
    """A vanished case and a new one that look like one case under a changed number."""

    court: str
    old: str
    new: str
    why: str
    accepted: bool = False


@dataclass(slots=True)
class FileReport:
    """What one file brought. `error` is set when nothing of it could be read."""

    file: str
    kinds: list[str] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    events: int = 0
    unofficial_numbers: int = 0
    unlisted_courts: int = 0
    rejects: list[Reject] = field(default_factory=list)
    changes: list[CaseChange] = field(default_factory=list)
    findings: Counter[str] = field(default_factory=Counter)
    unmapped: list[str] = field(default_factory=list)
    guesses: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def rejected(self) -> int:
        """Rows that didn't go in at all."""
        return sum(1 for reject in self.rejects if reject.whole_row)

    @property
    def bad_fields(self) -> int:
        """Cells that were left out or not used while their row went in."""
        return sum(1 for reject in self.rejects if not reject.whole_row)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and short lists for JSON output."""
        names = "file kinds batches rows new changed unchanged repeated rejected bad_fields events"
        shown = {name: getattr(self, name) for name in names.split()}
        shown |= {
            "unofficial_numbers": self.unofficial_numbers,
            "unlisted_courts": self.unlisted_courts,
            "findings": dict(self.findings.most_common()),
            "unmapped_headings": self.unmapped,
            "notes": self.notes,
            "error": self.error or None,
        }
        return shown


@dataclass(slots=True)
class Report:
    """What a whole command brought, and what a snapshot showed to be gone or renamed."""

    files: list[FileReport] = field(default_factory=list)
    vanished: list[tuple[str, str]] = field(default_factory=list)  # (法院, 案号)
    renumbered: list[Renumbering] = field(default_factory=list)
    quality: Counter[str] = field(default_factory=Counter)
    differing_dues: int | None = None
    first: bool = False
    checkup: str = ""
    """Where the 《审判数据体检报告》 of a first import lies."""

    def total(self, name: str) -> int:
        """Sum one count over the files."""
        return sum(int(getattr(report, name)) for report in self.files)

    @property
    def failed(self) -> bool:
        """Say whether some file couldn't be read at all."""
        return any(report.error for report in self.files)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as one JSON document; 新增 变更 未变 拒收 under their English names."""
        counts = ("rows", "new", "changed", "unchanged", "repeated", "rejected", "bad_fields")
        return {
            **{name: self.total(name) for name in counts},
            "events": self.total("events"),
            "findings": dict(self.quality.most_common()),
            "vanished": [{"court": court, "number": number} for court, number in self.vanished],
            "renumbered": [
                {"court": r.court, "old": r.old, "new": r.new, "why": r.why, "accepted": r.accepted}
                for r in self.renumbered
            ],
            "reconciliation": self.differing_dues,
            "checkup": self.checkup or None,
            "files": [report.as_dict() for report in self.files],
        }
