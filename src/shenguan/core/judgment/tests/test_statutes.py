"""Lists of provisions, as courts write them."""

import pytest

from shenguan.core.judgment.statutes import read_statutes
from shenguan.core.judgment.text import even

PENAL = "中华人民共和国刑法"


def cited(reasoning: str) -> list[str]:
    text = even(f"示范\n示范\n示范\n示范\n示范\n{reasoning}，判决如下：")
    found = read_statutes(text, 15, len(text.even))
    return [f"{s.law}|{s.article}|{s.paragraph}|{s.item}" for s in found.value or ()]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("第六十七条第三款", ["67|3|"]),
        ("第一百三十三条之一第一款第（二）项", ["133之一|1|2"]),
        ("第七十二条第一、三款", ["72|1|", "72|3|"]),
        ("第七十二条第一款、第三款", ["72|1|", "72|3|"]),
        ("第二百二十五条第一款第（一）、（二）项", ["225|1|1", "225|1|2"]),
        ("第二百二十五条第一款第（一）（二）项", ["225|1|1", "225|1|2"]),
        ("第五十二条一款(一)、(二)项、第九条二款", ["52|1|1", "52|1|2", "9|2|"]),
        ("第三百八十三条第一款第（一）项、第二款", ["383|1|1", "383|2|"]),
        ("第五十二、五十三条", ["52||", "53||"]),
        ("第二百三十六第一款", ["236|1|"]),
        ("第七十三条第二三款", ["73|2|", "73|3|"]),
        ("第四十七条至第四十九条", ["47||", "48||", "49||"]),
        ("第二百六十四条［盗窃罪］、第六十四条", ["264||", "64||"]),
        ("第12条第2款", ["12|2|"]),
    ],
)
def test_numbers_of_a_provision(printed: str, expected: list[str]) -> None:
    assert cited(f"依照《{PENAL}》{printed}之规定") == [f"{PENAL}|{each}" for each in expected]


def test_a_law_holds_until_the_next_is_named() -> None:
    found = cited("依照《甲法》第一条、第二条，《乙条例》第三条的规定")
    assert found == ["甲法|1||", "甲法|2||", "乙条例|3||"]


def test_a_title_keeps_its_inner_marks_and_the_article_within() -> None:
    found = cited(f"依照《关于〈{PENAL}〉第九十三条第二款的解释》第（一）项、《甲法》第一条之规定")
    assert found == [f"关于〈{PENAL}〉第九十三条第二款的解释|||", "甲法|1||"]


def test_a_wrong_closing_mark_does_not_end_the_list() -> None:
    assert cited(f"依照《{PENAL}﹥第二百条之规定") == [f"{PENAL}|200||"]


def test_only_what_the_order_rests_on_counts() -> None:
    text = f"其行为触犯《{PENAL}》第二百条，应予惩处。依照《{PENAL}》第三百条之规定"
    assert cited(text) == [f"{PENAL}|300||"]


def test_the_sentence_before_counts_while_the_last_cites_nothing() -> None:
    assert cited(f"依照《{PENAL}》第三百条之规定。经审判委员会讨论决定") == [f"{PENAL}|300||"]


def test_quoted_wording_of_an_article_is_no_citation() -> None:
    text = f"依照《{PENAL}》第三百条“有前款行为，情节严重的，依照第二款处罚。”、第六十四条之规定"
    assert cited(text) == [f"{PENAL}|300||", f"{PENAL}|64||"]


def test_broken_lines_do_not_break_the_citation() -> None:
    assert cited(f"依照《{PENAL}》第三\n百条、第六十\n四条之规定") == [
        f"{PENAL}|300||",
        f"{PENAL}|64||",
    ]


def test_a_law_without_article_is_cited_as_a_whole() -> None:
    assert cited("依照《甲办法》、《乙法》第一条之规定") == ["甲办法|||", "乙法|1||"]


def test_nothing_cited_gives_a_reason() -> None:
    text = even("本院认为，应予支持，判决如下：")
    found = read_statutes(text, 0, len(text.even))
    assert found.value is None
    assert found.why
