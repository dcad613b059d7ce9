from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.services import set_setting
from shenguan.spine.cases.models import Batch, Case
from shenguan.spine.facts import archive, services
from shenguan.spine.facts.basis import LEADERS
from shenguan.spine.facts.tests.scenario import (
    civil,
    first_part,
    later,
    only,
    second_part,
    tables,
    tell,
    upper_court,
)
from shenguan.spine.pipeline import NewEvent, append_to_batch, land, refresh
from shenguan.spine.tests.registry import NOW, demo_court

pytestmark = pytest.mark.django_db


def test_incremental_equals_rebuild_after_appeals_refilings_pauses_and_corrections(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    cases = first_part()
    services.rebuild(one, now=NOW)
    second_part(cases)
    done = services.catch_up(one, now=later())
    services.rebuild(other, now=later())
    assert not done.rebuilt
    assert tables(one) == tables(other)
    assert archive.position(one) == archive.position(other)


def test_a_catch_up_after_every_single_event_equals_one_rebuild(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    cases = first_part()
    services.catch_up(one, now=NOW)
    case = cases["pending"]
    for kind, on in (("开庭", "2026-03-01"), ("报结", "2026-04-01"), ("撤销报结", "2026-04-09")):
        tell(case, kind, on, {"disposition": "准许撤诉"} if kind == "报结" else {})
        services.catch_up(one, now=later())
    again = civil("6", {"2026-04-20": "立案"}, cause="离婚纠纷")
    services.catch_up(one, now=later())
    tell(case, "报结", "2026-04-10", {"disposition": "准许撤诉"})
    services.catch_up(one, now=later())
    services.rebuild(other, now=later())
    assert only(one, again)["dispute"] == case.pk
    assert tables(one) == tables(other)


def test_a_link_that_goes_takes_its_traces_off_the_other_case(tmp_path: Path):
    cases = second_part(first_part())
    services.rebuild(tmp_path, now=NOW)
    assert only(tmp_path, cases["withdrawn"])["refiled"] is True
    tell(cases["again"], "登记变更", None, {"cause": "买卖合同纠纷"})
    done = services.catch_up(tmp_path, now=later())
    assert set(done.case_ids) == {cases["withdrawn"].pk, cases["again"].pk}
    assert only(tmp_path, cases["withdrawn"])["refiled"] is False
    assert only(tmp_path, cases["again"])["is_root"] is True


def test_what_the_court_above_did_is_written_on_the_case_below(tmp_path: Path):
    cases = second_part(first_part())
    services.rebuild(tmp_path, now=NOW)
    below, above = only(tmp_path, cases["judged"]), only(tmp_path, cases["appeal"])
    assert (below["was_appealed"], below["appeal_result"], below["chain_length"]) == (True, 2, 2)
    assert above["prior_court"] == cases["judged"].court_id
    assert above["prior_judge"] == below["judge"] != above["judge"]


def test_the_changed_rows_are_told_before_and_after(tmp_path: Path):
    cases = first_part()
    services.rebuild(tmp_path, now=NOW)
    tell(cases["pending"], "报结", "2026-06-01", {"disposition": "调解"})
    done = services.catch_up(tmp_path, now=later())
    assert done.case_ids == (cases["pending"].pk,)
    assert done.before["case"]["is_closed"].to_pylist() == [False]
    assert done.after["case"]["is_closed"].to_pylist() == [True]
    assert done.after["step"].num_rows == 1


def test_catching_up_twice_is_once(tmp_path: Path):
    cases = first_part()
    services.rebuild(tmp_path, now=NOW)
    tell(cases["pending"], "开庭", "2026-06-01")
    services.catch_up(tmp_path, now=later())
    before = tables(tmp_path)
    assert services.catch_up(tmp_path, now=later()).case_ids == ()
    assert tables(tmp_path) == before


def test_an_import_counts_from_its_landing_and_not_before(tmp_path: Path):
    case = first_part()["pending"]
    services.rebuild(tmp_path, now=NOW)
    batch = Batch.objects.create(kind="案件", actor="测试", started_at=NOW)
    closing = NewEvent(case.pk, "报结", date(2026, 6, 1), {"disposition": "判决"})
    append_to_batch([closing], batch=batch, actor="测试", now=NOW)
    services.catch_up(tmp_path, now=later())
    assert only(tmp_path, case)["is_closed"] is False
    land(batch, now=NOW)
    with pytest.raises(services.RegistryBehind, match="1 个案件"):
        services.catch_up(tmp_path, now=later())
    refresh([case.pk], now=NOW)
    services.catch_up(tmp_path, now=later())
    assert only(tmp_path, case)["is_closed"] is True


def choose(court, key, value, since="2026-01-01"):
    set_setting(
        court=court, key=key, value=value, valid_from=date.fromisoformat(since), basis="测试",
        actor="测试", now=NOW,
    )  # fmt: skip


def test_what_a_court_chooses_moves_its_own_cases_and_no_others(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(services, "MOST_REPLACED", 1)
    cases = second_part(first_part())
    tell(cases["other"], "届满日登记", None, {"due": "2026-06-01"})
    services.rebuild(tmp_path, now=NOW)
    recorded = only(tmp_path, cases["other"])["due_on"]
    choose(demo_court(), "采用本系统审限", True)
    assert services.status(tmp_path, on=date(2026, 11, 20)).current is False
    done = services.catch_up(tmp_path, now=later())
    assert not done.rebuilt
    assert {*done.case_ids} == {
        case.pk for case in cases.values()
    }  # the appeal is of their dispute
    assert only(tmp_path, cases["other"])["due_on"] > recorded
    assert services.status(tmp_path, on=date(2026, 11, 20)).current is True
    choose(upper_court(), "审限.criminal_month_end", "corresponding")
    choose(demo_court(), "首页指标", ["closed_cases"])
    assert services.catch_up(tmp_path, now=later()).case_ids == ()


def test_choices_and_leaders_taken_in_one_by_one_equal_one_rebuild(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(services, "MOST_REPLACED", 1)
    one, other = tmp_path / "one", tmp_path / "other"
    cases = second_part(first_part())
    tell(cases["other"], "届满日登记", None, {"due": "2026-06-01"})
    services.rebuild(one, now=NOW)
    court, dice = demo_court(), random.Random(5)
    Court.objects.filter(pk=court.pk).update(parent=upper_court())
    steps = [
        *(
            (key, value)
            for key in ("审限.start_counts", "审限.roll_over")
            for value in (True, False)
        ),
        *(("采用本系统审限", value) for value in (True, False, ["民初"])),
        ("审限.delegation", [["2026-01-01", None]]),
        (LEADERS, None),
    ]
    dice.shuffle(steps)
    for key, value in steps:
        if key == LEADERS:
            person = Person.objects.get(name="法官甲一")
            Appointment.objects.create(person=person, court=court, post="庭长")
        else:
            choose(
                dice.choice([court, upper_court()]), key, value, f"2026-0{dice.randint(1, 6)}-01"
            )
        assert not services.catch_up(one, now=later()).rebuilt
    services.rebuild(other, now=later())
    assert tables(one) == tables(other)


def test_what_moves_most_of_the_cases_makes_the_archive_anew(tmp_path: Path):
    first_part()
    services.rebuild(tmp_path, now=NOW)
    choose(demo_court(), "审限.roll_over", True)
    assert services.catch_up(tmp_path, now=later()).rebuilt is True


def test_a_rebuild_that_dies_half_way_leaves_the_archive_as_it_was(tmp_path: Path, monkeypatch):
    cases = first_part()
    services.rebuild(tmp_path, now=NOW)
    before = tables(tmp_path)
    tell(cases["pending"], "开庭", "2026-06-01")

    def die(*_args, **_more):
        raise OSError("磁盘已满")

    monkeypatch.setattr(archive, "_write_manifest", die)
    with pytest.raises(OSError, match="磁盘已满"):
        services.rebuild(tmp_path, now=later())
    with pytest.raises(OSError, match="磁盘已满"):
        services.catch_up(tmp_path, now=later())
    assert tables(tmp_path) == before
    monkeypatch.undo()
    services.catch_up(tmp_path, now=later())
    assert only(tmp_path, cases["pending"])["hearings"] == 1


def test_rows_do_not_change_by_waiting(tmp_path: Path):
    cases = second_part(first_part())
    services.rebuild(tmp_path / "now", now=NOW)
    services.rebuild(tmp_path / "later", now=NOW + timedelta(days=400))
    assert tables(tmp_path / "now") == tables(tmp_path / "later")
    paused = only(tmp_path / "now", cases["pending"])
    assert (paused["due_on"], paused["excluded_days"], paused["was_excluded"]) == (None, 0, True)


def test_the_status_says_how_many_cases_have_news(tmp_path: Path):
    cases = first_part()
    services.rebuild(tmp_path, now=NOW)
    tell(cases["pending"], "开庭", "2026-06-01")
    found = services.status(tmp_path, on=date(2026, 11, 20))
    assert (found.behind, found.rows["case"], found.position < found.head) == (1, 4, True)


def test_a_case_without_a_filing_day_has_its_own_partition(tmp_path: Path):
    case = civil("7", {})
    services.rebuild(tmp_path, now=NOW)
    assert [file.parent.name for file in archive.files(tmp_path, "case")] == ["month=0"]
    tell(Case.objects.get(pk=case.pk), "立案", "2026-01-05")
    services.catch_up(tmp_path, now=later())
    assert [file.parent.name for file in archive.files(tmp_path, "case")] == ["month=202601"]
