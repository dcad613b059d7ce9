"""Reads `fields.yaml`: the form of each kind of event, field by field, with its coded choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shenguan.rulebook.loaders import events as event_kinds
from shenguan.rulebook.reading import read_yaml

KINDS = frozenset(
    (
        *("date", "time", "int", "money", "choice", "bool", "text"),
        *("person", "people", "parties", "unit", "court", "number"),
    )
)


@dataclass(frozen=True, slots=True)
class Choices:
    """A coded list with its article."""

    name: str
    items: tuple[str, ...]
    law: str = ""
    status: str = "local"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `key` of the payload, Chinese `label`, `kind` (one of `KINDS`).

    `open` lists take a text of one's own beside the choices.
    """

    key: str
    label: str
    kind: str
    choices: Choices | None = None
    open: bool = False
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one kind of event. `held_by_source`: off where the court's own system holds it.

    `why` says why a form stays on in 只读接入模式; `acts` are the acts of posts.yaml that may record it.
    """

    event: str
    category: str
    on: str
    fields: tuple[Field, ...]
    held_by_source: bool
    bulk: bool
    acts: frozenset[str]
    law: str = ""
    note: str = ""
    why: str = ""
    classes: frozenset[str] = frozenset()
    """案件类别 it is for; none: any."""

    def offered(self, key: str) -> tuple[str, ...]:
        """Return the choices of a field, none where the form has no such field."""
        choices = next((one.choices for one in self.fields if one.key == key), None)
        return choices.items if choices else ()


@dataclass(frozen=True)
class Forms:
    """All forms by canonical event name, in the order of the file; the coded lists by name."""

    forms: Mapping[str, Form]
    lists: Mapping[str, Choices] = field(repr=False)

    def __iter__(self) -> Iterator[Form]:
        """Yield the forms in the order of the file."""
        return iter(self.forms.values())

    def get(self, event: str) -> Form | None:
        """Return the form of a kind; None for one that other pages record."""
        return self.forms.get(event)


def load(data_dir: Path, overlay: Path | None = None) -> Forms:
    """Return the forms; an overlay's `fields.yaml` adds and replaces lists, fields and forms by name."""
    raw: dict[str, dict[str, Any]] = {"lists": {}, "fields": {}, "forms": {}}
    for folder in filter(None, (data_dir, overlay)):
        path = folder / "fields.yaml"
        if path.exists():
            read = read_yaml(path)
            for part in raw:
                raw[part] |= read.get(part) or {}
    codes = read_yaml(data_dir / "codes" / "facts_codes.yaml")
    lists = {name: _list(name, entry) for name, entry in raw["lists"].items()}
    lists |= {f"代码：{name}": Choices(name, tuple(table)) for name, table in codes.items()}
    fields = {name: _field(name, entry, lists) for name, entry in raw["fields"].items()}
    kinds = event_kinds.load(data_dir, overlay)
    forms = {name: _form(name, entry, fields, kinds) for name, entry in raw["forms"].items()}
    return Forms(forms, lists)


def _list(name: str, entry: Mapping[str, Any]) -> Choices:
    items = tuple(map(str, entry["items"]))
    return Choices(name, items, entry.get("law", ""), entry.get("status", "local"))


def _field(name: str, entry: Mapping[str, Any], lists: Mapping[str, Choices]) -> Field:
    kind = entry["kind"]
    wanted = entry.get("list") or (f"代码：{entry['codes']}" if "codes" in entry else "")
    if kind not in KINDS:
        raise ValueError(f"规则库 fields.yaml：栏“{name}”的种类“{kind}”不在可选范围内")
    if (kind == "choice") != bool(wanted) or (wanted and wanted not in lists):
        raise ValueError(f"规则库 fields.yaml：栏“{name}”的选项表“{wanted}”不存在")
    return Field(
        key=entry.get("key", name),
        label=entry["label"],
        kind=kind,
        choices=lists.get(wanted),
        open=bool(entry.get("open")),
        help=entry.get("help", ""),
    )


def _form(
    name: str,
    entry: Mapping[str, Any],
    fields: Mapping[str, Field],
    kinds: event_kinds.EventKinds,
) -> Form:
    event = kinds[name]
    shown = tuple(_shown(word, name, fields) for word in entry.get("fields", ()))
    unknown = {one.key for one in shown} - set(event.payload)
    if unknown:
        raise ValueError(f"规则库 fields.yaml：“{name}”的栏{sorted(unknown)}不在事件表的内容字段中")
    return Form(
        event=event.name,
        category=event.category,
        on=entry["day"],
        fields=shown,
        held_by_source=entry["held_by_source"],
        bulk=bool(entry.get("bulk")),
        acts=frozenset(entry.get("acts", ("登记事件",))),
        law=entry.get("law", ""),
        note=entry.get("note", ""),
        why=entry.get("why", ""),
        classes=frozenset(entry.get("classes", ())),
    )


def _shown(word: str, form: str, fields: Mapping[str, Field]) -> Field:
    name = word.removesuffix("*")
    if name not in fields:
        raise ValueError(f"规则库 fields.yaml：“{form}”用到没有定义的栏“{name}”")
    one = fields[name]
    return Field(one.key, one.label, one.kind, one.choices, one.open, one.help, word.endswith("*"))
