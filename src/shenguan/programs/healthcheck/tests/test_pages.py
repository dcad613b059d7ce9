import pytest

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court
from shenguan.core.indicator.period import Period
from shenguan.programs.healthcheck.sheet import month_to
from shenguan.spine.tests.registry import add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序", "cause": "合同纠纷"}
CODE = "timely_closing_rate"
ASKED = {"period": "2026-01..2026-06"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, settings):
    """Facts and cube of this test's own."""
    settings.HOME = tmp_path
    monkeypatch.setenv("SHENGUAN_HOME", str(tmp_path))


@pytest.fixture
def courts() -> tuple[Court, Court]:
    own, other = demo_court(), demo_court("示0102", "示范市乙区人民法院")
    late = {"2025-11-03": "立案", "2026-06-12": "宣判", "2026-06-13 ": ("报结", {})}
    for serial, court in enumerate((own, own, other), 1):
        events = {"2026-01-15": "立案", "2026-03-10": ("报结", {"disposition": "判决"})}
        add_case(f"（2026）{court.code}民初{serial}号", events, court=court, **ORDINARY)
    events = {day.strip(): what for day, what in late.items()}
    add_case("（2025）示0101民初9号", events, court=own, **ORDINARY)
    return own, other


def test_the_sheet_shows_a_value_with_its_parts_and_what_lacks_a_source(courts):
    client = signed_in("审管办主任", courts[0])
    page = client.get("/indicators/", ASKED).content.decode()
    assert "审限内结案率" in page
    assert "66.67%" in page
    assert "暂无数据来源" in page
    assert "不作排名" in page


def test_a_number_is_as_long_as_its_list(courts):
    client = signed_in("审管办主任", courts[0])
    for part, count in (("numerator", 2), ("denominator", 3)):
        page = client.get(f"/indicators/{CODE}/{part}/", ASKED)
        assert page.context["pages"].paginator.count == count
        assert len(page.context["listed"]) == count


def test_one_indicator_shows_its_definition_trend_and_courts_in_their_order(courts):
    client = signed_in("审管办主任", courts[0])
    page = client.get(f"/indicators/{CODE}/", ASKED)
    assert len(page.context["months"]) == 12
    text = page.content.decode()
    assert "分子" in text
    assert "示范市乙区" not in text


def test_a_judge_is_counted_over_the_own_cases_alone(courts):
    client = signed_in("法官", courts[0], name="法官甲一")
    page = client.get("/indicators/closed_cases/", ASKED)
    assert [row.figure.numerator for row, *_ in page.context["lines"]] == [3]
    stranger = signed_in("法官", courts[0], name="法官乙二")
    assert stranger.get(f"/indicators/{CODE}/denominator/", ASKED).context["listed"] == []


def test_an_administrator_sees_no_figure(courts):
    client = signed_in("系统管理员", courts[0])
    page = client.get(f"/indicators/{CODE}/denominator/", ASKED)
    assert page.context["pages"].paginator.count == 0


@pytest.mark.parametrize("address", ["/indicators/none/", f"/indicators/{CODE}/third/"])
def test_what_is_not_there_is_not_found(address, courts):
    assert signed_in("院长", courts[0]).get(address).status_code == 404


def test_the_usual_period_is_the_year_so_far():
    from datetime import date

    on = date(2026, 11, 21)
    assert month_to(on) == Period.parse("2026-01..2026-10")
    assert month_to(date(2026, 1, 5)) == Period(date(2026, 1, 1), date(2026, 1, 5))


def test_a_period_that_cannot_be_read_is_named_and_the_usual_one_shown(courts):
    page = signed_in("院长", courts[0]).get("/indicators/?period=去年的").content.decode()
    assert "统计期“去年的”读不懂" in page


def test_an_indicator_says_which_cases_it_is_counted_over(courts):
    page = signed_in("院长", courts[0]).get("/indicators/excluded_rate/").content.decode()
    assert "<dt>案件范围</dt><dd>全部</dd>" in page


def test_the_sheet_is_handed_out(courts):
    answer = signed_in("院长", courts[0]).get("/indicators/?format=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
