from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.similar.words import content_words, cut, places


@given(st.text())
def test_cutting_loses_no_character(text):
    assert "".join(cut(text)) == text


def test_numbers_letters_and_punctuation_are_no_content():
    assert content_words("2019年，甲A×××饮酒后驾驶。", frozenset({"年"})) == [
        "甲",
        "饮酒",
        "后",
        "驾驶",
    ]


def test_places_of_a_word_point_at_it():
    text = "被告人驾驶轿车，驾驶时饮酒"
    assert [text[a:b] for a, b in places(text, {"驾驶"})["驾驶"]] == ["驾驶", "驾驶"]


def test_a_stop_word_that_stands_alone_leaves_as_one_within_a_clause_does():
    stop = frozenset({"年", "的"})
    assert content_words("2019年，他的车，的", stop) == ["他", "车"]
    assert content_words("2019年", frozenset()) == ["年"]
