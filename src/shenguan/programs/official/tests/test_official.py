"""Official values beside ours: agreement, the rule that explains a gap, who may see it, frozen publications."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.base.org.services import add_court
from shenguan.core.indicator.period import Period
from shenguan.programs.official import reading, selectors, services
from shenguan.programs.official.models import FrozenError, Snapshot
from shenguan.rulebook import load as rulebook
from shenguan.spine.facts.services import rebuild
from shenguan.spine.indicators.services import catch_up
from shenguan.spine.tests.registry import NOW, add_case

pytestmark = pytest.mark.django_db
ALL = Scope.everything("测试")
JUNE = Period.parse("2026-06")
FIRST = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
HEADINGS = ("来源", "法院", "指标", "期间", "值", "分子", "分母")


@pytest.fixture
def court(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Court:
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))
    upper = add_court(code="示01", name="示范市中级人民法院", level=Court.Level.INTERMEDIATE)
    own = add_court(code="示0101", name="示范市甲区人民法院", level=Court.Level.BASIC, parent=upper)
    closed = ("报结", {"disposition": "判决"})
    add_case(
        "（2026）示0101民初1号", {"2026-03-01": "立案", "2026-06-05": closed}, court=own, **FIRST
    )
    # announced in May, reported in June: the two ends fall into different months
    late = {"2026-03-01": "立案", "2026-05-30": "宣判", "2026-06-03": closed}
    add_case("（2026）示0101民初2号", late, court=own, **FIRST)
    enforced = {"2026-06-01": "立案", "2026-06-20": ("报结", {"disposition": "执行完毕"})}
    kinds = {"case_type": "执", "instance": "执行", "procedure": "执行程序"}
    add_case("（2026）示0101执1号", enforced, court=own, **kinds)
    rebuild(tmp_path, now=NOW)
    return own


def load(tmp: Path, *rows: tuple) -> reading.Read:
    path = tmp / "通报.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("通报")
        for number, row in enumerate((HEADINGS, *rows)):
            sheet.write_row(number, 0, row)
    return services.load(path, actor="测试", now=NOW)


def stated(value: str, name: str = "结案数", top: object = "", base: object = "") -> tuple:
    return ("上级通报", "示范市甲区人民法院", name, "2026年6月", value, top, base)


def test_a_value_that_agrees_says_under_which_rule(court, tmp_path):
    load(tmp_path, stated("3"))
    (row,) = selectors.comparisons(ALL, JUNE)
    assert (row.agreement, row.gap_text, row.printed) == ("一致", "+0.00", "3件")
    assert row.rules == ["口径版本“本系统口径”，以报结日归期"]


def test_a_gap_is_explained_by_the_scope_that_agrees_and_the_cases_it_turns_on(court, tmp_path):
    load(tmp_path, stated("2"))
    (row,) = selectors.comparisons(ALL, JUNE)
    assert (row.agreement, row.gap_text) == ("不一致", "+1.00")
    assert "口径版本“本系统口径”，案件范围“诉讼”，以报结日归期" in row.rules
    assert "口径版本“本系统口径”，以法定结案日归期" in row.rules
    assert row.turning[0].total == 1


def test_the_legal_end_explains_a_closing_counted_a_month_earlier(court, tmp_path):
    load(tmp_path, stated("", top=1, name="审限内结案率", base=1))
    (row,) = selectors.comparisons(ALL, JUNE)
    assert any("法定结案日" in rule or "案件范围" in rule for rule in row.rules)
    listed = {number for part in row.turning for number in (*part.ours, *part.theirs)}
    assert listed <= {"（2026）示0101民初1号", "（2026）示0101民初2号", "（2026）示0101执1号"}


def test_where_no_rule_agrees_the_nearest_is_named(court, tmp_path):
    load(tmp_path, stated("40"))
    (row,) = selectors.comparisons(ALL, JUNE)
    assert row.rules == []
    assert row.nearest
    assert row.as_dict()["agreement"] == "不一致"


def test_the_same_source_stating_again_replaces_its_value(court, tmp_path):
    load(tmp_path, stated("2"))
    load(tmp_path, stated("3"))
    (row,) = selectors.comparisons(ALL)
    assert row.official.printed == "3"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (stated("3", name="没有的指标"), "单元格 C2：没有指标“没有的指标”"),
        (("", "某院", "结案数", "2026-06", "3", "", ""), "单元格 B2：没有法院“某院”"),
        (("", "示0101", "结案数", "六月", "3", "", ""), "单元格 D2：统计期“六月”读不懂"),
        (stated("三件"), "单元格 E2：“三件”不是数值"),
        (stated("", top="1.5"), "单元格 F2：“1.5”不是整数"),
        (stated(""), "值和分子都没有填"),
    ],
)
def test_a_faulty_row_is_named_by_line_and_cell(court, tmp_path, row, reason):
    found = load(tmp_path, row)
    assert not found.rows
    assert reason in found.errors[0]
    assert "第 2 行" in found.errors[0]


def test_a_workbook_without_headings_is_refused(court, tmp_path):
    path = tmp_path / "空.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet()
    with pytest.raises(reading.OfficialError, match="表头"):
        services.load(path, actor="测试", now=NOW)


def _publish(court: Court) -> Snapshot:
    (made,) = services.publish(ALL, court=court, period=JUNE, codes=["closed_cases"], now=NOW)
    return made


def test_a_published_value_stays_and_the_live_one_shows_the_case_that_came_later(court, tmp_path):
    snapshot = _publish(court)
    assert (snapshot.numerator, snapshot.printed) == (3, "3件")
    assert not selectors.drift(ALL, snapshot).changed
    closed = {"2026-05-01": "立案", "2026-06-30": ("报结", {"disposition": "调解"})}
    add_case("（2026）示0101民初9号", closed, court=court, **FIRST)
    catch_up(tmp_path, now=NOW + timedelta(hours=1))
    found = selectors.drift(ALL, Snapshot.objects.get())
    assert (found.snapshot.numerator, found.live.figure.numerator) == (3, 4)
    assert found.same_definition
    assert found.turning[0].ours == ["（2026）示0101民初9号"]


def test_a_published_value_can_t_be_changed_or_deleted(court):
    snapshot = _publish(court)
    with pytest.raises(FrozenError):
        snapshot.save()
    with pytest.raises(FrozenError):
        snapshot.delete()


def test_another_definition_has_another_fingerprint():
    library = rulebook().library
    found = {
        services.fingerprint(i, v, library) for i in library.indicators.values() for v in i.versions
    }
    assert len(found) > len(library.indicators) * 0.8


# post → whether it sees official values of its court, and the cases they turn on
SEES = {
    "审管办主任": (True, True),
    "院长": (True, True),
    "司法统计人员": (True, False),
    "庭长": (False, False),
    "法官": (False, False),
    "书记员": (False, False),
    "系统管理员": (False, False),
}


@pytest.mark.parametrize("post", sorted(SEES))
def test_each_post_sees_the_values_of_its_courts_and_no_others(post, court, tmp_path):
    load(tmp_path, stated("2"))
    _publish(court)
    unit = court.units.first() if hasattr(court, "units") else None
    client = signed_in(post, court, unit=unit)
    values, cases = SEES[post]
    page = client.get("/official/", {"period": "2026-06"}).content.decode()
    assert ("上级通报</td>" in page or "上级通报<br>" in page) is values
    assert ("示0101民初2号" in page) is cases
    published = client.get("/official/published/").content.decode()
    assert ("closed_cases" in published) is values


def test_a_sister_court_sees_nothing_and_the_court_above_sees_it(court, tmp_path):
    load(tmp_path, stated("2"))
    sister = add_court(
        code="示0102", name="示范市乙区人民法院", level=Court.Level.BASIC, parent=court.parent
    )
    assert "差额" in signed_in("审管办主任", sister).get("/official/").content.decode()
    page = signed_in("审管办主任", sister, name="另一人").get("/official/").content.decode()
    assert court.name not in page
    above = signed_in("审管办主任", court.parent).get("/official/").content.decode()
    assert court.name in above
