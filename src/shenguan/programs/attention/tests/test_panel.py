"""The case page's panel: measures until their last day."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.attention.panels import case_panel
from shenguan.spine.cases.casefile import CaseFile
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
ALL, ON = Scope.everything("测试"), date(2026, 11, 20)
CRIMINAL = {"case_type": "刑初", "instance": "一审", "procedure": "普通程序", "cause": "盗窃罪"}
BAIL = ("强制措施", {"whom": "甲某", "measure": "取保候审"})
SEAL = ("保全措施", {"whom": "尾号0001账户", "measure": "冻结存款", "until": "2026-12-01"})


def test_measures_show_their_last_day_and_what_it_rests_on():
    events = {"2026-01-15": "立案", "2026-02-01": BAIL, "2026-02-02": SEAL}
    case = add_case("（2026）示0101刑初1号", events, **CRIMINAL)
    panel = case_panel(CaseFile(ALL, case, ON))
    rows = [(s.measure.whom, str(s.measure.until), s.left) for s in panel.context["measures"]]
    assert rows == [("尾号0001账户", "2026-12-01", 11), ("甲某", "2027-02-01", 73)]
    assert [s.measure.stated for s in panel.context["measures"]] == [True, False]


def test_a_case_without_measures_has_no_panel():
    plain = add_case("（2026）示0101刑初2号", {"2026-01-15": "立案"}, **CRIMINAL)
    assert case_panel(CaseFile(ALL, plain, ON)) is None
