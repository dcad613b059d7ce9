"""The provisions a ruling rests on: the sentence 依照《…》第…条 … 判决如下, taken apart."""

import re
from itertools import chain

from shenguan.core.judgment.model import Field, Span, Statute
from shenguan.core.judgment.provisions import PROVISION, read_provisions
from shenguan.core.judgment.text import Text

_NAMED = r"(?:《|<|第[一二三四五六七八九十百]{1,6}条|中华人民共和国[一-龥]{1,12}法)"
_LEAD = re.compile(rf"(?:依照|根据|依据|按照|遵照|适用|比照|参照|依|据)(?=[^。;]{{0,40}}?{_NAMED})")
_CLOSED = re.compile("(?:规定|条|款|项|解释|意见|决定|》)$")
# A wrapped line goes on: its break is no end of a sentence.
_WRAPPED = re.compile(r"(?<![。:;!?”)])\n")
# The wording of an article in quotation marks names no provision the ruling rests on.
_QUOTED = re.compile("“[^“”]{8,400}”")
_FARTHEST = 3000  # characters before the order in which the sentence begins
_MOST = 4  # sentences looked at


def read_statutes(text: Text, start: int, order: int) -> Field[tuple[Statute, ...]]:
    """Provisions named in the sentence that ends in the order at `order`; `start`: reasoning."""
    start = max(start, order - _FARTHEST)
    said, places = _compact(text.even, start, order)
    found: dict[Statute, Span] = {}
    for a, b in _sentences(said):
        for statute, (first, last) in read_provisions(said, a, b):
            found.setdefault(statute, text.span(places[first], places[last - 1] + 1))
    # A law printed twice in a row, the first time without its articles, is one citation.
    with_articles = {each.law for each in found if each.article}
    kept = {s: span for s, span in found.items() if s.article or s.law not in with_articles}
    if not kept:
        return Field(why="“判决（裁定）如下”前未引用法律条文")
    return Field(tuple(kept), tuple(kept.values()))


def _compact(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The stretch without broken lines and quotations, and where each character stood."""
    stretch = text[start:end]
    gone = [each.span() for each in (*_WRAPPED.finditer(stretch), *_QUOTED.finditer(stretch))]
    kept: list[Span] = []
    at = 0
    for a, b in sorted(gone):
        kept.append((at, a))
        at = max(at, b)
    kept.append((at, len(stretch)))
    said = "".join(stretch[a:b] for a, b in kept)
    return said, [*chain.from_iterable(range(start + a, start + b) for a, b in kept)]


def _sentences(said: str) -> list[Span]:
    """The last sentence; the ones before it too while only they, or they as well, cite the law."""
    found: list[Span] = []
    end = len(said)
    for _ in range(_MOST):
        begin = max(said.rfind("。", 0, end), said.rfind("\n", 0, end)) + 1
        opened = _opened(said, begin, end, last=end == len(said))
        if found and not (opened == _word(said, begin) and _CLOSED.search(said, begin, end)):
            break
        if opened is not None:
            found.append((opened, end))
        if begin == 0:
            break
        end = begin - 1
    return found[::-1]


def _word(said: str, begin: int) -> int:
    """Where a sentence begins behind 综上, 据此, 并 …"""
    opening = re.compile(r"(?:综上(?:所述)?|据此|为此|因此|故|并|同时|现|另|亦)?,?").match(
        said, begin
    )
    return opening.end() if opening else begin


def _opened(said: str, begin: int, end: int, *, last: bool) -> int | None:
    """Where 依照 stands; what another clause says of the law before it doesn't count."""
    for lead in _LEAD.finditer(said, begin, end):
        if PROVISION.search(said, lead.end(), end) or "《" in said[lead.end() : end]:
            return lead.start()
    bare = said.find("《", begin, end) if last else -1
    return bare if bare >= 0 and PROVISION.search(said, bare, end) else None
