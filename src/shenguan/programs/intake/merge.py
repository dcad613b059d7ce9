"""One case, several rows of one file: the first row holds, later ones fill its gaps, contradictions are flagged.

Deterministic, so that the same file read twice says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shenguan.programs.intake.rows import NOT_USED, Reject, Row
from shenguan.rulebook.loaders.intake import Vocabulary, plain

LISTS = ("parties", "hearings", "panel")


@dataclass(slots=True)
class Merged:
    """Rows, one a case, in the order of the file; what was repeated and what was contradicted."""

    rows: list[Row] = field(default_factory=list)
    repeated: int = 0
    contradicted: list[Reject] = field(default_factory=list)


def merge(rows: Iterable[Row], words: Vocabulary) -> Merged:
    """Merge rows of the same court and number; `words` names the fields that contradict each other."""
    merged = Merged()
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        base = first.setdefault(row.identity.key, row)
        if base is row:
            merged.rows.append(row)
            continue
        merged.repeated += 1
        against = _join(base, row, words)
        if against:
            base.twins.append(row.place)
            reason = f"与{base.place}同一案号而内容不一，以{base.place}为准"
            merged.contradicted.append(
                Reject(row.place, "、".join(against), reason, row.original, NOT_USED)
            )
    return merged


def _join(base: Row, later: Row, words: Vocabulary) -> list[str]:
    """Fill the gaps of `base`; return the fields in which `later` says something else."""
    against = [
        words.name_of(name)
        for name, value in later.values.items()
        if _put(base.values, name, value)
    ]
    for heading, text in later.extras.items():
        if base.extras.setdefault(heading, text) != text and plain(heading) not in words.restless:
            against.append(heading)
    return against


def _put(values: dict[str, Any], name: str, value: Any) -> bool:
    """Put a value where there is none or among others of a list; return whether it contradicts."""
    if value is None:
        return False
    if values.get(name) is None:
        values[name] = value
    elif name in LISTS:
        values[name] = [*values[name], *(one for one in value if one not in values[name])]
    else:
        return bool(values[name] != value)
    return False
