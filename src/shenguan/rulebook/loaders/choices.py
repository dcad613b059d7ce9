"""Reads what each court may choose: `choices.yaml`, the terms of obligations, the bounds of criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders import appeals, casereview, corrections, supervision, warnings
from shenguan.rulebook.loaders.coded import STATUSES
from shenguan.rulebook.loaders.obligations import Obligation
from shenguan.rulebook.reading import read_yaml

FILE = "choices.yaml"
KINDS = frozenset({"switch", "number", "one", "codes", "each", "names", "periods", "warning"})
_BOUNDED = ("tags.yaml", "supervision/four_kinds.yaml")
_UNITS = {"amount_at_least": "元", "parties_at_least": "人"}
_MONTHS = "个月"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a court may choose; `kind` says what a value looks like (see choices.yaml).

    `default` holds until a court chooses. `moves`: due dates change with it. `open`: of the kind `each`,
    items beside those of `options` may be written.
    """

    key: str
    group: str
    name: str
    kind: str
    default: Any
    says: str
    laws: tuple[tuple[str, str], ...]
    status: str
    options: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    most: int = 10**12
    unit: str = ""
    moves: bool = False
    open: bool = False


def load(data_dir: Path, overlay: Path | None = None) -> Mapping[str, Choice]:
    """Return every choice by its key, group by group.

    Raises `ValueError` naming an entry of an unknown kind or status.
    """
    found = {one.key: one for one in _written(data_dir)}
    for one in (*_terms(data_dir, overlay), *_bounds(data_dir), *_warnings(data_dir, overlay)):
        found.setdefault(one.key, one)
    groups = list(dict.fromkeys(one.group for one in found.values()))
    return dict(sorted(found.items(), key=lambda pair: groups.index(pair[1].group)))


def _written(folder: Path) -> Iterator[Choice]:
    entries = read_yaml(folder / FILE)
    for key, entry in entries.items():
        if entry["kind"] not in KINDS or entry["status"] not in STATUSES:
            raise ValueError(f"规则库 {FILE}：“{key}”的 kind 或 status 不在可选范围内")
        laws = tuple((law["cite"], law.get("text", "")) for law in entry["law"])
        rest = {name: value for name, value in entry.items() if name not in {"say", "law"}}
        yield Choice(key=key, says=entry["say"], laws=laws, **rest)


def _terms(folder: Path, overlay: Path | None) -> Iterator[Choice]:
    """Yield the term of every obligation: so many workdays unless the court says otherwise."""
    groups: tuple[tuple[str, Mapping[str, Obligation]], ...] = (
        ("阅核与四类案件", supervision.load(folder, overlay).obligations),
        ("评查", casereview.load(folder, overlay).obligations),
        ("发改", appeals.load(folder, overlay).obligations),
        ("数据更正", corrections.load(folder, overlay)),
    )
    for group, obligations in groups:
        for one in obligations.values():
            yield Choice(
                key=one.setting,
                group=group,
                name=f"{one.name}：期限",
                kind="number",
                default=one.workdays,
                says="届满未办的，按预警阶梯提示、催办、督办",
                laws=one.laws,
                status=one.status,
                most=250,
                unit="个工作日",
            )


def _bounds(folder: Path) -> Iterator[Choice]:
    """Yield the bounds that criteria of tags and of the four kinds leave to the court."""
    for file in _BOUNDED:
        for entry in _mappings(read_yaml(folder / file)):
            for condition, value in entry.items():
                if isinstance(value, dict) and set(value) == {"setting", "default"}:
                    yield Choice(
                        key=value["setting"],
                        group="标签与四类案件的界限",
                        name=value["setting"].rpartition(".")[2],
                        kind="number",
                        default=value["default"],
                        says="达到的由系统提示，由人确认；次日夜间起按新值",
                        laws=(("本院标准", "规范性文件没有写明数额或人数的，由各院确定"),),
                        status="local",
                        unit=_UNITS.get(condition, _MONTHS),
                    )


def _warnings(folder: Path, overlay: Path | None) -> Iterator[Choice]:
    """Yield every warning: a court may switch it off or give other terms for answers and orders."""
    for rule in warnings.load(folder, overlay):
        yield Choice(
            key=f"预警.{rule.id}",
            group="预警",
            name=rule.name,
            kind="warning",
            default={},
            says="停用，或另定答复和督办的期限；阶梯和发送对象在规则库里另加条目",
            laws=tuple((cite, "") for cite in rule.law),
            status=rule.status,
            options={
                "answer_workdays": f"答复期限（默认{rule.ladder.answer_workdays}个工作日）",
                "supervise_workdays": f"督办期限（默认{rule.supervise_workdays}个工作日）",
            },
            least=1,
            most=60,
            unit="个工作日",
        )


def _mappings(tree: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(tree, dict):
        yield tree
    for below in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        yield from _mappings(below)
