"""Judgments and pleadings in the search of the registry."""

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shenguan.base.accounts.tests.doors import signed_in
from shenguan.base.org.scope import Scope
from shenguan.programs.casebook.finding import keeping, search
from shenguan.spine.tests.registry import NOW, add_case, demo_court

pytestmark = pytest.mark.django_db
ORDINARY = {"case_type": "民初", "instance": "一审", "procedure": "普通程序"}
EVERYTHING = Scope.everything("测试")
ON = NOW.date()
TEXT = "本院认为，被告擅自使用与原告近似的商标，１２ 件被控侵权商品均应停止销售。ＡＢＣ-9型设备不在此列。"


@pytest.fixture(autouse=True)
def _own_home(tmp_path, settings):
    settings.HOME = tmp_path
    yield
    keeping._open.cache_clear()


def case_of(serial, **more):
    return add_case(f"（2026）示0101民初{serial}号", {"2026-01-15": "立案"}, **ORDINARY, **more)


def judgment(case, text=TEXT):
    made = apps.get_model("intake", "Judgment").objects
    return made.create(case=case, digest=str(made.count()), text=text)


def hits(text, scope=EVERYTHING):
    return search.search(scope, text, ON).hits


@pytest.mark.parametrize(
    "asked", ["近似的商标", "停止销售", "商标，12件被控", "abc-9型", "原告近似 停止销售"]
)
def test_a_case_is_found_by_the_words_of_its_judgment_with_the_place_shown(asked):
    case = case_of(1)
    judgment(case)
    (hit,) = hits(asked)
    assert hit.row.case.pk == case.pk
    assert "裁判文书" in hit.by
    assert {quote.source for quote in hit.quotes} == {"裁判文书"}
    first = hit.quotes[0]
    assert first.before + first.match + first.after in TEXT


def test_a_judgment_kept_after_its_case_was_indexed_is_found_at_once():
    case = case_of(1)
    assert hits("停止销售") == ()
    judgment(case)
    assert [hit.row.case.pk for hit in hits("停止销售")] == [case.pk]


def test_a_pleading_is_found_like_a_judgment():
    case = case_of(1)
    pleadings = apps.get_model("similar", "Pleading").objects
    pleadings.create(case=case, document="起诉状", text="请求支付租金", added_at=NOW)
    (hit,) = hits("支付租金")
    assert hit.by == ("诉辩文书",)


def test_no_text_is_found_outside_the_scope_or_of_a_sensitive_case():
    judgment(case_of(1))
    judgment(case_of(2, confidentiality=1))
    court = frozenset({demo_court().pk})
    assert [h.row.case.number_key[-2] for h in hits("停止销售", Scope("甲", court_ids=court))] == [
        "1"
    ]
    assert hits("停止销售", Scope.nothing("无")) == ()


def test_a_case_that_becomes_a_state_secret_leaves_the_index():
    from shenguan.programs.casebook.finding.asked import read
    from shenguan.spine.pipeline import NewEvent, record

    case = case_of(1)
    judgment(case)
    assert len(hits("停止销售")) == 1
    record([NewEvent(case.pk, "登记变更", ON, {"confidentiality": 2})], actor="测试", now=NOW)
    keeping.catch_up()
    assert keeping.index().find(read("停止销售"), EVERYTHING, limit=9) == []


def test_a_large_import_is_indexed_in_steps_beside_the_search(monkeypatch):
    started = []
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    monkeypatch.setattr(keeping, "beside", lambda: started.append(True))
    for serial in range(1, 6):
        case_of(serial, cause="买卖合同纠纷")
    found = search.search(EVERYTHING, "买卖", ON)
    assert (found.hits, found.waiting, started) == ((), 5, [True])
    monkeypatch.setattr(keeping, "STEP", 2)
    seen = []
    keeping.catch_up(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert len(hits("买卖")) == 5


def test_an_interrupted_run_goes_on_where_it_was(monkeypatch):
    for serial in range(1, 6):
        case_of(serial)
    monkeypatch.setattr(keeping, "STEP", 2)
    put, puts = keeping.index().put, []

    def stops(*args, **kwargs):
        if len(puts) == 1:
            raise KeyboardInterrupt
        puts.append(kwargs["reached"])
        put(*args, **kwargs)

    monkeypatch.setattr(keeping.index(), "put", stops)
    with pytest.raises(KeyboardInterrupt):
        keeping.catch_up()
    assert keeping.waiting() == 3
    monkeypatch.setattr(keeping.index(), "put", put)
    assert keeping.catch_up() == 3
    assert keeping.waiting() == 0


def test_the_page_marks_the_words_and_escapes_the_text():
    judgment(case_of(1), "甲<script>停止销售</script>乙")
    office = signed_in("审管办主任", demo_court())
    page = office.get(office.post("/search/", {"q": "停止销售"})["Location"]).content.decode()
    assert "<mark>停止销售</mark>" in page
    assert "&lt;script&gt;" in page


@pytest.fixture
def held():
    case = case_of(1)
    judgment(case)
    return case


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40) | st.text(alphabet='()[]{}:^~*?\\/"+-&|! 商标AND', max_size=30))
def test_no_question_is_a_language_in_the_texts_either(held, text):
    for hit in hits(text):
        assert hit.row.case.pk == held.pk
        assert all(quote.match for quote in hit.quotes)
