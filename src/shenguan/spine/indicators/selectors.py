"""The cases behind a figure, by the same predicate as the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlglot import exp

from shenguan import rulebook as rulebooks
from shenguan.base.ops import home as homes
from shenguan.base.org.scope import Scope
from shenguan.core.indicator.compile import drill
from shenguan.rulebook import Rulebook
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases
from shenguan.spine.indicators.opening import opened
from shenguan.spine.indicators.parts import Part, groups_of, only, refs_behind
from shenguan.spine.indicators.plan import moment_of
from shenguan.spine.indicators.scoping import filters_of
from shenguan.spine.indicators.values import Question

PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """Case ids with what each adds, in order; `total` counts all of them, not only this page."""

    pairs: list[tuple[int, int]]
    total: int
    atoms: tuple[str, ...]


def cases_behind(
    scope: Scope,
    question: Question,
    *,
    part: Part = "numerator",
    limit: int | None = PAGE,
    offset: int = 0,
    as_known: date | None = None,
    home: Path | None = None,
    rulebook: Rulebook | None = None,
) -> Behind:
    """Return one page of the cases behind the numerator or denominator of one figure.

    `question.where` names the group; courts of which the scope shows figures only give no cases. `as_known`
    takes the facts as they were known at the end of that day.
    """
    rules = rulebook or rulebooks.load()
    found = opened(home or homes.current(), rules, as_known=as_known)
    library = found.library
    _, version = only(question, library)
    refs = refs_behind(version, library, part)
    filters = filters_of(scope, figures_only=False).also(**groups_of(question, version, rules))
    trees = []
    for ref in refs:
        moment = moment_of(library, ref, question.period)
        trees.append(drill.cases(library.atoms[ref.code], moment, filters))
    listed = _together(trees)
    total = found.facts.engine.run(exp.select(exp.Count(this=exp.Star())).from_(listed.copy()))
    tree = exp.select("case_id", "value").from_(listed).order_by("case_id")
    if limit is not None:
        tree = tree.limit(limit).offset(offset)
    table = found.facts.engine.run(tree)
    pairs = list(zip(*(column.to_pylist() for column in table.columns), strict=True))
    return Behind(pairs, total.column(0)[0].as_py(), tuple(ref.code for ref in refs))


def _together(trees: Sequence[exp.Select]) -> exp.Subquery:
    """One list of several atoms, a row for each case and atom."""
    plain = [_unordered(tree) for tree in trees]
    whole: exp.Query = plain[0]
    for tree in plain[1:]:
        whole = exp.union(whole, tree, distinct=False)
    return whole.subquery("listed")


def _unordered(tree: exp.Select) -> exp.Select:
    copied = tree.copy()
    copied.set("order", None)
    return copied


def case_rows(scope: Scope, ids: Sequence[int]) -> list[Case]:
    """Return the cases of some ids that the scope shows, in the order of the ids."""
    found = visible_cases(scope).select_related("court", "division").in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
