import pytest

from shenguan.core.similar.series import (
    Filed,
    Litigant,
    belonging,
    groups,
    likeness,
    masked,
    pairs,
    party_name,
    shingles,
)

FIRM = Litigant("示范市拟构物业有限公司", "原告")
STORY = (
    "{who}系示范小区{flat}室业主，自{year}年起拖欠示范市拟构物业有限公司物业服务费{sum}元，"
    "经多次催收仍未缴纳，公司遂诉至本院，请求判令支付服务费及相应滞纳金。"
)


def case(key: str, who: str, *, firm: Litigant = FIRM, **fields: object) -> Filed:
    facts = STORY.format(who=who, flat=len(key) * 101, year=2019 + len(key), sum=len(key) * 777)
    given = {"court": "示范市东区人民法院", "cause": "物业服务合同纠纷", "facts": facts}
    litigants = (Litigant(who, "被告"), firm)
    return Filed(id=key, litigants=litigants, **(given | fields))


def test_names_and_numbers_are_all_that_differs_within_a_series():
    assert masked(case("甲", "赵示范")) == masked(case("乙乙", "钱样例"))


def test_a_company_is_the_same_with_and_without_its_legal_form():
    assert party_name("示范（集团）股份有限公司") == party_name("示范集团有限责任公司")
    assert party_name("公司") == "公司"


def test_a_shared_party_asks_for_less_likeness_than_court_and_cause_alone():
    first, second = case("甲", "赵示范"), case("乙", "钱样例")
    other_firm = Litigant("另一物业公司", "原告")
    with_party = belonging(first, second)
    without = belonging(first, case("丙", "孙例", firm=other_firm))
    assert with_party is not None
    assert without is not None
    assert with_party[0].startswith("同一当事人")
    assert without[0] == "同一法院同一案由：物业服务合同纠纷"
    assert with_party[1] < without[1]


@pytest.mark.parametrize("other", [{"court": "示范市西区人民法院"}, {"cause": "劳动争议"}])
def test_a_template_alone_makes_no_series(other):
    stranger = Litigant("另一物业公司", "原告")
    assert belonging(case("甲", "赵示范"), case("乙", "钱样例", firm=stranger, **other)) is None


def test_an_identity_key_tells_people_of_one_name_apart():
    one = Filed("甲", "", litigants=(Litigant("张示范", "被告", "k1"),))
    two = Filed("乙", "", litigants=(Litigant("张示范", "被告", "k2"),))
    assert belonging(one, two) is None


def test_pairs_are_found_once_and_say_why():
    cases = {c.id: c for c in (case("甲", "赵示范"), case("乙", "钱样例"))}
    found = pairs(cases, lambda _case, _masked: [*cases, "不存在"])
    assert [(p.first, p.second) for p in found] == [("乙", "甲")]
    assert found[0].likeness == 1.0
    assert "拟构物业" in found[0].because
    assert groups(found) == [("乙", "甲")]


def test_cases_without_facts_are_never_alike():
    assert likeness(shingles(""), shingles("")) == 0.0
    empty = {key: case(key, "赵示范", facts="") for key in "甲乙"}
    assert pairs(empty, lambda _case, _masked: list(empty)) == []


def test_groups_join_what_hangs_together_largest_first():
    cases = {key: case(key, "赵示范") for key in "abcde"}
    near = {"a": ["b"], "b": ["c"], "d": ["e"]}
    assert groups(pairs(cases, lambda c, _masked: near.get(c.id, []))) == [
        ("a", "b", "c"),
        ("d", "e"),
    ]
