"""What people read names things in Chinese, never by a code of the library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library

_CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield texts with a code of an atom or an indicator in them."""
    codes = {*library.atoms, *library.indicators}
    for code, indicator in library.indicators.items():
        texts = [indicator.name, indicator.meaning]
        texts += [text for version in indicator.versions for text in version.say.values()]
        for text in texts:
            for found in _CODE.findall(text):
                if found in codes:
                    yield f"指标 {code}：文字里写着编码“{found}”，应写名称"
