"""The decision under appeal or review: its number and its court."""

import re

from shenguan.core.judgment.head import FULL_BRACKETS, Head
from shenguan.core.judgment.model import Field
from shenguan.core.judgment.text import Text

_BELOW = ("二审", "再审", "再审审查", "死刑复核", "复核", "刑罚变更")
_NUMBER = re.compile(
    r"\([12][0-9lIO]{3}\)[^。;:()\n]{0,14}?(?:\([^()\n]{1,6}\)[^。;:()\n]{0,10}?)?[0-9]\n?号(?:之[一二三])?"
    r"(?:[、,][^。;:,\n()]{0,12}?[0-9]{1,6}号)*"
)
_DECIDED = re.compile(r"\n?[^,。;:\n(]{0,14}?(?:判决|裁定|调解)")
_ASIDE = re.compile("监|申|抗(?!终)|他字|赔|执|核|调解协议")
_COURT = re.compile(
    r"(?:(?:原审|一审|二审|原一审|原二审|再审)(?:人民)?法院|[一-鿿]{2,30}?法院|本院|我院|该院|"
    r"一中院|二中院|三中院|[一-鿿]{2,6}中院)"
)
_LEAD = re.compile(
    r".*(?:不服|依照|经由|经|由于|由|对于|针对|原系|系|因为|因|被|向|撤销|维持|审理的|发回|指令|移送|报请|提请|简称|通过|及其|是|并报|并|后|故|与|对|于)(?=[一-鿿]{4,})"
)
_STATE = "中华人民共和国"
_RELATIVE = re.compile("(?:原审|一审|二审|再审|原一审|原二审)(?:人民)?法院$")
_NOT_A_PLACE = "(?!撤销|维持|发回|不服|由|经|向|对|被|在|与|系|是|本案|原审|上诉)"
# The province or city that stands right before a court's name, at most so far from it.
_PLACE = re.compile(
    rf"(?:^|[\n,。;:、()”]|不服|由|经|向|撤销|维持|发回|是|为|对|于|被|{_STATE})"
    rf"({_NOT_A_PLACE}(?:(?!{_STATE})[一-鿿]{{1,8}}?(?:省|市|自治区|自治州|地区|盟)){{1,2}})\Z"
)
_FAR = 30
_NO_NAME = ("人民法院", "法院", "第一审法院", "第二审法院", "原法院")
# （…）号刑事裁定，裁定再审本案 opens the retrial, it isn't what is reviewed.
_REOPENED = re.compile(r"[^。;,\n]{0,12},?(?:裁定|决定)(?:书)?[,:]?[^。;,\n]{0,10}(?:再审|提审)")
# Nor is the ruling that sets the first judgment aside and sends the case back.
_REMANDED = re.compile(r"[^。;,]{0,14}?(?:判决|裁定)书?[,:]?[^。;,]{0,8}(?:撤销|发回|发还)")
_OWN = ("本院", "我院")
_UPHELD = re.compile(r"维持原判|维持[^。;]{0,30}(?:判决|裁定)|驳回上诉|驳回抗诉")


def read_prior(
    text: Text, stretches: list[tuple[int, int]], head: Head
) -> tuple[Field[str], Field[str]]:
    """Number and court of the decision reviewed, from the course, else from what follows it."""
    instance = head.instance.value
    if instance not in _BELOW:
        why = "一审案件，无原审裁判" if instance == "一审" else "审级不明"
        return Field(why=why), Field(why=why)
    for start, end in stretches:
        found = _decisions(text, start, end, head)
        if found:
            return _fields(text, found[-1], head.court.value)
    why = "审理经过未写明原审裁判"
    return Field(why=why), Field(why=why)


Decision = tuple[tuple[int, int], tuple[int, int] | None]


def _decisions(text: Text, start: int, end: int, head: Head) -> list[Decision]:
    """Judgments and rulings with the court named before each, in order of first mention."""
    found: list[Decision] = []
    seen = {head.case_number.value}
    for each in _NUMBER.finditer(text.even, start, end):
        printed = text.printed(*each.span()).translate(FULL_BRACKETS)
        if printed in seen or not _reviewable(text.even, each):
            continue
        seen.add(printed)
        where = _court_before(text.even, start, each.start())
        own = where is not None and text.even[slice(*where)] in _OWN
        if not (own and head.instance.value == "二审"):
            found.append((each.span(), where))
    return found


def _reviewable(text: str, each: re.Match[str]) -> bool:
    if _ASIDE.search(each[0]) or not _DECIDED.match(text, each.end()):
        return False
    return not (_REOPENED.match(text, each.end()) or _REMANDED.match(text, each.end()))


def _court_before(text: str, start: int, at: int) -> tuple[int, int] | None:
    """The last court named before the number; 该院 and 原审法院 go back to a name in full."""
    named = [
        _trimmed(text, *each.span()) for each in _COURT.finditer(text, max(start, at - 600), at)
    ]
    for where in reversed(named):
        name = text[slice(*where)]
        if name in _NO_NAME:
            continue
        if name in _OWN or (name.endswith("法院") and not _RELATIVE.search(name)):
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
    number = text.printed(*at).translate(FULL_BRACKETS)
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
    places = (each.start() for each in re.finditer(re.escape(name), text.even))
    found = (_PLACE.search(text.even, max(0, at - _FAR), at) for at in places)
    return max((each[1] for each in found if each), key=len, default="") + name
