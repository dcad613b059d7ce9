from math import log2

import pytest

from shenguan.core.similar import metrics

GRADES = {"a": 3, "b": 2, "c": 0, "missing": 3}


def test_gain_is_linear_and_the_ideal_holds_labels_missing_from_the_pool():
    ideal = 3 + 3 / log2(3) + 2 / 2
    assert metrics.ndcg(["a", "b", "c"], GRADES, 10) == pytest.approx((3 + 2 / log2(3)) / ideal)


def test_an_unlabelled_document_gains_nothing_but_takes_a_place():
    assert metrics.ndcg(["x", "a"], GRADES, 2) < metrics.ndcg(["a", "x"], GRADES, 2)


def test_precision_runs_over_labelled_documents_alone():
    assert metrics.precision(["x", "y", "a", "b"], GRADES, 2) == 0.5


def test_average_precision_counts_relevant_documents_that_never_came():
    assert metrics.average_precision(["x", "a", "b"], GRADES) == pytest.approx(0.5)


def test_a_query_without_relevant_documents_has_no_average_precision():
    assert metrics.average_precision(["a"], {"a": 2}) is None
    assert metrics.mean([metrics.measures(["a"], {"a": 2}), metrics.measures(["a"], {"a": 3})])[
        "map"
    ] == pytest.approx(1.0)


def test_no_labels_at_all_score_zero():
    assert metrics.ndcg(["a"], {}, 10) == 0.0
