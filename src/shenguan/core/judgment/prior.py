"""The decision under appeal or review: its number and its court."""

import re

from shenguan.core.judgment.model import Field
from shenguan.core.judgment.text import Text

_BELOW = ("二审", "再审", "再审审查", "死刑复核", "复核", "刑罚变更")
_NUMBER = re.compile(
    r"\([12][0-9lIO]{3}\)[^。;:()\n]{0,14}?(?:\([^()\n]{1,6}\)[^。;:()\n]{0,10}?)?[0-9]\n?号(?:之[一二三])?"
    r"(?:[、,][^。;:,\n()]{0,12}?[0-9]{1,6}号)*"
)
_DECIDED = re.compile(
    r"\n?[”\"]?(?:的|《)?(?:一审|二审|再审|终审|生效)?(?:刑事|民事|行政)?(?:附带民事)?(?:部分)?(?:判决|裁定|调解)"
)
_ASIDE = re.compile("监|申|抗|他字|赔|执")
_COURT = re.compile(
    r"(?:[一-鿿]{2,30}?(?:人民|中级|高级|知识产权|海事|铁路运输|互联网|金融|军事)法院|本院|我院|该院|"
    r"(?:原审|一审|二审|原一审|原二审|再审)(?:人民)?法院|一中院|二中院|三中院|[一-鿿]{2,6}中院)"
)
_LEAD = re.compile(
    r".*(?:不服|依照|经由|经|由于|由|对于|针对|原系|系|因为|因|被|向|撤销|维持|审理的|发回|指令|移送|报请|提请|简称|通过|及其|是|并报|并|后|故|与|对|于)(?=[一-鿿]{4,})"
)
_STATE = "中华人民共和国"
_SEARCHED = 8000  # characters in which a court is first named in full
_OWN = ("本院", "我院")
_UPHELD = re.compile(r"维持原判|维持[^。;]{0,30}(?:判决|裁定)|驳回上诉|驳回抗诉")


def read_prior(
    text: Text, stretches: list[tuple[int, int]], instance: str | None, court: str | None
) -> tuple[Field[str], Field[str]]:
    """Number and court of the decision reviewed, from the course, else from the whole text."""
    if instance not in _BELOW:
        why = "一审案件，无原审裁判" if instance == "一审" else "审级不明"
        return Field(why=why), Field(why=why)
    for start, end in stretches:
        found = _decisions(text.even, start, end, other_only=instance == "二审")
        if found:
            return _fields(text, found[-1], court)
    why = "审理经过未写明原审裁判"
    return Field(why=why), Field(why=why)


Decision = tuple[tuple[int, int], tuple[int, int] | None]


def _decisions(text: str, start: int, end: int, *, other_only: bool) -> list[Decision]:
    """Numbers of judgments and rulings with the court named before each, in their order."""
    found: list[Decision] = []
    for each in _NUMBER.finditer(text, start, end):
        if _ASIDE.search(each[0]) or not _DECIDED.match(text, each.end()):
            continue
        where = _court_before(text, start, each.start())
        if other_only and where and text[slice(*where)] in _OWN:
            continue
        found.append((each.span(), where))
    return found


def _court_before(text: str, start: int, at: int) -> tuple[int, int] | None:
    """The last court named before the number; 该院 and 原审法院 go back to a name in full."""
    named = [
        _trimmed(text, *each.span()) for each in _COURT.finditer(text, max(start, at - 600), at)
    ]
    for where in reversed(named):
        name = text[slice(*where)]
        if name.endswith("法院") and name[:2] not in (
            "原审",
            "一审",
            "二审",
            "再审",
            "原一",
            "原二",
        ):
            return where
        if name in _OWN:
            return where
    return named[-1] if named else None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text, start, end - 4)
    start = lead.end() if lead and text[start:end] not in _OWN else start
    while text.startswith(_STATE, start):
        start += len(_STATE)
    return start, end


def _fields(text: Text, decision: Decision, court: str | None) -> tuple[Field[str], Field[str]]:
    at, where = decision
    number = text.printed(*at).translate(_FULL)
    numbered = Field(number, (text.span(*at),))
    if where is None:
        return numbered, Field(why="原审案号前未写明法院")
    name = text.printed(*where)
    spans = (text.span(*where),)
    if name in _OWN:
        return numbered, Field(court, spans, None if court else "“本院”名称未印")
    return numbered, Field(_full_name(text, name), spans)


def _full_name(text: Text, name: str) -> str:
    """The fullest form the head and course print of that court: with its province or city."""
    longer = re.compile(
        rf"(?:^|[\n,。;:、()”]|不服|由|经|向|撤销|维持|发回|是|为|对|于|被|{_STATE})"
        rf"((?:(?!{_STATE})[一-鿿]{{1,8}}?(?:省|市|自治区|自治州|地区|盟)){{1,2}}{re.escape(name)})"
    )
    found = [each[1] for each in longer.finditer(text.even, 0, _SEARCHED)]
    return max(found, key=len, default=name)


_FULL = {ord(a): b for marks, b in (("([〔［【", "（"), (")]〕］】", "）")) for a in marks}
