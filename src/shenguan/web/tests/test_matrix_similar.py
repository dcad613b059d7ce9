"""Role × endpoint for similar cases: who opens, records and is hinted; guessing an id shows no more."""

from __future__ import annotations

import io

import openpyxl
import pytest
import time_machine

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.models import Court, Person
from shenguan.programs.similar import services
from shenguan.programs.similar.tests.bench import FACTS, PLEADED, entry, library, shelf_of
from shenguan.spine.cases.models import Case, Event
from shenguan.spine.pipeline import NewEvent, record
from shenguan.spine.tests.registry import NOW
from shenguan.web.tests.test_matrix import (
    BELOW,
    COLLEAGUE,
    OTHER_DIVISION,
    OWN,
    SEEN,
    cases,  # noqa: F401 - a fixture
    client_of,
)

pytestmark = pytest.mark.django_db
CASES = (OWN, COLLEAGUE, OTHER_DIVISION, BELOW)
HANDLES = {"法官", "审判长", "执行法官", "执行员", "法官助理", "书记员"}
JUDGES = {"法官", "审判长", "执行法官", "审监庭法官"}
SEES_CASES = {post for post, seen in SEEN.items() if seen}
GIVEN = {"source": "人民法院案例库", "none_found": "1"}
QUERY_LANGUAGE = [
    "id:*",
    '" OR 1=1',
    "cause:盗窃罪 AND *",
    "[* TO *]",
    "(((",
    "<script>alert(1)</script>",
    "\x00",
]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder = tmp_path_factory.mktemp("home")
        with shelf_of(folder, monkeypatch, library()) as home:
            yield home


def page_of(answer) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_page_of_a_case_opens_for_those_who_see_the_case(post, cases, home):  # noqa: F811
    client = client_of(post)
    for number in CASES:
        expected = 200 if number in SEEN[post] else 404
        for address in (
            f"/cases/{cases[number]}/similar/",
            f"/cases/{cases[number]}/similar/?part=1",
        ):
            assert client.get(address).status_code == expected, number
        asked = client.get("/similar/", {"case": cases[number]})
        assert asked.status_code == expected, number


@pytest.mark.parametrize("post", sorted(SEEN))
def test_only_those_who_handle_a_case_record_a_search(post, cases, home):  # noqa: F811
    client = client_of(post)
    for number in CASES:
        seen, handles = number in SEEN[post], number == OWN and post in HANDLES
        address = f"/cases/{cases[number]}/similar/"
        expected = 200 if handles else 403 if seen else 404
        assert client.get(f"{address}record/").status_code == expected, number
        for act in ("record/", "none/", "submitted/", "pleading/", "series/"):
            status = client.post(address + act, GIVEN).status_code
            assert status in ({302} if handles else {403} if seen else {404}), (act, number)
        for act in ("record/1/void/", "submitted/1/"):
            status = client.post(address + act).status_code
            assert status == (403 if seen and not handles else 404), (act, number)
    searched = Event.objects.filter(kind="类案检索").values_list("case__number", flat=True)
    assert set(searched) == ({OWN} if post in HANDLES else set())


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_hint_is_for_the_bench_of_the_case_alone_and_leaves_nothing(post, cases, home):  # noqa: F811
    client = client_of(post)
    for number in CASES:
        address = f"/cases/{cases[number]}/similar/departure/"
        mine = number == OWN and post in JUDGES
        before = Event.objects.count()
        answer = client.post(address, {"text": "被告支付原告500000元。", "outcome": "部分支持"})
        assert answer.status_code == (200 if mine else 404), number
        assert Event.objects.count() == before
        if mine:
            assert "仅供参考，不作为裁判依据" in page_of(answer)


@pytest.mark.parametrize("post", sorted(SEEN))
def test_the_lists_show_what_the_scope_shows(post, cases, home):  # noqa: F811
    signed = [NewEvent(pk, "签发", NOW.date()) for pk in cases.values()]
    record(signed, actor="测", now=NOW)
    client = client_of(post)
    for tab in ("unsearched", "pending"):
        answer = client.get("/similar/duty/", {"tab": tab})
        assert answer.status_code == (200 if post in SEES_CASES else 404)
        assert {number for number in cases if number in page_of(answer)} == SEEN[post], tab
    answer = client.get("/similar/duty/", {"format": "xlsx"})
    if post in SEES_CASES:
        rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
        assert {str(row[0]) for row in rows} & set(cases) == SEEN[post]


@pytest.mark.parametrize("post", sorted(SEEN))
def test_search_and_spread_are_for_posts_that_see_cases(post, cases, home):  # noqa: F811
    client = client_of(post)
    expected = 200 if post in SEES_CASES else 404
    answer = client.post("/similar/", {"text": FACTS, "cause": "民间借贷纠纷"})
    assert answer.status_code == expected
    assert client.get("/similar/series/").status_code == expected
    spread = client.get("/similar/scale/", {"cause": "民间借贷纠纷"})
    assert spread.status_code == expected
    assert "法官甲" not in page_of(spread).split("<main", 1)[-1]
    if expected == 200:
        opened = client.get("/similar/scale/").context
        assert opened["cause"] == (opened["offered"][0][0] if opened["offered"] else "")
        number = answer.context["hits"][0]["draw"]
        assert client.get(f"/similar/judgments/{number}/").status_code == 200
    assert client.get("/similar/judgments/1/").status_code == 404


def test_judgments_of_a_confidential_case_are_not_found_below_its_clearance(cases, home):  # noqa: F811
    secret = entry(3)
    court = Court.objects.get(code="示0101")
    Case.objects.filter(pk=cases[OTHER_DIVISION]).update(
        number=secret.number, number_key=secret.number, confidentiality=1
    )
    judge = client_of("法官")
    for address in ("/similar/", "/similar/scale/?cause=民间借贷纠纷"):
        answer = (
            judge.post(address, {"text": FACTS}) if address == "/similar/" else judge.get(address)
        )
        assert secret.number not in page_of(answer)
    president = signed_in("院长", court, name="院长乙")
    found = president.get("/similar/scale/", {"cause": "民间借贷纠纷"})
    assert secret.number in page_of(found)


@pytest.mark.parametrize("typed", QUERY_LANGUAGE)
def test_whatever_is_typed_is_only_text(typed, cases, home):  # noqa: F811
    client = client_of("法官")
    names = (
        "text",
        "cause",
        "only_cause",
        "statute",
        "court",
        "level",
        "class",
        "disposition",
        "since",
    )
    answer = client.post("/similar/", dict.fromkeys(names, typed))
    assert answer.status_code == 200
    assert "<script>alert" not in page_of(answer)
    assert client.get("/similar/scale/", {"cause": typed, "court": typed}).status_code == 200
    assert client.get("/similar/", {"case": typed}).status_code == 200


def test_from_the_pleadings_to_the_record_and_its_report(cases, home):  # noqa: F811
    client, address = client_of("法官"), f"/cases/{cases[OWN]}/similar/"
    Case.objects.filter(pk=cases[OWN]).update(cause="民间借贷纠纷")
    assert client.get(f"{address}report.docx").status_code == 404
    client.post(f"{address}pleading/", {"document": "起诉状", "text": PLEADED})
    form = page_of(client.get(f"{address}record/"))
    assert "（2024）示0101民初90" in form
    row = {"case_1": "（2024）示0101民初9001号", "verdict_1": "类似", "reason_1": "焦点相同"}
    missing = client.post(f"{address}record/", {"source": "人民法院案例库"} | row)
    assert missing.status_code == 400
    assert "未写明是否参照" in page_of(missing)
    assert "焦点相同" in page_of(missing)
    done = client.post(
        f"{address}record/", {"source": "人民法院案例库", "followed_1": "参照"} | row
    )
    assert done.status_code == 302
    assert "焦点相同" in page_of(client.get(address))
    for layout, head in (("docx", b"PK"), ("pdf", b"%PDF")):
        paper = client.get(f"{address}report.{layout}")
        assert paper.status_code == 200
        assert paper.content.startswith(head)


def test_the_page_of_a_case_says_where_the_duty_stands(cases, home):  # noqa: F811
    client = client_of("法官")
    record([NewEvent(cases[OWN], "签发", NOW.date())], actor="测", now=NOW)
    page = page_of(client.get(f"/cases/{cases[OWN]}/"))
    assert "未检索先签发" in page
    assert f"/cases/{cases[OWN]}/similar/?part=1" in page
    client.post(f"/cases/{cases[OWN]}/similar/none/")
    assert (
        "未检索先签发"
        not in page_of(client.get(f"/cases/{cases[OWN]}/")).split("类案及关联案件")[-1]
    )


def test_submitted_and_answered_on_the_page(cases, home):  # noqa: F811
    client, address = client_of("法官"), f"/cases/{cases[OWN]}/similar/"
    client.post(f"{address}submitted/", {"kind": "入库案例", "entry": "2024-01-2-103-001"})
    assert "待回应" in page_of(client.get(address))
    assert OWN in page_of(client.get("/similar/duty/", {"tab": "unanswered"}))
    position = Event.objects.get(kind="提交类案").position
    refused = client.post(
        f"{address}submitted/{position}/", {"way": "释明", "text": "不同"}, follow=True
    )
    assert "应当在裁判文书说理中回应" in page_of(refused)
    client.post(f"{address}submitted/{position}/", {"way": "裁判文书说理", "text": "事实不同"})
    assert "待回应" not in page_of(client.get(address))


def test_a_list_costs_no_query_a_row(cases, home, django_assert_max_num_queries):  # noqa: F811
    person = Person.objects.get(name="法官甲一")
    every = Case.objects.select_related("court").all()
    for one in every:
        services.record_search(
            [one],
            services.Searched(("人民法院案例库",), none_found=True),
            searcher=str(person),
            actor=str(person),
            now=NOW,
        )
    client = client_of("院长")
    with django_assert_max_num_queries(14):
        assert client.get("/similar/duty/", {"tab": "done"}).status_code == 200
    with django_assert_max_num_queries(30):
        assert client.get(f"/cases/{cases[OWN]}/similar/").status_code == 200
