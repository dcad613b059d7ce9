"""Every ladder of what follows a paper says of its own examples what they expect."""

import pytest

from shenguan.core.ladder import Span, reached, schedule
from shenguan.rulebook import load

CASES = [
    pytest.param(one.ladder, example, id=f"{one.id} {example.say}")
    for one in load().follow_ups.values()
    for example in one.examples
]


@pytest.mark.parametrize(("ladder", "example"), CASES)
def test_the_examples_of_a_ladder_hold(ladder, example):
    days = schedule(ladder, Span(due=example.due), load().calendar)
    assert reached(ladder, days, example.day).level == example.level
