"""Runs the examples of the case review rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shenguan.core.scoring import Found, score
from shenguan.rulebook.loaders.casereview import GRADES, PLANS, SHEETS, USUAL_GRADES
from shenguan.rulebook.loaders.obligations import PART, worked

if TYPE_CHECKING:
    from shenguan.rulebook import Rulebook

Example = Mapping[str, Any]


def mistake(book: Rulebook, part: str, entry: str, example: Example) -> str:
    """Run one example; return what is wrong with it, "" where nothing is."""
    found, expected = _RUN[part](book, entry, example), example["expect"]
    return "" if found == expected else f"{entry}（{example['say']}）：应为{expected}，得到{found}"


def _plan(book: Rulebook, entry: str, _example: Example) -> dict[str, int]:
    kind = book.casereview.plans[entry]
    return {"rate": kind.rate, "minimum": kind.minimum}


def _sheet(book: Rulebook, entry: str, example: Example) -> dict[str, Any]:
    rules = book.casereview
    found = [Found(*one) for one in example["found"]]
    made = score(rules.sheets[entry].items, rules.grades[USUAL_GRADES].set, found)
    return {"points": made.points, "grade": made.grade}


def _grades(book: Rulebook, entry: str, example: Example) -> str:
    points = Decimal(str(example["points"]))
    return book.casereview.grades[entry].set.of(points, example.get("bars", ()))


def _obligation(book: Rulebook, entry: str, example: Example) -> dict[str, Any]:
    rule = book.casereview.obligations[entry]
    return worked(rule, example["start"], example["day"], book.calendar)


_RUN = {PLANS: _plan, SHEETS: _sheet, GRADES: _grades, PART: _obligation}
