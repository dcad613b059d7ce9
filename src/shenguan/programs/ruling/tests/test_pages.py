"""The rulebook pages: every rule readable, a court's own tried before it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import yaml
from django.test import Client

from shenguan import rulebook
from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.ops import home
from shenguan.base.org.models import Court
from shenguan.programs.ruling import reading
from shenguan.rulebook import checking
from shenguan.spine.tests.registry import add_case
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db
RULE = "civil.first.ordinary"
ADDRESS = f"/rulebook/timelimits/{RULE}/edit/"


@pytest.fixture
def office(tmp_path, monkeypatch) -> Iterator[Client]:
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    before = list(rulebook._standing)
    rulebook.stand_on(home.overlay)
    court = Court.objects.create(code="示0101", name="示范市甲区人民法院", level="基层")
    add_case(
        "（2026）示0101民初1号", {"2026-01-15": "立案"}, court=court, case_type="民初",
        instance="一审", procedure="普通程序", cause="合同纠纷", undertaker="甲",
    )  # fmt: skip
    yield signed_in("审管办主任", court)
    rulebook._standing[:] = before


def entry(**changes: object) -> str:
    raw = dict(checking.entries("timelimits")[RULE][0])
    return yaml.safe_dump(raw | changes, allow_unicode=True, sort_keys=False)


def shorter() -> str:
    filed, due = date(2026, 1, 15), date(2026, 6, 15)
    examples = [{"say": "五个月", "events": {filed: "立案"}, "expect": {"due": due}}] * 2
    return entry(length={"months": 5}, examples=examples)


def test_every_kind_and_entry_opens(office):
    for kind in reading.kinds():
        page = office.get(f"/rulebook/{kind}/")
        assert page.status_code == 200, kind
        for one in reading.read(kind, None)[:1]:
            assert office.get(f"/rulebook/{kind}/{one.id}/").status_code == 200, (kind, one.id)


def test_a_rule_is_told_with_its_law_and_examples(office):
    page = office.get(f"/rulebook/timelimits/{RULE}/").content.decode()
    assert "民事诉讼法第152条" in page
    assert "一月十五日立案" in page


def test_a_trial_shows_which_case_would_change_and_changes_nothing(office):
    trial = office.post(ADDRESS, {"text": shorter(), "what": "try"}).context["trial"]
    assert trial.mistakes == ()
    assert all(one.startswith("civil.first.") for one in trial.elsewhere)
    (change,) = trial.changes
    assert (change.before, change.after) == ("2026-07-15", "2026-06-15")
    assert str(Clock.objects.get().governing_due) == "2026-07-15"
    assert not AuditRow.objects.filter(action="修改规则库").exists()


def test_an_entry_whose_examples_fail_is_not_kept(office):
    text = entry(length={"months": 5})
    assert "例子不符" in office.post(ADDRESS, {"text": text, "what": "try"}).content.decode()
    assert office.post(ADDRESS, {"text": text, "what": "keep", "basis": "x"}).status_code == 400
    assert home.overlay() is None


def test_a_kept_entry_moves_the_due_date_and_leaves_its_basis(office):
    assert office.post(ADDRESS, {"text": shorter(), "what": "keep"}).status_code == 400
    answer = office.post(ADDRESS, {"text": shorter(), "what": "keep", "basis": "试点〔2026〕1号"})
    assert answer.status_code == 302, answer.context["problem"]
    assert str(Clock.objects.get().governing_due) == "2026-06-15"
    assert AuditRow.objects.get(action="修改规则库").detail["basis"] == "试点〔2026〕1号"
    assert "本院条目" in office.get(f"/rulebook/timelimits/{RULE}/").content.decode()


@pytest.mark.parametrize("text", ["a: [", "- 1", "id: other"])
def test_what_is_no_entry_is_told_so(office, text):
    assert office.post(ADDRESS, {"text": text, "what": "try"}).status_code == 400


def test_a_warning_s_ladder_is_tried_on_the_cases_it_watches(office):
    found = next(one for one in reading.read("warnings", None) if one.id == "unreported")
    text = yaml.safe_dump(dict(found.raw), allow_unicode=True, sort_keys=False)
    page = office.post("/rulebook/warnings/unreported/edit/", {"text": text, "what": "try"})
    assert "没有变化" in page.content.decode()


def test_whoever_may_not_set_reads_all_and_changes_nothing(office):
    judge = signed_in("法官", Court.objects.get())
    assert judge.get(f"/rulebook/timelimits/{RULE}/").status_code == 200
    assert judge.get(ADDRESS).status_code == 404
    assert office.get("/rulebook/posts/院长/edit/").status_code == 404
    assert office.get("/rulebook/unknown/").status_code == 404
