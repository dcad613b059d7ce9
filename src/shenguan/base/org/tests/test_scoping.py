"""What a person may see follows from the posts held on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from shenguan.base.org import selectors
from shenguan.base.org.models import Court, Unit
from shenguan.base.org.scope import Scope
from shenguan.base.org.scoping import scope_of
from shenguan.base.org.services import appoint
from shenguan.base.org.tests.factories import make_court, make_person, make_unit
from shenguan.rulebook import load
from shenguan.rulebook.loaders.posts import UnknownPost

pytestmark = pytest.mark.django_db
POSTS = load().posts
TODAY = date(2026, 6, 1)


@pytest.fixture
def middle() -> Court:
    return make_court(level=Court.Level.INTERMEDIATE)


@pytest.fixture
def basic(middle: Court) -> Court:
    return make_court(parent=middle)


def test_a_president_sees_the_court_and_figures_of_the_courts_below(middle: Court, basic: Court):
    president = make_person(court=middle)
    appoint(person=president, post="院长", posts=POSTS)
    scope = scope_of(president, POSTS, TODAY)
    assert scope.court_ids == frozenset({middle.pk})
    assert scope.figure_court_ids == frozenset({basic.pk})
    assert scope.clearance == 1


def test_the_trial_management_office_sees_the_cases_of_its_courts(middle: Court, basic: Court):
    officer = make_person(court=middle)
    appoint(person=officer, post="审管办工作人员", posts=POSTS)
    assert scope_of(officer, POSTS, TODAY).court_ids == frozenset({middle.pk, basic.pk})


def test_a_division_chief_sees_the_division_with_its_teams_and_own_cases(basic: Court):
    division = make_unit(court=basic)
    team = make_unit(court=basic, kind=Unit.Kind.TEAM, parent=division)
    chief = make_person(court=basic)
    appoint(person=chief, post="庭长", posts=POSTS, unit=division)
    scope = scope_of(chief, POSTS, TODAY)
    assert scope.court_ids == frozenset()
    assert scope.unit_ids == frozenset({division.pk, team.pk})
    assert scope.person_ids == {chief.pk}


def test_a_judge_may_sit_in_a_division_and_lead_a_team(basic: Court):
    judge, team = make_person(court=basic), make_unit(court=basic, kind=Unit.Kind.TEAM)
    appoint(person=judge, post="法官", posts=POSTS, unit=make_unit(court=basic))
    appoint(person=judge, post="团队负责人", posts=POSTS, unit=team)
    scope = scope_of(judge, POSTS, TODAY)
    assert scope.unit_ids == frozenset({team.pk})
    assert scope.person_ids == frozenset({judge.pk})


def test_a_clerk_sees_the_cases_of_the_judge_served(basic: Court):
    judge, clerk = make_person(court=basic), make_person(court=basic)
    appoint(person=clerk, post="书记员", posts=POSTS, serves=judge)
    assert scope_of(clerk, POSTS, TODAY).person_ids == {judge.pk, clerk.pk}


def test_who_sees_a_whole_court_needs_no_further_look_at_their_own_cases(
    middle: Court, basic: Court
):
    president, chief = make_person(court=middle), make_person(court=basic)
    for court, post in ((middle, "院长"), (middle, "法官")):
        appoint(person=president, post=post, posts=POSTS, unit=make_unit(court=court))
    appoint(person=chief, post="庭长", posts=POSTS, unit=make_unit(court=basic))
    above, below = scope_of(president, POSTS, TODAY), scope_of(chief, POSTS, TODAY)
    assert above.person_ids == {president.pk}
    assert not above.people_beyond
    assert (below.people_beyond, below.units_beyond) == (below.person_ids, below.unit_ids)
    elsewhere = replace(above, court_ids=frozenset({basic.pk}))
    assert elsewhere.people_beyond == {president.pk}


def test_only_those_who_see_the_same_cases_have_the_same_reach(basic: Court):
    president, office, judge = (make_person(court=basic) for _ in range(3))
    for person, post in ((president, "院长"), (office, "审管办主任"), (judge, "法官")):
        appoint(person=person, post=post, posts=POSTS, unit=make_unit(court=basic))
    one, two, three = (
        scope_of(person, POSTS, TODAY).for_cases() for person in (president, office, judge)
    )
    assert one == two
    assert three not in {one, replace(two, clearance=two.clearance + 1)}


def test_an_appointment_counts_from_its_first_day_and_not_on_its_end(basic: Court):
    judge = make_person(court=basic)
    appoint(
        person=judge,
        post="庭长",
        posts=POSTS,
        unit=make_unit(court=basic),
        valid_from=date(2026, 1, 1),
        valid_to=TODAY,
    )
    assert scope_of(judge, POSTS, date(2026, 5, 31)).unit_ids
    assert not scope_of(judge, POSTS, TODAY).unit_ids
    assert not scope_of(judge, POSTS, date(2025, 12, 31)).unit_ids


def test_an_administrator_sees_no_case_and_someone_without_a_post_nothing(basic: Court):
    administrator, stranger = make_person(court=basic), make_person(court=basic)
    appoint(person=administrator, post="系统管理员", posts=POSTS)
    for person in (administrator, stranger):
        assert scope_of(person, POSTS, TODAY) == Scope.nothing(person.name)


def test_a_post_outside_the_table_is_refused(basic: Court):
    with pytest.raises(UnknownPost):
        appoint(person=make_person(court=basic), post="局外人", posts=POSTS)


def test_lists_of_courts_units_and_people_keep_to_the_scope(middle: Court, basic: Court):
    division = make_unit(court=basic)
    chief, other = make_person(court=basic), make_person(court=middle)
    appoint(person=chief, post="庭长", posts=POSTS, unit=division)
    scope = scope_of(chief, POSTS, TODAY)
    assert list(selectors.courts(scope)) == [basic]
    assert list(selectors.units(scope, TODAY)) == [division]
    assert list(selectors.people(scope, TODAY)) == [chief]
    everything = Scope.everything("系统")
    assert other in selectors.people(everything, TODAY)
    assert set(selectors.courts(everything)) == {middle, basic}
