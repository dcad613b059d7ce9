"""State secrets stay outside: their rows are refused, and of what they say only the number is kept."""

import pytest

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.secrecy import REASON, is_secret, names_secrecy
from shenguan.programs.intake.selectors import rejected_rows
from shenguan.programs.intake.tests.conftest import case
from shenguan.spine.cases.models import Case, Event, Party


@pytest.mark.parametrize("grade", ["秘密", "机密", "绝密★10年", "涉密", "是"])
def test_a_row_marked_secret_does_not_go_in(bring, grade):
    report = bring([case(1), case(2, 密级=grade)])
    assert [c.number_key for c in Case.objects.all()] == ["（2026）京0101民初1号"]
    (reject,) = report.files[0].rejects
    assert (reject.reason, reject.original) == (REASON, {"案号": "（2026）京0101民初2号"})


def test_nothing_of_a_secret_case_is_kept_but_its_number(bring):
    report = bring([case(1), case(2, 是否涉密="是", 当事人="原告：隐某某", 案由="隐由")])
    assert not Party.objects.filter(name="隐某某").exists()
    kept = [str(event.payload) for event in Event.objects.all()]
    kept += [
        str(row.__dict__)
        for row in rejected_rows(Scope.everything("测试"), report.files[0].batches[0])
    ]
    assert not any("隐某某" in text or "隐由" in text for text in kept)


@pytest.mark.parametrize("word", ["", "否", "公开", "非涉密", "商业秘密", "无", "内部"])
def test_what_is_no_state_secret_goes_in(bring, word):
    bring([case(1, 密级=word)])
    assert Case.objects.count() == 1


@pytest.mark.parametrize("heading", ["密级", "案件密级", "是否涉密（必填）", "涉密"])
def test_columns_that_speak_of_secrecy_are_known(heading):
    assert names_secrecy(heading)
    assert not names_secrecy("秘书")
    assert is_secret("机密", {"是"})
