from datetime import date

import pytest

from shenguan import rulebook
from shenguan.core.similar.authority import Standpoint
from shenguan.core.similar.model import Entry, Ranked
from shenguan.rulebook.loaders import similar as loader

OWN, ABOVE, HIGH = "示范市示范区人民法院", "示范市中级人民法院", "示范省高级人民法院"
AT = Standpoint(
    OWN, (ABOVE,), "示范省", date(2026, 3, 1), lambda c: "示范省" if c.startswith("示范") else ""
)


@pytest.fixture(scope="module")
def order():
    return loader.load(rulebook.DATA).authority


def ranked(score: float, **fields: object) -> Ranked:
    fields = {"id": str(score), "words": "", "judged_on": date(2025, 1, 1)} | fields
    return Ranked(Entry(**fields), score, {})


@pytest.mark.parametrize(
    ("fields", "rank"),
    [
        ({"authority": "指导性案例"}, 1),
        ({"level": "最高", "court": "最高人民法院"}, 2),
        ({"level": "高级", "court": HIGH}, 3),
        ({"level": "高级", "court": "外省高级人民法院"}, 5),
        ({"level": "中级", "court": ABOVE}, 4),
        ({"level": "基层", "court": OWN}, 4),
        ({"level": "基层", "court": "示范市另区人民法院"}, 5),
    ],
)
def test_each_judgment_takes_its_rank_of_article_4(order, fields, rank):
    assert order.level(ranked(1, **fields).entry, AT).rank == rank


def test_only_guiding_cases_must_be_followed(order):
    assert [level.effect for level in order.levels].count("应当参照") == 1


@pytest.mark.parametrize(
    ("judged_on", "recent"),
    [
        (date(2023, 2, 28), False),
        (date(2023, 3, 1), True),
        (date(2023, 3, 2), True),
        (None, False),
    ],
)
def test_the_last_three_years_begin_on_their_anniversary(order, judged_on, recent):
    assert order.is_recent(ranked(1, judged_on=judged_on).entry, AT) is recent


def test_within_a_rank_recent_ones_come_first_but_old_guiding_cases_stay_ahead(order):
    old = date(2012, 1, 1)
    guiding = ranked(0.1, authority="指导性案例", judged_on=old)
    guiding_new = ranked(0.05, authority="指导性案例")
    own_old = ranked(9.0, court=OWN, judged_on=old)
    own_new = ranked(2.0, court=OWN)
    found = order.sorted([own_old, own_new, guiding_new, guiding], AT)
    assert found == [guiding, guiding_new, own_new, own_old]


def test_a_leap_day_has_an_anniversary(order):
    at = Standpoint(OWN, (), "", date(2024, 2, 29), lambda c: "")
    assert order.is_recent(ranked(1, judged_on=date(2021, 2, 28)).entry, at)
