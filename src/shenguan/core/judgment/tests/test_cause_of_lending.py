import pytest

from shenguan.core.judgment import read

HEAD = "示范市甲区人民法院\n民 事 判 决 书\n（2026）示0101民初1号\n原告：张某某，男。\n被告：李某某，女。\n"
TAIL = "一案，本院于2026年1月15日立案后，依法适用简易程序，公开开庭进行了审理。本案现已审理终结。\n"


@pytest.mark.parametrize(
    ("course", "cause"),
    [
        ("原告张某某与被告李某某民间借贷纠纷", "民间借贷纠纷"),
        ("原告张某某诉被告李某某民间借贷纠纷", "民间借贷纠纷"),
        ("原告张某某与被告李某某之间的借款合同纠纷", "借款合同纠纷"),
        ("原告张某某与被告李某某间买卖合同纠纷", "买卖合同纠纷"),
    ],
)
def test_lending_among_people_keeps_its_whole_name(course, cause):
    assert read(HEAD + course + TAIL).cause.value == (cause,)
