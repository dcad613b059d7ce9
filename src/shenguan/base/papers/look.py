"""The look of official papers: fonts of 党政机关公文格式 (GB/T 9704) with fallbacks, sizes and margins.

方正小标宋, 仿宋_GB2312 and 楷体_GB2312 aren't free: they are named first and used where they are
installed; PDF embeds the open Noto fonts instead, docx names them as substitutes.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLE_FONT = "方正小标宋简体"
BODY_FONT = "仿宋_GB2312"
HEADING_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
NUMBER_FONT = "Times New Roman"

SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC")
SANS = ("Noto Sans S Chinese", "Noto Sans CJK SC", "Source Han Sans SC")
FALLBACKS: dict[str, tuple[str, ...]] = {
    TITLE_FONT: ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", *SERIF),
    BODY_FONT: ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *SERIF),
    HEADING_FONT: ("SimHei", "STHeiti", *SANS),
    SECOND_FONT: ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", *SERIF),
}
SUBSTITUTES = {
    TITLE_FONT: "华文中宋",
    BODY_FONT: "仿宋",
    HEADING_FONT: "SimHei",
    SECOND_FONT: "楷体",
}
"""What Word takes where a font isn't installed: those come with Windows and Office."""
TONES = {"weak": "A61B1B", "strong": "1B6B3A"}
RED = "C8102E"


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points, margins (top, right, bottom, left) in centimetres; `leading` is exact or None."""

    margins: tuple[float, float, float, float]
    title: float
    heading: float
    body: float
    note: float
    table: float
    leading: float | None
    first_line: bool = True
    chart_cm: float = 14.2

    @property
    def text_cm(self) -> float:
        """Width of the text on A4."""
        return round(21 - self.margins[1] - self.margins[3], 2)


OFFICIAL = Look((3.7, 2.6, 3.5, 2.8), title=22, heading=16, body=16, note=10.5, table=9, leading=28)
"""二号 title, 三号 text, 22 lines of 28 characters a page."""
SHEET = Look(
    (1.6, 1.7, 1.5, 1.7),
    title=18,
    heading=11.5,
    body=10.5,
    note=9,
    table=9,
    leading=None,
    first_line=False,
)
"""One sheet that must hold a list."""
