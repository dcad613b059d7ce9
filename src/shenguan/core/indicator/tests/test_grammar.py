from __future__ import annotations

import pytest

from shenguan.core.indicator.compile.sql import sql
from shenguan.core.indicator.expr import columns_of
from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.grammar import parse_condition, parse_value
from shenguan.core.indicator.row import counts
from shenguan.core.indicator.sample import complete_row
from shenguan.core.indicator.say import condition
from shenguan.core.indicator.tests.world import CASE, CODES


def parsed(text: str):
    return parse_condition(text, CASE, CODES)


@pytest.mark.parametrize(
    ("text", "spelt", "said"),
    [
        ("结案日 <= 审限届满日", "legal_end_on <= due_on", "结案日不晚于审限届满日"),
        (
            "类别 in ('民事', '') and not 公告送达",
            "case_class IN (2, 0) AND NOT (served_by_notice)",
            "类别为民事或无，且不是“公告送达”",
        ),
        ("结案方式 = '调解'", "disposition = 2", "结案方式为调解"),
        (
            "净天数 between 1 and 30",
            "net_days >= 1 AND net_days <= 30",
            "净天数不小于1，且净天数不大于30",
        ),
        ("归档日 is not null", "NOT (archived_on IS NULL)", "有归档日"),
        (
            "归档日 - 报结日 <= 30 or 审限内",
            "(archived_on - closed_on) <= 30 OR in_time",
            "归档日减报结日不大于30，或“审限内”",
        ),
        (
            "审限内 and (有审限 or 已结)",
            "in_time AND (has_due OR is_closed)",
            "“审限内”，且（“有审限”，或“已结”）",
        ),
    ],
)
def test_a_condition_becomes_sql_and_a_chinese_sentence(text: str, spelt: str, said: str):
    expr = parsed(text)
    assert sql(expr).sql() == spelt
    assert condition(expr) == said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("审限", "第 1 字：事实表“案件”没有列“审限”，是否为：有审限、审限内、审限届满日"),
        ("类别 = '民诉'", "代码表“类别”没有“民诉”"),
        ("归档日 <= 30", "日期只能同日期比较"),
        ("归档日 > '2024-01-01'", "不知道查哪个代码表"),
        ("净天数 / 2 > 1", "只有列名、整数和"),
        ("sum(净天数) > 1", "只有列名、整数和"),
        ("审限内 = 1", "真假列直接写名字"),
        ("净天数", "不是真假列"),
        ("类别 > 2", "不能比大小"),
        ("类别 between 1 and 2", "不能比大小"),
        ("类别 + 1 = 2", "不能做加减乘"),
        ("净天数 > 1.5", "不是整数"),
        ("净天数 is null", "没有空值"),
        ("审限内 is true", "is 后面只能是 null"),
        ("净天数 in (select 1)", "子查询"),
        ("净天数 in (自然天数)", "只能写整数或代码名"),
        ("类别 like '民%'", "不能用"),
        ("case when 审限内 then 1 end", "不能用"),
        ("t.净天数 > 1", "不是列名"),
        ("审限内; 审限内", "恰好是一个条件"),
        ("审限内 and", "读不懂"),
        ("（审限内）", "第 1 字：请用半角“(”"),
        ("净天数 > 99999999999999999999", "太大"),
        ("审限内 and " * 300 + "审限内", "过长"),
    ],
)
def test_whatever_is_not_in_the_language_is_refused_with_place_and_reason(text: str, reason: str):
    with pytest.raises(IndicatorError, match="条件") as refused:
        parsed(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize("text", ["净天数", "2*净天数 - 自然天数", "审限届满日 - 结案日"])
def test_a_value_is_integer_arithmetic_on_columns(text: str):
    assert columns_of(parse_value(text, CASE, CODES))


@pytest.mark.parametrize("text", ["审限内 and 已结", "'民事'", "法院 * 2"])
def test_a_value_is_nothing_else(text: str):
    with pytest.raises(IndicatorError):
        parse_value(text, CASE, CODES)


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("归档日 > 报结日", False),
        ("not 归档日 > 报结日", False),
        ("归档日 is null", True),
        ("归档日 > 报结日 or 已结", True),
        ("归档日 > 报结日 and not 已结", False),
        ("not (归档日 > 报结日 and not 已结)", True),
    ],
)
def test_a_comparison_with_nothing_is_unknown_and_unknown_does_not_count(text: str, hit: bool):
    row = complete_row({"报结日": "2025-03-01"}, CASE, CODES)
    assert counts(parsed(text), row) is hit
