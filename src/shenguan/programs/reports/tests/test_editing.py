"""Editing sentences: words are free, a number without a query is refused."""

import pytest

from shenguan.base.papers.model import Span, line, plain
from shenguan.programs.reports.editing import EditError, box_text, read_box

SPANS = [
    Span("45件", {"ask": "value", "code": "a"}),
    Span("上升3.41个百分点", {"ask": "value", "code": "b"}),
]


def test_a_sentence_goes_into_the_box_and_comes_back_the_same():
    sentence = line("新收", SPANS[0], "，同比", SPANS[1], "。")
    text = box_text(sentence, SPANS)
    assert text == "新收[[0:45件]]，同比[[1:上升3.41个百分点]]。"
    assert read_box(text, SPANS) == sentence


def test_words_may_change_and_numbers_may_move():
    made = read_box("受集中管辖影响，[[1:上升3.41个百分点]]；新收[[0:45件]]。", SPANS)
    assert plain(made) == "受集中管辖影响，上升3.41个百分点；新收45件。"
    assert [span.source for span in made if span.source] == [SPANS[1].source, SPANS[0].source]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("新收46件。", "没有出处的数字"),
        ("新收４６件。", "没有出处的数字"),
        ("新收[[0:46件]]。", "编号0的数字是“45件”，不能改为“46件”"),
        ("新收[[7:45件]]。", "没有编号为7的数字"),
        ("新收四十六件。", "“四十六件”是没有出处的数量"),
        ("上升百分之三。", "没有出处的数量"),
        ("收案近半来自金融纠纷。", "“近半”是没有出处的数量"),
        ("另有十余件。", "“十余件”是没有出处的数量"),
        ("新收[[0:45件]。", "不成对"),
        ("   ", "句子是空的"),
    ],
)
def test_a_number_without_a_query_is_refused(text, reason):
    with pytest.raises(EditError, match=reason.replace("[", r"\[")):
        read_box(text, SPANS)


@pytest.mark.parametrize(
    "text",
    ["第三项措施已经落实。", "一审、二审衔接不畅。", "一案一策台账逐案推进。", "要一次性告知。"],
)
def test_words_that_count_nothing_are_free(text):
    assert plain(read_box(text, SPANS)) == text
