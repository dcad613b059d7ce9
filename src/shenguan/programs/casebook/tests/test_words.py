import pytest

from shenguan.programs.casebook.finding.asked import Number, read
from shenguan.programs.casebook.finding.words import (
    BREAK,
    folded,
    initials,
    kept,
    pairs,
    spelling,
)


def test_width_case_blanks_and_brackets_fold_away():
    assert folded(" （ＡＢＣ） 公司·甲某 ") == "abc公司甲某"


def test_names_are_kept_apart_so_that_no_phrase_runs_across():
    assert kept(["甲某", "乙某某"]) == f"甲某 {BREAK} 乙某 某某"


def test_initials_and_whole_pinyin_of_a_name():
    assert initials(["张示范"]) == "zs sf"
    assert spelling(["甲"]) == "ji ia"


def test_a_family_name_with_a_reading_of_its_own_is_kept_in_both():
    kept_initials = initials(["单示范"])
    assert pairs("dsf")[0] in kept_initials
    assert pairs("ssf")[0] in kept_initials


@pytest.mark.parametrize(
    "text",
    [
        *("（2024）示0102民初123号", "(2024)示0102民初123号", "［２０２４］示０１０２民初１２３号"),
        *("2024示0102民初123", "（2024）示0102 民初 0123 号"),
    ],
)
def test_a_whole_number_is_one_case_in_any_width_and_bracket(text):
    assert read(text).key == "（2024）示0102民初123号"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2024", Number(year="2024")),
        ("12", Number(serial="12")),
        ("0012号", Number(serial="12")),
        ("民初12", Number(type_code="民初", serial="12")),
        ("2024民初", Number(year="2024", type_code="民初")),
        ("示0102民初1", Number(court="示0102", type_code="民初", serial="1")),
    ],
)
def test_pieces_of_a_number_are_read_as_such(text, number):
    assert read(text).words[0].number == number


@pytest.mark.parametrize("text", ["", "  ", "a", "（）", "*:?\"'", "\x00"])
def test_what_has_no_meaning_asks_nothing(text):
    assert read(text).empty


def test_words_apart_by_blanks_are_words_of_their_own():
    assert [word.text for word in read("甲某　买卖 zsf").words] == ["甲某", "买卖", "zsf"]
