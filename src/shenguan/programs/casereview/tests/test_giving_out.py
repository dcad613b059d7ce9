"""Rates of cells, named reviewers, and the assignment looked at before it is done."""

from __future__ import annotations

import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.inbox.addresses import page_of
from shenguan.base.org.models import Person
from shenguan.programs.casereview import planning
from shenguan.programs.casereview.models import Item, Sheet
from shenguan.programs.casereview.planning import Refused
from shenguan.programs.casereview.tests.bench import EVERYTHING, make_bench
from shenguan.spine.cases import barring
from shenguan.spine.tests.people import at

pytestmark = pytest.mark.django_db
DAY = "2026-07-01"


@pytest.fixture
def bench():
    return make_bench()


def door(person: Person):
    return signed_in("审监庭法官", person.court, name=person.name)


def drawn_only(bench, **more):
    plan = bench.plan(**more)
    planning.draw(EVERYTHING, plan, "1", person=bench.office, now=at(DAY), give=False)
    plan.refresh_from_db()
    return plan


def test_a_draw_may_wait_to_be_given_out_and_goes_as_it_was_shown(bench):
    plan = drawn_only(bench, second=100)
    assert set(plan.items.values_list("state", flat=True)) == {Item.State.UNASSIGNED}
    shown = planning.proposed(plan, on=at(DAY).date())
    assert sum(count for _person, count in shown.loads()) == 2 * plan.items.count()
    planning.give_out(plan, now=at(DAY))
    for item, first, second in shown.rows():
        sheets = dict(Sheet.objects.filter(item=item).values_list("second", "reviewer"))
        assert first is not None
        assert second is not None
        assert sheets == {False: first.pk, True: second.pk}
    assert planning.proposed(plan, on=at(DAY).date()).rows() == []


def test_a_case_nobody_may_review_waits_and_is_said_to(bench):
    judge = Person.objects.get(name="法官甲一")
    plan = drawn_only(bench, reviewers=[judge.pk])
    rows = planning.proposed(plan, on=at(DAY).date()).rows()
    barred = [item for item, first, _second in rows if first is None]
    assert {item.judge.name for item in barred} == {"法官甲一", "法官甲二"}  # of one division
    planning.give_out(plan, now=at(DAY))
    assert plan.items.filter(state=Item.State.UNASSIGNED).count() == len(barred)


def test_what_another_program_knows_keeps_a_reviewer_out_too(bench, monkeypatch):
    kin = bench.reviewers[0].pk
    everywhere = {"测": lambda cases, people, _on: {case.pk: {kin} & set(people) for case in cases}}
    monkeypatch.setattr(barring, "_known", everywhere)
    plan = drawn_only(bench, second=100)
    rows = planning.proposed(plan, on=at(DAY).date()).rows()
    assert kin not in {person.pk for _item, *both in rows for person in both if person}


def test_only_people_in_a_reviewing_post_can_be_named(bench):
    with pytest.raises(Refused, match="职务"):
        bench.plan(reviewers=[bench.office.pk])


def test_a_cell_may_have_a_rate_of_its_own_until_the_draw(bench):
    plan = bench.plan(strata=["division"], minimum=0)
    planning.set_rates(plan, {"民事审判第一庭": "100", "": " "}, person=bench.office, now=at(DAY))
    frame = planning.prepared(EVERYTHING, plan)
    assert {unit.cell: float(frame.chance(unit)) for unit in frame.units} == {
        "民事审判第一庭": 1.0,
        "民事审判第二庭": 0.5,
    }
    for wrong in ("0", "101", "一半"):
        with pytest.raises(Refused, match="比例"):
            planning.set_rates(plan, {"民事审判第一庭": wrong}, person=bench.office, now=at(DAY))
    planning.draw(EVERYTHING, plan, "1", person=bench.office, now=at(DAY))
    with pytest.raises(Refused, match="已经抽取"):
        planning.set_rates(plan, {}, person=bench.office, now=at(DAY))


def test_the_reviewer_reads_the_course_of_the_case_without_a_name_until_the_plan_ends(bench):
    plan = bench.drawn()
    sheet = Sheet.objects.select_related("item__case").filter(item__plan=plan).first()
    assert sheet is not None
    client = door(sheet.reviewer)
    page = client.get(f"/casereview/sheets/{sheet.pk}/file/")
    told = page.content.decode().split('<main id="main">')[1]
    assert page.status_code == 200
    assert "立案" in told
    assert "判决" in told
    assert sheet.item.judge.name not in told
    assert "评查抽取" not in told
    other = next(one for one in bench.reviewers if one.pk != sheet.reviewer_id)
    assert door(other).get(f"/casereview/sheets/{sheet.pk}/file/").status_code == 404
    plan.state = plan.State.CLOSED
    plan.save()
    assert client.get(f"/casereview/sheets/{sheet.pk}/file/").status_code == 404


def test_a_warning_leads_to_the_page_where_it_is_done(bench):
    plan = bench.drawn()
    sheet = Sheet.objects.filter(item__plan=plan).first()
    assert sheet is not None
    client = door(sheet.reviewer)
    answer = client.get(page_of(f"reviewsheet:{sheet.pk}"))
    assert answer.headers["Location"] == page_of(f"reviewitem:{sheet.item_id}")
    assert page_of("letter:x") == ""
