"""Reads `supervision/*.yaml`: 四类案件 criteria, 阅核清单, opinions, measures, obligations and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shenguan.core.supervision.criteria import Criterion, unknown_conditions
from shenguan.rulebook.loaders import coded
from shenguan.rulebook.loaders.coded import CodedLists, Entitled, Entry, common, entries
from shenguan.rulebook.loaders.obligations import PART, Obligation, obligations

FOLDER = "supervision"
KINDS, READING, OPINIONS, MEASURES = "four_kinds", "reading", "opinions", "measures"
CODES = "codes"
STAGES = frozenset({"立案", "审理", "不限"})
READERS = ("庭领导", "院领导", "院长")
"""Levels of reading, the nearest first."""


@dataclass(frozen=True, slots=True)
class KindRule(Entitled):
    """One criterion of 四类案件: which of the four kinds, at which stage it can be seen."""

    kind: int
    stage: str
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class ReadingRule(Entitled):
    """One entry of the 阅核清单: which level reads which documents."""

    reader: str
    documents: frozenset[str]
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Opinion(Entitled):
    """A kind of opinion. `referral`: what the bench does first; `once_at_most`: 0 for no bound."""

    onward: bool = False
    referral: str = ""
    once_at_most: int = 0


@dataclass(frozen=True, slots=True)
class Measure(Entitled):
    """One of the ten measures: who may take it, whether the bench owes a reply."""

    number: int
    posts: frozenset[str]
    reply: bool
    once_at_most: int = 0


@dataclass(frozen=True)
class Supervision:
    """The whole kind, each part by id in the order of its file; `codes` reasons, `lists` as written."""

    criteria: Mapping[str, KindRule]
    reading: Mapping[str, ReadingRule]
    opinions: Mapping[str, Opinion]
    measures: Mapping[str, Measure]
    obligations: Mapping[str, Obligation]
    codes: CodedLists
    lists: Mapping[str, Any]

    @cached_property
    def kinds(self) -> Mapping[int, str]:
        """The four kinds by number."""
        return {int(number): text for number, text in self.lists["kinds"].items()}

    def may(self, act: str) -> frozenset[str]:
        """Return the posts that may `mark`, `confirm` or `remove`."""
        return frozenset(self.lists["marking"][act])


def load(data_dir: Path, overlay: Path | None = None) -> Supervision:
    """Return everything; an overlay's entry of the same id, or list of the same name, replaces."""
    folders = (data_dir, overlay)
    return Supervision(
        criteria={e["id"]: _kind_rule(e) for e in entries(FOLDER, KINDS, *folders)},
        reading={e["id"]: _reading_rule(e) for e in entries(FOLDER, READING, *folders)},
        opinions={e["id"]: _opinion(e) for e in entries(FOLDER, OPINIONS, *folders)},
        measures={e["id"]: _measure(e) for e in entries(FOLDER, MEASURES, *folders)},
        obligations=obligations(FOLDER, *folders),
        codes=CodedLists(coded.coded_lists(FOLDER, (CODES,), *folders)),
        lists=coded.as_written(FOLDER, *folders),
    )


def examples(
    data_dir: Path, overlay: Path | None = None
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield (part, id, example) for every example of every entry."""
    return coded.examples(FOLDER, (KINDS, READING, OPINIONS, MEASURES, PART), data_dir, overlay)


def _criterion(entry: Entry) -> Criterion:
    if unknown := unknown_conditions(entry["when"]):
        raise ValueError(
            f"规则库 {FOLDER}：{entry['id']} 的条件“{'、'.join(unknown)}”不在可选范围内"
        )
    return Criterion(tuple(dict(group) for group in entry["when"]))


def _kind_rule(entry: Entry) -> KindRule:
    if entry["stage"] not in STAGES or entry["kind"] not in {1, 2, 3, 4}:
        raise ValueError(f"规则库 {FOLDER}：{entry['id']} 的 kind 或 stage 不在可选范围内")
    return KindRule(
        **common(entry), kind=entry["kind"], stage=entry["stage"], criterion=_criterion(entry)
    )


def _reading_rule(entry: Entry) -> ReadingRule:
    if entry["reader"] not in READERS:
        raise ValueError(f"规则库 {FOLDER}：{entry['id']} 的 reader 不在 {'、'.join(READERS)} 之内")
    return ReadingRule(
        **common(entry),
        reader=entry["reader"],
        documents=frozenset(entry["documents"]),
        criterion=_criterion(entry),
    )


def _opinion(entry: Entry) -> Opinion:
    return Opinion(
        **common(entry),
        onward=bool(entry.get("onward")),
        referral=entry.get("referral", ""),
        once_at_most=int(entry.get("once_at_most", 0)),
    )


def _measure(entry: Entry) -> Measure:
    return Measure(
        **common(entry),
        number=entry["number"],
        posts=frozenset(entry["posts"]),
        reply=bool(entry["reply"]),
        once_at_most=int(entry.get("once_at_most", 0)),
    )
