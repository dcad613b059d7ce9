"""Case types as written before 2016 (民三初, 知民初, 执民 …) and what they are called today.

Each court composed its own letters, so this is a small grammar and no table. What it can't place it
refuses (`split_old_body`) or leaves open (`modern_type`); it never guesses a court.
"""

from __future__ import annotations

import re
from functools import lru_cache

# 刑, 民 and 行 follow only where one class letter qualifies another (知民初, 执民); elsewhere they
# start the type, because 行刑初 is 行唐县, 商民初 商丘市 and 保刑初 保定市.
_TRIBUNAL = "一二三四五六七八九十"
_TAIL = (
    rf"[{_TRIBUNAL}初终再监申抗提重他核复异恢协请令委确撤审执减假更保督催特破清辖调裁"
    "知商外少金环立家简速预赔未自上涉管访指担通判支决释公（）]"
)
_LEAD = "(?:知|立|少|审|重|非诉|非)?"
_TYPE = (
    rf"(?:{_LEAD}(?:民商|商民|刑附民|行赔|刑|民|行|商|经|知|赔|破|保|督|催|特|减|假|清|海商|海事|诉保|诉|国赔|法赔|委赔|确|司惩)"
    rf"|{_LEAD}(?:执|知|立|少)[刑民行商经]?){_TAIL}*"
)
_SPLIT = re.compile(rf"(?P<abbr>.*?)(?P<type>{_TYPE})$")
_SPLIT_NONEMPTY = re.compile(rf"(?P<abbr>.+?)(?P<type>{_TYPE})$")
# Letters that are also place names; alone at the head they are rather the place.
_PLACE_TOO = frozenset("行商经保清特诉海减假督破")
# Other offices whose papers look alike: notaries, prosecutors, appraisers, arbitrators …
_NO_COURT = re.compile(
    r"证|鉴|仲|标|评|局|委员|(?<!执)释|司法|检|公刑|公法|府行复|政复|政行|（公|公（"
)
_POLICE = re.compile(r"[公警狱]$")
_INSTANCE = re.compile("初|终|再|申|监|提|抗")


def split_old_body(body: str) -> tuple[str, str] | None:
    """Split 嘉桐刑初 into (嘉桐, 刑初); None when the letters are not those of a court case.

    The abbreviation may be empty: the Supreme Court's old numbers had none (民申字第1号).
    """
    if _NO_COURT.search(body):
        return None
    match = _SPLIT.match(body)
    if match and not match["abbr"] and body[0] in _PLACE_TOO:
        match = _SPLIT_NONEMPTY.match(body) or match
    if match is None:
        return None
    if _POLICE.search(match["abbr"]) and not _INSTANCE.search(match["type"]):
        return None
    return match["abbr"], match["type"]


_BRACKETED = re.compile("（.*?）")
_SKIP = re.compile(rf"[{_TRIBUNAL}外金环家简速预立少未自涉公（）]")
_CIVIL = ("民", "商", "经", "知", "海")
_STEPS = (
    ("辖终", "辖终"),
    ("辖", "辖"),
    ("再", "再"),
    ("提", "再"),
    ("申", "申"),
    ("抗", "抗"),
    ("监", "监"),
    ("终", "终"),
    ("初", "初"),
)
_ENFORCEMENT = (
    ("恢", "执恢"),
    ("异", "执异"),
    ("复", "执复"),
    ("监", "执监"),
    ("协", "执协"),
    ("保", "执保"),
)
_WHOLE = {
    "民特": "民特", "民催": "民催", "民督": "民督", "民他": "民他", "民撤": "民撤",
    "民破": "破", "破": "破",
    "督": "民督", "催": "民催", "特": "民特", "商破": "破",
    "刑他": "刑他", "刑核": "刑核", "刑复": "刑核", "刑更": "刑更",
    "刑执减": "刑更", "刑执假": "刑更",
    "减": "刑更", "假": "刑更", "刑减": "刑更", "刑假": "刑更",
    "行审": "行审", "非诉行审": "行审", "非行审": "行审", "行他": "行他",
    "刑重": "刑初", "民重": "民初",
    "执": "执", "执民": "执", "执刑": "执", "执行": "执", "执商": "执", "执他": "执他",
    "委赔": "委赔", "法赔": "法赔",
}  # fmt: skip


@lru_cache(maxsize=4096)
def modern_type(old: str) -> str | None:
    """Today's 类型代字 of an old type (民三终 → 民终, 民提 → 民再); None when unsure."""
    kind = _SKIP.sub("", _BRACKETED.sub("", old))
    if kind in _WHOLE:
        return _WHOLE[kind]
    if kind.startswith("执"):
        return next((new for sign, new in _ENFORCEMENT if sign in kind), None)
    family = _class_of(kind)
    step = next((new for sign, new in _STEPS if sign in kind), None)
    return family + step if family and step else None


def _class_of(kind: str) -> str | None:
    if "行赔" in kind:
        return "行赔"
    if "刑" in kind:
        return "刑"
    if "行" in kind:
        return "行"
    return "民" if kind.startswith(_CIVIL) else None
