"""Which indicator a question names, and which atoms its parts are counted from."""

from __future__ import annotations

from typing import Literal

from shenguan.core.indicator.facttable import IndicatorError
from shenguan.core.indicator.model import Indicator, Library, Version
from shenguan.core.indicator.terms import Ref, refs_of
from shenguan.rulebook import Rulebook
from shenguan.spine.indicators.labels import Labels
from shenguan.spine.indicators.reach import widened
from shenguan.spine.indicators.values import Question

Part = Literal["numerator", "denominator"]


def only(question: Question, library: Library) -> tuple[Indicator, Version]:
    """Return the one indicator and version a question names; raises `IndicatorError`."""
    (code,) = question.codes
    if code not in library.indicators:
        raise IndicatorError(f"没有指标 {code}；用 indicators --list 查看全部")
    indicator = library.indicators[code]
    version = indicator.version(question.period.end, question.regime)
    if version is None:
        raise IndicatorError(f"{indicator.name} 在 {question.period.text} 没有有效的口径")
    if library.needs(version):
        raise IndicatorError(f"{indicator.name} 暂无数据来源：{'、'.join(library.needs(version))}")
    return indicator, version


def groups_of(question: Question, version: Version, rules: Rulebook) -> dict[str, list[int]]:
    """Return the groups a question is about, with the courts below where the version covers areas."""
    where = question.where
    if version.area:
        where = widened(where, Labels(rules.facts.codes))
    return {name: list(keys) for name, keys in where.items()}


def refs_behind(version: Version, library: Library, part: Part) -> list[Ref]:
    """Return the counted atoms of a part; all of them for kinds without parts."""
    term = version.denominator if part == "denominator" else version.numerator
    refs = refs_of(term) or ((Ref(version.of),) if version.of else refs_of(version.formula))
    return [r for r in refs if r.code in library.atoms and library.atoms[r.code].table]


def case_scopes(library: Library, version: Version | None) -> list[str]:
    """Return the 案件范围 that what a version counts is taken from, each once."""
    if version is None:
        return []
    terms = (version.numerator, version.denominator, version.formula)
    codes = [version.of, *(ref.code for term in terms for ref in refs_of(term))]
    named = [library.atoms[code].scope for code in codes if code in library.atoms]
    return list(dict.fromkeys(filter(None, named)))
