"""Parties: numbers dressed as names, so that no one can take them for anybody."""

from __future__ import annotations

from shenguan.lab.simulate.city import DIGITS
from shenguan.lab.simulate.dice import Dice
from shenguan.lab.simulate.parameters import COMPANY_PLAINTIFF, FINANCE_CAUSES, LABOUR_CAUSES

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
RARE = "𠮷𬱖𫚖𣲗"
"""Characters beyond the first Unicode plane, which real people bear: they must survive every door."""
TRADES = ("商贸", "建设", "物业", "科技", "餐饮", "运输")
Parties = tuple[dict[str, str], ...]


def someone(dice: Dice) -> str:
    """Return a natural person's name: a surname, 某, and a number."""
    surname = SURNAMES[dice.between(0, len(SURNAMES) - 1)]
    given = RARE[dice.between(0, len(RARE) - 1)] if dice.chance(0.002) else ""
    return f"{surname}某{given}{_digits(dice.between(1, 9999))}"


def company(dice: Dice, serial: int | None = None) -> str:
    """Return a company's name."""
    trade = TRADES[dice.between(0, len(TRADES) - 1)]
    return f"示范市第{_digits(serial or dice.between(1, 9999))}号{trade}有限公司"


def _digits(n: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(n))


def bank(dice: Dice) -> str:
    """Return one of few financial plaintiffs: they sue in series."""
    return f"示范银行第{_digits(dice.between(1, 6))}支行"


def civil(dice: Dice, cause: str) -> Parties:
    """Return plaintiff and defendants fitting the cause."""
    if cause in FINANCE_CAUSES:
        plaintiff = bank(dice)
    elif cause in COMPANY_PLAINTIFF:
        serial = dice.between(1, 12) if dice.chance(0.5) else None
        plaintiff = company(dice, serial)
    else:
        plaintiff = someone(dice)
    defendant = company(dice) if cause in LABOUR_CAUSES or dice.chance(0.2) else someone(dice)
    parties = [_party("原告", plaintiff), _party("被告", defendant)]
    if dice.chance(0.15):
        parties.append(_party("被告", someone(dice)))
    return tuple(parties)


def criminal(dice: Dice, district: str) -> Parties:
    """Return the procuratorate and the accused."""
    accused = [_party("被告人", someone(dice)) for _ in range(2 if dice.chance(0.12) else 1)]
    return (_party("公诉机关", f"{district}人民检察院"), *accused)


def administrative(dice: Dice, district: str) -> Parties:
    """Return a citizen and an authority."""
    bureaus = ("市场监督管理局", "自然资源局", "公安局", "人民政府", "人力资源和社会保障局")
    bureau = bureaus[dice.between(0, len(bureaus) - 1)]
    return (_party("原告", someone(dice)), _party("被告", f"{district}{bureau}"))


def pair(dice: Dice, first: str, second: str) -> Parties:
    """Return two parties with the given roles."""
    return (_party(first, someone(dice)), _party(second, company(dice)))


def alone(dice: Dice, role: str) -> Parties:
    """Return the one party of a case without an opponent."""
    return (_party(role, someone(dice)),)


def _party(role: str, name: str) -> dict[str, str]:
    return {"role": role, "name": name}
