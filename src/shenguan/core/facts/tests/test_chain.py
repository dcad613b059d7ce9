from __future__ import annotations

from dataclasses import replace
from datetime import date

from shenguan.core.facts.chain import Node, chain_facts, joined, links_of
from shenguan.core.facts.refiling import Suit, party_mark, refilings
from shenguan.core.facts.tests.making import NAMES, TYPES, WORDS

RELATIONS = NAMES["关联"]


def node(case_id: int, case_type: str, prior: int = 0, **more) -> Node:
    kind = TYPES[case_type]
    made = Node(
        case_id=case_id,
        prior_id=prior,
        case_type=case_type,
        family=kind.family,
        instance=kind.instance,
        case_class=kind.case_class,
        filed_on=20_000 + case_id,
        filed_month=24_000,
        keys=(case_id, case_id * 10, case_id * 100),
    )
    return replace(made, **more)


def test_a_case_alone_is_a_dispute_of_one():
    row = chain_facts([node(5, "民初")], WORDS)[5]
    assert (row["dispute"], row["is_root"], row["chain_length"], row["chain_trials"]) == (
        5,
        True,
        1,
        1,
    )
    assert (row["prior_id"], row["relation"]) == (0, 0)


def test_a_dispute_runs_from_first_instance_through_remand_to_resumed_enforcement():
    nodes = [
        node(1, "民初"),
        node(2, "民终", 1, review_result=4, disposition="发回重审"),
        node(3, "民初", 2),
        node(4, "民终", 3, review_result=1),
        node(5, "执", 4),
        node(6, "执恢", 5),
    ]
    rows = chain_facts(nodes, WORDS)
    assert {row["dispute"] for row in rows.values()} == {1}
    assert [rows[n]["relation"] for n in range(2, 7)] == [
        RELATIONS[name] for name in ("二审", "发回重审", "二审", "首次执行", "恢复执行")
    ]
    root = rows[1]
    assert (root["chain_length"], root["chain_trials"], root["chain_enforcements"]) == (6, 4, 2)
    assert (root["chain_remands"], root["appeal_result"]) == (1, 4)
    assert [row["chain_length"] for row in rows.values()] == [6, 0, 0, 0, 0, 0]
    assert (rows[4]["went_to_enforcement"], rows[5]["was_resumed"]) == (True, True)


def test_an_appeal_credits_court_division_and_judge_below():
    rows = chain_facts([node(1, "民初"), node(2, "民终", 1, review_result=2)], WORDS)
    assert [rows[2][c] for c in ("prior_court", "prior_division", "prior_judge")] == [1, 10, 100]
    assert "prior_court" not in chain_facts([node(1, "民初"), node(2, "执", 1)], WORDS)[2]


def test_a_retrial_reaches_through_its_review_to_the_decision_reviewed():
    nodes = [
        node(1, "民初"),
        node(2, "民终", 1),
        node(3, "民申", 2),
        node(4, "民再", 3, review_result=2),
    ]
    rows = chain_facts(nodes, WORDS)
    assert (rows[2]["was_retried"], rows[2]["retrial_result"], rows[2]["retrial_sought"]) == (
        True,
        2,
        True,
    )
    assert rows[4]["prior_judge"] == 200
    assert rows[3].get("was_retried") is False


def test_an_appeal_against_jurisdiction_is_no_appeal_against_the_judgment():
    rows = chain_facts([node(1, "民初"), node(2, "民辖终", 1, review_result=2)], WORDS)
    assert rows[1]["appeal_result"] == 0
    assert "was_appealed" not in rows[1]


def test_the_earliest_filing_is_the_root_whatever_the_numbers():
    rows = chain_facts([node(9, "民初", filed_on=100), node(2, "民终", 9, filed_on=300)], WORDS)
    assert {row["dispute"] for row in rows.values()} == {9}


def test_cases_that_name_each_other_make_one_dispute_and_no_endless_walk():
    rows = chain_facts([node(1, "民申", 2), node(2, "民申", 1), node(3, "民再", 2)], WORDS)
    assert {row["dispute"] for row in rows.values()} == {1}


def test_a_link_to_a_case_that_is_not_here_is_no_link():
    assert links_of([node(2, "民终", 1)]) == []


def test_a_withdrawn_suit_filed_again_is_one_dispute():
    nodes = [node(1, "民初", disposition="准许撤诉"), node(2, "民初", refiled_from=1)]
    rows = chain_facts(nodes, WORDS)
    assert (rows[1]["refiled"], rows[1]["chain_refilings"], rows[2]["dispute"]) == (True, 1, 1)


def test_without_an_appeal_on_record_the_appeals_filing_stands_for_its_day():
    rows = chain_facts([node(1, "民初"), node(2, "民终", 1)], WORDS)
    own = {
        "appealed_on": None,
        "appealed_month": None,
        "filed_above_on": None,
        "was_appealed": False,
    }
    row = joined(own, rows[1])
    assert (row["appealed_on"], row["filed_above_on"], row["was_appealed"]) == (
        20_002,
        20_002,
        True,
    )
    assert joined({**own, "appealed_on": 7}, rows[1])["appealed_on"] == 7


def suit(case_id: int, on: date, *names: str, cause: str = "借款") -> Suit:
    return Suit(case_id, 1, cause, party_mark(names), on)


def test_sixty_days_are_within_and_sixty_one_are_not():
    gone = [suit(1, date(2026, 1, 1), "甲某", "乙某")]
    assert refilings(gone, [suit(2, date(2026, 3, 2), "乙某", "甲某")]) == {2: 1}
    assert refilings(gone, [suit(2, date(2026, 3, 3), "乙某", "甲某")]) == {}
    assert refilings(gone, [suit(2, date(2025, 12, 31), "乙某", "甲某")]) == {}


def test_other_parties_another_cause_or_no_parties_are_no_refiling():
    gone = [suit(1, date(2026, 1, 1), "甲某"), suit(5, date(2026, 1, 1))]
    day = date(2026, 1, 9)
    others = [suit(2, day, "丙某"), suit(3, day, "甲某", cause="离婚"), suit(4, day)]
    assert refilings(gone, others) == {}


def test_of_several_withdrawals_the_last_one_is_brought_again():
    gone = [suit(1, date(2026, 1, 1), "甲某"), suit(2, date(2026, 1, 20), "甲某")]
    assert refilings(gone, [suit(3, date(2026, 2, 1), "甲某")]) == {3: 2}
