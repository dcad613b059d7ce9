import numpy as np
import pytest

from shenguan.core.similar import fusion


def test_equal_scores_tell_nothing():
    assert not fusion.standard(np.array([2.0, 2.0])).any()
    assert fusion.standard(np.array([])).size == 0


def test_share_of_the_asked_causes_is_whole_when_more_are_found():
    assert fusion.shared(["盗窃罪"], ["盗窃罪", "诈骗罪"]) == 1.0
    assert fusion.overlap(["盗窃罪"], ["盗窃罪", "诈骗罪"]) == 0.5
    assert fusion.shared([], ["盗窃罪"]) == 0.0


def test_the_closest_weigh_most_in_the_profile():
    of = fusion.profile([["盗窃罪"], ["诈骗罪"]], np.array([4.0, 0.0]))
    assert of["盗窃罪"] > of["诈骗罪"]
    assert sum(of.values()) == pytest.approx(1.0)
    assert fusion.expected(of, ["盗窃罪", "诈骗罪"]) == pytest.approx(1.0)
    assert fusion.aligned(of, []) == 0.0


def test_a_feature_without_weight_counts_nothing():
    features = {"a": np.array([1.0, 2.0]), "b": np.array([9.0, 0.0])}
    assert list(fusion.fuse(features, {"a": 2.0, "absent": 1.0})) == [2.0, 4.0]
