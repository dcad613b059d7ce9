"""Synthetic dockets whose linked pairs are known; no function is shared with the detector.

Each dispute has its parties, and cases linked in four ways: an instance above cites the one below, the
same parties sue over something else, one party meets others over like facts, one contract binds strangers.
Beside them stand namesakes, which aren't linked, and other cases of the same party over other matters, which
are by nothing but the party. Noise, in five levels: names printed with and without legal form, blanks and
brackets, numbers and marks in other brackets and dashes, clauses left out, letters misspelt, identity numbers
missing or mistyped.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations

from shenguan.lab.similar.identity import Somebody, given, number

LEVELS = (0, 1, 2, 3, 4)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "示范例样拟构虚甲乙丙丁戊己庚辛壬癸子丑寅卯"
_CAUSES = (
    "买卖合同纠纷",
    "民间借贷纠纷",
    "劳动争议",
    "房屋租赁合同纠纷",
    "保险纠纷",
    "承揽合同纠纷",
)
_COURT, _ABOVE = "示范市示范区人民法院", "示范市中级人民法院"
_ACTS = [
    "交付货物",
    "拖欠价款",
    "停发工资",
    "擅自转租",
    "拒绝理赔",
    "迟延完工",
    "单方解约",
    "隐瞒瑕疵",
    "扣留押金",
    "拒绝验收",
    "更换场地",
    "追加定作",
]
_THINGS = [
    "仓库",
    "生产线",
    "门面",
    "设备",
    "宿舍",
    "车辆",
    "幕墙",
    "管道",
    "展柜",
    "电缆",
    "锅炉",
    "冷库",
    "苗木",
    "钢架",
    "印刷",
    "包装",
]
_WAYS = [
    "经函告催促后",
    "在结算过程中",
    "于约定期满时",
    "未经协商即",
    "由项目经理签字后",
    "在试运行期间",
    "因图纸变更",
]


@dataclass(frozen=True, slots=True)
class Printed:
    """A case as its papers print it; `parties`: role, name and hash of the number, noise and all."""

    id: str
    court: str
    number: str
    cause: str
    parties: tuple[tuple[str, str, str], ...]
    text: str
    prior: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """Cases by id, the pairs that are linked, and the pairs that share a party beyond those."""

    cases: dict[str, Printed]
    pairs: frozenset[tuple[str, str]]
    by_party: frozenset[tuple[str, str]]


class _Maker:
    def __init__(self, level: int, seed: int) -> None:
        self.dice = random.Random(100 * seed + level)
        self.level = level
        self.cases: dict[str, Printed] = {}
        self.pairs: set[tuple[str, str]] = set()
        self.people: dict[str, set[str]] = {}  # by their number: their cases
        self.serial = 0

    def add(
        self, court: str, cause: str, parties: list[Somebody], story: list[str], mark: str = "",
        prior: Printed | None = None,
    ) -> Printed:  # fmt: skip
        self.serial += 1
        letters = "民终" if court == _ABOVE else "民初"
        code = "示01" if court == _ABOVE else "示0102"
        roles = ("原告", "被告", "第三人", "第三人")
        named = tuple(
            (roles[n], self.printed(each.name), given(self.dice, self.level, each))
            for n, each in enumerate(parties)
        )
        told = "。".join(self.noisy(story))
        if mark:
            told = (
                f"双方签订合同编号{self.dice.choice(['：', '为', ''])}{self.dashed(mark)}号。{told}"
            )
        cited = (prior.court, self.bracketed(prior.number)) if prior else None
        printed = f"（2025）{code}{letters}{self.serial}号"
        made = Printed(f"案{self.serial}", court, printed, cause, named, told, cited)
        self.cases[made.id] = made
        for each in parties:
            self.people.setdefault(each.number, set()).add(made.id)
        return made

    def link(self, *cases: Printed) -> None:
        """All of them belong together."""
        self.pairs.update(combinations(sorted(each.id for each in cases), 2))

    def by_party(self) -> frozenset[tuple[str, str]]:
        """Pairs that share a party and nothing else."""
        shared = {p for held in self.people.values() for p in combinations(sorted(held), 2)}
        return frozenset(shared - self.pairs)

    def printed(self, name: str) -> str:
        if not name.endswith("公司") or self.dice.random() >= 0.2 * self.level:
            return name
        ways = (
            name.replace("有限公司", "有限责任公司"),
            name.replace("有限公司", "公司"),
            name.replace("示范市", "示范市 "),
            name.replace("示范市", "（示范市）"),
        )
        return self.dice.choice(ways)

    def bracketed(self, number: str) -> str:
        if self.dice.random() >= 0.25 * self.level:
            return number
        left, right = self.dice.choice(("()", "〔〕", "[]"))
        return number.replace("（", left).replace("）", right)

    def dashed(self, mark: str) -> str:
        dash = self.dice.choice("-—－" if self.level > 2 else "-—") if self.level else "-"
        return mark.replace("-", dash)

    def noisy(self, story: list[str]) -> list[str]:
        kept = [each for each in story if self.dice.random() >= 0.06 * self.level] or story[:1]
        return [self.misspelt(each) for each in kept]

    def misspelt(self, clause: str) -> str:
        letters = [
            chr(self.dice.randint(0x4E00, 0x9FA5)) if self.dice.random() < 0.01 * self.level else c
            for c in clause
        ]
        return "".join(letters)

    def story(self) -> list[str]:
        dice = self.dice
        return [
            f"{dice.choice(_WAYS)}{dice.choice(_ACTS)}，涉及{''.join(dice.sample(_THINGS, 4))}，"
            f"{dice.choice(_ACTS)}，另就{''.join(dice.sample(_THINGS, 3))}{dice.choice(_ACTS)}，"
            f"款项{dice.randint(900, 99999)}元"
            for _ in range(8)
        ]

    def person(self) -> Somebody:
        name = self.dice.choice(_SURNAMES) + "".join(self.dice.choice(_GIVEN) for _ in range(2))
        return Somebody(name, number(self.dice))

    def firm(self) -> Somebody:
        name = "".join(self.dice.choice(_GIVEN) for _ in range(4))
        trade = self.dice.choice(["置业", "商贸", "建设", "保险"])
        return Somebody(f"示范市{name}{trade}有限公司", number(self.dice))


def docket(level: int, *, disputes: int = 60, seed: int = 0) -> Truth:
    """A docket of one noise level, always the same for one seed."""
    maker = _Maker(level, seed)
    for _ in range(disputes):
        _dispute(maker)
    for _ in range(disputes):
        cause = maker.dice.choice(_CAUSES)
        maker.add(_COURT, cause, [maker.person(), maker.firm()], maker.story())
    return Truth(maker.cases, frozenset(maker.pairs), maker.by_party())


def _dispute(maker: _Maker) -> None:
    dice = maker.dice
    who, firm, cause, story = maker.person(), maker.firm(), dice.choice(_CAUSES), maker.story()
    first = maker.add(_COURT, cause, [who, firm], story)
    together = [first]
    if dice.random() < 0.5:
        together.append(maker.add(_ABOVE, cause, [firm, who], story, prior=first))
    if dice.random() < 0.4:
        other = dice.choice([each for each in _CAUSES if each != cause])
        together.append(maker.add(_COURT, other, [firm, who], maker.story()))
    maker.link(*together)
    if dice.random() < 0.5:
        alike = [maker.add(_COURT, cause, [maker.person(), firm], story) for _ in range(2)]
        same = [each for each in together if each.cause == cause]
        maker.link(*alike, *same)
    if dice.random() < 0.3:
        mark = f"SF-{dice.randint(2019, 2025)}-{dice.randint(10_000, 99_999)}"
        bound = [
            maker.add(
                _COURT, dice.choice(_CAUSES), [maker.person(), maker.firm()], maker.story(), mark
            )
            for _ in range(2)
        ]
        maker.link(*bound)
    if dice.random() < 0.3:  # a namesake, or one of them over another matter
        another = dice.choice([Somebody(who.name, number(dice)), who, firm])
        maker.add(_COURT, dice.choice(_CAUSES), [another, maker.firm()], maker.story())
