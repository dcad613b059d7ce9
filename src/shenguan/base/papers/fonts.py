"""The fonts that come with the product, found for typst."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

from shenguan.base.papers.look import SANS, SERIF

FOLDER = Path(__file__).parent / "fonts"


class FontsMissingError(RuntimeError):
    """No Chinese font is at hand, so that a PDF would show empty boxes."""

    def __init__(self) -> None:
        super().__init__(f"没有可嵌入的中文字体：请先运行 start.py setup，字体放在 {FOLDER}")


@cache
def fonts() -> typst.Fonts:
    """Return the product's and the machine's fonts; raises `FontsMissingError` without Chinese ones."""
    found = typst.Fonts(font_paths=[FOLDER] if FOLDER.is_dir() else [])
    if not {*SERIF, *SANS} & set(found.families()):
        raise FontsMissingError
    return found
