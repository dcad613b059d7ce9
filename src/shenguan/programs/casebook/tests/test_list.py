from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.audit.models import AuditRow
from shenguan.base.org.models import Court, Person, Unit
from shenguan.base.org.scope import Scope
from shenguan.programs.casebook import criteria, export, listing, marks, saved
from shenguan.programs.casebook.criteria import Criteria
from shenguan.programs.casebook.models import Look, SavedView
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.tests.registry import NOW, add_case, demo_court
from shenguan.spine.timelimits.models import Clock

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序"}
SUMMARY = ORDINARY | {"procedure": "简易程序"}
EVERYTHING = Scope.everything("测试")
TODAY = date(2026, 7, 10)


def number(serial: int) -> str:
    return f"（2026）示0101民初{serial}号"


@pytest.fixture
def cases() -> dict[int, Case]:
    """1 pending loan, 2 closed loan, 3 pending divorce of another judge, 4 paused, 5 sensitive."""
    loan, divorce = {"cause": "民间借贷纠纷"}, {"cause": "离婚纠纷"}
    end = {"2026-03-01": ("报结", {"disposition": "判决"})}
    pause = {"2026-02-20": "中止审理"}
    return {
        1: add_case(number(1), {"2026-01-15": "立案"}, **ORDINARY, **loan),
        2: add_case(number(2), {"2026-01-20": "立案", **end}, **SUMMARY, **loan),
        3: add_case(number(3), {"2026-02-01": "立案"}, undertaker="法官甲二", **SUMMARY, **divorce),
        4: add_case(number(4), {"2026-02-10": "立案", **pause}, **ORDINARY, **loan),
        5: add_case(number(5), {"2026-06-01": "立案"}, confidentiality=1, **ORDINARY, **loan),
    }


@pytest.fixture
def office(cases):
    return signed_in("审管办主任", demo_court())


def found(**conditions) -> set[int]:
    asked = Criteria(**{"state": "all", **conditions})
    rows = criteria.matching(EVERYTHING, asked, load(), TODAY)
    return {int(key.partition("民初")[2][:-1]) for key in rows.values_list("number_key", flat=True)}


def test_each_condition_leaves_the_cases_it_names(cases):
    judge = Person.objects.get(name="法官甲二")
    unit = Unit.objects.get(name="民事审判第一庭")
    assert found() == {1, 2, 3, 4, 5}
    assert found(state="open") == {1, 3, 4, 5}
    assert found(state="closed") == {2}
    assert found(judge=judge.pk) == {3}
    assert found(judge_name="甲二") == {3}
    assert found(unit=unit.pk) == {1, 2, 3, 4, 5}
    assert found(procedure="简易程序") == {2, 3}
    assert found(cause="离婚") == {3}
    assert found(line="民事", instance="一审") == {1, 2, 3, 4, 5}
    assert found(line="刑事") == set()
    assert found(filed_from=date(2026, 1, 20), filed_to=date(2026, 2, 1)) == {2, 3}
    assert found(closed_from=date(2026, 3, 1), closed_to=date(2026, 3, 1)) == {2}
    assert found(due_from=date(2026, 7, 15), due_to=date(2026, 7, 15)) == {1}
    assert found(court=cases[1].court_id) == {1, 2, 3, 4, 5}
    assert found(court=cases[1].court_id + 1) == set()


def test_a_tag_finds_the_cases_that_bear_it(cases):
    tagged = add_case(number(9), {"2026-01-15": "立案"}, **ORDINARY, cause="金融借款合同纠纷")
    assert "金融" in tagged.tags
    assert found(tag="金融") == {9}


def test_the_sign_that_the_database_finds_is_the_sign_that_the_page_shows(cases):
    rules = load().worklists
    shapes = [(90, 0), (60, 10), (30, 0), (0, 0), (None, 0), (180, 20)]
    for serial, (limit, excluded) in enumerate(shapes * 9, 20):
        case = add_case(number(serial), {"2026-05-01": "立案"}, **ORDINARY, cause="合同纠纷")
        clock = Clock.objects.filter(case=case)
        due = TODAY + timedelta(days=serial * 7 % 40 - 12) if serial % 11 else None
        start = TODAY - timedelta(days=serial * 5 % 95) if serial % 13 else None
        clock.update(limit_days=limit, excluded_days=excluded, governing_due=due, start_on=start)
    everyone = Case.objects.filter(closed_on=None).select_related("clock")
    shown = {
        case.pk: marks.sign_of(rules, case.closed_on, marks.timing_of(case), TODAY).id
        for case in everyone
    }
    assert {"overdue", "due_soon", "due_near", "far", "paused", "none"} <= set(shown.values())
    for sign, _words in marks.choices(rules):
        rows = marks.having(Case.objects.all(), sign, rules, TODAY)
        assert set(rows.values_list("pk", flat=True)) == {
            pk for pk, s in shown.items() if s == sign
        }


def test_an_order_is_by_dates_and_number_only_and_missing_dates_stand_last(cases):
    assert set(criteria.SORTS) == {"due", "filed", "closed", "event", "number"}
    late = Criteria(state="all", sort="closed", down=True)
    rows = listing.page(EVERYTHING, late, TODAY, 1, parties=False).rows
    assert rows[0].case.number == number(2)


def test_a_page_beyond_the_last_is_the_last(cases, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    page = listing.page(EVERYTHING, Criteria(state="all"), TODAY, 99, parties=False)
    assert (page.number, page.pages, page.total, page.first, page.last) == (3, 3, 5, 5, 5)


def test_conditions_survive_the_way_through_an_address(cases):
    asked = Criteria(
        state="closed", cause="离婚 & 财产", due_to=date(2026, 1, 1), down=True, unit=3
    )
    from urllib.parse import parse_qsl

    assert criteria.read(dict(parse_qsl(asked.query)), load()) == asked


@pytest.mark.parametrize(
    "query",
    [
        *(
            "n=-1",
            "n=99999999999999999999",
            "court=٣",
            "unit=99999999999",
            "judge=x",
            "sort=amount",
        ),
        *("filed_from=gestern", "mark=<b>", "scope=%00", "cause=%25_'\"", "columns=,,x", "state=1"),
        "judge_name=%F0%9F%98%80",
    ],
)
def test_a_faulty_address_shows_a_list_all_the_same(office, query):
    answer = office.get(f"/cases/?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.context["asked"].mark


def test_no_value_of_a_case_is_read_as_html(office):
    add_case(number(6), {"2026-01-15": "立案"}, **ORDINARY, cause="<b>借贷", prior_number='"><b>')
    shown = office.get("/cases/", {"state": "all", "columns": "cause,prior,amount,filed"})
    assert "&lt;b&gt;借贷" in shown.content.decode()
    assert "<b>" not in shown.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_the_list_asks_the_database_few_questions(office, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        office.get("/cases/?state=all&columns=mark,parties,tags,team")


def test_the_export_holds_exactly_the_rows_of_the_page(office):
    answer = office.get("/cases/?cause=借贷&state=all&format=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("（")]
    page = office.get("/cases/?cause=借贷&state=all")
    assert {row[0] for row in rows} == {number(n) for n in (1, 2, 4, 5)}
    assert len(rows) == page.context["listed"].total
    assert "共4件" in str(sheet.cell(2, 1).value)


def test_an_export_beyond_the_cap_is_refused_with_the_reason(office, monkeypatch):
    monkeypatch.setattr(export, "MOST", 3)
    answer = office.get("/cases/?state=all&format=xlsx", follow=True)
    assert "超过一次导出的上限3件" in answer.content.decode()
    assert not AuditRow.objects.filter(action="导出案件列表").exists()


def test_an_export_leaves_a_row_and_one_more_for_each_sensitive_case(office):
    office.get("/cases/?state=all&format=xlsx")
    assert AuditRow.objects.get(action="导出案件列表").detail["rows"] == 5
    assert AuditRow.objects.get(action="导出敏感案件").subject == number(5)


def test_a_person_chooses_columns_and_goes_back_to_the_usual(office):
    office.post("/cases/look/", {"column": ["parties", "filed"], "roomy": "1"})
    page = office.get("/cases/")
    assert [column.key for column in page.context["columns"]] == ["parties", "filed"]
    assert page.context["roomy"]
    office.post("/cases/look/", {"reset": "1"})
    assert "mark" in {column.key for column in office.get("/cases/").context["columns"]}
    assert Look.objects.count() == 1


def test_a_view_is_kept_opened_and_dropped_by_its_owner(office):
    office.post(
        "/cases/views/", {"name": "借贷", "query": "cause=借贷&state=all", "columns": "filed,due"}
    )
    (view,) = office.get("/cases/").context["views"]
    page = office.get(f"/cases/?{view['query']}")
    assert page.context["listed"].total == 4
    assert [column.key for column in page.context["columns"]] == ["filed", "due"]
    office.post(reverse("casebook:drop_view", args=[view["pk"]]))
    assert not SavedView.objects.exists()


def test_a_shared_view_shows_to_the_division_and_to_nobody_else(cases):
    court = demo_court()
    first = Unit.objects.get(name="民事审判第一庭")
    chief = signed_in("庭长", court, unit=first)
    chief.post("/cases/views/", {"name": "本庭到期", "query": "mark=overdue", "shared": "1"})
    mate = signed_in("副庭长", court, unit=first)
    other = signed_in(
        "庭长", court, unit=Unit.objects.create(court=court, name="乙庭"), name="他庭"
    )
    assert [view["name"] for view in mate.get("/cases/").context["views"]] == ["本庭到期"]
    assert not other.get("/cases/").context["views"]
    mate.post(reverse("casebook:drop_view", args=[SavedView.objects.get().pk]))
    assert SavedView.objects.exists()


def test_sharing_without_a_division_is_refused(office):
    answer = office.post("/cases/views/", {"name": "甲", "shared": "1"}, follow=True)
    assert "不能与本庭共享" in answer.content.decode()


def test_a_view_needs_a_name(cases):
    person = Person.objects.get(name="法官甲一")
    with pytest.raises(saved.ViewRefused, match="1至40个字"):
        saved.save(
            person=person, name=" ", asked=Criteria(), keys=(), shared=False, on=TODAY, now=NOW
        )


def test_filters_offer_no_court_that_shows_only_figures():
    upper = Court.objects.create(code="示01", name="示范市中级人民法院", level="中级")
    below = demo_court()
    below.parent = upper
    below.save()
    page = signed_in("院长", upper).get("/cases/")
    assert [court.pk for court in page.context["options"].courts] == [upper.pk]
