"""Rules carry their own examples; this turns one into a case and tells what it gets wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shenguan.core.calendar import Calendar
from shenguan.core.timelimit.compute import compute
from shenguan.core.timelimit.model import CaseHistory, Due, Settings
from shenguan.core.timelimit.nodes import Node, due_from, node_dues
from shenguan.core.timelimit.reading import history_from_json, settings_from_json
from shenguan.core.timelimit.rule import Rules

_DATES = ("due", "due_local", "closed_on")


@dataclass(frozen=True, slots=True)
class Example:
    """A case worked by hand: what happened, what must follow and why (`say`)."""

    rule_id: str
    number: int
    say: str
    history: CaseHistory
    record: Mapping[str, Any]
    expect: Mapping[str, Any]
    settings: Settings


def example_from(entry: Mapping[str, Any], number: int, example: Mapping[str, Any]) -> Example:
    """Read one example of a rule entry; the rule's first way of applying fills the case."""
    record = _record(entry, number, example)
    return Example(
        rule_id=entry["id"],
        number=number,
        say=example["say"],
        history=history_from_json(record),
        record=record,
        expect=example["expect"],
        settings=settings_from_json(example.get("settings", {})),
    )


def _record(entry: Mapping[str, Any], number: int, example: Mapping[str, Any]) -> dict[str, Any]:
    applies = (entry.get("applies") or [{}])[0]
    case = dict(example.get("case", {}))
    events = list(_events(example["events"]))
    record = {
        "id": f"{entry['id']}#{number}",
        "case_type": case.pop("type", None) or _first(applies.get("type")),
        "procedure": _first(applies.get("procedure")),
        "against": applies.get("against"),
        "detained": applies.get("detained"),
        "marks": list(_many(applies.get("marks"))) or None,
        "events": events,
        "as_of": str(example.get("as_of") or max(event["on"] for event in events)),
    }
    record.update(case)
    return {key: value for key, value in record.items() if value is not None}


def _first(value: Any) -> str | None:
    return next(iter(_many(value)), None)


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _events(events: Mapping[date, Any]) -> Iterator[dict[str, Any]]:
    """`{day: name}`, `{day: {event: name, …}}` or a list of either for several on one day."""
    for day, value in events.items():
        for item in value if isinstance(value, list) else [value]:
            more = {"event": item} if isinstance(item, str) else dict(item)
            yield {"on": str(day), **more}


def mistakes(example: Example, rules: Rules, calendar: Calendar | None) -> tuple[str, ...]:
    """Return what the computation gets wrong, empty when it agrees with the hand."""
    due = compute(example.history, rules, calendar, example.settings)
    wrong = [
        f"{name} 应为 {_shown(wanted)}，算得 {_shown(got)}"
        for name, wanted, got in _compared(example, due)
        if wanted != got
    ]
    missing = set(example.expect.get("flags", ())) - set(due.flags)
    if missing:
        wrong.append(f"缺少提示 {'、'.join(sorted(missing))}，算得 {'、'.join(due.flags) or '无'}")
    return tuple(f"{example.rule_id} 例{example.number}（{example.say}）：{text}" for text in wrong)


def _compared(example: Example, due: Due) -> Iterator[tuple[str, Any, Any]]:
    for name, wanted in example.expect.items():
        if name == "flags":
            continue
        got = getattr(due, name)
        if name == "due_at":
            yield name, str(wanted), got.isoformat(" ", "minutes") if got else None
        else:
            yield name, wanted, got


def _shown(value: object) -> str:
    return "无" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class NodeExample:
    """A node worked by hand; without a history only the day it is counted from."""

    node_id: str
    number: int
    say: str
    history: CaseHistory | None
    counted_from: date | None
    case_due: date | None
    expect: Mapping[str, Any]


def node_example_from(
    entry: Mapping[str, Any], number: int, example: Mapping[str, Any]
) -> NodeExample:
    """Read one example of a node entry (`from` a day, or `events` of a case)."""
    events = example.get("events")
    record = (
        _record({"id": entry["id"], "applies": [_case(entry)]}, number, example) if events else None
    )
    return NodeExample(
        node_id=entry["id"],
        number=number,
        say=example["say"],
        history=history_from_json(record) if record else None,
        counted_from=example.get("from"),
        case_due=example.get("case_due"),
        expect=example["expect"],
    )


def _case(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A case the node applies to: the first type, a star read as first instance."""
    case = dict(entry.get("applies", {}))
    case["type"] = (_first(case.get("type")) or "民初").replace("*", "初")
    return case


def node_mistakes(
    example: NodeExample, nodes: Mapping[str, Node], calendar: Calendar | None
) -> tuple[str, ...]:
    """Return what the computation of a node gets wrong, empty when it agrees with the hand."""
    node = nodes[example.node_id]
    if example.history is None:
        assert example.counted_from is not None
        got: dict[str, Any] = {"due": due_from(node, example.counted_from, calendar)[0]}
    else:
        found = node_dues(example.history, [node], calendar, example.case_due)
        first = found[-1] if found else None
        got = {name: getattr(first, name, None) for name in ("due", "state", "done_on", "flags")}
    return tuple(
        f"{example.node_id} 例{example.number}（{example.say}）："
        f"{name} 应为 {_shown(wanted)}，算得 {_shown(got.get(name))}"
        for name, wanted in example.expect.items()
        if got.get(name) != (tuple(wanted) if isinstance(wanted, list) else wanted)
    )
