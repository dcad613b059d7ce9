"""A table is read from its address; what can't be asked is refused with the reason."""

from datetime import date

import pytest

from shenguan.programs.freestats import asking
from shenguan.programs.freestats.asking import AskError

TODAY = date(2026, 11, 20)


def read(codes=(), **values):
    return asking.read(values, codes, TODAY)


def test_an_empty_address_asks_the_flow_by_division_of_the_year():
    ask = read()
    assert (ask.rows, ask.columns, ask.codes) == ("division", "measure", asking.DEFAULT)
    assert ask.period.text == "2026-01..2026-11"


def test_an_address_asks_the_same_again():
    ask = read(["closed_cases"], rows="cause", columns="disposition", scope="审判", court="3")
    from django.http import QueryDict

    again = QueryDict(ask.query)
    assert asking.read(again.dict(), again.getlist("measure"), TODAY) == ask


@pytest.mark.parametrize(
    ("codes", "values", "reason"),
    [
        ((), {"rows": "weather"}, "不能按“weather”分组"),
        ((), {"rows": "cause", "columns": "cause"}, "行和列不能相同"),
        ((), {"rows": "month", "columns": "year"}, "不能都是时间"),
        ((), {"rows": "measure"}, "指标放在列上"),
        (("nothing",), {}, "没有指标“nothing”"),
        ((), {"period": "去年"}, "读不懂"),
        ((), {"scope": "外星"}, "没有案件范围“外星”"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(codes, values, reason):
    with pytest.raises(AskError, match=reason):
        read(codes, **values)


def test_a_case_scope_is_the_set_of_its_case_types():
    types = asking.case_types("诉讼一审")
    assert 0 not in types
    assert set(types) < set(asking.case_types("全部"))
