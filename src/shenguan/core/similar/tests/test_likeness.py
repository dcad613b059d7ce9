from shenguan.core.similar.likeness import contained, is_own

FACTS = "被告人甲某饮酒后驾驶小型轿车行驶至示范路与路边树木相撞，经检测其血液乙醇含量达到醉酒标准"


def test_a_judgment_that_holds_the_asked_facts_is_the_cases_own():
    assert is_own(FACTS, f"公诉机关指控，{FACTS}，后被抓获")
    assert contained(FACTS, FACTS) == 1.0


def test_numbers_and_punctuation_do_not_part_what_is_the_same():
    assert is_own(FACTS, FACTS.replace("，", "。 2019 "))


def test_another_case_of_the_kind_is_not_its_own():
    other = "被告人乙某酒后驾车回家途中被交警查获，血液酒精含量超过醉酒标准，其到案后如实供述"
    assert not is_own(FACTS, other)


def test_a_question_too_short_to_tell_is_nobodys_own():
    assert contained("醉驾", FACTS) == 0.0
