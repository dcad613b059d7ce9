from __future__ import annotations

from typing import Any

import pytest

from shenguan.core.indicator import checks, say
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Library
from shenguan.core.indicator.mutants import mutants
from shenguan.core.indicator.reading import read_atom, read_indicator
from shenguan.core.indicator.tests.world import ATOMS, FACTS, LIBRARY, SAY, atom, scopes

CASES = [
    {"立案日": "2025-01-02", "报结日": "2025-03-01", "审限届满日": "2025-07-02"},
    {"立案日": "2024-06-01", "报结日": "2025-03-31", "审限届满日": "2025-03-30"},
]
GOOD: dict[str, Any] = {
    "name": "审限内结案率",
    "meaning": "已结案件中在审限内结案的比重",
    "class": "效率",
    "kind": "ratio",
    "unit": "percent",
    "minimum": 1,
    "versions": [
        {
            "regime": "local",
            "valid_from": "2020-01-01",
            "numerator": "closed_timely",
            "denominator": "closed_due",
            "say": SAY,
            "official": {"source": "示范", "status": "local"},
        }
    ],
    "examples": [
        {"say": "一件按期一件超期", "period": "2025-03", "cases": CASES, "expect": "1/2"},
        {"say": "没有结案", "period": "2025-04", "cases": CASES, "expect": "empty"},
    ],
}


def found_faults(**changes: Any) -> list[str]:
    entry = {**GOOD, **changes}
    version = {**GOOD["versions"][0], **changes.get("version", {})}
    entry.pop("version", None)
    entry["versions"] = changes.get("versions", [version])
    made = read_indicator("timely", entry, "试.yaml")
    return list(checks.faults(Library(LIBRARY.atoms, {"timely": made}), FACTS))


def test_a_good_definition_has_no_fault():
    assert found_faults() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "rate"}, "kind 不能是“rate”"),
        ({"kind": "stock"}, "不用 denominator"),
        ({"version": {"numerator": "closed_tmely"}}, "没有原子“closed_tmely”"),
        ({"version": {"numerator": "closed@start"}}, "不是存量原子"),
        ({"kind": "mean"}, "没有 value"),
        ({"version": {"official": {"status": "local"}}}, "没有写依据"),
        ({"version": {"say": {"numerator": "上"}}}, "say 缺 口径、分母"),
        ({"version": {"say": {**SAY, "rule": "按 closed_timely 计"}}}, "应写名称"),
        ({"guard": ["nothing"]}, "没有关联校验指标“nothing”"),
        ({"guard": ["timely"]}, "以自己为关联校验指标"),
        ({"lines": ["民诉"]}, "没有条线 民诉"),
        ({"statistic": True, "direction": "higher"}, "direction 只能是 none"),
        ({"version": {"reference": [{"low": 9, "high": 1, "source": "本院"}]}}, "下限高于上限"),
        ({"version": {"reference": [{"low": 9}]}}, "写出处"),
        ({"examples": GOOD["examples"][:1]}, "不足两个"),
        ({"examples": GOOD["examples"][:1] * 2}, "各例结果相同"),
        ({"versions": GOOD["versions"] * 2}, "期间重叠"),
        ({"version": {"valid_to": "2019-01-01"}}, "止日早于起日"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], said: str):
    assert any(said in fault for fault in found_faults(**changes)), found_faults(**changes)


def test_a_court_s_own_workbook_needs_no_worked_examples():
    made = read_indicator("timely", {**GOOD, "examples": []}, "indicators/own_本院.yaml")
    assert made.of_workbook
    assert list(checks.faults(Library(LIBRARY.atoms, {"timely": made}), FACTS)) == []


def test_an_example_that_comes_out_otherwise_is_a_fault():
    wrong = [{**GOOD["examples"][0], "expect": "2/2"}, GOOD["examples"][1]]
    assert found_faults(examples=wrong) == [
        "指标 timely 例 1（一件按期一件超期）：应为 2/2，算出 1/2"
    ]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"month": "结案月", "when": "已结"}, "不认识的键 when"),
        ({"month": "结案月", "stock": {"from": "立案日", "to": "报结日"}}, "必须而且只能写一个"),
        ({}, "必须而且只能写一个"),
        ({"month": "立案日"}, "要写 axis 列"),
        ({"month": "结案月", "scope": "诉讼一审案件"}, "诉讼一审案件"),
        ({"stock": {"from": "立案日", "to": "结案月"}}, "要写日期列"),
        ({"month": "结案月", "fact": "verdict"}, "没有事实表“verdict”"),
    ],
)
def test_an_atom_that_can_not_be_read_says_file_code_and_reason(entry: dict[str, Any], said: str):
    with pytest.raises(IndicatorError) as refused:
        read_atom("probe", {"name": "试", "meaning": "试", **entry}, FACTS, scopes, "atoms/试.yaml")
    assert "atoms/试.yaml：原子 probe" in str(refused.value)
    assert said in str(refused.value)


def test_needs_and_lineage_come_from_the_columns():
    assert LIBRARY.atoms["performed"].needs == ("自动履行登记",)
    assert LIBRARY.needs(LIBRARY.indicators["performed_rate"].versions[0]) == ("自动履行登记",)
    assert "延长审限批准" in LIBRARY.atoms["closed_timely"].events


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("closed_timely", "结案在统计期内，结案日不晚于审限届满日的案件件数"),
        ("closed_litigation", "结案在统计期内，案件范围“诉讼”，且不是“公告送达”的案件件数"),
        ("net_days", "结案在统计期内的案件净天数之和"),
        ("overturned", "结案在统计期内，审级为二审的案件件数，记到原审法官"),
        ("pending", "立案日不晚于所统计之日、且到该日仍没有报结日的案件件数"),
        ("pending_12", "立案日后12个月早于所统计之日、且到该日仍没有报结日的案件件数"),
    ],
)
def test_a_definition_reads_back_as_a_chinese_sentence(code: str, said: str):
    assert say.atom(atom(ATOMS[code], code)) == said


def test_mutants_flip_boundaries_drop_terms_and_shorten_months():
    odd = [what for what, _ in mutants(LIBRARY.atoms["closed_odd"])]
    assert "> 改为 >=" in odd
    assert "<= 改为 <" in odd
    assert "去掉第 1 项" in odd
    assert "去掉 not" in odd
    old = dict(mutants(LIBRARY.atoms["pending_18"]))
    assert old["月数÷12"].stock is not None
    assert old["月数÷12"].stock.months == 1
