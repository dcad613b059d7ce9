"""Parties with their printed roles, and whoever speaks for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shenguan.core.judgment.model import Agent, Field, Party, Span
from shenguan.core.judgment.text import Text

_PREFIX = r"(?:原审|一审|二审|再审|原)?(?:反诉|本诉)?"
_ROLE = (
    rf"{_PREFIX}(?:刑事)?附带民事(?:公益)?(?:诉讼)?(?:上诉|原告|被告|起诉)(?:人|单位)?|{_PREFIX}公诉机关|原公诉机关|抗诉机关|公益诉讼(?:起诉人|机关)|"
    rf"{_PREFIX}自诉人(?:暨附带民事诉讼原告人)?|{_PREFIX}被告(?:人|单位)?|{_PREFIX}原告(?:人|单位)?|(?:有独立请求权的?|无独立请求权的?)?{_PREFIX}第三人|"
    r"原审上诉(?:人|单位)|原审被上诉人|上诉(?:人|单位)|被上诉(?:人|单位)|再审申请人|申请再审人|被申请(?:再审)?人|申诉(?:人|单位)|被申诉人|"
    r"申请(?:人|机关)|罪犯|起诉人|异议人|被害(?:人|单位)|执行机关|利害关系人|赔偿(?:请求人|义务机关)|复议(?:申请人|机关)|被执行人|申请执行人|原审原告"
)
_PARTY = re.compile(rf"(?P<role>{_ROLE})(?P<below>(?:\([^()]{{1,40}}\))*)[:：]?\n?")
_AGENT = re.compile(
    r"(?:(?:以上|上述|上列|该|两|二|三|四|五|六|共同|[一-鿿]{0,12}?的)?[^\n,。:]{0,24}?(?:之|的)?(?:共同)?)?"
    r"(?P<role>(?:共同)?(?:委托|指定|法定|指派|援助|法律援助|特别授权|一般)?(?:的)?(?:共同)?(?:诉讼)?(?:代理人|辩护人|代表人|代表)|负责人|经营者|投资人|业主|翻译(?:人员|人)?|监护人)"
    r"(?:\([^()]{1,30}\))?[:：]?\n?"
)
# 示范（甲地）贸易有限公司 keeps its brackets; 甲某（曾用名乙某） and 甲店（个体工商户） end before them.
_NAME = re.compile(
    r"(?:\([^()\n]{1,30}\))?[^,。;:\n(]{1,60}(?:\([^()\n]{1,40}\)(?=[一-鿿])[^,。;:\n(]{1,40})*"
    r"(?:\([A-Za-z][^()\n]{1,80}\))?"
)
_SENTENCE = re.compile(
    r"(?<=[。;])(?=(?:被告|原告|第三人|委托|法定|诉讼|辩护人|上诉人|被上诉人|指定辩护|负责人|原审|代理人))"
)
_COMMON = re.compile(
    r"(?:上述|上列|以上|两|二|三|四|五|六|七|八|九|十|各|本案)[一二三四五六七八九十两]?(?:名|位)?(?:原审|附带|刑事|被告|原告|上诉|被上诉|第三)"
)
_FIRM = re.compile(
    r"[^,。;:\n、]{2,40}?(?:律师事务所(?:[^,。;:\n、]{0,8}?分所)?|法律服务所|法律援助中心)"
)
_UNNAMED = re.compile(r"(?:因|及|的|均|在|犯|以|被|于(?=[0-9同二])|[,。、;])")
_ALSO = re.compile(r"(?:暨|兼)[^,。;:\n]{0,40}?(?:法定代理人|诉讼代理人|代理人)[:：]?")
_ALSO_PARTY = re.compile(rf"[^,。;:\n]{{1,30}}?(?:法定代理人|诉讼代理人)(?:暨|兼)(?=(?:{_ROLE}))")
_NUMBERED = re.compile(r"(?:\(?[0-9一二三四五六七八九十]{1,3}[、.)])")
_TOLD = re.compile("自报(?:名)?:?")
_VICTIM = re.compile("被害|执行机关|赔偿义务")


@dataclass(slots=True)
class _Entry:
    role: str
    below: str | None
    span: Span
    name: str
    agents: list[Agent]


def read_parties(text: Text, where: tuple[int, int] | None) -> Field[tuple[Party, ...]]:
    """Everyone printed between head and course with a role of a party, agents below them."""
    if where is None:
        return Field(why="未见当事人部分")
    entries: list[_Entry] = []
    for start, end in _pieces(text.even, *where):
        found = _party(text, start, end)
        entries.extend(found)
        if not found and entries:
            entries[-1].agents.extend(_agents(text.even, start, end))
    if not entries:
        return Field(why="当事人部分未见诉讼地位")
    parties = tuple(Party(e.role, e.name, e.below, tuple(e.agents)) for e in entries)
    return Field(parties, tuple(e.span for e in entries))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines; and sentences of a line where one begins with a role of its own."""
    for line in re.finditer("[^\n]+", text[start:end]):
        at = start + line.start()
        for cut in _SENTENCE.finditer(text, at, start + line.end()):
            yield at, cut.start()
            at = cut.start()
        yield at, start + line.end()


def _party(text: Text, start: int, end: int) -> list[_Entry]:
    even = text.even
    for lead in (_NUMBERED, _ALSO_PARTY):
        found = lead.match(even, start, end)
        start = found.end() if found else start
    role = _PARTY.match(even, start, end)
    if role is None or _COMMON.match(even, start, end):
        return []
    also = _ALSO.match(even, role.end(), end)
    at = also.end() if also else role.end()
    told = _TOLD.match(even, at, end)
    at = told.end() if told else at
    if _UNNAMED.match(even, at) or (not also and _is_agent_line(even, at, end)):
        return []
    name = _NAME.match(even, at, end)
    if name is None or _VICTIM.match(role["role"]):
        return []
    below = role["below"].strip("()") or None
    span = text.span(start, name.end())
    names = _names(text.printed(*name.span()))
    return [_Entry(role["role"], below, span, each, []) for each in names]


def _names(printed: str) -> list[str]:
    """甲某、乙某 are two people, 甲乙、丙丁有限公司 is one company."""
    parts = printed.split("、")
    return parts if all(1 < len(part) <= 4 for part in parts) else [printed]


def _is_agent_line(text: str, start: int, end: int) -> bool:
    """原告甲某的委托代理人乙某 is a line of the agent, not of the plaintiff."""
    head = re.split("[,。;]", text[start : min(end, start + 40)], maxsplit=1)[0]
    return bool(re.search(r"(?:代理人|辩护人|代表人|监护人)", head))


def _agents(text: str, start: int, end: int) -> Iterator[Agent]:
    role = _AGENT.match(text, start, end)
    if role is None:
        return
    head = re.split("[,。;:(]", text[role.end() : end], maxsplit=1)[0]
    firm = _FIRM.search(text, role.end(), end)
    for name in re.split("[、和]", head):
        if 1 < len(name) <= 30:
            yield Agent(role["role"], name, firm[0] if firm else None)
