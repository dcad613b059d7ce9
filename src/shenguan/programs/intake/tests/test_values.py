"""Cells in every shape that courts' spreadsheets show."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.programs.intake import values
from shenguan.programs.intake.people import read_parties, split_people
from shenguan.programs.intake.values import UnreadableError
from shenguan.rulebook import DATA
from shenguan.rulebook.loaders.intake import load

WORDS = load(DATA)
FIFTH = date(2024, 1, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-1-5",
        "2024/01/05",
        "2024.1.5",
        "2024年1月5日",
        "二〇二四年一月五日",
        "20240105",
        "2024-01-05 09:30:00",
        "2024-01-05T09:30:00",
        "2024/1/5 9:30",
        "20240105093000",
        "２０２４－０１－０５",
        " 2024 年 1 月 5 日 ",
        45296,
        45296.4,
        "45296",
        20240105,
        20240105.0,
        datetime(2024, 1, 5, 9, 30),  # noqa: DTZ001 - a spreadsheet's own date has no zone
        FIFTH,
    ],
)
def test_one_day_is_read_from_every_shape(cell):
    assert values.read_date(cell, WORDS.empty) == FIFTH


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2024-02-30", "日历上没有这一天"),
        ("2024-13-01", "日历上没有这一天"),
        ("0024-01-05", "年份不可能"),
        ("9999-12-31", "年份不可能"),
        ("2024年1月", "不是可识别的日期"),
        ("01/05/2024", "日、月的次序不明"),
        ("待定", "不是可识别的日期"),
        (3.5, "不是可识别的日期"),
        (-1, "不是可识别的日期"),
        (float("inf"), "不是可识别的日期"),
        (float("nan"), "不是可识别的日期"),
    ],
)
def test_what_is_no_day_says_why(cell, reason):
    with pytest.raises(UnreadableError, match=reason):
        values.read_date(cell)


@pytest.mark.parametrize("cell", ["", None, " ", "无", "-", "/", "NULL"])
def test_an_empty_cell_has_no_value_whatever_it_looks_like(cell):
    assert values.read_date(cell, WORDS.empty) is None
    assert values.read_amount(cell, WORDS.empty) is None
    assert values.read_text(cell, WORDS.empty) is None
    assert values.read_dates(cell, WORDS.empty) is None


def test_several_hearings_in_one_cell_come_out_in_order():
    assert values.read_dates("2024-03-01 09:30；2024年1月5日、20240210") == [
        FIFTH,
        date(2024, 2, 10),
        date(2024, 3, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        ("1,234.5", "元", 123450),
        ("1234.5", "万元", 1234500000),
        ("12.5万元", "元", 12500000),
        ("3亿元", "万元", 30000000000),
        ("¥1,000", "元", 100000),
        ("人民币100元整", "元", 10000),
        (1234.56, "元", 123456),
        (0, "元", 0),
        ("-5", "元", -500),
        ("0.005", "元", 1),
        ("１２３", "元", 12300),
        ("1e6", "元", 100000000),
        ("5角", "元", 50),
    ],
)
def test_amounts_become_fen(cell, unit, fen):
    assert values.read_amount(cell, WORDS.empty, unit) == fen


@pytest.mark.parametrize("cell", ["约三万", "12万零5", "abc", "1e99", "9" * 40])
def test_what_is_no_amount_says_so(cell):
    with pytest.raises(UnreadableError):
        values.read_amount(cell)


def test_months_are_read_in_figures_and_in_words():
    assert [values.read_number(c) for c in ("6", "6个月", "六个月", "十二", 3.0, "")] == [
        6,
        6,
        6,
        12,
        3,
        None,
    ]


def test_yes_and_no_have_many_faces():
    assert values.read_flag("是", WORDS) is True
    assert values.read_flag("0", WORDS) is False
    assert values.read_flag("", WORDS) is None
    with pytest.raises(UnreadableError, match="应填“是”或“否”"):
        values.read_flag("也许", WORDS)


def test_control_characters_go_and_letters_outside_the_bmp_stay():
    assert values.read_text("\ufeff张\x00𠮷\u200b\u3000某") == "张𠮷 某"


def test_a_comma_parts_chinese_names_but_not_a_foreign_company():
    assert split_people("甲某，乙某、丙某；丁·某某") == ["甲某", "乙某", "丙某", "丁·某某"]
    assert split_people("示范株式会社; Foo Co., Ltd.") == ["示范株式会社", "Foo Co., Ltd."]


def test_parties_take_the_role_before_the_colon_or_in_brackets():
    roles = WORDS.roles
    assert read_parties("原告：甲某、乙某；被告:丙某", roles) == [
        {"role": "原告", "name": "甲某"},
        {"role": "原告", "name": "乙某"},
        {"role": "被告", "name": "丙某"},
    ]
    assert read_parties("𠮷某（第三人）", roles) == [{"role": "第三人", "name": "𠮷某"}]
    assert read_parties("示范（中国）公司", roles, role="被告") == [
        {"role": "被告", "name": "示范（中国）公司"}
    ]


ANYTHING = st.one_of(
    st.none(), st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.datetimes()
)


@given(ANYTHING)
def test_no_cell_whatever_breaks_a_reader(cell):
    for reader in (
        values.read_text,
        values.read_date,
        values.read_dates,
        values.read_amount,
        values.read_number,
        lambda c: values.read_flag(c, WORDS),
        lambda c: read_parties(c, WORDS.roles),
    ):
        with suppress(UnreadableError):
            reader(cell)
