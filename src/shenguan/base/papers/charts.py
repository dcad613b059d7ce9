"""Charts as SVG, drawn once and used on pages, in docx and in PDF.

Series differ by pattern and marker as well as by colour, so that they read in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from shenguan.base.papers.look import SANS
from shenguan.base.papers.model import Line, Picture, plain

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 34, 30
_COLORS = ("1F4E79", "C55A11", "548235", "7F6000")
_MARKERS = ("circle", "square", "diamond", "triangle")
_FAMILY = ", ".join(f"'{name}'" for name in SANS)


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of values; None leaves a gap. `bars` draws columns instead of a line."""

    name: str
    values: tuple[float | None, ...]
    bars: bool = False


def chart(labels: Sequence[str], series: Sequence[Series], *, caption: Line = ()) -> Picture:
    """Return columns and lines over the same labels, with a legend; an empty chart says so."""
    numbers = [value for one in series for value in one.values if value is not None]
    bars = any(one.bars for one in series)
    low, high, step = _scale(numbers, from_zero=bars)
    frame = _Frame(len(labels), low, high)
    drawn = [
        *_axes(frame, labels, step),
        *_bars(frame, [one for one in series if one.bars]),
        *_lines(frame, series),
        *_legend(series),
    ]
    if not numbers:
        drawn.append(_text(WIDTH / 2, HEIGHT / 2, "本期无数据", "middle", 14))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-label="{escape(plain(caption))}">{_PATTERNS}{"".join(drawn)}</svg>'
    )
    return Picture(svg, WIDTH, HEIGHT, caption, says=_says(labels, series))


@dataclass(frozen=True, slots=True)
class _Frame:
    slots: int
    low: float
    high: float

    def x(self, at: float) -> float:
        """Middle of slot `at`."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / max(self.slots, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(self.slots, 1)


def _scale(numbers: Sequence[float], *, from_zero: bool) -> tuple[float, float, float]:
    """Return the ends and the step of the axis: 4 to 6 round steps around the numbers."""
    if not numbers:
        return 0, 1, 0.25
    low, high = min(numbers), max(numbers)
    if from_zero or low < (high - low):
        low = min(0, low)
    span = (high - low) or abs(high) or 1
    size = 10 ** floor(log10(span / 4))
    step = next(size * m for m in (1, 2, 2.5, 5, 10) if span / (size * m) <= 5)
    return floor(low / step) * step, ceil(high / step + 1e-9) * step, step


def _axes(frame: _Frame, labels: Sequence[str], step: float) -> Iterator[str]:
    ticks = round((frame.high - frame.low) / step)
    for at in range(ticks + 1):
        value = frame.low + at * step
        y = frame.y(value)
        color = "8C8C8C" if at == 0 else "DDDDDD"
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#{color}" stroke-width="1"/>'
        yield _text(LEFT - 6, y + 4, f"{value:,.10g}", "end", 11)
    every = ceil(len(labels) * 46 / (WIDTH - LEFT - RIGHT))
    for at, label in enumerate(labels):
        if (len(labels) - 1 - at) % every == 0:
            yield _text(frame.x(at), HEIGHT - 10, label, "middle", 11)


def _bars(frame: _Frame, series: Sequence[Series]) -> Iterator[str]:
    width = frame.slot * 0.7 / max(len(series), 1)
    base = frame.y(max(frame.low, 0))
    for number, one in enumerate(series):
        for at, value in enumerate(one.values):
            if value is None:
                continue
            x = frame.x(at) - frame.slot * 0.35 + number * width
            top, bottom = sorted((frame.y(value), base))
            yield (
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{width * 0.92:.1f}" height="{bottom - top:.1f}" '
                f'fill="{_fill(number)}" stroke="#{_COLORS[number]}" stroke-width="0.8"/>'
            )


def _lines(frame: _Frame, series: Sequence[Series]) -> Iterator[str]:
    for number, one in enumerate(series):
        if one.bars:
            continue
        points = [
            (frame.x(at), frame.y(value))
            for at, value in enumerate(one.values)
            if value is not None
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="6 3"' if number % 2 else ""
        color = _COLORS[number]
        yield f'<polyline points="{path}" fill="none" stroke="#{color}" stroke-width="2"{dash}/>'
        for x, y in points:
            yield _marker(_MARKERS[number], x, y, color)


def _marker(shape: str, x: float, y: float, color: str) -> str:
    paint = f'fill="#FFFFFF" stroke="#{color}" stroke-width="1.6"'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" {paint}/>'
    corners = {
        "square": ((-3, -3), (3, -3), (3, 3), (-3, 3)),
        "diamond": ((0, -4), (4, 0), (0, 4), (-4, 0)),
        "triangle": ((0, -4), (4, 3), (-4, 3)),
    }[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" {paint}/>'


def _legend(series: Sequence[Series]) -> Iterator[str]:
    x = float(LEFT)
    bars = 0
    for number, one in enumerate(series):
        color = _COLORS[number]
        if one.bars:
            yield (
                f'<rect x="{x}" y="9" width="20" height="10" fill="{_fill(bars)}" '
                f'stroke="#{_COLORS[bars]}"/>'
            )
            bars += 1
        else:
            dash = ' stroke-dasharray="6 3"' if number % 2 else ""
            yield f'<path d="M{x} 14h22" stroke="#{color}" stroke-width="2"{dash}/>'
            yield _marker(_MARKERS[number], x + 11, 14, color)
        yield _text(x + 27, 18, one.name, "start", 12)
        x += 27 + 13 * len(one.name) + 22


def _fill(number: int) -> str:
    return f"#{_COLORS[0]}" if number == 0 else f"url(#hatch{min(number, 2)})"


def _text(x: float, y: float, text: str, anchor: str, size: int) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{_FAMILY}" font-size="{size}" '
        f'text-anchor="{anchor}" fill="#333333">{escape(text)}</text>'
    )


_PATTERNS = "<defs>{}</defs>".format(
    "".join(
        f'<pattern id="hatch{n}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({angle})"><rect width="6" height="6" fill="#FFFFFF"/>'
        f'<path d="M0 3h6" stroke="#{_COLORS[n]}" stroke-width="2"/></pattern>'
        for n, angle in ((1, 45), (2, 135))
    )
)


def _says(labels: Sequence[str], series: Sequence[Series]) -> str:
    names = "、".join(one.name for one in series)
    return f"{names}，自{labels[0]}至{labels[-1]}，数据见所附表格" if labels else names
