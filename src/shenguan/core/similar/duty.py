"""Must this case be searched, and does a record discharge the duty? (指导意见 arts 2, 8; 法〔2024〕92号)"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

SIMILAR, NOT_SIMILAR, NONE_FOUND = "类似", "不类似", "已检索，无类案"
ADOPTED, DISTINGUISHED = "参照", "不参照"


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation in which a search is a duty: told by events of the case or by its tags."""

    id: str
    name: str
    basis: str
    certainty: str
    events: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def holds(self, events: Collection[str], tags: Collection[str]) -> bool:
        """Whether the case is in this situation."""
        return any(e in events for e in self.events) or any(t in tags for t in self.tags)


@dataclass(frozen=True, slots=True)
class Library:
    """The duty to search 人民法院案例库, from a day on, for every case."""

    id: str
    name: str
    basis: str
    in_force: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One case that was found: verdict, and for a similar one whether it is followed, with reasons."""

    case: str
    verdict: str
    reason: str = ""
    followed: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """Who searched what, where and when; no findings with `none_found` closes a simple case."""

    searched_on: date
    searcher: str
    sources: tuple[str, ...]
    query: str = ""
    findings: tuple[Finding, ...] = ()
    none_found: bool = False


@dataclass(frozen=True, slots=True)
class DutyRules:
    """Situations, the library rule and the required parts of a report."""

    situations: Sequence[Situation]
    library: Library
    report_parts: Sequence[str]

    def duties(
        self, *, events: Collection[str], tags: Collection[str], today: date
    ) -> list[Situation | Library]:
        """Why this case must be searched; the special duties first."""
        found: list[Situation | Library] = [s for s in self.situations if s.holds(events, tags)]
        return found + ([self.library] if today >= self.library.in_force else [])


def lacking(record: SearchRecord) -> list[str]:
    """What a record still lacks (Chinese); empty where it discharges the duty."""
    gaps = []
    if not record.searcher:
        gaps.append("未填检索人")
    if not record.sources:
        gaps.append("未填检索平台")
    if not record.findings and not record.none_found:
        gaps.append("未填检索结果：请逐案填写，或者选择“已检索，无类案”")
    if record.findings and record.none_found:
        gaps.append("既填了检索结果，又选择了“已检索，无类案”")
    return gaps + [gap for each in record.findings if (gap := _unfinished(each))]


def _unfinished(finding: Finding) -> str:
    if finding.verdict not in (SIMILAR, NOT_SIMILAR):
        return f"{finding.case}：未判断是否类案"
    if not finding.reason:
        return f"{finding.case}：未写明理由"
    if finding.verdict == SIMILAR and finding.followed not in (ADOPTED, DISTINGUISHED):
        return f"{finding.case}：未写明是否参照或者参考"
    return ""


def signed_without_search(*, record: SearchRecord | None, signed_on: date | None) -> bool:
    """未检索先签发: signed with no complete record, or one made only afterwards."""
    if signed_on is None:
        return False
    return record is None or bool(lacking(record)) or record.searched_on > signed_on
