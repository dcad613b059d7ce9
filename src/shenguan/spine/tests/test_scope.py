"""Who sees which case: the scope is applied once, in the query, and by every selector."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import shenguan
from shenguan.base.org.models import Court, Jurisdiction, Person, Unit
from shenguan.base.org.scope import Grant, Scope
from shenguan.base.org.scoping import scope_of
from shenguan.base.org.services import appoint, centralise
from shenguan.base.org.tests.factories import make_court, make_person
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import assignments, history, visible_cases
from shenguan.spine.tests.factories import FILED, filed_case, tell
from shenguan.spine.timelimits import selectors as timelimits

PACKAGE = Path(shenguan.__file__).parent
MODULES = sorted(PACKAGE.rglob("selectors.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_selector_takes_a_scope_first(path: Path):
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = (node.args.posonlyargs + node.args.args)[:1]
            assert [a.arg for a in first] == ["scope"], f"{path}: {node.name}"
            assert first[0].annotation is not None
            assert ast.unparse(first[0].annotation) == "Scope", f"{path}: {node.name}"


@pytest.fixture
def court(db: None) -> Court:
    return make_court()


@pytest.fixture
def case(court: Court) -> Case:
    members = [{"role": "审判长", "name": "张示范"}, {"role": "审判员", "name": "李示范"}]
    return tell(
        filed_case(court=court, cause="金融借款合同纠纷"),
        ("分案", FILED, {"undertaker": "张示范", "division": "民一庭", "team": "速裁团队"}),
        ("组成合议庭", FILED, {"members": members}),
    )


def sees(scope: Scope, case: Case) -> bool:
    return visible_cases(scope).filter(pk=case.pk).exists()


def test_the_court_sees_its_case_and_another_court_does_not(court: Court, case: Case):
    assert sees(Scope("甲", frozenset({court.pk})), case)
    assert not sees(Scope("甲", frozenset({make_court().pk})), case)
    assert not sees(Scope.nothing("甲"), case)


def test_the_division_and_the_team_see_it(case: Case):
    for name in ("民一庭", "速裁团队"):
        unit = Unit.objects.get(name=name)
        assert sees(Scope("甲", unit_ids=frozenset({unit.pk})), case)
    assert not sees(Scope("甲", unit_ids=frozenset({0})), case)


def test_the_undertaker_and_the_panel_see_it_and_a_colleague_does_not(court: Court, case: Case):
    for name in ("张示范", "李示范"):
        person = Person.objects.get(name=name)
        assert sees(Scope("甲", person_ids=frozenset({person.pk})), case)
    assert not sees(Scope("甲", person_ids=frozenset({make_person(court=court).pk})), case)


def test_being_undertaker_and_on_the_panel_lists_the_case_once(case: Case):
    person = Person.objects.get(name="张示范")
    assert visible_cases(Scope("甲", person_ids=frozenset({person.pk}))).count() == 1


def test_a_sensitive_case_needs_clearance(court: Court):
    case = filed_case("（2026）示0101民初9号", court, confidentiality=1)
    courts = frozenset({court.pk})
    assert not sees(Scope("甲", courts), case)
    assert sees(Scope("甲", courts, clearance=1), case)


@pytest.mark.parametrize(
    ("matter", "since", "until", "seen"),
    [
        ("金融", None, None, True),
        ("民事", None, None, True),
        ("破产", None, None, False),
        ("金融", FILED, None, True),
        ("金融", date(2026, 1, 16), None, False),
        ("金融", None, FILED, False),
        ("金融", None, date(2026, 1, 16), True),
    ],
)
def test_jurisdiction_gives_a_class_of_cases_filed_while_it_held(
    case: Case, matter: str, since: date | None, until: date | None, seen: bool
):
    grant = Grant(case.court_id, matter, since, until)
    assert sees(Scope("甲", grants=frozenset({grant})), case) is seen


def test_the_court_of_appeal_by_jurisdiction_sees_those_cases_alone(court: Court, case: Case):
    other = filed_case("（2026）示0101民初2号", court, cause="离婚纠纷")
    financial = make_court(level=Court.Level.INTERMEDIATE)
    centralise(
        matter="金融",
        kind=Jurisdiction.Kind.APPEAL,
        origins=[court],
        target=financial,
        valid_from=date(2020, 1, 1),
        basis="示范规定",
    )
    officer = make_person(court=financial)
    posts = load().posts
    appoint(person=officer, post="审管办工作人员", posts=posts)
    scope = scope_of(officer, posts, FILED)
    assert sees(scope, case)
    assert not sees(scope, other)


def test_what_the_scope_hides_has_no_history_clock_or_steps(case: Case):
    stranger = Scope.nothing("甲")
    assert history(stranger, case.pk) == []
    assert assignments(stranger, case.pk) == ()
    assert timelimits.steps(stranger, case.pk, FILED) == ()
    assert timelimits.due_of(stranger, case.pk, FILED) is None
    assert not timelimits.clocks(stranger).exists()
    assert timelimits.reconciliation(stranger) == []
