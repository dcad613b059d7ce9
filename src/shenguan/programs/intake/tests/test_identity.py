"""Whose case a row is, however little it says."""

from __future__ import annotations

import pytest

from shenguan.programs.intake.identity import CourtFinder, NoIdentityError, read_number
from shenguan.rulebook import load

CODES = load().codes
EAST = "北京市东城区人民法院"


def identify(number, court="", default=""):
    return CourtFinder(CODES, default).identify(number, court)


def test_one_case_has_one_key_however_its_number_is_typed():
    keys = {
        identify(number, EAST).key
        for number in ("（2024）京0101民初1号", "(2024)京0101民初001号", " 〔2024〕京0101民初1 号")
    }
    assert keys == {("京0101", "（2024）京0101民初1号")}


def test_the_court_comes_from_the_number_where_the_cell_is_empty():
    identity = identify("（2024）京0101民初1号")
    assert identity.court.name == EAST
    assert identity.flags == (("法院", "", "未填法院，据案号代字补足"),)


def test_a_file_without_a_court_column_raises_no_flag():
    finder = CourtFinder(CODES, expected=False)
    assert finder.identify("（2024）京0101民初1号", "").flags == ()


def test_the_court_of_the_file_stands_in_for_old_numbers():
    identity = identify("（2015）东民初字第00328号", default=EAST)
    assert identity.court.code == "京0101"
    assert identity.number.kind == "旧式案号"


def test_a_short_name_is_the_court_whose_code_the_number_bears():
    assert identify("（2024）京0101民初1号", "东城法院").key[0] == "京0101"


def test_a_printed_court_code_is_a_court():
    assert identify("（2024）京0101民初1号", "京0101").court.name == EAST


def test_an_id_of_another_registry_keeps_its_letters_and_is_flagged():
    identity = identify("P-00012/2024", "某国地方法院")
    assert identity.key == ("x:某国地方法院", "P-00012/2024")
    assert [flag[2] for flag in identity.flags] == [
        "不是规范案号，按原编号登记",
        "不在法院代字表中，按所印名称登记",
    ]


def test_the_printed_court_holds_against_the_number():
    identity = identify("（2024）京0101民初1号", "北京市西城区人民法院")
    assert identity.court.code == "京0102"
    assert not CourtFinder(CODES).same_court("京0101", identity.court)


def test_a_number_without_any_court_stands_under_an_unknown_one():
    assert identify("2024-17").court.key == "x:法院不详"


@pytest.mark.parametrize("number", ["", "  ", "\u3000", "号" * 200])
def test_only_a_row_without_usable_number_has_no_identity(number):
    with pytest.raises(NoIdentityError):
        read_number(number)
