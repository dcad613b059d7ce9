"""The documentation page of the fact tables, made from `facts.yaml` and the code tables."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator import Column, Facts, FactTable
from shenguan.rulebook import Rulebook

_GENERATED = frozenset({"类型代字", "案由", "事件"})
_TYPES = {
    "day": "日",
    "month": "月",
    "days": "天数",
    "count": "件数",
    "money": "金额(分)",
    "bool": "是否",
    "id": "编号",
}
_HEAD = """# 事实表

由 `shenguan facts page` 从规则库 `facts.yaml` 生成，请勿手改。

事实由事件日志算出，可以随时丢弃重算。只存整数和是否：日为自 1970-01-01 起的天数，月为 年×12+月−1，金额以分计，
代码为代码表的整数(0 表示没有或未识别)。只有日和月可以为空。条件里用中文列名，Parquet 和 SQL 里用英文列名。
"""


def page(rulebook: Rulebook) -> str:
    """Return the page as Markdown."""
    facts = rulebook.facts
    parts = [_HEAD, *(_table(table) for table in facts.tables.values()), _codes(facts)]
    return "\n".join(parts)


def _table(table: FactTable) -> str:
    rows = [_row(column) for column in table.columns.values()]
    head = f"## {table.label} `{table.name}`\n\n{table.grain}。\n"
    return "\n".join(
        [head, "| 列 | 英文列名 | 类型 | 含义 | 来自事件 |", "|---|---|---|---|---|", *rows, ""]
    )


def _row(column: Column) -> str:
    kind = f"代码：{column.code_table}" if column.code_table else _TYPES[column.type]
    if column.axis:
        kind += "(可作统计月)"
    meaning = column.meaning
    if column.needs:
        meaning += f"；**暂无数据来源：{column.needs}**"
    events = "、".join(column.events)
    return f"| {column.name} | `{column.column}` | {kind} | {meaning} | {events} |"


def _codes(facts: Facts) -> str:
    return "\n".join(["## 代码表", "", *_listed(facts), ""])


def _listed(facts: Facts) -> Iterator[str]:
    yield "类型代字取案件类型表的编号；案由由案由代码各级序号拼成，一棵子树是一段连续的整数；事件取事件表中的次序。"
    for name, codes in facts.codes.tables.items():
        if name not in _GENERATED:
            yield ""
            yield f"**{name}**：" + "、".join(f"{code} {word}" for word, code in codes.items())
