"""Running the examples that stand beside each entry of the supervision rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shenguan.core.supervision.criteria import Supervised

_DAY = date(2026, 6, 30)
_FIELDS = {
    "类型": "case_type",
    "类别": "case_class",
    "审级": "instance",
    "案由": "cause",
    "标的额": "amount",
    "当事人": "parties",
    "情节": "marks",
    "标签": "tags",
    "涉外": "foreign_related",
    "立案日": "filed_on",
    "报结日": "closed_on",
    "羁押日": "detained_since",
    "前案结果": "prior_disposition",
    "四类案件": "four_kinds",
    "文书": "document",
    "拟处理": "proposed",
}


def supervised(example: Mapping[str, Any]) -> Supervised:
    """Return the case of an example: its fields by their Chinese names, its events as triples."""
    given = {_FIELDS[name]: value for name, value in example["case"].items()}
    events = tuple((kind, day, payload) for kind, day, payload in example.get("events", ()))
    return Supervised(
        **{"tags": {}, "on": example.get("day", _DAY), **given},
        events=events,
    )


def threshold(example: Mapping[str, Any]) -> Any:
    """Return the settings of the example's court as a lookup."""
    settings = example.get("settings", {})

    def value(setting: str, default: int) -> int:
        return int(settings.get(setting, default))

    return value
