"""The dispute that a case belongs to, as a drawing: boxes from the first instance to the right.

Only cases in scope are boxes that lead somewhere. A case below that the scope doesn't show, or that isn't in
the registry, is a box with the number which the case above states itself; of other hidden cases nothing shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shenguan.spine.cases.models import Case

BOX_WIDTH, BOX_HEIGHT = 236, 62
_STEP_X, _STEP_Y = 286, 80


@dataclass(frozen=True, slots=True)
class Box:
    """One case; `case_id` None: no way there. Lines of text under the number."""

    key: str
    number: str
    lines: tuple[str, ...]
    case_id: int | None
    here: bool
    x: int = 0
    y: int = 0

    @property
    def middle(self) -> int:
        """Return the height at which lines arrive and leave."""
        return self.y + BOX_HEIGHT // 2

    @property
    def right(self) -> int:
        """Return where the box ends."""
        return self.x + BOX_WIDTH


@dataclass(frozen=True, slots=True)
class Line:
    """From a case to the case brought against it."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes and lines with the size they need."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def dispute_graph(cases: Sequence[Case], here: int) -> Graph | None:
    """Return the drawing of the shown cases of a dispute; None where the case stands alone."""
    below = _below(cases)
    boxes = {_key(case): _box(case, here) for case in cases}
    for case in cases:
        key = below.get(_key(case))
        if key and key not in boxes:
            said = tuple(filter(None, (case.prior_court_name, "不在可见范围或未接入")))
            boxes[key] = Box(key, case.prior_number, said, None, here=False)
    if len(boxes) < 2:
        return None
    placed = _placed(boxes, below)
    lines = tuple(_line(placed[low], placed[high]) for high, low in below.items())
    width = max(box.right for box in placed.values()) + 4
    height = max(box.y + BOX_HEIGHT for box in placed.values()) + 4
    return Graph(tuple(placed.values()), lines, width, height)


def _key(case: Case) -> str:
    return f"case:{case.pk}"


def _below(cases: Sequence[Case]) -> dict[str, str]:
    """Return for each case the key of the box under it, if it names one."""
    shown = {case.pk for case in cases}
    found = {}
    for case in cases:
        if case.prior_id in shown:
            found[_key(case)] = f"case:{case.prior_id}"
        elif case.prior_key:
            found[_key(case)] = f"number:{case.prior_key}"
    return found


def _box(case: Case, here: int) -> Box:
    days = f"{case.filed_on or '—'} 立案"
    end = f"{case.closed_on} {case.disposition or '报结'}" if case.closed_on else "未结"
    what = " ".join(filter(None, (case.case_class, case.instance)))
    return Box(_key(case), case.number, (f"{what}　{days}", end), case.pk, here=case.pk == here)


def _placed(boxes: Mapping[str, Box], below: Mapping[str, str]) -> dict[str, Box]:
    columns: dict[int, list[str]] = defaultdict(list)
    for key in boxes:
        columns[_height(key, below)].append(key)
    return {
        key: Box(
            b.key, b.number, b.lines, b.case_id, b.here, 2 + _STEP_X * column, 2 + _STEP_Y * row
        )
        for column, keys in columns.items()
        for row, key in enumerate(keys)
        for b in (boxes[key],)
    }


def _height(key: str, below: Mapping[str, str]) -> int:
    """Count the cases under one; numbers that go round in a ring end the count."""
    seen = {key}
    while (key := below.get(key, "")) and key not in seen:
        seen.add(key)
    return len(seen) - 1


def _line(low: Box, high: Box) -> Line:
    return Line(low.right, low.middle, high.x, high.middle)
