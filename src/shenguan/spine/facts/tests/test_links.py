from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shenguan.spine.facts.links import Links
from shenguan.spine.facts.making import WORTH_SHARING, processes_for

CASES = st.integers(1, 30)


@given(st.dictionaries(CASES, CASES), st.dictionaries(CASES, CASES), st.integers(1, 7))
def test_no_dispute_is_cut_in_two_and_every_case_is_met_once(by_number, refiled, size):
    links = Links(by_number, refiled)
    chunks = list(links.in_disputes(range(1, 31), size))
    place = {case_id: n for n, chunk in enumerate(chunks) for case_id in chunk}
    assert sorted(case_id for chunk in chunks for case_id in chunk) == list(range(1, 31))
    assert all(place[later] == place[earlier] for later, earlier in links.pairs())


def test_only_cases_with_a_link_are_told_what_comes_before():
    links = Links({2: 1}, {2: 9, 3: 4})
    assert links.before([1, 2, 3]) == {2: (1, 9), 3: (0, 4)}


def test_little_work_stays_in_one_process():
    assert processes_for(WORTH_SHARING - 1) == 1
    assert processes_for(WORTH_SHARING) >= 1
