"""Random case timelines, seeded: every kind of case that has events enough to go wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.oracle.duedate_oracle import ENDS

CASES: list[dict[str, Any]] = [
    {"case_type": "民初", "procedure": "普通程序"},
    {"case_type": "民初", "procedure": "简易程序"},
    {"case_type": "民初", "procedure": "小额诉讼程序"},
    {"case_type": "民初", "procedure": "普通程序", "foreign_related": True},
    {"case_type": "民终", "against": "判决", "procedure": "简易程序"},
    {"case_type": "民终", "against": "裁定"},
    {"case_type": "民申"},
    {"case_type": "民特", "marks": []},
    {"case_type": "刑初", "procedure": "普通程序"},
    {"case_type": "刑初", "procedure": "普通程序", "marks": ["自诉"], "detained": True},
    {"case_type": "刑初", "procedure": "简易程序", "marks": ["可能判三年以上"]},
    {"case_type": "刑初", "procedure": "简易程序"},
    {"case_type": "刑初", "procedure": "速裁程序"},
    {"case_type": "刑终"},
    {"case_type": "刑再"},
    {"case_type": "行初", "procedure": "普通程序"},
    {"case_type": "行初", "procedure": "简易程序"},
    {"case_type": "行终"},
    {"case_type": "执"},
    {"case_type": "执复"},
    {"case_type": "民他"},
]
APPROVERS = ["本院院长", "上一级人民法院", "高级人民法院", "最高人民法院", "庭长", None]
KINDS = [None, "精神病鉴定", "伤情鉴定", "重新鉴定", "新证人"]
CLOSINGS = ["宣判", "送达", "公告送达", "结案", "报结", "执行完毕"]
FIRST_DAYS = [
    date(2012, 11, 1),
    date(2015, 3, 1),
    date(2021, 10, 1),
    date(2024, 1, 1),
    date(2025, 8, 1),
]


def timelines(count: int, seed: int = 20260101) -> Iterator[dict[str, Any]]:
    """Yield `count` input records of the contract, always the same for one seed."""
    rng = random.Random(seed)
    for number in range(count):
        yield _timeline(rng, number)


def _timeline(rng: random.Random, number: int) -> dict[str, Any]:
    filed = rng.choice(FIRST_DAYS) + timedelta(days=rng.randrange(200))
    if rng.random() < 0.3:  # month ends are where arithmetic breaks
        filed = filed.replace(day=1) - timedelta(days=1)
    span = rng.choice([40, 120, 250, 450])
    events: list[dict[str, Any]] = [{"on": filed, "event": "立案"}]
    for _ in range(rng.choice([0, 0, 1, 2, 3, 5])):
        events += _suspension(rng, filed, span)
    for _ in range(rng.choice([0, 0, 0, 1, 2])):
        events.append(_extension(rng, filed, span))
    if rng.random() < 0.2:
        events.append(
            {"on": _day(rng, filed, span), "event": rng.choice(["转为普通程序", "转为简易程序"])}
        )
    if rng.random() < 0.2:
        events.append({"on": _day(rng, filed, span), "event": "开庭"})
    if rng.random() < 0.1:
        events.append({"on": _day(rng, filed, span), "event": "申诉申请再审"})
    for _ in range(rng.choice([0, 0, 1, 2])):
        events.append({"on": _day(rng, filed, span), "event": rng.choice(CLOSINGS)})
    if rng.random() < 0.1:
        events.append({"on": _day(rng, filed, span), "event": "撤销报结"})
    rng.shuffle(events)
    as_of = filed + timedelta(days=rng.randrange(span + 60))
    case: dict[str, Any] = rng.choice(CASES)
    events = [{**event, "on": event["on"].isoformat()} for event in events]
    return {"id": str(number), **case, "events": events, "as_of": as_of.isoformat()}


def _day(rng: random.Random, filed: date, span: int) -> date:
    return filed + timedelta(days=rng.randrange(-3, span))


def _suspension(rng: random.Random, filed: date, span: int) -> list[dict[str, Any]]:
    name = rng.choice(list(ENDS))
    begin = _day(rng, filed, span)
    kind = rng.choice(KINDS) if name in ("委托鉴定", "延期开庭") else None
    first: dict[str, Any] = {"on": begin, "event": name}
    last: dict[str, Any] = {"on": begin + timedelta(days=rng.randrange(60)), "event": ENDS[name]}
    if kind:
        first["kind"] = kind
    if name == "调解开始" and rng.random() < 0.7:
        first["agreed"] = True
    return [first] if rng.random() < 0.1 else [first, last]


def _extension(rng: random.Random, filed: date, span: int) -> dict[str, Any]:
    event: dict[str, Any] = {"on": _day(rng, filed, span), "event": "延长审限批准"}
    length = rng.choice(["months", "days", "half", None])
    if length == "months":
        event["months"] = rng.choice([1, 2, 3, 6])
    elif length == "days":
        event["days"] = rng.choice([10, 30])
    approver = rng.choice(APPROVERS)
    if approver:
        event["approver"] = approver
    return event
