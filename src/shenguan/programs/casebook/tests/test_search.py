import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Unit
from shenguan.base.org.scope import Scope
from shenguan.base.org.services import add_court
from shenguan.programs.casebook.commands import find
from shenguan.programs.casebook.finding import keeping, search
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序"}
EVERYTHING = Scope.everything("测试")
ON = NOW.date()


@pytest.fixture(autouse=True)
def _own_home(tmp_path, settings):
    settings.HOME = tmp_path
    yield
    keeping._open.cache_clear()


@pytest.fixture
def cases():
    def parties(one, other, agent=""):
        agents = [{"name": agent}] if agent else []
        return [{"role": "原告", "name": one, "agents": agents}, {"role": "被告", "name": other}]

    filed = {"2026-01-15": "立案"}
    loan, sale = {"cause": "民间借贷纠纷"}, {"cause": "买卖合同纠纷"}
    made = [
        add_case(f"（2026）示0101民初{n}号", filed, **ORDINARY, parties=p, **more)
        for n, p, more in (
            (12, parties("张示范", "示范建材有限公司", "律师丙"), loan),
            (123, parties("单示范", "乙某"), sale | {"undertaker": "法官甲二", "division": "乙庭"}),
            (
                7,
                parties("ABC（示范）公司", "丁某"),
                sale | {"court": add_court(code="示0102", name="示范市乙区人民法院", level="基层")},
            ),
        )
    ]
    return {int(case.number.partition("民初")[2][:-1]): case for case in made}


def numbers(text, scope=EVERYTHING):
    found = search.search(scope, text, ON)
    return [int(hit.row.case.number.partition("民初")[2][:-1]) for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（2026）示0101民初12号", {12}),
        ("(2026)示0101民初0012号", {12}),
        ("12", {12, 123}),
        ("12号", {12, 123}),
        ("民初7", {7}),
        ("2026", {12, 123, 7}),
        ("张示范", {12}),
        ("示范", {12, 123, 7}),
        ("建材", {12}),
        ("律师丙", {12}),
        ("abc", {7}),
        ("ABC(示范)", {7}),
        ("借贷", {12}),
        ("甲二", {123}),
        ("zsf", {12}),
        ("zhangshifan", {12}),
        ("ssf", {123}),
        ("dsf", {123}),
        ("sfjc", {12}),
        ("张", {12}),
        ("买卖 乙某", {123}),
        ("买卖 张示范", set()),
        ("不存在", set()),
    ],
)
def test_a_case_is_found_by_number_party_cause_judge_and_pinyin(cases, text, expected):
    assert set(numbers(text)) == expected


def test_the_very_serial_stands_before_those_that_begin_with_it(cases):
    assert numbers("12") == [12, 123]


def test_a_search_shows_no_more_than_the_scope(cases):
    one = cases[12]
    assert set(numbers("示范", Scope("甲", court_ids=frozenset({one.court_id})))) == {12, 123}
    assert set(numbers("示范", Scope("甲", person_ids=frozenset({one.undertaker_id})))) == {12}
    assert set(numbers("示范", Scope("甲", unit_ids=frozenset({cases[123].division_id})))) == {123}
    assert numbers("示范", Scope.nothing("无")) == []
    assert numbers("（2026）示0101民初12号", Scope.nothing("无")) == []


def test_a_change_since_is_found_at_once_and_the_old_name_no_more(cases):
    from shenguan.spine.pipeline import NewEvent, record

    assert numbers("张示范") == [12]
    parties = [{"role": "原告", "name": "王改名"}]
    event = NewEvent(cases[12].pk, "登记变更", ON, {"parties": parties})
    record([event], actor="测试", now=NOW)
    assert numbers("王改名") == [12]
    assert numbers("张示范") == []


def test_catching_up_twice_is_catching_up_once(cases):
    assert keeping.catch_up() == 3
    assert keeping.catch_up() == 0
    assert numbers("zsf") == [12]


def test_an_index_thrown_away_or_of_another_database_is_made_again(cases):
    keeping.catch_up()
    keeping.index()._state.write_text('{"version": 1, "position": 999999}')
    assert numbers("zsf") == [12]
    keeping.index()._state.write_text("broken")
    assert numbers("zsf") == [12]


def test_a_state_secret_is_never_indexed(cases):
    parties = [{"role": "被告", "name": "隐某某"}]
    case = add_case("（2026）示0101民初99号", {"2026-01-15": "立案"}, **ORDINARY, parties=parties)
    secret = NewEvent(case.pk, "登记变更", ON, {"confidentiality": 2})
    record([secret], actor="测试", now=NOW)
    keeping.catch_up()
    from shenguan.programs.casebook.finding.asked import read

    assert keeping.index().find(read("隐某某"), EVERYTHING, limit=10) == []


def test_a_party_is_searched_by_post_and_never_stands_in_an_address(cases):
    office = signed_in("审管办主任", demo_court())
    answer = office.post("/search/", {"q": "张示范"})
    assert answer.status_code == 302
    assert "张" not in answer["Location"]
    assert "%" not in answer["Location"]
    page = office.get(answer["Location"])
    assert page.context["found"].hits[0].row.case.pk == cases[12].pk
    assert "张示范" not in "".join(p.split('"')[0] for p in page.content.decode().split('href="'))


def test_what_someone_asked_is_nobody_elses_to_open(cases):
    office = signed_in("审管办主任", demo_court())
    token = office.post("/search/", {"q": "张示范"})["Location"]
    other = signed_in("院长", demo_court())
    assert "已经过期" in other.get(token).content.decode()


def test_a_name_in_an_address_is_not_searched(cases):
    page = signed_in("审管办主任", demo_court()).get("/search/?q=张示范")
    assert page.context["found"] is None
    assert "不进入网址" in page.content.decode()


def test_a_whole_number_leads_straight_to_its_case(cases):
    office = signed_in("审管办主任", demo_court())
    answer = office.get("/search/?q=（2026）示0101民初12号")
    assert answer["Location"] == f"/cases/{cases[12].pk}/"


def test_a_judge_finds_no_case_of_another(cases):
    judge = signed_in("法官", demo_court(), unit=Unit.objects.first(), name="法官甲一")
    answer = judge.get(judge.post("/search/", {"q": "示范"})["Location"])
    assert [hit.row.case.pk for hit in answer.context["found"].hits] == [cases[12].pk]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                *"()[]{}:^~*?\\/\"'+-&|!",
                "AND",
                "OR",
                "NOT",
                "id:1",
                "party:张",
                "*:*",
                "示范",
                "12号",
                "（2026）",
            ]
        )
    ).map("".join)
)
def test_the_search_box_takes_anything_and_knows_no_language(cases, text):
    found = search.search(EVERYTHING, text, ON)
    shown = {hit.row.case.pk for hit in found.hits}
    assert shown <= {case.pk for case in cases.values()}
    for sign in ("*:*", "id:1", "party:zzz"):
        assert not numbers(sign)


def test_the_command_finds_what_the_page_finds(cases):
    done = CliRunner().invoke(find, ["zsf", "--format", "json"])
    assert done.exit_code == 0, done.output
    assert "（2026）示0101民初12号" in done.stdout
    assert CliRunner().invoke(find, ["a"]).exit_code == 2
