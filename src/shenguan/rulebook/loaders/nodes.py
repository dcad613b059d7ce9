"""Reads `nodes/*.yaml`: the deadlines inside a case (节点期限)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shenguan.core.timelimit.examples import NodeExample, node_example_from
from shenguan.core.timelimit.nodes import Moment, Node
from shenguan.rulebook.reading import read_yaml

FOLDER = "nodes"

Entry = dict[str, Any]


def load(data_dir: Path, overlay: Path | None = None) -> tuple[Node, ...]:
    """Return every node; an overlay's entry with the same id replaces the nation's."""
    nodes: dict[str, Node] = {}
    for folder in filter(None, (data_dir, overlay)):
        for path, entry in _entries(folder):
            try:
                nodes[entry["id"]] = _node(entry)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(
                    f"规则库文件 {FOLDER}/{path.name} 的条目“{entry.get('id')}”不可读：{error!r}"
                ) from error
    return tuple(nodes.values())


def examples(data_dir: Path, overlay: Path | None = None) -> tuple[NodeExample, ...]:
    """Return the examples of every node that counts; one the overlay replaces brings its own."""
    standing = {
        entry["id"]: entry
        for folder in filter(None, (data_dir, overlay))
        for _, entry in _entries(folder)
    }
    return tuple(
        node_example_from(entry, number, example)
        for entry in standing.values()
        for number, example in enumerate(entry.get("examples", ()), 1)
    )


def _entries(folder: Path) -> Iterator[tuple[Path, Entry]]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        found = read_yaml(path)
        for entry in found or []:
            yield path, entry


def _node(entry: Entry) -> Node:
    length: dict[str, int] = entry.get("length", {})
    case: Entry = entry.get("applies", {})
    if not length and entry.get("at_most") is None:
        raise ValueError("缺少 length 或 at_most")
    return Node(
        id=entry["id"],
        name=entry["name"],
        law="；".join(_strings(entry["law"])),
        status=entry["status"],
        valid_from=entry["valid_from"],
        trigger=_moment(entry.get("trigger")),
        done=_moment(entry.get("done")),
        types=_strings(case.get("type")),
        marks=frozenset(_strings(case.get("marks"))),
        without=frozenset(_strings(case.get("without"))),
        procedures=_strings(case.get("procedure")),
        foreign=case.get("foreign_related"),
        against=case.get("against"),
        months=length.get("months", 0),
        days=length.get("days", 0),
        workdays=length.get("workdays", 0),
        before=bool(entry.get("before")),
        whose=entry.get("whose", "法院"),
        at_most=entry.get("at_most"),
        source_ids=_strings(entry.get("source")),
        note=entry.get("note", ""),
    )


def _moment(value: Any) -> Moment | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        return Moment(frozenset(_strings(value)))
    return Moment(frozenset(_strings(value["event"])), frozenset(_strings(value.get("kind"))))


def _strings(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
