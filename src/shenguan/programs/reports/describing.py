"""A query in words, so that people can read where a number comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shenguan.core.indicator.grain import DIMENSIONS
from shenguan.core.indicator.period import Period
from shenguan.programs.reports.book import Book

Query = Mapping[str, Any]
_FORMS = {
    "printed": "数值", "marked": "数值", "parts": "分子/分母", "numerator": "分子", "denominator": "分母",
    "yoy_words": "同比变动", "mom_words": "环比变动", "yoy_signed": "同比变动", "mom_signed": "环比变动",
    "yoy_growth": "同比增减幅", "mom_growth": "环比增减幅", "yoy_before": "上年同期数", "mom_before": "上期数",
    "interval": "参考区间", "note": "说明",
}  # fmt: skip
_PARTS = {"total": "总影响", "within": "自身水平影响", "mix": "案件结构影响"}
_MOST_NAMES = 3


def describe(book: Book, query: Query) -> str:
    """Return one sentence on a query."""
    say = _SENTENCES.get(query.get("ask", ""))
    return say(book, query) if say else ""


def _group(book: Book, where: Mapping[str, list[int]]) -> str:
    said = []
    for dimension, keys in where.items():
        names = [book.labels.name(dimension, key) for key in keys[:_MOST_NAMES]]
        more = f"等{len(keys)}个" if len(keys) > _MOST_NAMES else ""
        said.append(f"{DIMENSIONS[dimension].label}：{'、'.join(names)}{more}")
    return "；".join(said) or "全部"


def _indicator(book: Book, query: Query) -> str:
    return f"指标“{book.library.indicators[query['code']].name}”（{query['code']}）"


def _span(query: Query) -> str:
    return f"统计期{Period.parse(query['period']).words}"


def _value(book: Book, query: Query) -> str:
    form = _FORMS[query.get("form", "printed")]
    return f"{_indicator(book, query)}的{form}，{_span(query)}，{_group(book, query['where'])}"


def _effect(book: Book, query: Query) -> str:
    name = book.labels.name(query["by"], query["key"])
    by = DIMENSIONS[query["by"]].label
    return (
        f"{_indicator(book, query)}与上年同期相比的升降因素：{by}“{name}”的{_PARTS[query['part']]}，"
        f"{_span(query)}，{_group(book, query['where'])}"
    )


def _listed(book: Book, query: Query) -> str:
    return f"{query['on']}清单“{query['list']}”的件数，{_group(book, query['where'])}"


def _selected(book: Book, query: Query) -> str:
    return f"所列{len(query['codes'])}项指标中归为“{query['kind']}”的项数，{_span(query)}"


def _warned(book: Book, query: Query) -> str:
    what = "扣除、中止" if query["ask"].startswith("pause") else "预警"
    return f"{query['on']}{what}，{_group(book, query['where'])}"


def _replied(book: Book, query: Query) -> str:
    return f"{query['on']}前七日对周提醒和预警的答复，{_group(book, query['where'])}"


_SENTENCES: dict[str, Callable[[Book, Query], str]] = {
    "value": _value,
    "effect": _effect,
    "list_count": _listed,
    "selected": _selected,
    "warning": _warned,
    "warning_count": _warned,
    "name": lambda book, query: f"{_indicator(book, query)}的名称",
    "rule": lambda book, query: f"{_indicator(book, query)}的口径",
    "label": lambda _b, query: f"{DIMENSIONS[query['dimension']].label}名称",
    "period": lambda _b, query: _span(query),
    "day": lambda _b, query: f"日期{query['day']}",
    "date": lambda _b, query: f"日期{query['day']}",
    "list_name": lambda _b, query: f"清单“{query['list']}”的名称",
    "list_meaning": lambda _b, query: f"清单“{query['list']}”的含义",
    "item": lambda _b, query: f"{query['on']}清单“{query['list']}”中的案件",
    "case": lambda _b, _q: "案件登记",
    "quality": lambda book, query: (
        f"数据质量核对（{query['what']}），{_group(book, query['where'])}"
    ),
    "pause": _warned,
    "pause_count": _warned,
    "plan_cause": lambda _b, query: f"{query['on']}一案一策台账成因统计",
    "corrected": lambda book, query: (
        f"{query['on']}前七日更正的登记数，{_group(book, query['where'])}"
    ),
    "answered": lambda _b, query: f"对周提醒事项{query['item']}的答复",
    "reply": _replied,
    "reply_count": _replied,
    "task": lambda _b, query: f"{query['on']}会议议定事项台账",
    "task_count": lambda _b, query: f"{query['on']}会议议定事项台账的项数",
    "position": lambda _b, _q: "取数时的日志位置",
    "moment": lambda _b, _q: "取数时间",
    "stated": lambda _b, query: f"填写的{query['what']}",
    "threshold": lambda _b, _q: "本系统设定的判断界限",
    "minimum": lambda book, query: f"{_indicator(book, query)}的件数下限",
}
