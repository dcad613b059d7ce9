"""Reads the whole rulebook, runs every example of every kind, and reports what is wrong.

One small function a kind; a kind without examples is only read. Nothing stops at the first mistake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from shenguan.core.indicator import checks
from shenguan.core.quality import CaseRecord, Tables, inspect
from shenguan.core.timelimit.examples import mistakes, node_mistakes
from shenguan.core.warning.examples import mistakes as warning_mistakes
from shenguan.core.warning.view import Tools
from shenguan.rulebook import DATA, Rulebook, load, reviewing, supervising
from shenguan.rulebook.loaders import (
    appeals,
    approvals,
    atoms,
    casereview,
    corrections,
    indicators,
    nodes,
    supervision,
    timelimits,
    warnings,
)
from shenguan.rulebook.loaders.obligations import Obligation, worked

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DAY_OF_EXAMPLES = date(2026, 6, 30)
"""Quality checks look at the case on a day; their examples are worked for this one."""

WITHOUT_STATUS = "未标"
Finding = tuple[int, list[str]]
"""How many examples ran, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Report:
    """One kind: entries by status, examples run, mistakes. `lacking`: entries whose source is missing.

    `of_workbook`: a court's own indicators, which need no worked examples.
    """

    kind: str
    name: str
    entries: int
    statuses: Mapping[str, int]
    examples: int
    mistakes: tuple[str, ...]
    lacking: int = 0
    of_workbook: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def entries(kind: str, overlay: Path | None = None) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return id or code → (entry as written, file) of one kind; an overlay replaces by id."""
    found: dict[str, tuple[Mapping[str, Any], str]] = {}
    for folder in filter(None, (DATA, overlay)):
        single = folder / f"{kind}.yaml"
        paths = [single] if single.exists() else sorted((folder / kind).glob("**/[!_]*.yaml"))
        for path in paths:
            for code, entry in _of_file(path):
                found[code] = (entry, str(path.relative_to(folder)))
    return found


def _of_file(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """A file holds a list of entries with `id`, one such entry, or a mapping by code."""
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}
    if isinstance(read, dict) and "id" in read:
        read = [read]
    if isinstance(read, dict):
        lists = [value for value in read.values() if isinstance(value, list)]
        read = [entry for value in lists for entry in value] or read
    for code, entry in read.items() if isinstance(read, dict) else enumerate(read, 1):
        if isinstance(entry, dict):
            yield str(entry.get("id", code)), entry


def _calendars(book: Rulebook) -> Finding:
    examples = [
        e for entry, _ in entries("calendars", book.overlay).values() for e in entry["examples"]
    ]
    wrong = [
        f"{example['say']}：{example['day']} 应为{example['expect']}，算得{found}"
        for example in examples
        if (found := "工作日" if book.calendar.is_workday(example["day"]) else "休息日")
        != example["expect"]
    ]
    return len(examples), wrong


def _scopes(book: Rulebook) -> Finding:
    number, wrong = 0, []
    for entry, _ in entries("scopes", book.overlay).values():
        for side in ("in", "out"):
            for code in entry["examples"].get(side, ()):
                number += 1
                if book.scopes.contains(entry["name"], code) != (side == "in"):
                    wrong.append(f"{entry['name']}：{code} 应{'计入' if side == 'in' else '不计'}")
    return number, wrong


def _timelimits(book: Rulebook) -> Finding:
    rules, calendar = book.timelimits, book.calendar
    examples = timelimits.examples(DATA, book.overlay)
    return len(examples), [text for e in examples for text in mistakes(e, rules, calendar)]


def _nodes(book: Rulebook) -> Finding:
    known = {node.id: node for node in nodes.load(DATA, book.overlay)}
    examples = nodes.examples(DATA, book.overlay)
    return len(examples), [
        text for e in examples for text in node_mistakes(e, known, book.calendar)
    ]


def _quality(book: Rulebook) -> Finding:
    types = book.codes.case_types.values()
    tables = Tables(
        instances={kind.code: kind.instance for kind in types},
        classes={kind.code: kind.case_class for kind in types},
        causes=book.causes,
    )
    active = {check.id: check for check in book.quality.checks}
    examples = [example for example in book.quality.examples if example.check in active]
    wrong = []
    for example in examples:
        record = CaseRecord(**example.case)
        found = [
            p.message for p in inspect(record, [active[example.check]], tables, _DAY_OF_EXAMPLES)
        ]
        if found != ([example.expect] if example.expect else []):
            wrong.append(f"{example.check}（{example.say}）：应为 {example.expect}，得到 {found}")
    return len(examples), wrong


def _atoms(book: Rulebook) -> Finding:
    return 0, list(atoms.faults(DATA, book.overlay))


def _indicators(book: Rulebook) -> Finding:
    unreadable = [*atoms.faults(DATA, book.overlay), *indicators.faults(DATA, book.overlay)]
    if unreadable:
        return 0, unreadable
    library = book.library
    number = sum(len(indicator.examples) for indicator in library.indicators.values())
    return number, list(checks.faults(library, book.facts))


def _approvals(book: Rulebook) -> Finding:
    found = approvals.examples(DATA, book.overlay)
    wrong = [text for id_, example in found if (text := approvals.mistake(id_, example))]
    waits, late = _waits(book.approvals.obligations, approvals.waits(DATA, book.overlay), book)
    return len(found) + waits, [*wrong, *late, *approvals.faults(book.approvals, book.posts)]


def _warnings(book: Rulebook) -> Finding:
    tools = Tools(book.calendar, book.nodes, book.timelimits)
    found = warnings.examples(DATA, book.overlay)
    return len(found), [text for e in found for text in warning_mistakes(e, tools)]


def _supervision(book: Rulebook) -> Finding:
    found = list(supervision.examples(DATA, book.overlay))
    wrong = [text for one in found if (text := supervising.mistake(book, *one))]
    posts = {post for m in book.supervision.measures.values() for post in m.posts}
    for act in ("mark", "confirm", "remove"):
        posts |= book.supervision.may(act)
    unknown = sorted(posts - set(book.posts.posts))
    return len(found), [*wrong, *(f"职务“{post}”不在职务表中" for post in unknown)]


def _casereview(book: Rulebook) -> Finding:
    found = list(casereview.examples(DATA, book.overlay))
    wrong = [text for one in found if (text := reviewing.mistake(book, *one))]
    lists = book.casereview.lists
    posts = {*lists["reviewers"], *lists["committee"]} - set(book.posts.posts)
    unknown = [f"职务“{post}”不在职务表中" for post in sorted(posts)]
    return len(found), [*wrong, *casereview.faults(book.casereview), *unknown]


def _waits(
    rules: Mapping[str, Obligation],
    examples: Iterable[tuple[str, str, Mapping[str, Any]]],
    book: Rulebook,
) -> Finding:
    """Run the examples of obligations: the level and the day on which each is due."""
    found, wrong = list(examples), []
    for _part, name, example in found:
        came = worked(rules[name], example["start"], example["day"], book.calendar)
        if came != example["expect"]:
            wrong.append(f"{name}（{example['say']}）：应为{example['expect']}，得到{came}")
    return len(found), wrong


def _appeals(book: Rulebook) -> Finding:
    return _waits(book.appeals.obligations, appeals.examples(DATA, book.overlay), book)


def _corrections(book: Rulebook) -> Finding:
    return _waits(book.corrections, corrections.examples(DATA, book.overlay), book)


def _read_only(attribute: str) -> Callable[[Rulebook], Finding]:
    def read(book: Rulebook) -> Finding:
        getattr(book, attribute)
        return 0, []

    return read


KINDS: dict[str, tuple[str, Callable[[Rulebook], Finding]]] = {
    "calendars": ("工作日历", _calendars),
    "codes": ("代码表", _read_only("codes")),
    "causes": ("案由", _read_only("causes")),
    "events": ("事件", _read_only("events")),
    "scopes": ("案件范围", _scopes),
    "timelimits": ("审限", _timelimits),
    "nodes": ("节点期限", _nodes),
    "approvals": ("审批与核查", _approvals),
    "supervision": ("阅核与四类案件", _supervision),
    "casereview": ("案件评查", _casereview),
    "appeals": ("发改反馈、司法技术与会议", _appeals),
    "corrections": ("数据更正", _corrections),
    "gates": ("入库门槛", _read_only("gates")),
    "warnings": ("预警", _warnings),
    "quality": ("数据质量检查", _quality),
    "choices": ("本院设置", _read_only("choices")),
    "tags": ("标签", _read_only("tags")),
    "posts": ("职务", _read_only("posts")),
    "worklists": ("工作清单", _read_only("worklists")),
    "facts": ("事实表", _read_only("facts")),
    "atoms": ("原子", _atoms),
    "indicators": ("指标", _indicators),
}


_SIZES: dict[str, Callable[[Rulebook], int]] = {
    "causes": lambda book: len(book.causes.nodes),
    "codes": lambda book: len(book.codes.case_types),
}
"""Kinds kept as tables, not as entries: how many rows."""


def check(overlay: Path | None = None, kinds: Iterable[str] = ()) -> tuple[Report, ...]:
    """Return one report a kind, all kinds by default, in the order of `KINDS`."""
    book = load(overlay)
    wanted = set(kinds) or set(KINDS)
    return tuple(_report(kind, book) for kind in KINDS if kind in wanted)


def _report(kind: str, book: Rulebook) -> Report:
    name, run = KINDS[kind]
    try:
        listed = entries(kind, book.overlay)
        getattr(book, kind, None)  # an entry without examples must be readable too
        examples, wrong = run(book)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Report(kind, name, 0, {}, 0, (f"{name}读不懂：{error}",))
    return Report(
        kind=kind,
        name=name,
        entries=_SIZES[kind](book) if kind in _SIZES else len(listed),
        statuses=dict(Counter(_status(entry) for entry, _ in listed.values())),
        examples=examples,
        mistakes=tuple(wrong),
        lacking=_lacking(kind, book) if not wrong else 0,
        of_workbook=_of_workbook(kind, book) if not wrong else 0,
    )


def _of_workbook(kind: str, book: Rulebook) -> int:
    found = book.library.indicators.values() if kind == "indicators" else ()
    return sum(indicator.of_workbook for indicator in found)


def _status(entry: Mapping[str, Any]) -> str:
    """An entry's own status; an indicator has that of its last version."""
    versions = entry.get("versions")
    if isinstance(versions, list) and versions:
        return str((versions[-1].get("official") or {}).get("status") or WITHOUT_STATUS)
    return str(entry.get("status") or WITHOUT_STATUS)


def _lacking(kind: str, book: Rulebook) -> int:
    if kind == "atoms":
        return sum(bool(atom.needs) for atom in book.library.atoms.values())
    if kind != "indicators":
        return 0
    found = book.library.indicators.values()
    return sum(bool(book.library.needs(indicator.versions[-1])) for indicator in found)
