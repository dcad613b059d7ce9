"""发改反馈: from the change to the finding, and what may not happen."""

from __future__ import annotations

from datetime import date

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.inbox.models import Notice, Watch
from shenguan.base.org.models import CourtSetting
from shenguan.base.org.scope import Scope
from shenguan.programs.appeals import checks, finding, services
from shenguan.programs.appeals.models import Feedback
from shenguan.programs.appeals.papers import bulletin, sheets
from shenguan.programs.appeals.services import Finding, Form, Refused
from shenguan.programs.appeals.tests.courts import (
    FIRST,
    FORM,
    LOWER,
    SECOND,
    UPPER,
    found,
    make_courts,
)
from shenguan.rulebook import load
from shenguan.spine.cases.models import Event
from shenguan.spine.gatekeeping import GateClosed
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.people import at
from shenguan.spine.tests.registry import add_case

pytestmark = pytest.mark.django_db
EVERYTHING = Scope.everything("测")
EXCUSED = Finding("不承担责任", "committee", "认识上的偏差，不认定为差错。", "e2", "第2次")


def told() -> dict[str, set[str]]:
    rows = Notice.objects.filter(transition__watch__subject__startswith="feedback:")
    found: dict[str, set[str]] = {}
    for one in rows.select_related("transition__watch", "person__court"):
        name = f"{one.person.court.code}{one.person.name}"
        found.setdefault(one.transition.watch.kind, set()).add(name)
    return found


def test_a_remanded_case_opens_one_form_however_often_the_night_runs():
    courts = make_courts()
    found(courts)
    found(courts, "2026-06-03")
    (one,) = Feedback.objects.all()
    assert (one.lower.number, one.upper.number, one.result) == (LOWER, UPPER, "发回重审")
    assert told() == {"发改待填写": {"示01法官上一"}}


@pytest.mark.parametrize("disposition", ["维持", "调解"])
def test_a_case_that_stood_opens_none(disposition):
    make_courts(disposition)
    assert finding.find(date(2026, 6, 2), since=date(2026, 1, 1)) == 0


def test_the_form_reaches_the_court_below_and_both_offices():
    courts = make_courts()
    one = found(courts)
    services.send(one, FORM, by=courts.by(courts.upper, "法官上一", "2026-06-03"))
    everyone = {"示0101法官甲一", "示0101审管某", "示0101庭长某", "示01审管某"}
    assert told()["发改待答复"] == everyone
    assert {e.kind for e in Event.objects.filter(case=courts.first)} >= {"发改反馈"}


@pytest.mark.parametrize(
    "form",
    [
        Form([], ["outcome"], FORM.text, ["g1"]),
        Form(["fact"], [], FORM.text, ["g1"]),
        Form(["fact"], ["outcome"], "不清", ["g1"]),
        Form(["fact"], ["outcome"], FORM.text, []),
        Form(["invented"], ["outcome"], FORM.text, ["g1"]),
    ],
)
def test_a_form_without_coded_and_concrete_reasons_is_refused(form):
    courts = make_courts()
    one = found(courts)
    with pytest.raises(Refused):
        services.send(one, form, by=courts.by(courts.upper, "法官上一", "2026-06-03"))


def disputed():
    courts = make_courts()
    one = found(courts)
    services.send(one, FORM, by=courts.by(courts.upper, "法官上一", "2026-06-03"))
    judge = courts.by(courts.lower, "法官甲一", "2026-06-05")
    services.answer(one, "异议", "原审依当时的证据认定，并无不当之处。", by=judge)
    return courts, one


def test_an_objection_waits_for_a_finding_that_names_an_excuse():
    courts, one = disputed()
    assert Watch.objects.exclude(level="").get().kind == "发改待认定"
    office = courts.by(courts.lower, "审管某", "2026-06-10", office=True)
    with pytest.raises(Refused, match="免责事由"):
        services.find(one, Finding("不承担责任", "committee", EXCUSED.text, "", "第2次"), by=office)
    services.find(one, EXCUSED, by=office)
    assert (one.state, one.conclusion) == ("已认定", "不承担责任")
    assert not Watch.objects.exclude(level="").exists()


def test_responsibility_needs_a_meeting_and_no_excuse():
    courts, one = disputed()
    office = courts.by(courts.lower, "审管某", "2026-06-10", office=True)
    for wrong in (
        Finding("应承担责任", "committee", EXCUSED.text, "e1", "第1次"),
        Finding("应承担责任", "committee", EXCUSED.text),
        Finding("不承担责任", "committee", EXCUSED.text, "e2"),  # an objection is for a meeting
    ):
        with pytest.raises(Refused):
            services.find(one, wrong, by=office)


def test_neither_bench_finds_upon_itself():
    courts, one = disputed()
    for court, name in ((courts.lower, "法官甲一"), (courts.upper, "法官上一")):
        with pytest.raises(Refused):
            services.find(one, EXCUSED, by=courts.by(court, name, "2026-06-10", office=True))


def test_nothing_of_it_touches_the_judgments():
    courts, _one = disputed()
    for case in (courts.first, courts.second):
        before = (case.disposition, case.closed_on)
        case.refresh_from_db()
        assert (case.disposition, case.closed_on) == before


def test_silence_is_no_agreement_but_climbs():
    courts = make_courts()
    one = found(courts)
    services.send(one, FORM, by=courts.by(courts.upper, "法官上一", "2026-06-03"))
    finding.run(date(2026, 7, 20), at("2026-07-20"))
    one.refresh_from_db()
    assert one.choice == ""
    assert Watch.objects.get(kind="发改待答复").level == "督办"


def again(courts, undertaker: str = "法官甲二"):
    return add_case(
        "（2026）示0101民初9号", {"2026-06-20": "立案"}, court=courts.lower, undertaker=undertaker,
        prior_number=UPPER, prior_court=courts.upper.name, **FIRST,
    )  # fmt: skip


def test_a_second_remand_is_refused_at_the_door():
    courts = make_courts()
    trial = again(courts)
    record(
        [NewEvent(trial.pk, "报结", date(2026, 8, 1), {"disposition": "判决"})],
        actor="测",
        now=at("2026-08-01"),
    )
    up = add_case(
        "（2026）示01民终9号", {"2026-09-01": "立案"}, court=courts.upper, undertaker="法官上二",
        prior_number=trial.number, prior_court=courts.lower.name, **SECOND,
    )  # fmt: skip
    closing = NewEvent(up.pk, "报结", date(2026, 10, 1), {"disposition": "发回重审"})
    with pytest.raises(GateClosed, match="不得再次发回"):
        record([closing], actor="测", now=at("2026-10-01"))
    changed = NewEvent(up.pk, "报结", date(2026, 10, 1), {"disposition": "改判"})
    assert record([changed], actor="测", now=at("2026-10-01"))


def test_the_first_bench_cannot_sit_again():
    courts = make_courts()
    trial = again(courts)
    members = [{"role": "审判长", "name": "法官甲一"}]
    seated = NewEvent(trial.pk, "组成合议庭", date(2026, 6, 21), {"members": members})
    with pytest.raises(GateClosed, match="另行组成合议庭"):
        record([seated], actor="测", now=at("2026-06-21"))


def test_late_filing_and_the_courts_one_way_are_told():
    courts = make_courts()
    back = NewEvent(courts.first.pk, "卷宗退回", date(2026, 6, 10))
    record([back], actor="测", now=at("2026-06-10"))
    found(courts, "2026-06-12")
    assert Watch.objects.get(kind="发回待立案").level == "催办"
    again(courts)
    CourtSetting.objects.create(
        court=courts.lower, key=checks.SETTING, value="chaired", valid_from=date(2026, 1, 1),
        set_by="测", set_at=at("2026-01-01"),
    )  # fmt: skip
    (one,) = checks.checked(EVERYTHING, date(2026, 6, 25))
    assert "超过次日" in one.filing
    assert "没有院庭长担任审判长" in one.way
    finding.run(date(2026, 6, 25), at("2026-06-25"))
    assert Watch.objects.get(kind="发回待立案").level == ""


def test_a_court_chooses_one_way_of_handling_and_no_other():
    courts = make_courts()
    client = signed_in("审管办主任", courts.lower)
    for given in ({"way": "both", "basis": "本院规定"}, {"way": "raised", "basis": ""}):
        client.post("/appeals/handling/", given)
    assert not CourtSetting.objects.exists()
    for way in ("chaired", "raised"):
        client.post("/appeals/handling/", {"way": way, "basis": "本院规定"})
    assert client.get("/appeals/checks/").context["way"] == "raised"
    assert signed_in("法官", courts.lower).post("/appeals/handling/").status_code == 404


def test_the_bulletin_names_every_case_behind_a_number():
    courts, one = disputed()
    paper = bulletin(
        [one],
        court="示范市中级人民法院",
        first=date(2026, 4, 1),
        last=date(2026, 6, 30),
        on=date(2026, 7, 1),
    )
    assert LOWER in str(paper)
    assert "不作排名" in str(paper)
    assert [sheet.name for sheet in sheets([one])][-1] == "案件"
    assert courts.lower.name in str(sheets([one])[0].rows)


def test_every_number_of_the_analysis_opens_as_many_cases():
    courts, one = disputed()
    office = courts.by(courts.lower, "审管某", "2026-06-10", office=True)
    services.find(one, EXCUSED, by=office)
    client = signed_in("审管办主任", courts.upper)
    period = {"from": "2026-04-01", "to": "2026-06-30"}
    tables = client.get("/appeals/analysis/", period).context["tables"]
    assert [len(rows) for _title, rows in tables] == [1, 1, 1, 1, 1, 1]
    for _title, rows in tables:
        for row, query in rows:
            assert client.get(f"/appeals/?{query}").context["whole"] == len(row.cases), query
    assert client.get("/appeals/", {"found": "none"}).context["whole"] == 0
    assert client.get("/appeals/", {"reason": "none"}).context["whole"] == 0


def test_a_consultation_never_binds_and_stays_with_the_inner_record():
    courts = make_courts()
    trial = again(courts, "法官甲一丙")
    judge = services.By(trial.undertaker, frozenset(), at("2026-06-25"))
    made = services.consult(trial, "违约金能否一并调整，如何把握尺度？", by=judge)
    chief = courts.by(courts.upper, "庭长某", "2026-06-26")
    services.reply(
        made,
        "可以参考同类案件的处理，仅供参考。",
        by=services.By(chief.person, frozenset({"阅核"}), chief.now),
    )
    trial.refresh_from_db()
    assert trial.disposition == ""
    assert load().events["判中咨询"].inner == "whole"
