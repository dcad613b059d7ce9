"""How a figure is printed: exactly, from integers, rounded half up or truncated as its version says.

Courts sometimes print truncated or slipped digits (indicators.md §5.2), so a published value is compared by
`agreement`, which names the difference instead of hiding it.
"""

from __future__ import annotations

from fractions import Fraction

from shenguan.core.indicator.figure import EMPTY, NO_SOURCE, STATE_TEXT, Figure
from shenguan.core.indicator.keys import UNITS
from shenguan.core.indicator.model import Indicator, Reference, Version

SCALES = {"percent": 100, "per_mille": 1000, "per_ten_thousand": 10_000}
CENTS = 100
MET, UNMET, EXCELLENT, NO_REFERENCE = "达标", "未达标", "优异", "无参考值"
NEAR_FULL = Fraction(99, 100)


def printed(figure: Figure, indicator: Indicator, version: Version | None = None) -> str:
    """Return what people read: `94.49%`, `1,234件`, `—`, `暂无数据来源`."""
    if figure.state in {EMPTY, NO_SOURCE}:
        return "—" if figure.state == EMPTY else STATE_TEXT[NO_SOURCE]
    rounding = version.rounding if version else "half_up"
    whole = indicator.kind in {"count", "stock"}
    text = digits(scaled(figure, indicator.unit), 0 if whole else indicator.decimals, rounding)
    return text + UNITS.get(indicator.unit, "")


def scaled(figure: Figure, unit: str) -> Fraction:
    """Return the value in its unit: a share in percent, money in 元. Raises `ValueError` without a value."""
    value = figure.exact
    if value is None:
        if figure.value is None:
            raise ValueError("没有值")
        value = Fraction(figure.value)
    return value / CENTS if unit == "money" else value * SCALES.get(unit, 1)


def digits(value: Fraction, decimals: int, rounding: str = "half_up") -> str:
    """Return a value with a fixed number of decimals, by integer arithmetic; `truncate` cuts towards 0."""
    size = abs(value) * 10**decimals
    whole = int(size + Fraction(1, 2)) if rounding == "half_up" else int(size)
    sign = "-" if value < 0 and whole else ""
    units, rest = divmod(whole, 10**decimals)
    return f"{sign}{units:,}" + (f".{rest:0{decimals}d}" if decimals else "")


def agreement(figure: Figure, unit: str, published: str) -> str:
    """Say how a published value fits ours: 一致, 截断一致, 末位差一 or 不一致."""
    text = published.strip().rstrip("%‰‱").replace(",", "")
    decimals = len(text.partition(".")[2])
    value = scaled(figure, unit)
    theirs = Fraction(text)
    if digits(value, decimals).replace(",", "") == digits(theirs, decimals).replace(",", ""):
        return "一致"
    if Fraction(digits(value, decimals, "truncate").replace(",", "")) == theirs:
        return "截断一致"
    near = abs(value - theirs) < Fraction(3, 2) / 10**decimals
    return "末位差一" if near else "不一致"


def standing(indicator: Indicator, version: Version, figure: Figure, line: str = "") -> str:
    """Return the place against the reference interval, as words; a statistic has none."""
    if indicator.statistic or figure.state == NO_SOURCE:
        return ""
    if figure.state != "ok":
        return STATE_TEXT[figure.state]
    reference = reference_of(version, line)
    if reference is None or not reference.filled:
        return NO_REFERENCE
    value = scaled(figure, indicator.unit)
    if _within(value, reference.excellent_low, reference.excellent_high):
        return EXCELLENT
    return MET if _within(value, reference.low, reference.high) else UNMET


def reference_of(version: Version, line: str) -> Reference | None:
    """Return the interval of a line, else the one for all lines."""
    own = [reference for reference in version.reference if reference.line == line]
    common = [reference for reference in version.reference if not reference.line]
    return next(iter(own or common), None)


def _within(value: Fraction, low: float | None, high: float | None) -> bool:
    if low is None and high is None:
        return False
    above = low is None or value >= Fraction(str(low))
    return above and (high is None or value <= Fraction(str(high)))


def opens_guards(indicator: Indicator, figure: Figure) -> bool:
    """Whether the value is so near full that its guards must be read beside it (何帆: 不追求100%)."""
    if not indicator.guard or indicator.unit != "percent" or figure.exact is None:
        return False
    return figure.exact >= NEAR_FULL
