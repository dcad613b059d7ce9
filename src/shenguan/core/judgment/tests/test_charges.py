"""Charges of conviction: from the 主文, else from the decision below, else those charged."""

from shenguan.core.judgment.charges import read_charges
from shenguan.core.judgment.text import even


def charged(*, course: str = "", body: str = "", ruling: str = "") -> set[str]:
    text = even(course + body + ruling)
    first, second, third = len(course), len(course + body), len(text.even)
    found = read_charges(text, ruling=(second, third), course=(0, first), body=(first, second))
    return set(found.value or ())


def test_each_conviction_of_the_order() -> None:
    ruling = (
        "一、被告人甲某犯盗窃罪、诈骗罪，决定执行。\n二、被告人乙某犯走私、贩卖毒品罪，判处徒刑。"
    )
    assert charged(ruling=ruling) == {"盗窃罪", "诈骗罪", "走私、贩卖毒品罪"}


def test_charges_that_hold_the_word_crime_themselves() -> None:
    ruling = "被告人甲某犯掩饰、隐瞒犯罪所得罪，犯侵犯公民个人信息罪，犯帮助信息网络犯罪活动罪。"
    expected = {"掩饰、隐瞒犯罪所得罪", "侵犯公民个人信息罪", "帮助信息网络犯罪活动罪"}
    assert charged(ruling=ruling) == expected


def test_what_is_set_aside_is_no_conviction() -> None:
    ruling = (
        "一、撤销原判第一项，即被告人甲某犯抢劫罪，判处徒刑；\n二、上诉人甲某犯抢夺罪，判处徒刑。"
    )
    assert charged(ruling=ruling) == {"抢夺罪"}


def test_items_kept_by_number_are_looked_up_below() -> None:
    body = "原审法院判决：一、被告人甲某犯盗窃罪，判处罚金；二、被告人乙某犯诈骗罪，判处罚金。\n"
    ruling = "一、维持原判决第一项；\n二、撤销第二项；\n三、上诉人乙某犯侵占罪，判处罚金。"
    assert charged(body=body, ruling=ruling) == {"盗窃罪", "侵占罪"}


def test_an_upheld_judgment_lends_its_charges() -> None:
    body = "原判认定被告人甲某犯盗窃罪，判处罚金。"
    assert charged(course="指控甲某犯抢夺罪一案。", body=body, ruling="驳回上诉，维持原判。") == {
        "盗窃罪"
    }


def test_an_acquittal_names_what_was_charged() -> None:
    assert charged(course="指控被告人甲某犯盗窃罪一案。", ruling="被告人甲某无罪。") == {"盗窃罪"}
