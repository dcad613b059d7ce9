"""Figures as plain data to be kept: an indicator and its version by code and place, not with all they say."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators.services import Values
from shenguan.spine.indicators.values import ValueRow


class Row(NamedTuple):
    """`ValueRow` with the code of its indicator and the place of its version (`at`)."""

    code: str
    at: int
    period: Period
    keys: dict[str, int]
    labels: dict[str, str]
    figure: Figure
    compared: dict[str, Figure]
    entered: tuple[str, ...]
    reach: str


class Packed(NamedTuple):
    """`Values` with such rows."""

    rows: list[Row]
    position: int
    as_known: date | None
    remark: str


def packed(values: Values, library: Library) -> Packed:
    """Return figures without their definitions."""
    rows = [_packed(row, library) for row in values.rows]
    return Packed(rows, values.position, values.as_known, values.remark)


def _packed(row: ValueRow, library: Library) -> Row:
    code = row.indicator.code
    at = library.indicators[code].versions.index(row.version)
    keys, labels, beside = dict(row.keys), dict(row.labels), dict(row.compared)
    return Row(code, at, row.period, keys, labels, row.figure, beside, row.entered, row.reach)


def unpacked(found: Packed, library: Library) -> Values:
    """Return the figures with their definitions, those of the library they were reckoned by."""
    rows = [_unpacked(row, library) for row in found.rows]
    return Values(rows, found.position, found.as_known, found.remark)


def _unpacked(row: Row, library: Library) -> ValueRow:
    indicator = library.indicators[row.code]
    return ValueRow(indicator, indicator.versions[row.at], *row[2:])
