import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenguan.core.similar.outcome import Decided, Sentence, read_outcome

TWO = (
    "一、被告人甲某犯盗窃罪，判处有期徒刑一年三个月，并处罚金人民币三千元。（刑期自2020年1月1日起至2021年3月31日止。）"
    "二、被告人乙某犯盗窃罪，判处拘役四个月，缓刑八个月，并处罚金1,000元。三、责令退赔被害人九百元。"
    "如不服本判决，可在十日内上诉。"
)


def test_each_defendant_gets_what_was_imposed_on_him():
    assert read_outcome(TWO).sentences == (
        Sentence("有期徒刑", 15, fine=3000),
        Sentence("拘役", 4, 8, 1000),
    )
    assert read_outcome(TWO).amount is None


def test_of_several_penalties_the_one_to_be_served_counts():
    said = "被告人甲某犯盗窃罪，判处有期徒刑二年；犯诈骗罪，判处有期徒刑三年；决定执行有期徒刑四年六个月，罚金二万元"
    assert read_outcome(said).sentences == (Sentence("有期徒刑", 54, fine=20_000),)


def test_what_the_court_below_imposed_is_not_imposed_again():
    said = (
        "一、维持原判对被告人甲某的定罪部分；二、撤销量刑部分，即判处有期徒刑三年；"
        "三、上诉人（原审被告人）甲某犯盗窃罪，判处有期徒刑二年，缓刑三年。本判决为终审判决。"
    )
    assert read_outcome(said).sentences == (Sentence("有期徒刑", 24, 36),)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("被告人甲某犯故意杀人罪，判处死刑，缓期二年执行，剥夺政治权利终身。", "死刑缓期执行"),
        ("被告人甲某犯故意杀人罪，判处死刑，剥夺政治权利终身。", "死刑"),
        ("被告人甲某犯贩卖毒品罪，判处无期徒刑，并处没收个人全部财产。", "无期徒刑"),
        ("被告人甲某犯玩忽职守罪，免予刑事处罚。", "免予刑事处罚"),
        ("被告人甲某无罪。", "无罪"),
        ("被告单位示范公司犯单位行贿罪，判处罚金人民币十万元。", "单处罚金"),
    ],
)
def test_penalties_without_months(said, kind):
    assert [each.kind for each in read_outcome(said).sentences] == [kind]


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("一、被告甲某于十日内偿还原告借款本金10万元；二、驳回原告其他诉讼请求。案件受理费2300元。", 100_000),
        ("一、被告赔偿原告损失4，000元；二、被告赔偿合理费用2，033.5元。", 6_033.5),
        ("被告赔偿原告医疗费1000元、误工费2000元，合计3000元。", 3_000),
        ("一、被告甲支付货款五万元；二、被告乙对上述第一项中的债务五千元承担连带清偿责任。", 50_000),
        ("被告偿还借款3万元及利息（以3万元为基数，自2020年1月1日起）。", 30_000),
        ("被告偿还借款三万元，以三万元为基数按年利率计付利息。", 30_000),
        ("被告赔偿五千八百八十八万二千二百九十八元二角五分。", 58_882_298.25),
    ],
)  # fmt: skip
def test_the_sum_to_be_paid(said, yuan):
    assert read_outcome(said).amount == round(yuan * 100)


@pytest.mark.parametrize(
    "said", ["驳回原告的诉讼请求。案件受理费50元。", "驳回上诉，维持原判。", ""]
)
def test_nothing_to_pay(said):
    assert read_outcome(said) == Decided()


def test_what_cannot_be_read_is_left_out():
    assert read_outcome("被告人甲某犯滥伐林木罪，判处有期徒刑，并处罚金50000元。").sentences == ()


@given(
    st.text(
        alphabet="一二十百千万亿元年个月0123.，。；、（）被告人犯罪判处有期徒刑缓刑罚金赔偿甲",
        max_size=200,
    )
)
def test_any_text_can_be_read(text):
    read_outcome(text)


@given(st.text(st.characters(exclude_categories=())))
def test_any_characters_at_all_can_be_read(text):
    read_outcome(text)
