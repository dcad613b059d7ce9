"""Indicators: additive atoms over fact tables, divided last.

From one tree come the SQL, the list behind a number, the Chinese sentence, the lineage and the predicate of the
naive oracle. Pure: adapters in `spine/indicators` run what is compiled here.
"""

from shenguan.core.indicator.facttable import CodeTables, Column, Facts, FactTable, IndicatorError
from shenguan.core.indicator.grammar import parse_condition, parse_value
from shenguan.core.indicator.model import Atom, Indicator, Library, Version
from shenguan.core.indicator.period import Period

__all__ = [
    "Atom",
    "CodeTables",
    "Column",
    "FactTable",
    "Facts",
    "Indicator",
    "IndicatorError",
    "Library",
    "Period",
    "Version",
    "parse_condition",
    "parse_value",
]
