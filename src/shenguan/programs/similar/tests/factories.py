"""Invented judgments for the tests of the search."""

from datetime import date

from shenguan import rulebook
from shenguan.programs.similar.reading import Reader
from shenguan.rulebook.loaders import similar as loader

KINDS = {
    "危险驾驶罪": "被告人甲某{n}饮酒后驾驶小型轿车沿示范路行驶，被民警查获，经检验血液乙醇含量超标，属于醉酒驾驶机动车",
    "盗窃罪": "被告人乙某{n}深夜翻墙进入被害人住宅，秘密窃取手机和现金，销赃后挥霍，被公安机关抓获归案",
    "故意伤害罪": "被告人丙某{n}因琐事与邻居发生争执，持木棍殴打邻居头部，经鉴定构成轻伤二级，双方达成赔偿谅解",
}


def reader() -> Reader:
    """A reader with the rulebook's tables."""
    book = rulebook.load()
    return Reader(book.codes, book.causes, loader.load(rulebook.DATA).stop)


def judgment(charge: str, n: int, *, year: int = 2024) -> dict[str, str]:
    """A row as it stands in a file of judgments."""
    facts = "经审理查明，" + KINDS[charge].format(n=n) + "。被告人到案后如实供述。"
    reasoning = f"本院认为，被告人的行为已构成{charge}。依照《中华人民共和国刑法》第六十七条第三款之规定，判决如下："
    ruling = f"被告人犯{charge}，判处拘役二个月。"
    head = f"示范市示范区人民法院\n刑事判决书\n（{year}）示0102刑初{n}号\n"
    course = (
        "公诉机关示范市示范区人民检察院。\n被告人甲某。\n本院公开开庭审理了本案。现已审理终结。\n"
    )
    tail = f"审判员 张示范\n{_in_characters(year)}年三月一日\n"
    text = f"{head}{course}{facts}\n{reasoning}\n{ruling}\n{tail}"
    return {"id": f"{charge}{n}", "text": text}


def _in_characters(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


def library(each: int = 8) -> list[dict[str, str]]:
    """`each` judgments of every kind."""
    return [judgment(charge, 100 * k + n) for k, charge in enumerate(KINDS) for n in range(each)]


TODAY = date(2026, 3, 1)
