"""Reads `casereview/`: kinds of plan, score sheets, grades, coded issues, obligations and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from shenguan.core.scoring import Deduction, GradeSet, Item, sheet_faults
from shenguan.rulebook.loaders import coded
from shenguan.rulebook.loaders.coded import CodedLists, Entitled, Entry, common, entries
from shenguan.rulebook.loaders.obligations import PART, Obligation, obligations

FOLDER = "casereview"
SHEETS, GRADES, PLANS, ISSUES, CODES = "sheets", "grades", "plans", "issues", "codes"
USUAL_GRADES = "four"


@dataclass(frozen=True, slots=True)
class PlanKind(Entitled):
    """A kind of review with its usual rate and share of second reviews (percent), minimum, targets."""

    rate: int
    minimum: int
    second: int
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet(Entitled):
    """A score sheet for classes of cases; `topic` 全案 or what a special review looks at."""

    case_classes: tuple[str, ...]
    topic: str
    items: Mapping[str, Item]


@dataclass(frozen=True, slots=True)
class Grades(Entitled):
    """A set of grades."""

    set: GradeSet


@dataclass(frozen=True, slots=True)
class Issue(Entitled):
    """A coded issue: its group, and what is usually done about it."""

    group: str
    rectify: str


@dataclass(frozen=True)
class CaseReview:
    """The whole kind, each part by id in the order of its files; `codes` targets and reasons, `lists` as written."""

    plans: Mapping[str, PlanKind]
    sheets: Mapping[str, ScoreSheet]
    grades: Mapping[str, Grades]
    issues: Mapping[str, Issue]
    obligations: Mapping[str, Obligation]
    codes: CodedLists
    lists: Mapping[str, Any]

    def sheet_for(self, case_class: str, topic: str = "全案") -> ScoreSheet | None:
        """Return the sheet of a class of cases on a topic, None where there is none."""
        fits = (
            s for s in self.sheets.values() if topic == s.topic and case_class in s.case_classes
        )
        return next(fits, None)

    @property
    def topics(self) -> list[str]:
        """What a review may look at."""
        return list(dict.fromkeys(sheet.topic for sheet in self.sheets.values()))


def load(data_dir: Path, overlay: Path | None = None) -> CaseReview:
    """Return everything; an overlay's entry of the same id, or list of the same name, replaces."""
    folders = (data_dir, overlay)
    return CaseReview(
        plans={e["id"]: _plan(e) for e in entries(FOLDER, PLANS, *folders)},
        sheets={e["id"]: _sheet(e) for e in entries(FOLDER, SHEETS, *folders)},
        grades={e["id"]: _grades(e) for e in entries(FOLDER, GRADES, *folders)},
        issues={e["id"]: _issue(e) for e in entries(FOLDER, ISSUES, *folders)},
        obligations=obligations(FOLDER, *folders),
        codes=CodedLists(coded.coded_lists(FOLDER, (CODES,), *folders)),
        lists=coded.as_written(FOLDER, *folders),
    )


def examples(
    data_dir: Path, overlay: Path | None = None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, id, example) for every example of every entry."""
    return coded.examples(FOLDER, (PLANS, SHEETS, GRADES, PART), data_dir, overlay)


def faults(rules: CaseReview) -> list[str]:
    """Return what doesn't fit together: points, grades, codes of issues and targets."""
    usual = rules.grades[USUAL_GRADES].set
    found = [
        f"{sheet.name}：{fault}"
        for sheet in rules.sheets.values()
        for fault in sheet_faults(sheet.items, usual)
    ]
    for sheet in rules.sheets.values():
        for item in sheet.items.values():
            found += [
                f"{sheet.name}：{item.name}“{d.name}”的问题代码{d.issue}不在问题清单中"
                for d in item.deductions.values()
                if d.issue not in rules.issues
            ]
    targets = {target for plan in rules.plans.values() for target in plan.targets}
    found += [
        f"重点对象{one}不在表中" for one in sorted(targets - set(rules.codes.lists["targets"]))
    ]
    return found


def _plan(entry: Entry) -> PlanKind:
    numbers: dict[str, Any] = {name: int(entry[name]) for name in ("rate", "minimum", "second")}
    return PlanKind(**common(entry), **numbers, targets=tuple(entry["targets"]))


def _sheet(entry: Entry) -> ScoreSheet:
    items = {
        item["id"]: Item(
            item["id"],
            item["name"],
            Decimal(str(item["points"])),
            {written[0]: _deduction(*written) for written in item["deductions"]},
        )
        for item in entry["items"]
    }
    classes = tuple(entry["case_classes"])
    return ScoreSheet(**common(entry), case_classes=classes, topic=entry["topic"], items=items)


def _deduction(code: str, name: str, points: float, more: Mapping[str, Any]) -> Deduction:
    most = Decimal(str(more["most"])) if "most" in more else None
    return Deduction(
        code, name, Decimal(str(points)), most, more.get("bars", ""), more.get("issue", "")
    )


def _grades(entry: Entry) -> Grades:
    rows = tuple((name, Decimal(str(least))) for name, least in entry["grades"])
    if [least for _n, least in rows] != sorted((least for _n, least in rows), reverse=True):
        raise ValueError(f"规则库 {FOLDER}：等次{entry['id']}的最低分应由高到低")
    return Grades(**common(entry), set=GradeSet(entry["id"], rows))


def _issue(entry: Entry) -> Issue:
    return Issue(**common(entry), group=entry["group"], rectify=entry["rectify"])
