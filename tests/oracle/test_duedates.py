"""Engine against the day-by-day oracle: all worked examples and 10,000 random timelines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
import yaml

from shenguan.core.timelimit import CaseHistory, Example, Settings, compute, history_from_json
from shenguan.core.timelimit.vocabulary import APPROVERS
from shenguan.rulebook import DATA, load
from shenguan.rulebook.loaders.timelimits import examples
from tests.oracle.duedate_oracle import answer, many
from tests.oracle.timelines import timelines


def _read(name: str) -> list[dict[str, Any]]:
    text = (DATA / "timelimits" / name).read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found


REASONS = {reason["id"]: reason for reason in _read("exclusions.yaml")}
ENTRIES = [
    entry
    for path in sorted((DATA / "timelimits").glob("*.yaml"))
    if path.name != "exclusions.yaml"
    for entry in _read(path.name)
    if not entry.get("special") and "hours" not in entry["length"]
]
TERM_IDS = {entry["id"] for entry in ENTRIES}


def _powers(stage: dict[str, Any]) -> list[str]:
    return [APPROVERS.get(name, name) for name in many(stage["approver"])]


def _case(history: CaseHistory, settings: Settings) -> dict[str, Any]:
    """The case in plain words; spelling is the reader's business, not the oracle's."""
    case = asdict(history) | asdict(settings) | {"powers": _powers}
    case["month_end"] = settings.criminal_month_end
    if settings.confirmation_15_days:
        case["marks"] = history.marks | {"司法确认十五日"}
    for event in case["events"]:
        if event["approver"]:
            event["approver"] = APPROVERS.get(event["approver"], event["approver"])
    return case


def _differences(history: CaseHistory, settings: Settings) -> dict[str, Any]:
    rulebook = load()
    due = compute(history, rulebook.timelimits, rulebook.calendar, settings)
    theirs = answer(_case(history, settings), ENTRIES, REASONS)
    return {
        name: (getattr(due, name), wanted)
        for name, wanted in theirs.items()
        if getattr(due, name) != wanted
    }


# Hours, election days and borrowed terms are held by their own examples alone.
@pytest.mark.parametrize(
    "example",
    [example for example in examples(DATA) if example.rule_id in TERM_IDS],
    ids=lambda example: f"{example.rule_id}#{example.number}",
)
def test_the_naive_oracle_agrees_with_every_worked_example(example: Example) -> None:
    assert not _differences(example.history, example.settings), example.say


def test_ten_thousand_random_timelines_come_out_the_same() -> None:
    wrong = [
        (found, record)
        for record in timelines(10_000)
        if (found := _differences(history_from_json(record), Settings()))
    ]
    assert not wrong, f"{len(wrong)} 件不同，第一件：{wrong[0]}"
