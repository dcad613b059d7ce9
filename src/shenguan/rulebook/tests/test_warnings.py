from collections import Counter
from datetime import date, timedelta

import pytest

from shenguan.core.ladder import NONE, Span, schedule
from shenguan.core.timelimit.months import add_months
from shenguan.core.warning.examples import mistakes
from shenguan.core.warning.view import Tools
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders import warnings

RULES = warnings.load(DATA)
EXAMPLES = warnings.examples(DATA)


@pytest.fixture(scope="module")
def tools():
    book = load()
    return Tools(book.calendar, book.nodes, book.timelimits)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.rule.id}-{e.number}")
def test_every_example_gives_its_level_and_its_sentence(example, tools):
    assert mistakes(example, tools) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_a_rule_has_two_examples_and_one_day_without_warning(rule):
    own = [e for e in EXAMPLES if e.rule.id == rule.id]
    assert len(own) >= 2
    assert any(e.expect["level"] == NONE for e in own)
    assert any(e.expect["level"] != NONE and e.expect.get("say") for e in own)


def test_recipients_are_posts_of_the_table_or_the_one_in_charge():
    known = {post.name for post in load().posts} | {"承办人"}
    named = {n for r in RULES for one in r.to.values() for n in (*one.to, *one.copy)}
    assert named <= known


def test_ids_and_names_stand_for_one_rule_only():
    for attribute in ("id", "name"):
        counts = Counter(getattr(rule, attribute) for rule in RULES)
        assert counts.most_common(1)[0][1] == 1


def test_an_overlay_replaces_a_rule_and_a_faulty_one_names_its_file(tmp_path):
    (tmp_path / "warnings").mkdir()
    own = tmp_path / "warnings" / "own.yaml"
    own.write_text(
        "- {id: stuck, name: 停滞, kind: stuck, stage: 审理中, law: [], status: local, "
        "ladder: [{since: 10, level: 提示}], to: {提示: [承办人]}, say: {since: '{number}'}}",
        "utf-8",
    )
    found = {rule.id: rule for rule in warnings.load(DATA, tmp_path)}
    assert found["stuck"].name == "停滞"
    own.write_text(
        "- {id: x, name: 甲, kind: 无此种, stage: 审理中, law: [], status: local}", "utf-8"
    )
    with pytest.raises(ValueError, match=r"warnings/own\.yaml.*“x”.*无此种"):
        warnings.load(DATA, tmp_path)


@pytest.mark.parametrize("months", [2, 3, 6])
def test_the_first_notice_leaves_five_working_days_to_apply_for_an_extension(months):
    calendar = load().calendar
    rules = {rule.id: rule for rule in RULES}
    for day in range(300):
        filed = date(2025, 9, 1) + timedelta(days=day)
        due = add_months(filed, months)
        if due.year > 2026:
            continue
        closes = due - timedelta(days=15)
        spans = {
            "time_limit": Span(filed, due, (due - filed).days),
            "extension_window": Span(filed, closes, (due - filed).days),
        }
        first = min(schedule(rules[n].ladder, s, calendar)[0][0] for n, s in spans.items())
        assert calendar.workdays_between(first, closes) >= 5, (filed, first, closes)
