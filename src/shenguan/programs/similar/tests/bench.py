"""A court with a judge, an index of invented judgments and some cases, for the tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from shenguan.core.similar.model import Entry
from shenguan.core.similar.words import content_words
from shenguan.programs.similar import shelf as shelves
from shenguan.programs.similar.index import Incoming, JudgmentIndex

COURT = "示范市甲区人民法院"
FACTS = (
    "被告因经营周转向原告借款{sum}元，出具借条一份，约定月息一分，到期后经催要未还，"
    "案外人以保证人身份在借条上签名"
)
OTHER = "被告系小区业主，拖欠物业服务费{sum}元，辩称电梯长期停运、绿化面积不足"
PLEADED = "事实与理由：" + FACTS.format(sum=80_000) + "，请求判令被告归还借款。"


def entry(
    number: int, /, *, cause: str = "民间借贷纠纷", facts: str = FACTS, **given: object
) -> Entry:
    text = facts.format(sum=number * 1_000)
    paid = number * 1_000
    ruling = f"一、被告于本判决生效之日起十日内支付原告{paid}元；二、驳回原告的其他诉讼请求。案件受理费50元。"
    fields: dict[str, object] = {
        "id": f"文书{cause}{number}",
        "words": " ".join(content_words(text)),
        "number": f"（2024）示0101民初{9000 + number}号",
        "court": COURT,
        "level": "基层",
        "case_class": "民事",
        "instance": "一审",
        "causes": (cause,),
        "statutes": ("中华人民共和国民法典:675",),
        "disposition": "部分支持",
        "judged_on": date(2024, 1 + number % 12, 1),
        "facts": text,
        "ruling": ruling,
    }
    return Entry(**(fields | given))  # type: ignore[arg-type]


def library(size: int = 30) -> list[Entry]:
    ours = [entry(n) for n in range(1, size + 1)]
    others = [entry(n, cause="物业服务合同纠纷", facts=OTHER, number=f"（2024）示0102民初{n}号",
                    court="示范市乙区人民法院") for n in range(1, 9)]  # fmt: skip
    return ours + others


@contextmanager
def shelf_of(home: Path, monkeypatch: pytest.MonkeyPatch, entries: list[Entry]) -> Iterator[Path]:
    """An installation whose index holds these entries."""
    monkeypatch.setenv("SHENGUAN_HOME", str(home))
    JudgmentIndex(home / shelves.FOLDER).add(Incoming(each) for each in entries)
    try:
        yield home
    finally:
        shelves._open.clear()
