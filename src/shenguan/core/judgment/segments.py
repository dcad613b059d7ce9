"""Cuts a judgment into its stretches by anchors that stand at the beginning of paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

Line = tuple[int, int]

_PARTY = re.compile(
    r"(?:原?公诉机关|抗诉机关|原?公诉人|(?:刑事)?附带民事(?:诉讼)?(?:原告|被告)人?|自诉人|被告(?:人|单位)?|被害人|辩护人|"
    r"(?:法定|委托|指定|诉讼|共同|特别|一般)?(?:诉讼)?(?:代理|代表|辩护)人|负责人|原告|第三人|上诉人|被上诉人|"
    r"原审|一审|二审|再审|申请|被申请|申诉|罪犯|两|三|二|以上|上列|上述|委托|经营者|投资人|业主|执行机关|监护人|翻译|"
    r"上诉单位|单位|反诉|异议人|复议|利害关系人|起诉人|赔偿)"
)
_SPEAKER = re.compile(
    r"(?:委托|法定|诉讼|指定|共同|特别|辩护|负责|以上|上述|上列)[^,。:\n]{0,14}?(?:代理人|代表人|辩护人|责人|护人)"
)
_IDENTITY = re.compile(
    r",[男女](?=[,。(])|出生|[^民]族,|文化|住址|住所|户籍|[,。]住|羁押[于在]|取保候审|逮捕"
)
_CAME = re.compile(
    r"一案|提起公诉|起诉书|审理终结|本院受理|向本院|诉至本院|纠纷案|提出上诉|提起上诉|开庭审理|检察院指控|"
    r"公诉机关指控|作出[^。]{0,30}号[^。]{0,12}(?:判决|裁定)"
)
_CAME_HERE = re.compile(
    r"审理终结|起诉书[^。]{0,40}指控|向本院提起|向本院起诉|本院受理|诉至本院|一案,(?:由|本院)"
)
_CLOSED = re.compile("[审审查]理?(?:终|完)[结毕]|审理?结束|复核终结|审查终结|审结")
_HEARD = re.compile(
    r"审理了?(?:本|此|该)案|进行了?(?:审理|开庭审理)|参加了?(?:诉讼|庭审)|不开庭审理|出庭(?:参加|应)诉"
)
_CLAIM = re.compile(
    r"(?:(?:[^\n。,:;]{0,30}?检察院|公诉机关|公诉人|自诉人|原审?原告|原告|上诉人|申诉人|再审申请人|抗诉机关|起诉书)"
    r"[^\n。;]{0,60}?(?:指控|诉称|起诉称|诉讼称|请求|上诉称|申诉称|抗诉称|公诉称|认为|起诉认为|向本院提出|抗诉提出|称)[^\n]{0,1}"
    r"|(?:原判|原审|一审|[^\n。,:;]{2,30}法院)[^\n。;]{0,30}?(?:认定|查明|判决|审理|认为|确认|一审)"
    r"|一、|\(一\)|指控|起诉指控)"
)
# What the court below found (原审查明, 某法院二审查明) belongs to the claims.
_FOUND = re.compile(
    r"(?!原|一审|二审法院|[^\n。,:;]{2,26}法院)(?:[^\n。:;]{0,52}?(?:查明|查实|审理认定|复核确认)|"
    r"本院[^\n。:;]{0,40}?(?:认定|确认)[^\n。:;]{0,8}事实)"
)
_OPINION = re.compile("本院认为")
_OPINION_LIKE = re.compile(
    r"(?:综上(?:所述|事实)?|综述|据此|因此|为此|故|以上)?[,:]?(?:经(?:本院)?(?:审判委员会|审委会)?[^\n。,:]{0,8}[,:]?)?"
    r"(?:本院|本庭|本?合议庭|再审|法庭|本案|二审|经本院审理|经本院审委|经本院审判|原审法院)[^\n。,:;]{0,14}?(?:认为|认定|审理|评判|评议)"
)
# One set of first characters, so that the search leaps to them: a quarter of the time.
_ORDER = re.compile(
    r"[判裁决调协意拟作规讨](?:(?:(?<=判)[决处]|(?<=[裁决])定|(?<=调)解|(?<=协)议|(?<=意)见|(?<=拟)判决|"
    r"(?<=作)出如下(?:判决|裁定))[如以]下\n?[:;,。.]?"
    r"|(?:(?<=[规决])定|(?<=讨)论决定|(?<=判)决书)[,:]?\n?判决:|(?<=讨)论决定:)"
)
_SIGNED = re.compile(
    r"(?:代理|助理)?审\n?判\n?[长员]|(?:人民|代理)?陪\n?审\n?员|\(?[此本以]页?下?无正文|院\n?长[^\n]{1,8}\n?审|"
    r"独任审判|代书记员|书\n?记\n?员|法官助理|代?理?审判[长员]"
)
_SIGNED_LATE = re.compile(r"[。)]\n?(?:审判长|审判员|代理审判员|\([此本]页无正文)")


_SENTENCE = re.compile(
    r"(?:一、)?(?:被告(?:人|单位)?|原审被告人|上诉人|驳回|准许|撤销|维持)[^。\n]{0,60}?(?:犯|上诉|请求|起诉|判决)"
)
_GROUP = 300  # characters within which signatures belong together


@dataclass(frozen=True, slots=True)
class Outline:
    """Half-open stretches in the even text; None where the document has no such stretch."""

    parties: Line | None
    course: Line | None
    claims: Line | None
    facts: Line | None
    reasoning: Line | None
    ruling: Line | None
    tail: Line


def lines_of(text: str, start: int = 0) -> list[Line]:
    """Paragraphs from `start` on, without their line ends, empty ones left out."""
    found, at = [], start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end > at:
            found.append((at, end))
        at = end + 1
    return found


def outline(text: str, start: int, *, criminal: bool) -> Outline:
    """The stretches of a document whose head ends at `start`."""
    lines = lines_of(text, start)
    order = _order(text, lines)
    ruling_start = order[1] if order else len(text)
    first = _course_start(text, lines, ruling_start)
    body = _course_end(text, lines, first, ruling_start)
    reasoning = _reasoning_start(text, lines, body, order, criminal=criminal)
    ruling_end = _signed(text, lines, ruling_start) if order else len(text)
    found = _found(text, lines, body, reasoning)
    course = lines[first][0] if first < len(lines) else body
    return Outline(
        parties=_stretch(text, start, course),
        course=_stretch(text, course, body),
        claims=_stretch(text, body, found),
        facts=_stretch(text, found, reasoning),
        reasoning=_stretch(text, reasoning, order[1]) if order else None,
        ruling=_stretch(text, ruling_start, ruling_end) if order else None,
        tail=(ruling_end, len(text)),
    )


def _stretch(text: str, start: int, end: int) -> Line | None:
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] == "\n":
        end -= 1
    return (start, end) if end > start else None


def _order(text: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """The sentence 判决如下： that opens the ruling.

    The last one at the end of a paragraph that signatures follow; several in a row (an order for
    each defendant) open at the first behind the last 本院认为.
    """
    if not lines:
        return None
    signed = _last_signature(text, lines)
    found = [each.span() for each in _ORDER.finditer(text, lines[0][0], signed)]
    whole = [each for each in found if each[1] >= len(text) or text[each[1]] == "\n"] or found
    if not whole:
        return _unsaid_order(text, lines, signed)
    opinions = [a for a, _ in lines if a < whole[-1][0] and _OPINION.match(text, a)]
    return next(each for each in whole if not opinions or each[0] > opinions[-1])


def _unsaid_order(text: str, lines: Sequence[Line], signed: int) -> tuple[int, int] | None:
    """Without 判决如下 the ruling begins with its first sentence behind 本院认为."""
    opinions = [a for a, _ in lines if _OPINION.match(text, a)]
    for start, _ in lines:
        if opinions and opinions[-1] < start < signed and _SENTENCE.match(text, start):
            return start, start
    return None


def _last_signature(text: str, lines: Sequence[Line]) -> int:
    """Where the last group of signatures begins; appended law may follow it."""
    third = len(text) // 4
    signed = [a for a, b in lines if a > third and b - a < 60 and _SIGNED.match(text, a)]
    if not signed:
        return len(text)
    first = signed[-1]
    for start in reversed(signed):
        if first - start > _GROUP:
            break
        first = start
    return first


def _signed(text: str, lines: Sequence[Line], after: int) -> int:
    for start, _ in lines:
        if start >= after and _SIGNED.match(text, start):
            return start
    late = _SIGNED_LATE.search(text, after)
    return late.start() + 1 if late else len(text)


def _course_start(text: str, lines: Sequence[Line], before: int) -> int:
    """Index of the first paragraph that tells how the case came and was tried."""
    fallback = None
    for index, (start, end) in enumerate(lines):
        if start >= before:
            return index if fallback is None else fallback
        if _CAME.search(text, start, end) and not _is_party(text, start, end):
            return index
        if fallback is None and index and end - start >= 40 and not _PARTY.match(text, start):
            fallback = index
    return len(lines) if fallback is None else fallback


def _is_party(text: str, start: int, end: int) -> bool:
    """A party's paragraph, perhaps with a criminal record in it, not the course of this case."""
    if not _PARTY.match(text, start):
        return False
    if _SPEAKER.match(text, start):
        return "审理终结" not in text[start:end]
    if _IDENTITY.search(text, start, min(end, start + 120)):
        return not _CAME_HERE.search(text, start, end)
    return False


def _course_end(text: str, lines: Sequence[Line], first: int, before: int) -> int:
    """Where the course ends: behind 现已审理终结, else before the claims."""
    fallback = None
    for start, end in lines[first : first + 14]:
        if start >= before:
            break
        closed = _CLOSED.search(text, start, end)
        if closed:
            return _after_sentence(text, closed.end(), end)
        if fallback is None and start > lines[first][0] and _CLAIM.match(text, start):
            fallback = start
    if fallback is not None:
        return fallback
    return lines[first][1] if first < len(lines) else before


def _after_sentence(text: str, closed: int, end: int) -> int:
    """The paragraph's end, unless the claims go on in the same paragraph."""
    stop = text.find("。", closed, end)
    if stop < 0:
        return end
    if end - stop > 400 or _CLAIM.match(text, stop + 1) or _FOUND.match(text, stop + 1, stop + 60):
        return stop + 1
    return end


def _reasoning_start(
    text: str, lines: Sequence[Line], body: int, order: tuple[int, int] | None, *, criminal: bool
) -> int:
    end = order[0] if order else len(text)
    inside = [line for line in lines if body <= line[0] < end]
    marks = [start for start, _ in inside if _OPINION.match(text, start)]
    if marks:
        return marks[-1] if criminal else _first_after_facts(text, inside, marks)
    marks = [start for start, _ in inside if _OPINION_LIKE.match(text, start)]
    if marks:
        return marks[-1]
    sentence = text.rfind("本院认为", body, end)
    if sentence >= 0:
        return sentence
    return inside[-1][0] if inside and order else end


def _first_after_facts(text: str, inside: Sequence[Line], marks: Sequence[int]) -> int:
    """In civil judgments 本院认为 also opens remarks on evidence before the facts are found."""
    found = [start for start, end in inside if _FOUND.match(text, start, min(end, start + 60))]
    last = found[-1] if found else 0
    return next((mark for mark in marks if mark > last), marks[-1])


def _found(text: str, lines: Sequence[Line], body: int, reasoning: int) -> int:
    for start, end in lines:
        if body <= start < reasoning and _FOUND.match(text, start, min(end, start + 60)):
            return start
    return reasoning
