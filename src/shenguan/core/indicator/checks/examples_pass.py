"""Every worked example comes out as written, by the naive oracle."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts, IndicatorError
from shenguan.core.indicator.figure import Figure
from shenguan.core.indicator.model import Example, Indicator, Library
from shenguan.core.indicator.naive import evaluate
from shenguan.core.indicator.sample import rows_of


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield each example that comes out otherwise, with both results."""
    for indicator in library.indicators.values():
        for number, example in enumerate(indicator.examples, 1):
            place = f"指标 {indicator.code} 例 {number}（{example.say}）"
            try:
                found = outcome(indicator, example, library, facts)
            except IndicatorError as error:
                yield f"{place}：{error}"
                continue
            if not matches(found, example.expect):
                yield f"{place}：应为 {example.expect}，算出 {found.text}"


def outcome(indicator: Indicator, example: Example, library: Library, facts: Facts) -> Figure:
    """Return what an example comes out as; raises `IndicatorError`."""
    version = indicator.version(example.period.end, example.regime)
    if version is None:
        raise IndicatorError(f"{example.period.text} 没有有效的口径版本")
    try:
        rows = rows_of(example, facts)
        return evaluate(indicator, version, rows, example.period, library, example.given)
    except KeyError as error:
        raise IndicatorError(f"缺填报数 {error.args[0]}") from None


def matches(found: Figure, expect: str) -> bool:
    """Whether a figure is what was expected: `1/2`, `3`, `0.8123`, `empty`."""
    if "/" in expect or expect == "empty" or "." in expect:
        return found.text == expect or (expect.endswith("/0") and _pair(found) == expect)
    return found.exact is not None and found.exact == int(expect)


def _pair(found: Figure) -> str:
    return f"{found.numerator}/{found.denominator}"
