from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shenguan.core.similar.model import Filters
from shenguan.programs.similar.ranker import FusedRanker, PlainRanker
from shenguan.programs.similar.search import AUTHORITY, to_json
from shenguan.programs.similar.standing import standpoint
from shenguan.programs.similar.tests import factories

DRUNK = "被告人丁某晚饭饮酒后驾驶轿车回家，经检验血液乙醇含量超标，属醉酒驾驶"
QUERY_LANGUAGE = [
    "id:*", "words:驾驶 AND NOT cause:盗窃罪", '"', "驾驶^1000", "[* TO *]", "(((", "驾驶~2",
    "' OR 1=1 --", "\\", "cause:IN [a b]", "/.*/", "+-&&||!", "\x00\x1f\x1e", "<script>", "驾驶" * 30_000,
]  # fmt: skip


@pytest.fixture(scope="module")
def at(reader):
    return standpoint(reader.codes, "", factories.TODAY)


def test_like_facts_are_found_and_the_hit_says_why(search, at):
    hits = search.run(search.ask(DRUNK, causes=["危险驾驶罪"]), limit=8, at=at)
    assert {hit.ranked.entry.causes for hit in hits} == {("危险驾驶罪",)}
    why = hits[0].reasons
    facts = hits[0].ranked.entry.facts
    assert why.causes == ("危险驾驶罪",)
    assert why.statutes == ("中华人民共和国刑法:67",)
    assert "醉酒" in [each.name for each in why.elements]
    assert all(facts[a:b] == word.word for word in why.words for a, b in word.spans)
    assert all(word.spans for word in why.words)


def test_without_a_cause_the_closest_tell_it(search, at):
    hits = search.run(search.ask(DRUNK), limit=3, at=at)
    assert all(hit.ranked.features["likely_cause"] > 0.5 for hit in hits)


def test_an_indexed_case_asks_by_its_number_and_is_not_its_own_answer(search, at):
    question = search.ask_case("（2024）示0102刑初3号")
    assert question is not None
    found = [hit.ranked.entry.id for hit in search.run(question, limit=20, at=at)]
    assert "危险驾驶罪3" not in found
    assert found[0].startswith("危险驾驶罪")
    assert search.ask_case("（2024）示0102刑初999号") is None


def test_a_judgment_given_as_text_asks_by_its_facts(search):
    question = search.ask(factories.judgment("盗窃罪", 7)["text"])
    assert "窃取" in question.words
    assert "公诉" not in question.words


def test_the_authority_order_stands_beside_likeness(search, reader):
    at = standpoint(reader.codes, "示范市示范区人民法院", factories.TODAY)
    hits = search.run(search.ask(DRUNK), limit=5, at=at, order=AUTHORITY)
    assert all("本院" in hit.authority and hit.recent for hit in hits)


def test_hits_turn_into_plain_values(search, at):
    (hit,) = search.run(search.ask(DRUNK), limit=1, at=at)
    record = to_json(hit)
    assert record["judged_on"] == "2024-03-01"
    assert record["reasons"]["words"][0]["word"]


def test_filters_hold_in_the_ranking(search, at):
    nothing = search.ask(DRUNK, filters=Filters(since=date(2025, 1, 1)))
    assert search.run(nothing, limit=5, at=at) == []


def test_a_court_may_plug_in_its_own_ranker(index, search, at):
    own = type(search)(index, search.reader, search.rules, PlainRanker(index))
    hits = own.run(own.ask(DRUNK), limit=3, at=at)
    assert [set(hit.ranked.features) for hit in hits] == [{"bm25"}] * 3


@pytest.mark.parametrize("typed", QUERY_LANGUAGE)
def test_the_query_language_of_the_index_has_no_way_in(search, at, typed):
    for field in ("causes", "statutes", "courts", "levels", "case_classes", "dispositions"):
        narrowed = search.ask(DRUNK, filters=Filters(**{field: (typed,)}))
        assert search.run(narrowed, limit=3, at=at) == []
    asked = {each.ranked.entry.id for each in search.run(search.ask(typed), limit=50, at=at)}
    assert "盗窃罪100" not in asked or "窃" in typed


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=())), cause=st.text())
def test_any_text_in_the_query_box_gives_hits_or_none(search, at, text, cause):
    hits = search.run(search.ask(text + "驾驶", causes=[cause]), limit=3, at=at)
    assert len(hits) <= 3


@settings(max_examples=100, deadline=None)
@given(
    row=st.dictionaries(
        st.sampled_from(["id", "text", "facts", "reasoning", "ruling", "title"]),
        st.one_of(st.none(), st.integers(), st.text(st.characters(exclude_categories=()))),
    )
)
def test_any_row_can_be_read(row):
    factories.reader().incoming(row, "第1行")


def test_ranking_is_the_same_twice(index, rules, search):
    ranker = FusedRanker(index, rules.weights, rules.elements)
    question = search.ask(DRUNK)
    assert ranker.rank(question, limit=10) == ranker.rank(question, limit=10)


def test_keywords_narrow_by_facts_reasoning_and_ruling(search, at):
    def found(*keywords):
        narrow = Filters(keywords=search.reader.keywords(" ".join(keywords)))
        hits = search.run(search.ask("深夜饮酒殴打邻居", filters=narrow), limit=50, at=at)
        return {hit.ranked.entry.causes for hit in hits}

    assert found("木棍") == found("争执") == {("故意伤害罪",)}
    assert found("构成盗窃罪") == {("盗窃罪",)}
    assert found("拘役") == found()
    assert found("木棍", "乙醇") == set()
    assert found(") OR *:*") == found()
