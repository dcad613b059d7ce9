"""强制措施 and 保全措施 from an event table: each defendant, each thing, and the warnings they come to."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.scope import Scope
from shenguan.programs.intake.tests.conftest import case
from shenguan.spine.cases.models import Event
from shenguan.spine.warnings.selectors import warnings_on

CRIMINAL, CIVIL = "（2026）京0101刑初1号", "（2026）京0101民初1号"


def measure(number, event, day, **more):
    return {
        "案号": number,
        "事件": event,
        "日期": day,
        "对象": "",
        "措施": "",
        "届满日": "",
        **more,
    }


def warned(on):
    rows = warnings_on(Scope.everything("测试"), on)
    return {row.say for row in rows if row.kind in {"custody", "preservation"}}


def standing(kind):
    return list(Event.objects.filter(kind=kind, voided_by=None).order_by("position"))


def test_an_event_table_of_measures_comes_to_the_warnings_of_each_defendant_and_each_seal(bring):
    bring(
        [case(CRIMINAL, 案由="盗窃罪", 当事人="被告人：甲某、乙某", 适用程序="普通程序"), case(1)]
    )
    bring(
        [
            measure(CRIMINAL, "强制措施", "2025-07-20", 对象="甲某", 措施="取保"),
            measure(CRIMINAL, "监视居住", "2026-01-20", 对象="乙某"),
            measure(CIVIL, "保全措施", "2025-07-12", 对象="尾号0001账户", 措施="冻结银行存款"),
            measure(CIVIL, "查封房产", "2026-03-12", 对象="某路1号房", 届满日="2026-07-10"),
        ],
        name="b.csv",
    )
    assert warned(date(2026, 7, 5)) == {
        f"{CRIMINAL}被告人甲某的取保候审将于2026-07-20届满，还有15日",
        f"{CRIMINAL}被告人乙某的监视居住将于2026-07-20届满，还有15日",
        f"{CIVIL}对尾号0001账户的冻结存款将于2026-07-12届满，还有7日；续行保全应在届满七日前申请",
        f"{CIVIL}对某路1号房的查封不动产将于2026-07-10届满，还有5日；续行保全应在届满七日前申请",
    }
    lifted = [measure(CRIMINAL, "解除强制措施", "2026-07-06", 对象="甲某")]
    bring([*lifted, measure(CIVIL, "续冻", "2026-07-06", 对象="尾号0001账户")], name="c.csv")
    told = warned(date(2026, 7, 8))
    assert len(told) == 2
    assert not any("甲某" in said or "尾号0001" in said for said in told)


def test_a_second_defendant_of_the_same_day_takes_nothing_from_the_first(bring):
    bring([case(CRIMINAL, 案由="盗窃罪", 当事人="被告人：甲某、乙某")])
    for name in ("甲某", "乙某"):
        row = measure(CRIMINAL, "强制措施", "2026-03-05", 对象=name, 措施="羁押")
        bring([row], name=f"{name}.csv")
    assert [event.payload["whom"] for event in standing("强制措施")] == ["甲某", "乙某"]


def test_a_measure_of_unknown_length_goes_in_as_written_and_is_told_with_its_place(bring):
    bring([case(CRIMINAL, 案由="盗窃罪", 当事人="被告人：甲某、乙某")])
    report = bring(
        [
            measure(CRIMINAL, "强制措施", "2026-03-05", 对象="甲某", 措施="责令定期报到"),
            measure(CRIMINAL, "强制措施", "2026-03-05", 对象="乙某"),
            measure(CRIMINAL, "强制措施", "2026-03-06", 对象="丙某", 措施="取保"),
        ],
        name="b.csv",
    ).files[0]
    assert [(one.place, one.reason.split("，")[0]) for one in report.rejects] == [
        ("第 2 行", "措施“责令定期报到”不在措施表中"),
        ("第 3 行", "没有填写措施"),
    ]
    assert (report.rejected, report.bad_fields, report.events) == (0, 2, 3)
    kept = [event.payload.get("measure") for event in standing("强制措施")]
    assert sorted(map(str, kept)) == ["None", "取保候审", "责令定期报到"]
