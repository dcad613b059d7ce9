"""Demo city: documents on their way through the reading, marked cases and what was done about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from shenguan.base.accounts.models import Account
from shenguan.base.approvals.addressing import NobodyDecides
from shenguan.base.approvals.desk import actors_of
from shenguan.base.approvals.papers import Paper
from shenguan.base.approvals.services import Refused
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.programs.supervision import answering, clocks, marking, services_reading
from shenguan.programs.supervision.answering import Answering, Held
from shenguan.programs.supervision.bench import bench_of
from shenguan.programs.supervision.models import Mark, Review
from shenguan.programs.supervision.readings import DRAFT
from shenguan.programs.supervision.services_reading import Saying, Submission
from shenguan.spine.cases.models import Case
from shenguan.spine.pipeline import refresh

COURTS = 2
_CHIEFS = ("庭长", "人民法庭庭长", "执行局局长")
_TEXT = """示范市某人民法院
民 事 判 决 书
原告甲某与被告乙某{cause}一案，本院立案后依法组成审判组织，公开开庭进行了审理。
原告甲某向本院提出诉讼请求：1.判令被告支付货款{sum}元；2.诉讼费由被告承担。
本院经审理认定事实如下：双方于签订合同后，原告按约交货，被告尚欠部分货款未付。
本院认为，{reason}
综上，依照有关法律规定，判决如下：
一、被告乙某于本判决生效之日起十日内支付原告甲某货款{sum}元；
二、驳回原告甲某的其他诉讼请求。
如不服本判决，可以在判决书送达之日起十五日内向本院递交上诉状。"""
_WEAK = "合同有效，被告应付款。"
_STRONG = (
    "双方签订的合同系真实意思表示，内容合法，合同有效。被告未按约付款，构成违约，应当承担付款责任。"
)
# stage of each reading: what has been said and done so far
_STAGES = (
    *("waiting", "returned", "read", "signed", "reconsidered", "waiting", "answered", "signed"),
    *("read", "waiting", "returned", "signed"),
)
_PROPOSED: tuple[tuple[str, ...], ...] = (
    (),
    ("系列案首案",),
    (),
    ("拟与类案不一致",),
    (),
    (),
    ("新类型案件",),
    (),
)


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Put readings and marks in through the program's services; the same day and seed give the same."""
    touched: list[int] = []
    read = sum(_court_readings(court, on, now, seed, touched) for court in _courts())
    marked = sum(_court_marks(court, on, now, touched) for court in _courts())
    refresh(sorted(set(touched)), now=now)
    clocks.run(on, now)
    return f"阅核与四类案件：阅核{read}件，确认、监管四类案件{marked}件"


def _courts() -> Iterable[Court]:
    return Court.objects.filter(code__startswith="示").order_by("order", "code")[:COURTS]


def _court_readings(court: Court, on: date, now: datetime, seed: int, touched: list[int]) -> int:
    done = 0
    for case in _cases(court, on, seed):
        if done == len(_STAGES):
            break
        try:
            review = _submitted(case, _PROPOSED[done % len(_PROPOSED)], now - timedelta(days=6))
        except (Refused, NobodyDecides):
            continue
        _carry_on(review, _STAGES[done], now)
        touched.append(case.pk)
        done += 1
    return done


def _cases(court: Court, on: date, seed: int) -> Iterator[Case]:
    """Yield pending suits with a judge in post, those of people with an account first."""
    chiefs = Appointment.objects.filter(in_force(on), court=court, post__in=_CHIEFS)
    found = Case.objects.filter(
        court=court, closed_on=None, visible=True, undertaker__isnull=False, confidentiality=0,
        division__in=chiefs.values("unit"), filed_on__lte=on - timedelta(days=8),
    ).exclude(case_class="执行")  # fmt: skip
    rows = list(found.select_related("court", "division", "undertaker", "prior").order_by("pk"))
    known = set(Account.objects.filter(person__court=court).values_list("person", flat=True))
    first = [case for case in rows if case.undertaker_id in known]
    rest = [case for case in rows if case.undertaker_id not in known]
    start = seed % (len(rest) or 1)
    yield from (*first, *rest[start:], *rest[:start])


def _submitted(case: Case, proposed: tuple[str, ...], now: datetime) -> Review:
    assert case.undertaker is not None
    what = Submission("判决书", _draft(case, _WEAK), proposed, note="合议庭意见一致，报请阅核。")
    return services_reading.submit(case, what, person=case.undertaker, now=now)


def _draft(case: Case, reason: str) -> Paper:
    text = _TEXT.format(cause=case.cause or "合同纠纷", sum="128600", reason=reason)
    return Paper(DRAFT, "判决书.txt", text.encode())


def _carry_on(review: Review, stage: str, now: datetime) -> None:
    if stage == "waiting":
        return
    day = now - timedelta(days=4)
    if stage in {"read", "signed"}:
        _read(
            review,
            Saying("none", [("文字", "第4段", "事实部分建议写明合同签订日期，供参考。")]),
            day,
        )
    elif stage == "reconsidered":
        _say(
            review,
            Saying(
                "reconsider", [("法律适用", "本院认为", "违约金的处理与本院类案不一致，建议复议。")]
            ),
            day,
        )
        held = Held(
            (now - timedelta(days=2)).date(), "复议后认为违约金过高，应予调整。", "部分改变"
        )
        _answer(review, "采纳", held, now - timedelta(days=1))
    else:
        remarks = [
            ("说理", "本院认为", "说理过于简略，应写明违约的认定。"),
            ("文字", "主文第一项", "“货款”与诉讼请求表述不一致。"),
        ]
        _say(review, Saying("substance", remarks), day)
        if stage == "answered":
            _answer(review, "采纳", None, now - timedelta(days=1))
    if stage == "signed":
        _answer(review, "不采纳", None, now - timedelta(days=3))
        for person, _role in bench_of(review.case):
            services_reading.sign(review.pk, 1, person=person, now=now - timedelta(days=2))


def _read(review: Review, saying: Saying, now: datetime) -> None:
    """Let every level say the same until the reading is done; only the last adds its remark."""
    for _step in range(3):
        current = Review.objects.select_related("request").get(pk=review.pk).request
        if current.state != "open":
            return
        last = current.steps.filter(number=current.at_step, decides=True).exists()
        _say(review, saying if last else Saying(saying.kind), now)


def _say(review: Review, saying: Saying, now: datetime) -> None:
    request = Review.objects.select_related("request").get(pk=review.pk).request
    people = actors_of(request.steps.get(number=request.at_step))
    if people:
        person = Person.objects.get(pk=people[0])
        services_reading.say(review.pk, saying, person=person, now=now)


def _answer(review: Review, choice: str, held: Held | None, now: datetime) -> None:
    opinion = review.opinions.order_by("-id").first()
    if opinion is None:
        return
    reason = "已按意见修改" if choice == "采纳" else "签订日期在证据部分已经写明"
    answers = {remark.pk: (choice, reason) for remark in opinion.remarks.all()}
    new = _draft(review.case, _STRONG) if choice == "采纳" else None
    given = Answering(answers, held, new)
    answering.answer(review.pk, given, person=review.request.applicant, now=now)


def _court_marks(court: Court, on: date, now: datetime, touched: list[int]) -> int:
    """Confirm most proposals, reject one, take measures on some and leave others waiting."""
    marks = Mark.objects.filter(case__court=court, state=Mark.State.PROPOSED, case__closed_on=None)
    rows = marks.select_related("case__court", "case__division", "case__team", "case__undertaker")
    done = 0
    for number, mark in enumerate(rows.order_by("pk")[:12]):
        person = _over(mark.case, on)
        if person is None or not marking.may_decide(mark, person, on):
            continue
        touched.append(mark.case_id)
        then = max(mark.made_at, now - timedelta(days=3))
        if number % 6 == 1:
            marking.reject(mark, "R2", "当事人情绪平稳，没有激化风险。", person=person, now=then)
        elif number % 3 != 2:
            marking.confirm(mark, mark.kinds, "符合识别条件。", person=person, now=then)
            _supervise(mark, number, person, now)
        done += 1
    return done


def _supervise(mark: Mark, number: int, person: Person, now: datetime) -> None:
    if number % 2:
        return
    words = "请承办人书面报告案件进展、拟开庭时间和化解方案。"
    earliest = max(mark.made_at, now - timedelta(days=2))
    act = marking.take_measure(mark, "m2", words, person=person, now=earliest)
    if number % 4 == 0 and mark.case.undertaker is not None:
        reply = "已组织庭前会议，拟于两周内开庭，同时开展调解。"
        answered = max(earliest, now - timedelta(days=1))
        marking.reply(act, reply, person=mark.case.undertaker, now=answered)
        marking.note_effect(act, "进展正常，继续关注。", person=person, now=now)


def _over(case: Case, on: date) -> Person | None:
    """Return the chief over a case who doesn't sit in it."""
    held = Appointment.objects.filter(in_force(on), court=case.court_id, unit=case.division_id)
    bench = [one.pk for one, _role in bench_of(case)]
    chiefs = held.filter(post__in=("庭长", "分管副院长")).exclude(person__in=bench)
    found = chiefs.select_related("person").order_by("-post", "pk").first()
    return found.person if found else None
