import pytest

from shenguan.lab.similar.series_report import measured
from shenguan.lab.similar.series_truth import LEVELS, docket


@pytest.mark.parametrize("level", LEVELS)
def test_series_are_found_at_every_level_of_noise(level):
    report = measured(level, docket(level, groups=15, singles=80))
    assert report["recall"] >= 0.98, report["missed"]
    assert report["precision"] >= 0.99, report["wrong"]


def test_a_docket_is_the_same_twice_and_noise_makes_it_another():
    assert docket(2, groups=2, singles=2) == docket(2, groups=2, singles=2)
    assert docket(2, groups=2, singles=2) != docket(3, groups=2, singles=2)
