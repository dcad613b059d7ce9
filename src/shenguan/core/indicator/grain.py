"""What figures are broken down by, and to whom an atom is credited.

Org keys are as of the event: a case is credited to the division and judge it had when it was filed, closed
or reviewed; a judge who moves keeps the old rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shenguan.core.indicator.facttable import FactTable, IndicatorError


@dataclass(frozen=True, slots=True)
class Dimension:
    """A key of the cube or of a breakdown. `name` is the option and the column, `label` the heading."""

    name: str
    label: str
    code_table: str = ""


DIMENSIONS: Mapping[str, Dimension] = {
    d.name: d
    for d in (
        Dimension("court", "法院"),
        Dimension("division", "部门"),
        Dimension("team", "团队"),
        Dimension("judge", "法官"),
        Dimension("case_class", "条线", "类别"),
        Dimension("instance", "审级", "审级"),
        Dimension("procedure", "程序", "程序"),
        Dimension("cause", "案由", "案由"),
        Dimension("case_type", "类型", "类型代字"),
        Dimension("disposition", "结案方式", "结案方式"),
        Dimension("confidentiality", "敏感程度"),
    )
}
MONTH = "month"

CREDITS: Mapping[str, Mapping[str, str]] = {
    "承办法官": {"court": "法院", "division": "结案部门", "team": "结案团队", "judge": "承办法官"},
    "收案法官": {
        "court": "法院",
        "division": "收案部门",
        "judge": "收案法官",
        "procedure": "立案程序",
    },
    "原审法官": {"court": "原审法院", "division": "原审部门", "judge": "原审法官"},
}
"""Where a credit takes its keys from, by Chinese column; a key not named is taken from `_COMMON`, else 0.

`case` is a key to keep rows by, never one to group by.
"""

_COMMON: Mapping[str, str] = {
    "case_class": "类别",
    "instance": "审级",
    "procedure": "程序",
    "cause": "案由",
    "case_type": "类型",
    "disposition": "结案方式",
    "confidentiality": "敏感程度",
    "case": "案件",
}
PILOT = (
    "court",
    "division",
    "judge",
    "case_class",
    "instance",
    "procedure",
    "confidentiality",
)
"""Keys of the stored cube, besides the month."""
COURT = ("court", "case_class", "instance", "procedure", "confidentiality")
"""Keys of the smaller cube that pages of courts read."""


def key_column(dimension: str, credit: str, table: FactTable) -> str | None:
    """Return the English column a key is taken from, None where this table or credit has none (key 0)."""
    if credit not in CREDITS:
        raise IndicatorError(f"credit“{credit}”不可用，可用：{'、'.join(CREDITS)}")
    name = CREDITS[credit].get(dimension) or _COMMON.get(dimension)
    column = table.columns.get(name) if name else None
    return column.column if column else None
