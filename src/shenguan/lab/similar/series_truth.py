"""A synthetic docket whose series are known: it shares no function with the detector.

Stories are put together from clauses; the cases of a series tell one story with other people, flats,
days and amounts. Noise, in five levels, leaves clauses out, puts them elsewhere, adds remarks of the
single case, replaces words and misspells, and loses or mistypes the numbers of parties. Beside the
series stand cases of the same court and cause that tell their own story, another case of the series'
company, and copies of its template in other courts with other parties.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from shenguan.core.similar.series import Filed, Litigant
from shenguan.lab.similar.identity import Somebody, given, number

LEVELS = (0, 1, 2, 3, 4)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "示范例样拟构虚甲乙丙丁戊己庚辛壬癸"
_CAUSES = (
    "物业服务合同纠纷",
    "商品房预售合同纠纷",
    "劳动争议",
    "民间借贷纠纷",
    "信用卡纠纷",
    "房屋租赁合同纠纷",
)
_COURTS = tuple(f"示范市{each}区人民法院" for each in "东西南北中")
_WHO = (
    "业主",
    "买受人",
    "劳动者",
    "借款人",
    "持卡人",
    "承租人",
    "住户",
    "客户",
    "订约方",
    "使用人",
)
_DID = (
    "未按约交纳费用",
    "逾期交付房屋",
    "停发工资并拒绝补缴",
    "到期拒不归还本金",
    "透支后经催收不还",
    "拖欠租金并擅自转租",
    "擅自改变房屋用途",
    "未办理产权登记",
    "单方变更工作岗位",
    "未提供约定的服务",
    "未公示收支明细",
    "电梯长期停运",
    "墙面渗水未予维修",
    "绿化面积少于约定",
    "拒绝返还押金",
    "未出具结算单据",
)
_WHEN = (
    "签订书面约定后",
    "交付使用以来",
    "经多次催告之后",
    "协商未果的情况下",
    "合同期满之时",
    "接到通知以后",
    "当年供暖季开始前",
    "验收手续完成之日起",
)
_WHERE = (
    "在售楼现场",
    "于住所所在小区",
    "在营业网点柜台",
    "通过网络平台",
    "在单位人事部门",
    "于施工现场",
    "经居委会见证",
    "在合同约定地点",
)
_THEN = (
    "致使对方多次交涉无果",
    "由此产生相应滞纳款项",
    "造成居住使用严重不便",
    "引发群体投诉信访",
    "导致合同目的难以实现",
    "遂向主管部门反映情况",
    "后经人民调解委员会调解未成",
    "对方曾出具承诺书予以确认",
    "双方为此重新核对账目",
    "曾以公告方式通知各户",
)
_OWN = (
    "庭审中其称曾因外出务工未收到通知",
    "其另行提交了维修照片若干",
    "其配偶到庭作证证实居住情况",
    "其主张已经向前任管理人员付清",
    "其对签名真实性提出异议后撤回",
    "其表示愿意分期履行但对方不同意",
    "其提交的收据因缺少印章未被采信",
    "其自述患病住院期间无人照看房屋",
)
_PAIRS_OF_LETTERS = (
    "楼道车位消防外墙水泵阳台地库供暖门禁监控屋面保温管井配电栏杆路灯天窗水表燃气通风排烟地砖幕墙景观"
    "围挡沙盘定金尾款首付按揭网签备案公摊钥匙装修图纸竣工验收监理工期加班考勤社保年假调岗病假奖金提成"
    "绩效竞业培训解聘离职档案工牌食堂宿舍账单利息罚息分期额度年费刷卡密码短信征信催收委托转账现金收条"
    "欠条保证抵押质押展期续借押金转租水费电费腾退家具空调漏水噪音采光通行围墙菜窖苗木鱼塘机井大棚化肥"
    "种子农机收割仓储运输冷链包装样品发票对账返利加盟招牌设备维保配件电池"
)
_THINGS = [_PAIRS_OF_LETTERS[at : at + 2] for at in range(0, len(_PAIRS_OF_LETTERS), 2)]
_COMMON = ("本院依法适用简易程序公开开庭进行了审理", "上述事实有当事人陈述及书证在案佐证")
_SWAPS = (
    ("房屋", "房产"),
    ("约定", "约好"),
    ("多次", "屡次"),
    ("未", "没有"),
    ("通知", "告知"),
    ("合同", "契约"),
    ("致使", "使得"),
    ("费用", "款项"),
)


@dataclass(frozen=True, slots=True)
class Docket:
    """Cases by id and the true groups."""

    cases: dict[str, Filed]
    series: tuple[frozenset[str], ...]

    def pairs(self) -> set[tuple[str, str]]:
        """Every pair of one series, ids in order."""
        return {(a, b) for group in self.series for a in group for b in group if a < b}


def docket(level: int, *, groups: int = 40, singles: int = 300, seed: int = 0) -> Docket:
    """A docket with noise of `level` 0–4."""
    dice = random.Random(f"{seed}/{level}")
    cases: dict[str, Filed] = {}
    series = []
    for nth in range(groups):
        series.append(frozenset(_series(dice, level, nth, cases)))
    for nth in range(singles):
        _single(dice, nth, cases)
    return Docket(cases, tuple(series))


def _series(dice: random.Random, level: int, nth: int, cases: dict[str, Filed]) -> list[str]:
    """One story, three to twelve cases of one company; a case of its own; the template elsewhere."""
    court, cause, firm = dice.choice(_COURTS), dice.choice(_CAUSES), _firm(dice)
    story = _story(dice, dice.randint(6, 10))
    sues = dice.random() < 0.5
    members = []
    for n in range(dice.randint(3, 12)):
        key = f"系列{nth}-{n}"
        cases[key] = _case(dice, key, story, level, court, cause, firm, sues=sues)
        members.append(key)
    elsewhere = dice.choice([each for each in _COURTS if each != court])
    other = f"同企业另案{nth}"
    own = _story(dice, len(story) - len(_COMMON))
    cases[other] = _case(dice, other, own, level, court, cause, firm, sues=sues)
    copy = f"模板{nth}"
    cases[copy] = _case(dice, copy, story, level, elsewhere, cause, _firm(dice), sues=sues)
    return members


def _single(dice: random.Random, nth: int, cases: dict[str, Filed]) -> None:
    key = f"单案{nth}"
    story = _story(dice, dice.randint(5, 10))
    place = dice.choice(_COURTS), dice.choice(_CAUSES), _firm(dice)
    cases[key] = _case(dice, key, story, 1, *place, sues=dice.random() < 0.5)


def _story(dice: random.Random, clauses: int) -> list[str]:
    """Clauses of one story; {who} and numbers are filled in for each case."""
    told = [
        f"{dice.choice(_WHEN)}，{dice.choice(_WHO)}{{who}}{dice.choice(_WHERE)}与{{firm}}就{_detail(dice)}发生争议，"
        f"{dice.choice(_DID)}，{_detail(dice)}，{dice.choice(_THEN)}，涉及{_detail(dice)}款项{{amount}}元"
        for _ in range(clauses)
    ]
    return [*told, *_COMMON]


def _detail(dice: random.Random) -> str:
    """A circumstance of this story alone."""
    return "".join(dice.choice(_THINGS) for _ in range(dice.randint(3, 6)))


def _case(
    dice: random.Random, key: str, story: Sequence[str], level: int, court: str, cause: str,
    firm: Somebody, *, sues: bool,
) -> Filed:  # fmt: skip
    who = _person(dice)
    told = _noisy(dice, story, level)
    filled = [
        clause.replace("{who}", who.name)
        .replace("{firm}", firm.name)
        .replace("{amount}", str(dice.randint(900, 99_999)))
        for clause in told
    ]
    day = f"{dice.randint(2019, 2025)}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日，"
    roles = ("被告", "原告") if sues else ("原告", "被告")
    litigants = tuple(
        Litigant(each.name, role, given(dice, level, each))
        for each, role in zip((who, firm), roles, strict=True)
    )
    return Filed(key, day + "。".join(filled) + "。", court, cause, litigants)


def _noisy(dice: random.Random, story: Sequence[str], level: int) -> list[str]:
    """Level 0 changes nothing; each further level does more of everything."""
    told = [clause for clause in story if dice.random() >= 0.05 * level] or list(story)
    for _ in range(level // 2):
        told.insert(dice.randrange(len(told)), told.pop(dice.randrange(len(told))))
    for _ in range(level):
        told.insert(dice.randrange(len(told) + 1), dice.choice(_OWN))
    return [_misspelt(dice, _reworded(dice, clause, level), level) for clause in told]


def _reworded(dice: random.Random, clause: str, level: int) -> str:
    for old, new in _SWAPS:
        if dice.random() < 0.1 * level:
            clause = clause.replace(old, new)
    return clause


def _misspelt(dice: random.Random, clause: str, level: int) -> str:
    letters = list(clause)
    for at, letter in enumerate(letters):
        if "\u4e00" <= letter <= "\u9fff" and dice.random() < 0.01 * level:
            letters[at] = chr(dice.randint(0x4E00, 0x9FA5))
    return "".join(letters)


def _person(dice: random.Random) -> Somebody:
    name = dice.choice(_SURNAMES) + "".join(dice.choice(_GIVEN) for _ in range(2))
    return Somebody(name, number(dice))


def _firm(dice: random.Random) -> Somebody:
    name = "".join(dice.choice(_GIVEN) for _ in range(3))
    trade = dice.choice(["物业", "置业", "建设", "商贸"])
    return Somebody(f"示范市{name}{trade}有限公司", number(dice))
