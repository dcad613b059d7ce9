"""Reads `intake/*.yaml`: what courts call their columns and what they write into them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shenguan.rulebook.reading import read_yaml

KINDS = frozenset({"text", "date", "dates", "amount", "number", "flag", "people", "words", "code"})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One column we know: `field` is our term, `name` the official heading, `kind` how it is read."""

    field: str
    name: str
    kind: str
    synonyms: tuple[str, ...]
    values: str = ""

    @property
    def repeats(self) -> bool:
        """Say whether several columns may feed this field (开庭日期, 当事人)."""
        return self.kind in ("dates", "people")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of import: columns of case and event tables, roles, and the reading of coded values."""

    case: tuple[FieldSpec, ...]
    event: tuple[FieldSpec, ...]
    roles: tuple[str, ...]
    identity: frozenset[str]
    restless: frozenset[str]
    empty: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    values: Mapping[str, Mapping[str, str]]
    exclusion_events: Mapping[str, tuple[str, str]]

    def canonical(self, table: str, word: str) -> str:
        """Return the word we keep for `word` in a table of values; itself where none is listed."""
        return self.values.get(table, {}).get(plain(word), word)

    def name_of(self, field: str) -> str:
        """Return the official Chinese heading of a field; the field's own name where it has none."""
        return next((spec.name for spec in (*self.case, *self.event) if spec.field == field), field)


def plain(word: str) -> str:
    """Fold width and drop white space, so that headings and values compare by their letters."""
    return "".join(unicodedata.normalize("NFKC", word).split())


def load(data_dir: Path, overlay: Path | None = None) -> Vocabulary:
    """Return the nation's words with a court's own added on top (same file names in the overlay)."""
    heads, values = (
        _read(data_dir / "intake" / "headings.yaml"),
        _read(data_dir / "intake" / "values.yaml"),
    )
    for kind, target in (("headings", heads), ("values", values)):
        path = overlay / "intake" / f"{kind}.yaml" if overlay else None
        if path and path.exists():
            _add(target, _read(path))
    return _vocabulary(heads, values)


def _read(path: Path) -> dict[str, Any]:
    entry = read_yaml(path)
    if not isinstance(entry, dict):
        raise ValueError(f"规则库文件 intake/{path.name} 不可读：应为“键: 值”结构")
    return entry


def _add(target: dict[str, Any], extra: dict[str, Any]) -> None:
    """Put a court's words before the nation's: its meaning of a heading or value wins."""
    for key, value in extra.items():
        if isinstance(value, list):
            target[key] = [*value, *target.get(key, [])]
        elif isinstance(value, dict):
            merged = dict(target.get(key, {}))
            for word, synonyms in value.items():
                merged[word] = [*synonyms, *merged.get(word, [])]
            target[key] = merged


def _vocabulary(heads: dict[str, Any], values: dict[str, Any]) -> Vocabulary:
    tables = (
        "procedures",
        "instances",
        "dispositions",
        "measures",
        "case_types",
        "exclusions",
        "fields",
    )
    return Vocabulary(
        case=_specs(heads["case"]),
        event=_specs(heads["event"]),
        roles=tuple(heads["roles"]),
        identity=_words(heads["identity"]),
        restless=frozenset(plain(word) for word in heads["restless"]),
        empty=_words(values["empty"]),
        yes=_words(values["affirmative"]),
        no=_words(values["negative"]),
        values={table: _lookup(values[table]) for table in tables},
        exclusion_events={k: (v[-2], v[-1]) for k, v in values["exclusion_events"].items()},
    )


def _specs(rows: Iterable[Mapping[str, Any]]) -> tuple[FieldSpec, ...]:
    specs: dict[str, FieldSpec] = {}
    for row in rows:
        if row["kind"] not in KINDS:
            raise ValueError(f"规则库文件 intake/headings.yaml：栏目“{row['name']}”的 kind 不明")
        known = specs.get(row["field"])
        specs[row["field"]] = FieldSpec(
            field=row["field"],
            name=known.name if known else row["name"],
            kind=row["kind"],
            synonyms=(
                *(known.synonyms if known else ()),
                *row.get("synonyms", ()),
                row["field"],
            ),
            values=row.get("values", ""),
        )
    return tuple(specs.values())


def _words(words: Iterable[object]) -> frozenset[str]:
    return frozenset(plain(str(word)) for word in words)


def _lookup(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {
        plain(word): canonical for canonical, words in table.items() for word in (*words, canonical)
    }
