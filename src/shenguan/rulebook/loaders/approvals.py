"""Reads `approvals/*.yaml`: who decides what in which steps, for which reasons, with which papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shenguan.core.windows import Windows
from shenguan.rulebook.loaders import coded
from shenguan.rulebook.loaders.obligations import Obligation, obligations
from shenguan.rulebook.loaders.posts import Posts
from shenguan.rulebook.reading import read_yaml

MODES = frozenset({"decide", "check", "review"})
RESUMES = frozenset({"first", "same"})
PLACES = frozenset({"unit", "court", "above", "high", "supreme"})
OBJECTS = frozenset({"passes", "ends"})
FOLDER, WAITS = "approvals", "_obligations"


class UnknownApproval(ValueError):  # noqa: N818 - it names the state of the input, not a bug
    """A procedure or list of reasons that isn't in the rulebook."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One coded reason of a list."""

    code: str
    name: str
    law: str = ""


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step: which posts, where; what an objection does; who stands in and who may be delegated.

    `otherwise` acts where the post is vacant or held by the applicant alone.
    """

    name: str
    posts: tuple[str, ...]
    place: str
    otherwise: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    decides: bool = False
    objects: str = "ends"


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure of approval (`mode` decide), of checking what is already registered (check), or of
    reading with remarks that bind nobody (review).

    `resume`: an answered request goes on at the first step, or at the same that sent it back. `windows`
    are days before the due date (apply, decide) where the subject's own rule names none.
    """

    id: str
    name: str
    group: str
    mode: str
    says: str
    laws: tuple[tuple[str, str], ...]
    status: str
    valid_from: date
    act: str
    reasons: str
    refusal: str
    steps: tuple[StepRule, ...]
    yes: str
    no: str
    least_text: int = 0
    least_files: int = 0
    file_kinds: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    apply_before: int | None = None
    decide_before: int | None = None
    ways: Mapping[str, tuple[StepRule, ...]] = field(default_factory=dict)
    resume: str = "first"

    def steps_by(self, way: str) -> tuple[StepRule, ...]:
        """Return the steps of a way that a court has chosen, the ordinary ones for any other word."""
        return self.ways.get(way, self.steps)


@dataclass(frozen=True)
class Approvals:
    """All procedures by id, all lists of reasons by name, how long a step may wait by id."""

    procedures: Mapping[str, Procedure]
    lists: Mapping[str, Mapping[str, Reason]]
    obligations: Mapping[str, Obligation] = field(default_factory=dict)

    def __getitem__(self, procedure: str) -> Procedure:
        """Return the procedure of that id; raises `UnknownApproval`."""
        try:
            return self.procedures[procedure]
        except KeyError:
            raise UnknownApproval(f"规则库 approvals 中没有审批事项“{procedure}”") from None

    def __iter__(self) -> Iterator[Procedure]:
        """Yield the procedures in the order of the files."""
        return iter(self.procedures.values())

    def reasons(self, name: str) -> Mapping[str, Reason]:
        """Return one list of reasons by code; raises `UnknownApproval`."""
        try:
            return self.lists[name]
        except KeyError:
            raise UnknownApproval(f"规则库 approvals 中没有事由表“{name}”") from None

    def by_approver(self, group: str, approver: str) -> Procedure | None:
        """Return the procedure of a group that ends with an approver of the time-limit rules."""
        found = (p for p in self if p.group == group and approver in p.approvers)
        return next(found, None)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups of procedures, in the order of the files."""
        return tuple(dict.fromkeys(p.group for p in self))


def load(data_dir: Path, overlay: Path | None = None) -> Approvals:
    """Return all procedures; an overlay's entry of the same id, or list of the same name, replaces."""
    procedures: dict[str, Procedure] = {}
    lists: dict[str, Mapping[str, Reason]] = {}
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            if path.stem == WAITS:
                continue
            read = read_yaml(path)
            if path.name.startswith("_"):
                lists |= {name: _reasons(entries) for name, entries in read.items()}
            else:
                procedures |= {entry["id"]: _procedure(entry, path.name) for entry in read}
    return Approvals(procedures, lists, obligations(FOLDER, data_dir, overlay, part=WAITS))


def examples(data_dir: Path, overlay: Path | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Return every example of every procedure with the id it belongs to."""
    found: list[tuple[str, dict[str, Any]]] = []
    for folder in filter(None, (data_dir, overlay)):
        for path in sorted((folder / FOLDER).glob("[!_]*.yaml")):
            for entry in read_yaml(path):
                found.extend((entry["id"], example) for example in entry.get("examples", ()))
    return found


def waits(
    data_dir: Path, overlay: Path | None = None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, obligation, example) for every example of every obligation."""
    return coded.examples(FOLDER, (WAITS,), data_dir, overlay)


def mistake(procedure: str, example: Mapping[str, Any]) -> str:
    """Run one example; return what is wrong with it, "" where nothing is."""
    windows = Windows(example["due"], *example["windows"])
    found = windows.on_applying(example["applied"])
    found += windows.on_deciding(example["applied"], example["decided"])
    if found == example["flags"]:
        return ""
    return f"{procedure}（{example['say']}）：应为{example['flags']}，得到{found}"


def faults(approvals: Approvals, posts: Posts) -> Iterator[str]:
    """Yield every post or list of reasons that a procedure names and the rulebook doesn't have."""
    for procedure in approvals:
        for step in (*procedure.steps, *(s for way in procedure.ways.values() for s in way)):
            for post in (*step.posts, *step.otherwise, *step.delegates):
                if post not in posts.posts:
                    yield f"{procedure.id} 的步骤“{step.name}”：职务“{post}”不在职务表中"
        for name in (procedure.reasons, procedure.refusal):
            if not any(known == name or known.startswith(f"{name}.") for known in approvals.lists):
                yield f"{procedure.id}：没有事由表“{name}”"


def _reasons(entries: Mapping[str, Mapping[str, str]]) -> Mapping[str, Reason]:
    return {code: Reason(code, e["name"], e.get("law", "")) for code, e in entries.items()}


def _procedure(entry: Mapping[str, Any], file: str) -> Procedure:
    where = f"规则库 approvals/{file}：{entry['id']}"
    if entry["mode"] not in MODES or entry.get("resume", "first") not in RESUMES:
        raise ValueError(f"{where} 的 mode 或 resume 不在可选范围内")
    steps = tuple(_step(step, where) for step in entry["steps"])
    ways = {
        name: tuple(_step(step, where) for step in way)
        for name, way in entry.get("ways", {}).items()
    }
    for line in (steps, *ways.values()):
        if [step.decides for step in line] != [False] * (len(line) - 1) + [True]:
            raise ValueError(f"{where} 须有且仅有最后一步 decides: true")
    files, windows = entry.get("files", {}), entry.get("windows", {})
    return Procedure(
        id=entry["id"],
        name=entry["name"],
        group=entry["group"],
        mode=entry["mode"],
        says=entry["says"],
        laws=tuple((law["cite"], law.get("text", "")) for law in entry["law"]),
        status=entry["status"],
        valid_from=entry["valid_from"],
        act=entry["act"],
        reasons=entry["reasons"],
        refusal=entry["refusal"],
        steps=steps,
        yes=entry["words"]["agree"],
        no=entry["words"]["decline"],
        least_text=int(entry.get("least_text", 0)),
        least_files=int(files.get("least", 0)),
        file_kinds=tuple(files.get("kinds", ())),
        approvers=tuple(entry.get("approver", ())),
        apply_before=windows.get("apply_days_before"),
        decide_before=windows.get("decide_days_before"),
        ways=ways,
        resume=entry.get("resume", "first"),
    )


def _step(entry: Mapping[str, Any], where: str) -> StepRule:
    if entry["place"] not in PLACES or entry.get("objects", "ends") not in OBJECTS:
        raise ValueError(f"{where} 的步骤“{entry['name']}”的 place 或 objects 不在可选范围内")
    return StepRule(
        name=entry["name"],
        posts=tuple(entry["posts"]),
        place=entry["place"],
        otherwise=tuple(entry.get("otherwise", ())),
        delegates=tuple(entry.get("delegates", ())),
        decides=bool(entry.get("decides", False)),
        objects=entry.get("objects", "ends"),
    )
