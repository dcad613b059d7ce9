"""How figures, changes, periods and days are written in papers."""

from __future__ import annotations

from fractions import Fraction

from shenguan.core.indicator import printing
from shenguan.core.indicator.keys import UNITS
from shenguan.core.indicator.period import Period
from shenguan.spine.indicators.values import ValueRow

_QUARTERS = "一二三四"
AGAINST = {"yoy": "同比", "mom": "环比"}
WHOLE_KINDS = {"count", "stock"}


def period_short(period: Period) -> str:
    """Return 26.10 for a month, 26年三季 for a quarter: under a chart."""
    if period.first_month == period.last_month:
        return f"{period.start:%y}.{period.start.month}"
    return f"{period.start:%y}年{_QUARTERS[period.start.month // 3]}季"


def difference(row: ValueRow, against: str) -> Fraction | None:
    """Return the change in the unit of the indicator (percent: points), None without both values."""
    before = row.compared[against]
    if row.figure.value is None or before.value is None:
        return None
    unit = row.indicator.unit
    return printing.scaled(row.figure, unit) - printing.scaled(before, unit)


def change_unit(unit: str) -> str:
    """Return the unit of a difference: shares differ by points."""
    return "个百分点" if unit == "percent" else UNITS.get(unit, "")


def decimals_of(row: ValueRow) -> int:
    """Return how many decimals the figure is printed with."""
    return 0 if row.indicator.kind in WHOLE_KINDS else row.indicator.decimals


def change_words(row: ValueRow, against: str) -> str:
    """Return 上升3.41个百分点, 减少7件, 持平, or why there is no comparison."""
    change = difference(row, against)
    if change is None:
        return "无可比数"
    size = printing.digits(abs(change), decimals_of(row))
    if not size.strip("0.,"):
        return "持平"
    up, down = ("增加", "减少") if row.indicator.unit in {"cases", "money"} else ("上升", "下降")
    return f"{up if change > 0 else down}{size}{change_unit(row.indicator.unit)}"


def change_signed(row: ValueRow, against: str) -> str:
    """Return +3.41 for a table, a dash without a comparison."""
    change = difference(row, against)
    if change is None:
        return "—"
    text = printing.digits(change, decimals_of(row))
    return f"+{text}" if change > 0 and text.strip("0.,") else text


def growth_words(row: ValueRow, against: str) -> str:
    """Return the relative change of a count: 上升15.56%, 持平, 基数为零."""
    before, now = row.compared[against].exact, row.figure.exact
    if before is None or now is None:
        return "无可比数"
    if before == 0:
        return "基数为零"
    if now == before:
        return "持平"
    size = printing.digits(abs(now - before) / abs(before) * 100, 2)
    return f"{'上升' if now > before else '下降'}{size}%"


def parts(row: ValueRow) -> str:
    """Return 分子/分母 of a ratio or mean, a dash for others."""
    if row.indicator.kind not in {"ratio", "mean"} or row.figure.denominator is None:
        return "—"
    return f"{row.figure.numerator:,}/{row.figure.denominator:,}"


def money_parts(row: ValueRow) -> str:
    """Return 分子/分母 of sums of money in 万元; they are stored in 分."""
    if row.figure.denominator is None:
        return "—"
    pair = (row.figure.numerator or 0, row.figure.denominator)
    return "/".join(printing.digits(Fraction(part, 1_000_000), 2) for part in pair) + "万元"


def marked(row: ValueRow, against: str = "") -> str:
    """Return the value, with ＊ where it rests on too few cases."""
    figure = row.compared[against] if against else row.figure
    star = "＊" if figure.state == "few" else ""
    return printing.printed(figure, row.indicator, row.version) + star


def interval_words(row: ValueRow, line: str = "") -> str:
    """Return 60%—90%, 不低于60%, 不高于5%, 未设置; a statistic has none."""
    if row.indicator.statistic:
        return "不设区间"
    reference = printing.reference_of(row.version, line)
    if reference is None or (reference.low is None and reference.high is None):
        return "未设置"
    unit = UNITS.get(row.indicator.unit, "")
    if reference.high is None:
        return f"不低于{reference.low:g}{unit}"
    if reference.low is None:
        return f"不高于{reference.high:g}{unit}"
    return f"{reference.low:g}{unit}—{reference.high:g}{unit}"


def effect_signed(value: Fraction, unit: str, kind: str) -> str:
    """Return what a group adds, in the unit of the difference: +0.83."""
    text = _effect(value, unit, kind)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def pull_words(value: Fraction, unit: str, kind: str) -> str:
    """Return 拉高0.83个百分点, 拉低…, or 没有影响."""
    text = _effect(abs(value), unit, kind)
    if not text.strip("0.,"):
        return "没有影响"
    return f"{'拉高' if value > 0 else '拉低'}{text}{change_unit(unit)}"


def _effect(value: Fraction, unit: str, kind: str) -> str:
    return printing.digits(value * printing.SCALES.get(unit, 1), 0 if kind in WHOLE_KINDS else 2)
