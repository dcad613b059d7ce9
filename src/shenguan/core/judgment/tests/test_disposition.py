"""The coded outcome, read from the 主文 and from nothing else."""

import pytest

from shenguan.core.judgment.disposition import read_disposition
from shenguan.core.judgment.text import even

BELOW = "示范市城中区人民法院（2024）示0102刑初1号刑事判决"


def coded(order: str, instance: str, *, criminal: bool = True, kind: str = "判决书") -> str | None:
    text = even(order)
    where = (0, len(text.even))
    return read_disposition(text, where, instance, criminal=criminal, kind=kind).value


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("被告人甲某犯盗窃罪，判处拘役三个月。", "有罪判决"),
        ("被告人甲某犯盗窃罪，免予刑事处罚。", "有罪判决"),
        ("被告人甲某无罪。", "无罪"),
        ("一、被告人甲某犯盗窃罪，判处罚金一千元。\n二、被告人乙某无罪。", "有罪判决"),
        ("准许示范市城中区人民检察院撤回起诉。", "准许撤诉"),
        ("被告人甲某不负刑事责任。", "不负刑事责任"),
        ("本案终止审理。", "终止审理"),
        ("驳回自诉人甲某的起诉。", "驳回起诉"),
    ],
)
def test_criminal_first_instance(order: str, code: str) -> None:
    assert coded(order, "一审") == code


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("被告乙某于本判决生效之日起十日内支付原告甲某一万元。", "支持"),
        ("一、被告乙某支付原告甲某一万元；\n二、驳回原告甲某的其他诉讼请求。", "部分支持"),
        ("驳回原告甲某的诉讼请求。", "驳回诉讼请求"),
        ("驳回原告甲某的起诉。", "驳回起诉"),
        ("准许原告甲某撤回起诉。", "准许撤诉"),
        ("本案按原告甲某撤诉处理。", "按撤诉处理"),
        ("驳回被告乙某对本案管辖权提出的异议。", "驳回管辖权异议"),
        ("本案移送示范市城北区人民法院处理。", "移送管辖"),
        ("本案终结诉讼。", "终结诉讼"),
    ],
)
def test_civil_first_instance(order: str, code: str) -> None:
    assert coded(order, "一审", criminal=False) == code


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("撤销被告示范市某局作出的行政处罚决定；责令被告于六十日内重新作出行政行为。", "支持"),
        ("确认被告示范市某局的行政行为违法。", "支持"),
        ("责令被告示范市某局于六十日内履行法定职责。", "支持"),
        ("一、变更罚款数额为五百元；\n二、驳回原告甲某的其他诉讼请求。", "部分支持"),
        ("驳回原告甲某的诉讼请求。", "驳回诉讼请求"),
        ("不予受理。", "不予受理"),
        ("终结本次执行程序。", "终结本次执行程序"),
        ("终结（2024）示0102执1号案件的本次执行程序。", "终结本次执行程序"),
        ("终结示范市城中区人民法院（2024）示0102民初1号民事判决书的执行。", "终结执行"),
        ("不予执行示范仲裁委员会（2024）示仲裁字第1号裁决。", "不予执行"),
    ],
)
def test_administrative_and_enforcement_orders_in_the_words_of_the_law(
    order: str, code: str
) -> None:
    assert coded(order, "一审", criminal=False) == code


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ("驳回上诉，维持原判。", "维持"),
        ("驳回抗诉、上诉，维持原判。", "维持"),
        (f"一、撤销{BELOW}；\n二、上诉人甲某无罪。", "改判"),
        (f"一、撤销{BELOW}第二项；\n二、上诉人甲某犯盗窃罪，判处拘役一个月。", "部分改判"),
        (f"一、维持{BELOW}的定罪部分；\n二、撤销量刑部分；\n三、甲某判处管制一年。", "部分改判"),
        (f"一、撤销{BELOW}；\n二、发回示范市城中区人民法院重新审判。", "发回重审"),
        ("准许上诉人甲某撤回上诉。", "准许撤回上诉"),
        ("本案按上诉人甲某自动撤回上诉处理。", "按撤回上诉处理"),
        ("一、撤销原裁定；\n二、本案指令示范市城中区人民法院审理。", "指令审理"),
    ],
)
def test_second_instance(order: str, code: str) -> None:
    assert coded(order, "二审") == code


@pytest.mark.parametrize(
    ("order", "instance", "code"),
    [
        ("驳回甲某的再审申请。", "再审审查", "驳回再审申请"),
        ("本案由本院提审。", "再审审查", "提审"),
        ("对罪犯甲某减去有期徒刑六个月。", "刑罚变更", "减刑"),
        ("对罪犯甲某不予减刑。", "刑罚变更", "不予减刑"),
        ("对罪犯甲某收监执行。", "刑罚变更", "收监执行"),
        ("核准示范省高级人民法院的判决。", "死刑复核", "核准"),
    ],
)
def test_reviews_and_changes_of_a_sentence(order: str, instance: str, code: str) -> None:
    assert coded(order, instance) == code


def test_a_mediation_paper_is_a_mediation_whatever_it_says() -> None:
    assert coded("被告乙某支付原告甲某一万元。", "一审", criminal=False, kind="调解书") == "调解"


def test_the_notice_of_appeal_is_no_part_of_the_order() -> None:
    order = "驳回原告甲某的诉讼请求。\n如不服本判决，可撤回上诉。"
    assert coded(order, "一审", criminal=False) == "驳回诉讼请求"
