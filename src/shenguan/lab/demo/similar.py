"""Invented judgments for the search, pleadings of some cases, search records of what was lately signed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shenguan.base.accounts.models import Account
from shenguan.base.org.models import Court
from shenguan.base.org.scope import Scope
from shenguan.core.similar.model import Entry
from shenguan.core.similar.words import content_line
from shenguan.programs.similar import services
from shenguan.programs.similar.index import Incoming, JudgmentIndex
from shenguan.programs.similar.proposals import propose
from shenguan.programs.similar.selectors import DONE, UNSEARCHED, cases_of
from shenguan.programs.similar.shelf import folder, rules
from shenguan.spine.cases.models import Case

EACH = 70
DAYS = 45
_LATE_SHARE = 0.12  # of what was lately signed, without a search before


@dataclass(frozen=True, slots=True)
class _Story:
    """A kind of case: sentences with {n} and {sum}, one of each tuple is drawn; its rulings."""

    cause: str
    parts: tuple[tuple[str, ...], ...]
    statutes: tuple[str, ...]

    @property
    def criminal(self) -> bool:
        return self.cause.endswith("罪")


_STORIES = (
    _Story(
        "民间借贷纠纷",
        (
            (
                "被告因经营周转向原告借款{sum}元，出具借条一份",
                "被告分两次向原告借款共{sum}元，双方签订借款合同",
            ),
            (
                "约定月息一分，借期{n}个月",
                "约定年利率百分之十二，按月付息",
                "未约定利息，借期{n}个月",
            ),
            (
                "到期后经催要未还",
                "被告仅归还部分利息，此后拒接电话",
                "被告辩称款项系投资款，未提交证据",
            ),
            (
                "案外人以保证人身份在借条上签名",
                "转账凭证与借条金额一致",
                "其中部分款项以现金交付，双方对金额有争议",
            ),
        ),
        ("中华人民共和国民法典:667", "中华人民共和国民法典:675", "中华人民共和国民法典:676"),
    ),
    _Story(
        "买卖合同纠纷",
        (
            (
                "原告向被告供应建筑材料，双方对账确认欠付货款{sum}元",
                "双方签订设备买卖合同，总价{sum}元",
            ),
            (
                "原告依约供货，被告验收后未付清货款",
                "被告以质量不合格为由拒付尾款",
                "交货迟延{n}日，双方各执一词",
            ),
            ("合同约定逾期付款按日万分之五支付违约金", "合同未约定违约金"),
            (
                "被告申请质量鉴定后撤回",
                "送货单有被告工地人员签名",
                "双方另有口头减价约定，未能举证",
            ),
        ),
        ("中华人民共和国民法典:626", "中华人民共和国民法典:628", "中华人民共和国民法典:585"),
    ),
    _Story(
        "物业服务合同纠纷",
        (
            ("被告系小区业主，欠缴物业服务费{sum}元", "被告自入住起{n}个月未交物业费，计{sum}元"),
            ("前期物业服务合同约定按建筑面积每月收费", "业主大会选聘原告提供物业服务"),
            (
                "被告辩称电梯长期停运、绿化面积不足",
                "被告辩称房屋漏水未予维修",
                "被告称未收到催缴通知",
            ),
            ("原告提交维修记录和催缴函", "原告未能证明提供了约定的保洁服务"),
        ),
        ("中华人民共和国民法典:937", "中华人民共和国民法典:944"),
    ),
    _Story(
        "信用卡纠纷",
        (
            (
                "被告领用信用卡透支消费，尚欠本金{sum}元",
                "被告办理信用卡分期付款，逾期后尚欠{sum}元",
            ),
            ("经原告多次电话、短信催收未还", "原告上门催收后被告签署还款承诺书"),
            ("合约约定透支利息按日计收", "双方对违约金和分期手续费的计算有争议"),
        ),
        ("中华人民共和国民法典:675", "中华人民共和国民法典:577"),
    ),
    _Story(
        "机动车交通事故责任纠纷",
        (
            (
                "被告驾驶小型轿车在路口左转时与原告驾驶的电动车相撞，致原告受伤",
                "被告驾驶货车追尾碰撞原告车辆",
            ),
            ("交警部门认定被告负全部责任", "交警部门认定被告负主要责任，原告负次要责任"),
            ("原告住院{n}日，经鉴定构成十级伤残", "原告住院{n}日，未构成伤残"),
            ("肇事车辆投保交强险和商业三者险，原告主张医疗费、误工费、护理费共{sum}元",),
        ),
        (
            "中华人民共和国民法典:1179",
            "中华人民共和国民法典:1208",
            "中华人民共和国道路交通安全法:76",
        ),
    ),
    _Story(
        "危险驾驶罪",
        (
            ("被告人饮酒后驾驶小型轿车行驶至路口被民警查获", "被告人酒后驾驶摩托车与路边护栏相撞"),
            ("经检验血液中乙醇含量为每百毫升{n}0毫克，属醉酒驾驶机动车",),
            (
                "被告人未取得机动车驾驶证",
                "被告人明知他人报警在现场等候",
                "被告人曾因酒后驾驶受行政处罚",
            ),
            ("到案后如实供述，自愿认罪认罚", "赔偿了对方车辆损失并取得谅解"),
        ),
        ("中华人民共和国刑法:133之一", "中华人民共和国刑法:67"),
    ),
    _Story(
        "盗窃罪",
        (
            (
                "被告人深夜翻墙入户，窃得现金和手机",
                "被告人在商场内趁店员不备窃取商品",
                "被告人多次在工地盗窃电缆",
            ),
            ("经价格认定，被盗财物价值{sum}元",),
            ("被告人系累犯", "被告人到案后如实供述并退赔全部赃款", "被害人出具谅解书"),
            ("赃物已变卖，赃款挥霍", "赃物已追回发还被害人"),
        ),
        ("中华人民共和国刑法:264", "中华人民共和国刑法:67", "中华人民共和国刑法:52"),
    ),
    _Story(
        "诈骗罪",
        (
            (
                "被告人虚构能够办理入学的事实骗取被害人钱款{sum}元",
                "被告人通过微信冒充他人骗取转账{sum}元",
            ),
            ("得款后用于网络赌博", "得款后用于归还个人债务", "得款后更换联系方式隐匿"),
            ("案发后退赔部分款项", "被告人自动投案并如实供述", "被告人系伙同他人作案，起次要作用"),
        ),
        ("中华人民共和国刑法:266", "中华人民共和国刑法:67", "中华人民共和国刑法:64"),
    ),
)


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Fill the index, the pleadings and the search records of the demo city."""
    dice = random.Random(seed)
    courts = list(Court.objects.order_by("order", "code")[:12])
    if not courts:
        return "类案：尚无法院，未写入"
    stop = rules().stop
    index = JudgmentIndex(folder())
    index.add(Incoming(entry) for entry in judgments(dice, courts, on, stop))
    pleaded = _plead(dice, now) + _plead_alike(dice, now)
    propose(on, now)
    searched = _search(dice, on, now)
    return f"类案：裁判文书{len(index)}份，诉辩内容{pleaded}件，检索记录{searched}件"


def judgments(
    dice: random.Random, courts: Sequence[Court], on: date, stop: frozenset[str]
) -> Iterator[Entry]:
    """`EACH` judgments of every story, of the last five years."""
    serial = 90_000
    for story in _STORIES:
        for _ in range(EACH):
            serial += 1
            yield _judgment(dice, story, dice.choice(courts), serial, on, stop)


def _judgment(
    dice: random.Random, story: _Story, court: Court, serial: int, on: date, stop: frozenset[str]
) -> Entry:
    total = dice.randint(3, 400) * 500
    facts = f"经审理查明，{_told(dice, story, total)}。"
    day = on - timedelta(days=dice.randint(30, 5 * 365))
    ruling, disposition = _ruling(dice, story, total)
    letters = "刑初" if story.criminal else "民初"
    return Entry(
        id=f"示范文书{serial}",
        words=content_line(facts, stop),
        number=f"（{day.year}）{court.code}{letters}{serial}号",
        court=court.name,
        level=court.level,
        case_class="刑事" if story.criminal else "民事",
        instance="一审",
        causes=(story.cause,),
        statutes=story.statutes,
        disposition=disposition,
        judged_on=day,
        title=f"{story.cause}一审判决书（示范）",
        facts=facts,
        reasoning=f"本院认为，本案系{story.cause}，证据确实，事实清楚，依照有关规定，判决如下。",
        ruling=ruling,
    )


def _told(dice: random.Random, story: _Story, total: int) -> str:
    drawn = [dice.choice(each) for each in story.parts]
    return "。".join(drawn).format(n=dice.randint(3, 24), sum=total)


def _ruling(dice: random.Random, story: _Story, total: int) -> tuple[str, str]:
    if story.criminal:
        return _sentence(dice, story, total), "有罪判决"
    drawn = dice.random()
    if drawn < 0.08:
        return "驳回原告的全部诉讼请求。案件受理费由原告负担。", "驳回诉讼请求"
    whole = drawn < 0.45
    paid = total if whole else int(total * dice.uniform(0.4, 0.95))
    rest = "" if whole else "二、驳回原告的其他诉讼请求。"
    ruling = f"一、被告于本判决生效之日起十日内支付原告{paid}元。{rest}案件受理费由被告负担。"
    return ruling, "支持" if whole else "部分支持"


def _sentence(dice: random.Random, story: _Story, total: int) -> str:
    if story.cause == "危险驾驶罪":
        months, fine = dice.randint(1, 4), 1_000 * dice.randint(2, 8)
        probation = f"，缓刑{months + 1}个月" if dice.random() < 0.4 else ""
        return f"被告人甲某犯危险驾驶罪，判处拘役{months}个月{probation}，并处罚金人民币{fine}元。"
    months = max(6, min(120, total // 2_500 + dice.randint(-3, 6)))
    term = (f"{months // 12}年" if months >= 12 else "") + (
        f"{months % 12}个月" if months % 12 else ""
    )
    fine = max(1_000, total // 10 // 1_000 * 1_000)
    return f"被告人甲某犯{story.cause}，判处有期徒刑{term}，并处罚金人民币{fine}元。"


def _plead(dice: random.Random, now: datetime) -> int:
    """Pleadings of some pending cases of each story, first of those whose judge can sign in."""
    judges = Account.objects.filter(user__username__startswith="faguan").values("person")
    done = 0
    for story in _STORIES:
        pending = Case.objects.filter(visible=True, closed_on=None, cause=story.cause)
        pending = pending.exclude(case_class="执行")
        cases = [*pending.filter(undertaker__in=judges).order_by("pk"), *pending.order_by("pk")[:3]]
        for case in dict.fromkeys(cases[:8]):
            text = _told(dice, story, dice.randint(3, 400) * 500)
            document = "起诉书" if story.criminal else "起诉状"
            services.register_pleading(
                case, document=document, text=f"事实与理由：{text}。", actor="示范书记员", now=now
            )
            done += 1
    return done


def _plead_alike(dice: random.Random, now: datetime) -> int:
    """One story told in several pending cases of one court and cause: a series to be proposed."""
    causes = {story.cause: story for story in _STORIES if not story.criminal}
    pending = Case.objects.filter(visible=True, closed_on=None, pleadings=None, cause__in=causes)
    together: dict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in pending.exclude(case_class="执行").order_by("pk"):
        together[case.court_id, case.cause].append(case)
    cases = max(together.values(), key=len, default=[])[:5]
    drawn = [dice.choice(each) for each in causes[cases[0].cause].parts] if cases else []
    for number, case in enumerate(cases, 1):
        told = "。".join(drawn).format(n=number + 2, sum=number * 1_500)
        services.register_pleading(
            case, document="起诉状", text=f"事实与理由：{told}。", actor="示范书记员", now=now
        )
    return len(cases)


def _search(dice: random.Random, on: date, now: datetime) -> int:
    """Records for most of what was lately signed, on the day before; some submitted cases."""
    everything = Scope.everything("示范数据")
    since = on - timedelta(days=DAYS)
    lately = [
        case
        for case in cases_of(everything, UNSEARCHED)
        if since <= case.signed_on <= on and dice.random() >= _LATE_SHARE  # type: ignore[attr-defined]
    ][:120]
    for case in lately:
        before = now - (now.date() - case.signed_on) - timedelta(days=1)  # type: ignore[attr-defined]
        services.record_search(
            [case], _record(dice, case), searcher=case.undertaker_name or "示范法官",
            actor=case.undertaker_name or "示范法官", now=before,
        )  # fmt: skip
    _submit(list(cases_of(everything, DONE)[:3]), now)
    return len(lately)


def _record(dice: random.Random, case: Case) -> services.Searched:
    sources = ("人民法院案例库", "本院类案检索")
    if dice.random() < 0.6:
        return services.Searched(sources, "案由、关键词检索", case.cause, none_found=True)
    findings = [
        {"case": "示范指导性案例1号", "entry": "2024-00-0-000-001", "verdict": "类似", "followed": "参照",
         "reason": "基本事实和争议焦点相同", "points": "示范裁判要点：以实际履行认定权利义务"},
        {"case": "（2024）示0101民初90001号", "verdict": "不类似", "reason": "争议焦点不同"},
    ]  # fmt: skip
    return services.Searched(
        sources, "关键词检索、法条关联", case.cause, "款项性质与数额", findings=findings
    )


def _submit(cases: Sequence[Case], now: datetime) -> None:
    for number, case in enumerate(cases):
        given = {
            "kind": "入库案例",
            "side": "原告",
            "case": "示范入库案例",
            "entry": f"2025-00-0-000-00{number}",
        }
        services.submit_case(case, given, actor=case.undertaker_name or "示范法官", now=now)
