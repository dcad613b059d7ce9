from shenguan.core.similar.related import (
    Link,
    Relatable,
    chain,
    links,
    matters,
    relation,
    strongest,
)
from shenguan.core.similar.series import Litigant

FIRST = "示范区法院（2024）示0102民初1号"
APPEAL = "示范市中院（2024）示01民终9号"
A, B, C = (Litigant(name) for name in ("甲某公司", "乙某", "丙某"))


def link(first: Relatable, second: Relatable, likeness: float = 0.0) -> Link | None:
    found = relation(first, second, likeness=likeness)
    assert found == relation(second, first, likeness=likeness)
    return found.link if found else None


def test_a_cited_number_is_the_strongest_link_in_either_direction():
    first = Relatable("1", FIRST, litigants=(A, B))
    appeal = Relatable("2", APPEAL, cites=frozenset({FIRST}), litigants=(A, B))
    assert link(first, appeal) is Link.CITES


def test_all_parties_of_one_case_in_the_other():
    assert link(Relatable("1", litigants=(A, B)), Relatable("2", litigants=(B, A, C))) is (
        Link.SAME_PARTIES
    )


def test_one_party_needs_cause_and_facts_or_stays_a_possible_namesake():
    first = Relatable("1", cause="劳动争议", litigants=(A, B))
    second = Relatable("2", cause="劳动争议", litigants=(A, C))
    assert link(first, second, 0.2) is Link.PARTY_CAUSE_FACTS
    assert link(first, second, 0.19) is Link.NAME_ONLY


def test_one_contract_joins_strangers():
    one = matters("双方签订编号SF-2024-0017的合同，合同编号：SF-2024-0017号")
    same = matters("依据合同编号为SF—2024—0017的约定")
    assert one == same == {"SF20240017"}
    assert link(Relatable("1", matters=one), Relatable("2", matters=same)) is Link.SAME_MATTER


def test_a_short_or_wordy_mark_is_no_matter():
    assert matters("合同编号：A1") == frozenset()
    assert matters("合同编号：ABCDEFG") == frozenset()


def test_strangers_have_no_link():
    assert link(Relatable("1", litigants=(A,)), Relatable("2", litigants=(B,))) is None


def test_the_chain_of_instances_runs_through_every_citation():
    cases = {
        "一审": Relatable("一审", FIRST),
        "二审": Relatable("二审", APPEAL, cites=frozenset({FIRST})),
        "再审": Relatable("再审", "再审号", cites=frozenset({APPEAL, "未知"})),
        "他案": Relatable("他案", "他号"),
    }
    assert chain("一审", cases) == sorted(["一审", "二审", "再审"])
    assert chain("他案", cases) == ["他案"]


def test_the_push_lists_the_strongest_first():
    cited = relation(Relatable("1", FIRST), Relatable("2", cites=frozenset({FIRST})))
    namesake = relation(Relatable("1", litigants=(A,)), Relatable("3", litigants=(A, B)))
    assert cited is not None
    assert namesake is not None
    assert [key for key, _ in strongest([("3", namesake), ("2", cited)])] == ["2", "3"]


def test_a_common_agent_is_only_a_possible_link_and_needs_the_same_cause():
    def by(agent: str, cause: str, name: str) -> Relatable:
        return Relatable(name, cause=cause, litigants=(Litigant(name),), agents=frozenset({agent}))

    assert link(by("律师某", "劳动争议", "甲"), by("律师某", "劳动争议", "乙")) is Link.SAME_AGENT
    assert Link.SAME_AGENT.possible
    assert link(by("律师某", "劳动争议", "甲"), by("律师某", "合同纠纷", "乙")) is None


def test_one_identity_number_proves_a_party_that_changed_its_name():
    old, new = Litigant("示范厂", key="k1"), Litigant("示范新材料公司", key="k1")
    first, second = Relatable("1", litigants=(old,)), Relatable("2", litigants=(new, B))
    assert link(first, second) is Link.SAME_PERSON
    assert not Link.SAME_PERSON.possible
    assert set(links({"1": first, "2": second}, lambda *_: 0.0)) == {("1", "2")}


def test_namesakes_with_numbers_of_their_own_are_no_link():
    one, other = Litigant("乙某", key="k1"), Litigant("乙某", key="k2")
    assert link(Relatable("1", litigants=(one,)), Relatable("2", litigants=(other,))) is None


def test_a_mistyped_number_parts_neither_a_firm_nor_the_same_two_opponents():
    firm, typo = (
        Litigant(f"示范市甲有限{form}公司", key=key) for form, key in (("", "k1"), ("责任", "k2"))
    )
    assert firm.is_one_with(typo)
    person, mistyped = Litigant("乙某", key="k3"), Litigant("乙某", key="k4")
    found = relation(
        Relatable("1", litigants=(firm, person)), Relatable("2", litigants=(mistyped, typo))
    )
    assert found is not None
    assert found.link is Link.SAME_PARTIES
    assert "请核对" in found.because


def test_a_number_known_on_one_side_alone_leaves_a_possible_namesake():
    one, other = Litigant("乙某", key="k1"), Litigant("乙某")
    assert link(Relatable("1", litigants=(one,)), Relatable("2", litigants=(other,))) is (
        Link.NAME_ONLY
    )


def test_links_are_looked_for_only_where_something_is_shared():
    asked = []

    def likeness(one: str, two: str) -> float:
        asked.append((one, two))
        return 0.5

    cases = {
        "1": Relatable("1", cause="劳动争议", litigants=(A, B)),
        "2": Relatable("2", cause="劳动争议", litigants=(A, C)),
        "3": Relatable("3", cause="劳动争议", litigants=(Litigant("丁某"),)),
    }
    found = links(cases, likeness)
    assert {pair: each.link for pair, each in found.items()} == {("1", "2"): Link.PARTY_CAUSE_FACTS}
    assert asked == [("1", "2")]
