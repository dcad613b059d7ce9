"""Every term names an atom that exists; a derived one may name indicators, without going in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from shenguan.core.indicator.facttable import Facts
from shenguan.core.indicator.model import Library


def check(library: Library, facts: Facts) -> Iterator[str]:
    """Yield unknown codes and circles."""
    for code, indicator in library.indicators.items():
        known = set(library.atoms)
        if indicator.kind == "derived":
            known |= set(library.indicators) - {code}
        for version in indicator.versions:
            for ref in version.refs:
                if ref.code not in known:
                    yield f"指标 {code}（{version.regime}）：没有原子“{ref.code}”"
        if _circular(library, code, ()):
            yield f"指标 {code}：算式绕成了圈"


def _circular(library: Library, code: str, above: tuple[str, ...]) -> bool:
    if code in above:
        return True
    indicator = library.indicators.get(code)
    versions = indicator.versions if indicator else ()
    refs = (ref.code for version in versions for ref in version.refs)
    return any(_circular(library, ref, (*above, code)) for ref in refs)
