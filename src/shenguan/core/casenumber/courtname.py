"""Court names as printed: blanks out, parts told apart, so that 五华区 finds 昆明市五华区.

Printed names drop the province, the prefecture or the words 省 市 县 区, and counties become
districts (章丘市 → 章丘区). A name is cut into province, places in between and its own place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_BLANK = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_PROVINCE = re.compile(
    r"^(?:(北京|天津|上海|重庆)(?:市|(?!市))|(河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省|(内蒙古|广西|西藏|宁夏|新疆)(?:(?:壮族|回族|维吾尔)?自治区|(?!壮|回|维|自)))"
    r"(?!高级|第|铁路|生产建设|知识|金融)"
)
_COURT = re.compile(r"(高级|中级|基层)?(?:人民)?法院$")
_PEOPLES = (
    "回|彝|苗|傣|藏|壮|白|土家|哈尼|朝鲜|蒙古|维吾尔|哈萨克|布依|侗|瑶|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜"
    "|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|保安|裕固|京|独龙|满|各|羌族藏|多"
)
_UNIT = re.compile(
    rf"(?:.*(?:市|州|盟|地区))?(?P<core>.+?)(?:(?:(?:{_PEOPLES})族?)*自治[州县旗]|市|县|区|旗|地区|盟|特区)$"
)
_HIGHER = re.compile(r"(.+?)(?:(?:[一-龥]+族)?自治州|市|地区|盟)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """`province` without 省 (empty when not printed), `above`: places between, `core`: the last.

    `level`: 高级, 中级 or empty; `unit`: what follows the core (市, 县, 区, 彝族自治县 …).
    """

    province: str
    above: tuple[str, ...]
    core: str
    level: str
    unit: str

    @property
    def bare(self) -> bool:
        """A district alone (宝山区): several cities may have one of that name."""
        return self.unit == "区" and not self.province and not self.above


def tidy(name: str) -> str:
    """The name without blanks and without the state's name some seals put before it."""
    return _BLANK.sub("", name).removeprefix("中华人民共和国")


def without_province(name: str) -> str:
    """The name without the province at its head (北京市第一中级人民法院 keeps its 北京)."""
    return _PROVINCE.sub("", name)


@lru_cache(maxsize=1 << 14)
def parts_of(name: str) -> NameParts:
    """Cut a printed court name; `core` is the whole remainder where no unit word stands."""
    court = _COURT.search(name)
    place = name[: court.start()] if court else name
    level = (court[1] or "") if court else ""
    province = _PROVINCE.match(place)
    if province and province.end() < len(place):
        head = next(filter(None, province.groups()))
        place = place[province.end() :]
    else:
        head = ""
    unit = _UNIT.fullmatch(place)
    core = unit["core"] if unit else place
    above = place[: place.rindex(core)] if core in place else ""
    tail = place[place.rindex(core) + len(core) :]
    return NameParts(head, tuple(_HIGHER.findall(above)), core, level, tail)
