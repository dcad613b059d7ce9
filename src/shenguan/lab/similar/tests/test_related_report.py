import pytest

from shenguan.lab.similar.related_report import measured
from shenguan.lab.similar.related_truth import LEVELS, docket


@pytest.mark.parametrize("level", LEVELS)
def test_related_cases_are_found_and_namesakes_are_not(level):
    report = measured(level, docket(level, disputes=40))
    # at the heaviest noise a fifth of the clauses is gone: what is then too unlike is missed, not guessed
    assert report["recall"] >= (0.98 if level < 4 else 0.93), report["missed"]
    assert report["precision"] >= 0.99, report["wrong"]
    assert report["pairs"] > 100
    # a number proves a party only where both cases have it; without, the name is listed as possible
    assert report["party_proven"] <= report["party_shown"]
    assert report["party_shown"] >= 0.85


def test_a_docket_is_the_same_twice():
    assert docket(2, disputes=3) == docket(2, disputes=3)
