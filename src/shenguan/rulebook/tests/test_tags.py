"""Which 审判领域 and tags the rules suggest, and which they don't."""

from __future__ import annotations

from typing import Any

import pytest

from shenguan.core.casefold import CaseState
from shenguan.rulebook import load

RULES = load().tags


def suggested(case_class: str = "民事", threshold: int | None = None, **fields: Any) -> list[str]:
    def value(_setting: str, default: int) -> int:
        return default if threshold is None else threshold

    return RULES.suggested(CaseState(**fields), case_class, value)


@pytest.mark.parametrize(
    ("cause", "field"),
    [
        ("侵害商标权纠纷", "知产"),
        ("金融借款合同纠纷", "金融"),
        ("保险纠纷", "金融"),
        ("环境污染责任纠纷", "环资"),
        ("抚养费纠纷", "未成年"),
        ("破产债权确认纠纷", "破产"),
    ],
)
def test_the_cause_suggests_the_field(cause: str, field: str):
    assert field in suggested(cause=cause)


@pytest.mark.parametrize(
    "cause", ["民间借贷纠纷", "买卖合同纠纷", "养老保险待遇纠纷", "工伤保险待遇纠纷"]
)
def test_other_causes_suggest_no_financial_case(cause: str):
    assert "金融" not in suggested(cause=cause)


def test_a_bankruptcy_number_suggests_bankruptcy():
    assert suggested("清算破产", case_type="破申") == ["破产"]


def _side(count: int) -> tuple[dict[str, str], ...]:
    return (
        *({"role": "原告", "name": f"甲{n}"} for n in range(count)),
        {"role": "被告", "name": "乙"},
    )


def test_ten_on_one_side_make_a_group_case_and_nine_do_not():
    assert "群体性" in suggested(parties=_side(10))
    assert "群体性" not in suggested(parties=_side(9))


def test_a_court_may_set_five_for_a_group_case():
    assert "群体性" in suggested(parties=_side(5), threshold=5)


def test_a_hundred_million_yuan_suggests_a_major_case_and_a_fen_less_does_not():
    assert "重大敏感" in suggested(amount=100_000_000_00)
    assert "重大敏感" not in suggested(amount=100_000_000_00 - 1)


def test_government_as_civil_defendant_is_sensitive_as_administrative_defendant_it_is_not():
    parties = ({"role": "原告", "name": "甲"}, {"role": "被告", "name": "示范县人民政府"})
    assert "重大敏感" in suggested(parties=parties)
    assert "重大敏感" not in suggested("行政", parties=parties)


def test_both_conditions_of_a_group_must_hold():
    assert "涉重大项目" in suggested(cause="建设工程施工合同纠纷", amount=50_000_000_00)
    assert "涉重大项目" not in suggested(cause="建设工程施工合同纠纷", amount=1)


def test_a_name_of_ones_own_is_a_tag():
    assert (RULES.dimension("知产"), RULES.dimension("本院督办")) == ("领域", "标签")
