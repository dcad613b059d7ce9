"""From raw lines to rows: what each line of a case or event table says, field by field.

A line is rejected only without identity or readable structure; a cell that can't be read leaves its
field out and is kept, original text and reason, in `bad`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shenguan.programs.intake import identities, people, secrecy, values
from shenguan.programs.intake.identity import CourtFinder, Identity, NoIdentityError
from shenguan.programs.intake.layout import IDENTITY, Column, Layout, heading_key
from shenguan.programs.intake.sheets import Line, Sheet
from shenguan.rulebook.loaders.intake import Vocabulary

# Longest texts the registry's columns hold; longer ones are shortened there and flagged here.
LENGTHS = {
    "case_type": 12,
    "instance": 20,
    "procedure": 30,
    "cause": 200,
    "disposition": 60,
    "undertaker": 60,
    "division": 80,
    "prior_number": 120,
    "prior_court": 120,
}


def _people(cell: Any, empty: Collection[str]) -> list[str] | None:
    return people.split_people(cell, empty) or None


PLAIN_READERS: Mapping[str, Callable[[Any, Collection[str]], Any]] = {
    "date": values.read_date,
    "dates": values.read_dates,
    "number": values.read_number,
    "people": _people,
}


NOT_IMPORTED, LEFT_OUT, NOT_USED, NOT_CLOCKED = (
    "整行未导入",
    "本栏置空，其余已导入",
    "所列栏目未采用，其余已并入",
    "整行已导入，届满日无法计算",
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A cell that couldn't be read as what its column holds."""

    field: str  # the heading as the file prints it
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A line, or one field of it, that didn't go in; `original` is the whole line by heading."""

    place: str
    field: str
    reason: str
    original: Mapping[str, str]
    handled: str = NOT_IMPORTED

    @property
    def whole_row(self) -> bool:
        """Say whether nothing of the row went in."""
        return self.handled == NOT_IMPORTED


@dataclass(slots=True)
class Row:
    """One line of a case table: `values` by field (None: empty cell; absent: no such column or bad)."""

    place: str
    identity: Identity
    values: dict[str, Any]
    extras: dict[str, str] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)
    line: Line | None = None
    headings: Sequence[tuple[int, str]] = ()
    twins: list[str] = field(default_factory=list)
    """Places of further rows of the same case in this file that say something else."""

    @property
    def original(self) -> dict[str, str]:
        """The whole line by heading, as the file prints it."""
        return _by_heading(self.line, self.headings) if self.line else {}


class TableReader:
    """Reads the lines of one sheet by its layout. One of these a sheet: it keeps the court look-ups."""

    def __init__(self, layout: Layout, words: Vocabulary, courts: CourtFinder) -> None:
        self.layout, self.words, self.courts = layout, words, courts
        self.identities = [c for c in layout.columns if c.spec is IDENTITY]
        kept = [column for column in layout.columns if column.spec is not IDENTITY]
        named = [(column.index, column.heading) for column in kept]
        self.headings = tuple(sorted([*named, *layout.extras]))
        mapped = {column.index for column in layout.columns} | {index for index, _ in layout.extras}
        self.secret = tuple(i for i, h in self.headings if secrecy.names_secrecy(h))
        self.day_first: dict[int, bool] = {}
        self.unnamed = tuple(index for index in range(layout.width) if index not in mapped)

    def read(self, sheet: Sheet) -> Iterator[Row | Reject]:
        """Yield a row or a reject for each line below the headings that isn't blank."""
        lines = sheet.lines[self.layout.heading_line + 1 :]
        self._tell_day_from_month(lines)
        for line in lines:
            fault = line.fault or self._shifted(sheet, line)
            if fault:
                yield Reject(self.place(sheet, line), "整行", fault, _cells(line))
            elif not self._is_furniture(line):
                yield self.row(line, self.place(sheet, line))

    def place(self, sheet: Sheet, line: Line) -> str:
        """Say where a line stands: 工作表“民事” 第 12 行."""
        return f"工作表“{sheet.name}”第 {line.number} 行" if sheet.name else f"第 {line.number} 行"

    def _tell_day_from_month(self, lines: Sequence[Line]) -> None:
        """25/12/2021 in one row of a table tells how 11/02/2021 in another is meant."""
        dated = [c.index for c in self.layout.columns if c.spec.kind in ("date", "dates")]
        told = {
            index: values.day_first(line.cells[index] for line in lines if index < len(line.cells))
            for index in dated
        }
        ways = {way for way in told.values() if way is not None}
        shared = next(iter(ways)) if len(ways) == 1 else None
        for index, own in told.items():
            way = shared if own is None else own
            if way is not None:
                self.day_first[index] = way

    def _shifted(self, sheet: Sheet, line: Line) -> str:
        """In delimited text a cell too many means that all behind it stand in the wrong column."""
        if not sheet.delimited or not any(cell for cell in line.cells[self.layout.width :]):
            return ""
        return f"有 {len(line.cells)} 个单元格，表头只有 {self.layout.width} 个，栏目已错位（多半是未加引号的逗号）"

    def row(self, line: Line, place: str) -> Row | Reject:
        """Read one line."""
        bad: list[Bad] = []
        read = self._values(line, bad)
        number = str(read.pop("number", None) or "")
        court = str(read.pop("court", None) or "")
        if any(self._says_secret(line, index) for index in self.secret):
            return Reject(place, "密级", secrecy.REASON, {"案号": number})
        try:
            identity = self.courts.identify(number, court)
        except NoIdentityError as error:
            return Reject(place, "案号", str(error), _by_heading(line, self.headings))
        return Row(place, identity, read, self._extras(line), bad, line, self.headings)

    def _says_secret(self, line: Line, index: int) -> bool:
        return index < len(line.cells) and secrecy.is_secret(line.cells[index], self.words.yes)

    def _values(self, line: Line, bad: list[Bad]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in self.layout.columns:
            cell = line.cells[column.index] if column.index < len(line.cells) else None
            if column.spec is IDENTITY:
                continue
            try:
                value = self._value(cell, column)
            except values.UnreadableError as error:
                bad.append(Bad(column.heading, values.cell_text(cell), str(error)))
                if not column.spec.repeats:
                    found.pop(column.spec.field, None)
                continue
            _put(found, column, value)
        if found.get("parties") and self.identities:
            found["parties"] = identities.keyed(found["parties"], list(self._keys(line)))
        return found

    def _keys(self, line: Line) -> Iterator[tuple[str, list[str]]]:
        for column in self.identities:
            if column.index < len(line.cells):
                yield column.role, identities.hashes(line.cells[column.index])

    def _value(self, cell: Any, column: Column) -> Any:
        """Return one cell's value by the kind of its column."""
        spec, empty = column.spec, self.words.empty
        if column.index in self.day_first:
            cell = values.in_order(cell, first_is_day=self.day_first[column.index])
        if spec.field == "parties":
            return people.read_parties(cell, self.words.roles, empty, column.role) or None
        if spec.kind == "amount":
            return values.read_amount(cell, empty, column.unit)
        if spec.kind == "words":
            return values.read_words(
                cell, lambda one: self.words.canonical(spec.values, one), empty
            )
        if spec.kind == "flag":
            return values.read_flag(cell, self.words)
        plain_reader = PLAIN_READERS.get(spec.kind)
        return plain_reader(cell, empty) if plain_reader else self._text(cell, column)

    def _text(self, cell: Any, column: Column) -> str | None:
        text = values.read_text(cell, self.words.empty)
        if text is None:
            return None
        if column.spec.values:
            text = self.words.canonical(column.spec.values, text)
        longest = LENGTHS.get(column.spec.field)
        if longest and len(text) > longest:
            raise values.UnreadableError(f"文字过长（{len(text)} 字，上限 {longest} 字）")
        return text

    def _extras(self, line: Line) -> dict[str, str]:
        extras = {
            heading: values.cell_text(line.cells[index])
            for index, heading in self.layout.extras
            if index < len(line.cells)
        }
        for index in (*self.unnamed, *range(self.layout.width, len(line.cells))):
            if index < len(line.cells) and line.cells[index] not in ("", None):
                extras[f"第{index + 1}列"] = values.cell_text(line.cells[index])
        return {heading: text for heading, text in extras.items() if text}

    def _is_furniture(self, line: Line) -> bool:
        """Blank lines, repeated headings and a lone 合计 or 制表人 below the table aren't rows."""
        filled = [text for cell in line.cells if (text := values.cell_text(cell))]
        if not filled:
            return True
        numbers = [column for column in self.layout.columns if column.spec.field == "number"]
        if any(
            column.index < len(line.cells)
            and heading_key(values.cell_text(line.cells[column.index]))
            == heading_key(column.heading)
            for column in numbers
        ):
            return True
        ends = (
            "合计",
            "总计",
            "小计",
            "制表",
            "填表",
            "注：",
            "说明：",
            "备注：",
            "统计时间",
            "打印时间",
        )
        return len(filled) <= 3 and filled[0].startswith(ends)


def _put(found: dict[str, Any], column: Column, value: Any) -> None:
    """Store a value; columns that repeat add up, in the order of the columns."""
    name = column.spec.field
    if column.spec.repeats and found.get(name) and value:
        found[name] = [*found[name], *value]
        if column.spec.kind == "dates":
            found[name] = sorted(set(found[name]))
    elif value is not None or name not in found:
        found[name] = value


def _by_heading(line: Line, headings: Sequence[tuple[int, str]]) -> dict[str, str]:
    return {
        heading: values.cell_text(line.cells[index])
        for index, heading in headings
        if index < len(line.cells)
    }


def _cells(line: Line) -> dict[str, str]:
    """A line whose columns can't be told: nothing of it that looks like an identity number."""
    cells = enumerate(line.cells, 1)
    return {f"第{index}列": identities.hidden(values.cell_text(cell)) for index, cell in cells}
