"""示范市: its courts, divisions, teams and people. Every name is plainly invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle

from shenguan.lab.simulate.parameters import (
    CASES_PER_JUDGE_YEAR,
    COURT_WEIGHTS,
    INTERMEDIATE,
    INTERMEDIATE_SHARE,
    PROFILES,
    Profile,
)

STEMS = "甲乙丙丁戊己庚辛壬癸"
DISTRICTS = ("区", "区", "区", "区", "县", "县", "县", "市", "县")
DIGITS = "零一二三四五六七八九"
CITY_MARK = "子"
HIGH_COURT = "示范省高级人民法院"

# division → (kind, share of the court's cases, fewest judges)
BASIC_DIVISIONS: Mapping[str, tuple[str, float, int]] = {
    "立案庭": ("庭室", 0.16, 1),
    "民事审判第一庭": ("庭室", 0.19, 2),
    "民事审判第二庭": ("庭室", 0.19, 2),
    "城关人民法庭": ("人民法庭", 0.11, 1),
    "刑事审判庭": ("庭室", 0.07, 1),
    "行政审判庭": ("庭室", 0.03, 1),
    "执行局": ("执行局", 0.25, 2),
}
INTERMEDIATE_DIVISIONS: Mapping[str, tuple[str, float, int]] = {
    "立案庭": ("庭室", 0.14, 1),
    "刑事审判第一庭": ("庭室", 0.06, 1),
    "刑事审判第二庭": ("庭室", 0.25, 1),
    "民事审判第一庭": ("庭室", 0.18, 2),
    "民事审判第二庭": ("庭室", 0.18, 2),
    "行政审判庭": ("庭室", 0.06, 1),
    "审判监督庭": ("庭室", 0.04, 1),
    "清算与破产审判庭": ("庭室", 0.03, 1),
    "执行局": ("执行局", 0.06, 1),
}
OFFICES = ("审判管理办公室", "政治部", "督察室")
CHARGES = (("民事",), ("刑事", "行政", "监督"), ("执行", "立案", "法庭", "清算"))
"""What each vice-president is in charge of, by words in the names of divisions."""
CHIEFS = {"执行局": "执行局局长", "人民法庭": "人民法庭庭长"}
TEAMS: Mapping[str, str] = {
    "立案庭": "速裁团队",
    "民事审判第二庭": "商事团队",
    "民事审判第一庭": "家事团队",
    "执行局": "执行实施团队",
}
"""Division → the team its judges also sit in: teams run beside the divisions."""

BASIC_HOME: Mapping[str, str] = {
    "刑初": "刑事审判庭",
    "行初": "行政审判庭",
    "行审": "行政审判庭",
    "执": "执行局",
    "执恢": "执行局",
    "执保": "执行局",
    "执异": "执行局",
    "民特": "立案庭",
    "民督": "立案庭",
    "诉前调书": "立案庭",
    "财保": "立案庭",
    "民保令": "民事审判第一庭",
}
INTERMEDIATE_HOME: Mapping[str, str] = {
    "刑初": "刑事审判第一庭",
    "刑终": "刑事审判第一庭",
    "刑更": "刑事审判第二庭",
    "刑申": "审判监督庭",
    "民申": "审判监督庭",
    "民再": "审判监督庭",
    "民辖终": "立案庭",
    "财保": "立案庭",
    "民特": "立案庭",
    "行初": "行政审判庭",
    "行终": "行政审判庭",
    "委赔": "行政审判庭",
    "执": "执行局",
    "执恢": "执行局",
    "执异": "执行局",
    "执复": "执行局",
    "破申": "清算与破产审判庭",
    "破": "清算与破产审判庭",
}
FIRST_CIVIL = frozenset(
    {
        "离婚纠纷",
        "抚养费纠纷",
        "变更抚养关系纠纷",
        "法定继承纠纷",
        "劳动争议",
        "追索劳动报酬纠纷",
        "机动车交通事故责任纠纷",
        "生命权、身体权、健康权纠纷",
        "物业服务合同纠纷",
    }
)


@dataclass(frozen=True, slots=True)
class SimPost:
    """Someone in a post, perhaps in a division and in a team beside it."""

    name: str
    post: str
    division: str = ""
    team: str = ""
    serves: str = ""
    """The judge whom an assistant or a clerk works for."""


@dataclass(slots=True)
class SimDivision:
    """A division and the judges cases are dealt to, in turn."""

    name: str
    kind: str
    judges: list[str]
    _turn: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self._turn = cycle(self.judges)

    def deal(self) -> str:
        """Return the judge whose turn it is."""
        return next(self._turn)


@dataclass(slots=True)
class SimCourt:
    """One court with its way of working."""

    index: int
    code: str
    name: str
    level: str
    profile: Profile
    divisions: dict[str, SimDivision]
    posts: list[SimPost]

    def division_for(self, type_code: str, cause: str, point: float) -> SimDivision:
        """Return the division that takes such a case; `point` sends a fifth to the people's tribunal."""
        home = (INTERMEDIATE_HOME if self.index == 0 else BASIC_HOME).get(type_code)
        if home is None:
            home = "民事审判第一庭" if cause in FIRST_CIVIL else "民事审判第二庭"
            if self.index and point < 0.22:
                home = "城关人民法庭"
        return self.divisions[home]


def numeral(n: int) -> str:
    """Write 1–99 the Chinese way, larger numbers digit by digit."""
    if n >= 100:
        return "".join(DIGITS[int(d)] for d in str(n))
    tens, ones = divmod(n, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def build_city(cases: int, courts: int, years: float) -> list[SimCourt]:
    """Return the intermediate court and `courts` − 1 basic ones, staffed for `cases` in `years`."""
    weights = [COURT_WEIGHTS[(n - 1) % len(COURT_WEIGHTS)] for n in range(1, courts)]
    yearly = cases / years
    # about half again comes to the intermediate court as appeals of what the basic ones decide
    city = [_court(0, yearly * INTERMEDIATE_SHARE * 1.6)]
    rest = yearly * (1 - INTERMEDIATE_SHARE * 1.6)
    city += [_court(n, rest * weight / sum(weights)) for n, weight in enumerate(weights, 1)]
    return city


def _court(index: int, yearly: float) -> SimCourt:
    if index == 0:
        code, name, level, profile = "示01", "示范市中级人民法院", "中级", INTERMEDIATE
        table, mark = INTERMEDIATE_DIVISIONS, CITY_MARK
    else:
        place, mark = _place(index)
        code, name, level = f"示01{index:02d}", f"示范市{place}人民法院", "基层"
        profile = PROFILES[1 + (index - 1) % (len(PROFILES) - 1)]
        table = BASIC_DIVISIONS
    divisions, posts = _staff(table, mark, yearly)
    return SimCourt(index, code, name, level, profile, divisions, posts)


def _place(index: int) -> tuple[str, str]:
    lap, seat = divmod(index - 1, len(DISTRICTS))
    mark = STEMS[seat] + (numeral(lap + 1) if lap else "")
    return mark + DISTRICTS[seat], mark


def _staff(
    table: Mapping[str, tuple[str, float, int]], mark: str, yearly: float
) -> tuple[dict[str, SimDivision], list[SimPost]]:
    divisions: dict[str, SimDivision] = {}
    posts = _leaders(table, mark)
    serial = 0
    for name, (kind, share, fewest) in table.items():
        size = max(fewest, round(share * yearly / CASES_PER_JUDGE_YEAR))
        judges = [f"法官{mark}{numeral(serial + n)}" for n in range(1, size + 1)]
        divisions[name] = SimDivision(name, kind, judges)
        posts += _division_posts(name, kind, judges, mark, serial)
        serial += size
    return divisions, posts


def _leaders(table: Mapping[str, tuple[str, float, int]], mark: str) -> list[SimPost]:
    """The president, vice-presidents with the divisions in their charge, the offices."""
    posts = [SimPost(f"院长{mark}一", "院长")]
    for n, words in enumerate(CHARGES, 1):
        charge = [name for name in table if any(word in name for word in words)]
        posts += [SimPost(f"副院长{mark}{numeral(n)}", "分管副院长", name) for name in charge]
    office, politics, inspection = OFFICES
    return [
        *posts,
        SimPost(f"审管{mark}一", "审管办主任", office),
        SimPost(f"审管{mark}二", "审管办工作人员", office),
        SimPost(f"审管{mark}三", "司法统计人员", office),
        SimPost(f"政工{mark}一", "考核人员", politics),
        SimPost(f"督察{mark}一", "督察人员", inspection),
        # the three administrators are three people and see no case
        SimPost(f"系统{mark}一", "系统管理员"),
        SimPost(f"安全{mark}一", "安全管理员"),
        SimPost(f"审计{mark}一", "审计管理员"),
    ]


def _division_posts(
    name: str, kind: str, judges: list[str], mark: str, serial: int
) -> list[SimPost]:
    team = TEAMS.get(name, "")
    # a head who is the division's only judge would make every case a leader's
    head = judges[0] if len(judges) > 1 else f"庭长{mark}{numeral(serial + 1)}"
    posts = [SimPost(head, CHIEFS.get(kind, "庭长"), name)]
    if len(judges) > 2:
        posts.append(SimPost(judges[1], "副庭长", name))
    for n, judge in enumerate(judges, serial + 1):
        post = "执行法官" if kind == "执行局" else "法官"
        posts.append(SimPost(judge, post, name, team))
        posts.append(SimPost(f"助理{mark}{numeral(n)}", "法官助理", name, team, judge))
        posts.append(SimPost(f"书记员{mark}{numeral(n)}", "书记员", name, team, judge))
    if name == "立案庭":
        posts.append(SimPost(f"立案{mark}一", "立案庭工作人员", name))
    return posts
