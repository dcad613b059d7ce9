from __future__ import annotations

import pytest

from shenguan.core.facts.causes import CauseNumbers, end_of, number_of
from shenguan.core.facts.tests.making import CAUSES, WORDS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("判决", "判决"),
        ("驳回上诉，维持原判", "维持"),
        ("裁定 准许原告撤诉", "准许撤诉"),
        ("另行处理", "其他"),
        ("", ""),
    ],
)
def test_a_disposition_is_read_as_it_stands_then_bare_then_by_its_words(text: str, name: str):
    assert WORDS.name("结案方式", text) == name


def test_a_table_without_other_gives_nothing_for_unknown_text():
    assert WORDS.code("履行方式", "不明") == 0


def test_the_numbers_of_a_subtree_are_one_stretch():
    part, chapter, following = number_of("CC-1"), number_of("CC-1-9-3-2"), number_of("CC-2")
    assert part < chapter <= end_of(part) < following
    assert end_of(number_of("CC-1-9-3-2")) == number_of("CC-1-9-3-2")
    assert number_of("AD-15-63-1023-63") < 2**31


@pytest.mark.parametrize("code", ["XX-1", "CC-1-2-3-4-5", "CC-1-x", "CC-1-64"])
def test_a_code_of_another_shape_is_refused(code: str):
    with pytest.raises(ValueError, match="案由代码"):
        number_of(code)


def test_the_first_known_charge_of_a_cell_counts():
    numbers = CauseNumbers(CAUSES)
    assert numbers.number("某某罪、盗窃罪", "刑事") == number_of("CR-1")
    assert numbers.number("离婚", "执行") == number_of("CC-1-1")
    assert numbers.number("", "民事") == numbers.number("没有的案由", "民事") == 0
