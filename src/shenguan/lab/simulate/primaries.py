"""First cases: which court, which type, which cause, between whom; and the plaintiffs who sue in series."""

from __future__ import annotations

from shenguan.lab.simulate import names
from shenguan.lab.simulate.cases import Filing
from shenguan.lab.simulate.city import SimCourt
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.parameters import (
    ADMINISTRATIVE_CAUSES,
    BASIC_TYPES,
    CIVIL_CAUSES,
    COURT_WEIGHTS,
    CRIMINAL_CAUSES,
    FINANCE_CAUSES,
    FINANCE_COURT,
    INTERMEDIATE_SHARE,
    INTERMEDIATE_SPECIAL,
    INTERMEDIATE_TYPES,
    OTHER_CAUSES,
    SERIES_CAUSES,
)

SERIES_SHARE = 0.25
"""Of the cases of serial causes, those that open a series."""
SERIES_PACE = 0.10
"""Of the first cases while a series is open, those that belong to one."""
ALONE = {"刑更": "罪犯", "刑申": "申诉人"}
MONEY_TYPES = frozenset({"民初", "执", "财保", "民督", "执保", "诉前调书"})


class Primaries:
    """Draws first cases; keeps the series in progress."""

    def __init__(self, dice: Dice, city: list[SimCourt]) -> None:
        self._dice, self._city = dice, city
        basic = city[1:]
        self._courts = {
            str(court.index): COURT_WEIGHTS[n % len(COURT_WEIGHTS)] for n, court in enumerate(basic)
        }
        self._series: list[tuple[Filing, int]] = []

    def draw(self, day: int) -> Filing:
        """Return a case to be filed on `day`."""
        if self._series and self._dice.chance(SERIES_PACE):
            return self._continue(day)
        if self._dice.even_chance(INTERMEDIATE_SHARE, "级别"):
            court, type_code = 0, self._dice.pick(INTERMEDIATE_TYPES, "中院类型")
        else:
            type_code = self._dice.pick(BASIC_TYPES, "基层类型")
            court = int(self._dice.pick(self._courts, "法院", type_code))
        return self._filing(day, court, type_code)

    def _filing(self, day: int, court: int, type_code: str) -> Filing:
        cause = self._cause(court, type_code)
        extras = {}
        if cause in FINANCE_CAUSES and court and type_code == "民初":
            home = min(FINANCE_COURT, len(self._city) - 1)
            if court != home:  # 集中管辖: the city's financial cases go to one basic court
                extras["集中管辖"] = f"{self._city[court].name}辖区"
            court = home
        filing = Filing(
            day=day,
            court=court,
            type_code=type_code,
            cause=cause,
            parties=self._parties(court, type_code, cause),
            amount=self._amount(type_code, cause),
            extras=extras,
        )
        if type_code == "民初" and cause in SERIES_CAUSES and self._dice.chance(SERIES_SHARE):
            self._series.append((filing, self._dice.between(2, 12)))
        return filing

    def _continue(self, day: int) -> Filing:
        """The next suit of a series: same plaintiff, another defendant."""
        at = self._dice.between(0, len(self._series) - 1)
        model, left = self._series[at]
        if left <= 1:
            self._series.pop(at)
        else:
            self._series[at] = (model, left - 1)
        plaintiff = model.parties[0]
        defendant = {"role": "被告", "name": names.someone(self._dice)}
        return Filing(
            day=day,
            court=model.court,
            type_code=model.type_code,
            cause=model.cause,
            parties=(plaintiff, defendant),
            amount=self._amount(model.type_code, model.cause),
            extras=model.extras,
        )

    def _cause(self, court: int, type_code: str) -> str:
        dice = self._dice
        if court == 0 and type_code == "民特":
            return dice.pick(INTERMEDIATE_SPECIAL)
        if type_code in OTHER_CAUSES:
            return dice.pick(OTHER_CAUSES[type_code])
        if type_code.startswith("刑"):
            return dice.pick(CRIMINAL_CAUSES, "刑由")
        if type_code.startswith("行") or type_code == "委赔":
            return dice.pick(ADMINISTRATIVE_CAUSES, "行由")
        return dice.pick(CIVIL_CAUSES, "民由", type_code)

    def _parties(self, court: int, type_code: str, cause: str) -> names.Parties:
        dice = self._dice
        district = self._city[court].name.removesuffix("人民法院").removesuffix("中级")
        if type_code == "刑初":
            return names.criminal(dice, district)
        if type_code in ("行初", "委赔"):
            return names.administrative(dice, district)
        if type_code in ALONE:
            return names.alone(dice, ALONE[type_code])
        if type_code in ("民初", "诉前调书"):
            return names.civil(dice, cause)
        roles = ("申请执行人", "被执行人") if type_code.startswith("执") else ("申请人", "被申请人")
        return names.pair(dice, *roles)

    def _amount(self, type_code: str, cause: str) -> int | None:
        """Return the sum in dispute in 分."""
        if type_code not in MONEY_TYPES or cause in ("离婚纠纷", "变更抚养关系纠纷"):
            return None
        scale = 900_000 if cause in ("物业服务合同纠纷", "信用卡纠纷") else 6_000_000
        return round(self._dice.days(scale, 1.2, "标的", type_code)) // 100 * 100
