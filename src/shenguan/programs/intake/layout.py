"""Finding the heading row of a table and what each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.programs.intake.sheets import Line, Sheet
from shenguan.programs.intake.values import cell_text
from shenguan.rulebook.loaders.intake import FieldSpec, Vocabulary, plain

HEADING_ROWS = 40  # titles, filters and notes above the headings are never longer
PROBED = 50  # rows looked at below a heading
LIKENESS = 72.0  # of 100; below it a guess is only noise
REMARK = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
BARE_ID, MANY = "id", 3
UNIT = re.compile(r"(亿元|百万元|万元|千元|元|分)")
IDENTITY = FieldSpec("identity", "证件号码", "identity", ())
ORDINAL = re.compile(r"^(第[一二三四五六七八九十\d]+次|首次|末次)|[一二三四五六七八九十\d]+$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column that feeds a field. `role` is set for columns like 原告; `unit` for amounts."""

    index: int
    heading: str
    spec: FieldSpec
    role: str = ""
    unit: str = "元"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read: which table it is, where its data starts, what its columns are."""

    table: str  # "case" or "event"
    heading_line: int  # position in Sheet.lines of the last heading row
    columns: tuple[Column, ...]
    extras: tuple[tuple[int, str], ...]
    width: int = 0

    def has(self, field: str) -> bool:
        """Say whether some column feeds `field`."""
        return any(column.spec.field == field for column in self.columns)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Headings no field is known for; their columns are kept as extras."""
        return tuple(heading for _, heading in self.extras)


class BadMappingError(ValueError):
    """A mapping file names a field or a heading that isn't there; the message says which."""


def heading_key(heading: str) -> str:
    """Return a heading's letters: no remark in brackets, no marks, no space, no capitals."""
    return re.sub(r"[*＊:：、·.。\"'“”_/\\-]", "", REMARK.sub("", plain(heading))).casefold()


def find_layout(
    sheet: Sheet, words: Vocabulary, mapping: Mapping[str, str] | None = None
) -> Layout | None:
    """Return the layout of a sheet, None when no row of it names a case number column.

    `mapping` is {field (official name or our term): heading of this file}; it goes before the synonyms.
    """
    given = mapping_by_key(words, mapping or {})
    best: tuple[int, int] | None = None
    for position, line in enumerate(sheet.lines[:HEADING_ROWS]):
        score = _score(line, words, given)
        if score and (best is None or score > best[0]):
            best = (score, position)
    if best is None:
        return _by_content(sheet, words, given)
    return _layout(sheet, best[1], words, given)


def _by_content(sheet: Sheet, words: Vocabulary, given: dict[str, str]) -> Layout | None:
    """Where no heading says 案号, the column filled with 案号 is it, whatever its heading."""
    if "number" in given.values():
        return None
    for position, line in enumerate(sheet.lines[:HEADING_ROWS]):
        below = sheet.lines[position + 1 : position + 1 + PROBED]
        for index, cell in enumerate(line.cells):
            key = heading_key(cell) if isinstance(cell, str) else ""
            if key and not _is_number(cell) and _holds_numbers(below, index):
                return _layout(sheet, position, words, {**given, key: "number"})
    return None


def _holds_numbers(lines: Sequence[Line], index: int) -> bool:
    cells = [line.cells[index] for line in lines if index < len(line.cells) and line.cells[index]]
    return bool(cells) and _is_number(cells[0]) and 2 * sum(map(_is_number, cells)) > len(cells)


def _is_number(cell: object) -> bool:
    try:
        return isinstance(cell, str) and bool(parse(cell))
    except CaseNumberError:
        return False


def mapping_by_key(words: Vocabulary, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return {heading key: field} from {field: heading}; raises `BadMappingError` on an unknown field."""
    names = {spec.name: spec.field for spec in (*words.event, *words.case)}
    fields = {spec.field for spec in (*words.event, *words.case)} | set(words.roles)
    names |= {"结案日期": "closed_on", "开庭时间": "hearings"}
    found: dict[str, str] = {}
    for field, heading in mapping.items():
        name = names.get(str(field), str(field))
        if name not in fields:
            raise BadMappingError(f"对照文件中的栏目“{field}”不是本系统的栏目名")
        for one in heading if isinstance(heading, (list, tuple)) else [heading]:
            found[heading_key(str(one))] = name
    return found


def _score(line: Line, words: Vocabulary, given: Mapping[str, str]) -> int:
    """Count the headings of a row that are known; 0 unless one of them is the case number."""
    keys = {heading_key(cell_text(cell)) for cell in line.cells if isinstance(cell, str)}
    known = _known_keys(words.case) | _known_keys(words.event) | set(words.roles) | set(given)
    number = _known_keys(spec for spec in words.case if spec.field == "number")
    number |= {key for key, field in given.items() if field == "number"}
    score = len(keys & known)
    if keys & number == {BARE_ID} and score < MANY:  # any list may count its lines by an ID
        return 0
    return score if keys & number else 0


def _known_keys(specs: Iterable[FieldSpec]) -> set[str]:
    return {heading_key(word) for spec in specs for word in (spec.name, *spec.synonyms)}


def _layout(sheet: Sheet, position: int, words: Vocabulary, given: Mapping[str, str]) -> Layout:
    headings = [cell_text(cell) for cell in sheet.lines[position].cells]
    below = sheet.lines[position + 1].cells if position + 1 < len(sheet.lines) else ()
    heading_line = position
    if _is_second_heading(headings, below, words):
        headings = _joined(headings, below)
        heading_line += 1
    table = _table(headings, words, given)
    specs = words.case if table == "case" else words.event
    columns, extras = assign(headings, specs, words, given)
    return Layout(table, heading_line, tuple(columns), tuple(extras), len(headings))


def _is_second_heading(headings: Sequence[str], below: Sequence[Any], words: Vocabulary) -> bool:
    """A second row of headings stands under merged ones: known words below empty or wide headings."""
    known = _known_keys(words.case) | set(words.roles)
    hits = 0
    for index, cell in enumerate(below):
        above = headings[index] if index < len(headings) else ""
        if isinstance(cell, str) and heading_key(cell) in known and heading_key(above) not in known:
            hits += 1
    return hits >= 2


def _joined(headings: Sequence[str], below: Sequence[Any]) -> list[str]:
    width = max(len(headings), len(below))
    upper = [*headings, *[""] * (width - len(headings))]
    lower = [cell_text(cell) for cell in below] + [""] * (width - len(below))
    return [low or up for up, low in zip(upper, lower, strict=True)]


def _table(headings: Sequence[str], words: Vocabulary, given: Mapping[str, str]) -> str:
    """An event table names an event and its day; anything else with a case number is a case table."""
    keys = {heading_key(heading) for heading in headings}
    named = _known_keys(spec for spec in words.event if spec.field == "event")
    dated = _known_keys(spec for spec in words.event if spec.field == "occurred_on")
    fields = {given[key] for key in keys if key in given}
    is_event = (keys & named or "event" in fields) and (keys & dated or "occurred_on" in fields)
    return "event" if is_event and not keys & {"立案日期", "结案日期"} else "case"


def assign(
    headings: Sequence[str],
    specs: Sequence[FieldSpec],
    words: Vocabulary,
    given: Mapping[str, str],
) -> tuple[list[Column], list[tuple[int, str]]]:
    """Give each heading a field: the mapping first, then official names, then synonyms in their order."""
    free = {index: heading for index, heading in enumerate(headings) if heading_key(heading)}
    columns: list[Column] = []
    by_field = {spec.field: spec for spec in specs}
    for index, heading in list(free.items()):
        field = given.get(heading_key(heading), "")
        if field in words.roles and "parties" in by_field:
            columns.append(_column(index, free.pop(index), by_field["parties"], field))
        elif field in by_field:
            columns.append(_column(index, free.pop(index), by_field[field]))
    taken = {column.spec.field for column in columns if not column.spec.repeats}
    for word_of in (_official, _synonyms):
        for spec in specs:
            _take(spec, word_of(spec), free, columns, taken)
    if "parties" in by_field:
        for index, heading in list(free.items()):
            role = re.sub(r"(姓名|名称|姓名或名称|信息)$", "", heading_key(heading))
            if role in words.roles:
                columns.append(_column(index, free.pop(index), by_field["parties"], role))
    columns += _identities(free, words)
    columns.sort(key=lambda column: column.index)
    return columns, _unique(free)


def _identities(free: dict[int, str], words: Vocabulary) -> list[Column]:
    """Columns of identity numbers, of whatever table: never extras, which are kept as they stand."""
    found = []
    for index, heading in list(free.items()):
        key = re.sub("^当事人", "", heading_key(heading))
        role = next(
            (r for r in sorted(words.roles, key=len, reverse=True) if key.startswith(r)), ""
        )
        if key.removeprefix(role).removeprefix("的") in words.identity:
            found.append(_column(index, free.pop(index), IDENTITY, role))
    return found


def _official(spec: FieldSpec) -> tuple[str, ...]:
    return (spec.name,)


def _synonyms(spec: FieldSpec) -> tuple[str, ...]:
    return spec.synonyms


def _take(
    spec: FieldSpec,
    words: Sequence[str],
    free: dict[int, str],
    columns: list[Column],
    taken: set[str],
) -> None:
    for word in words:
        for index, heading in list(free.items()):
            if spec.field in taken:
                return
            key = heading_key(heading)
            if key == heading_key(word) or (spec.repeats and ORDINAL.sub("", key) == word):
                columns.append(_column(index, free.pop(index), spec))
                if not spec.repeats:
                    taken.add(spec.field)


def _column(index: int, heading: str, spec: FieldSpec, role: str = "") -> Column:
    unit = UNIT.search(plain(heading)) if spec.kind == "amount" else None
    return Column(index, heading, spec, role, unit[1] if unit else "元")


def _unique(free: Mapping[int, str]) -> list[tuple[int, str]]:
    """Return the left-over headings, a repeated one told apart by its column number."""
    seen: set[str] = set()
    extras: list[tuple[int, str]] = []
    for index, heading in free.items():
        name = " ".join(heading.split())
        extras.append((index, f"{name}（第{index + 1}列）" if name in seen else name))
        seen.add(name)
    return extras


def guess(heading: str, specs: Sequence[FieldSpec]) -> tuple[FieldSpec, float] | None:
    """Return the field whose name or synonym looks most like an unknown heading, with the likeness."""
    choices = {word: spec for spec in specs for word in (spec.name, *spec.synonyms)}
    found = process.extractOne(
        heading_key(heading), list(choices), scorer=fuzz.ratio, score_cutoff=LIKENESS
    )
    return (choices[found[0]], found[1]) if found else None
