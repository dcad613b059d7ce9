"""Demo city: changed cases told, answered and found upon; appraisals under way; meetings held."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.appeals import clocks, finding
from shenguan.programs.appeals import services as appeals
from shenguan.programs.appeals.models import Feedback
from shenguan.programs.appraisals import clocks as appraisal_clocks
from shenguan.programs.appraisals import services as appraisals
from shenguan.programs.meetings import clocks as meeting_clocks
from shenguan.programs.meetings import services as meetings
from shenguan.programs.meetings.models import Matter, Meeting
from shenguan.spine.cases.models import Case
from shenguan.spine.gatekeeping import GateClosed

LOOKS_BACK = 400
_REASONS = (
    ("fact", "facts"),
    ("law", "items"),
    ("new-evidence", "amount"),
    ("procedure", "outcome"),
)
_SAID = (
    "二审查明原判决对付款数额的基本事实未经质证，须由原审查清后重新认定。",
    "原判决适用违约金条款不当，应按实际损失调整，故改变主文第二项。",
    "二审中当事人提交新的转账凭证，足以推翻原认定的欠款金额。",
    "原审遗漏必须参加诉讼的当事人，程序违法，影响公正审理。",
)
_OBJECTION = "原审依当时在案证据认定，二审据新提交的证据改变，不属原审认定不当。"
_ROUTES: tuple[tuple[str, ...], ...] = (
    ("handed",),
    ("handed", "commissioned"),
    ("handed", "commissioned", "missing"),
    ("handed", "commissioned", "fee_asked"),
    ("handed", "commissioned", "reported"),
    ("handed", "commissioned", "missing", "supplied"),
)
_MATTERS = ("cost", "injury", "document", "quality", "value", "medical")


def fill(*, on: date, now: datetime, seed: int) -> str:
    """Put records in through the three programs' services; the same day and seed give the same."""
    if Feedback.objects.exclude(state=Feedback.State.OPEN).exists():
        return "发改反馈：已有，不再生成"
    finding.find(on, since=on - timedelta(days=LOOKS_BACK))
    rows = Feedback.objects.select_related(
        "upper__court", "upper__undertaker", "lower__court", "lower__undertaker"
    )
    found = list(rows.order_by("changed_on", "pk"))
    for number, one in enumerate(found):
        _carry_on(one, number, now)
    asked = _consultations(on, now)
    made = _appraisals(on, now, seed)
    met = _meetings(on, now)
    for each in (clocks, appraisal_clocks, meeting_clocks):
        each.run(on, now)
    return f"发改反馈{len(found)}件，判中咨询{asked}件，委托鉴定{made}件，会议{met}次"


def _consultations(on: date, now: datetime) -> int:
    """Two benches of basic courts ask the court above; one has its answer, which binds nobody."""
    pending = Case.objects.filter(
        visible=True, closed_on=None, case_type="民初", confidentiality=0, court__parent__isnull=False,
        court__code__startswith="示", undertaker__isnull=False, filed_on__lte=on,
    ).select_related("court__parent", "undertaker")  # fmt: skip
    cases = pending.order_by("-filed_on", "pk")[:2]
    for number, case in enumerate(cases):
        assert case.undertaker is not None
        judge = appeals.By(case.undertaker, frozenset(), _at(on - timedelta(days=4), now))
        made = appeals.consult(case, "约定的违约金与实际损失悬殊的，调整的尺度如何掌握？", by=judge)
        if number == 0:
            chief = appeals.By(_holder(made.court, "庭长", now), frozenset({"阅核"}), now)
            appeals.reply(made, "可参照类案，以实际损失为基础衡量；个案由审判组织决定。", by=chief)
    return len(cases)


def _carry_on(one: Feedback, number: int, now: datetime) -> None:
    """Let a feedback come as far as its number says; the newest still wait."""
    stage = number % 5 if now.date() - one.changed_on > timedelta(days=30) else 0
    if stage == 0 and number % 2 == 0:
        return
    begun = max(one.changed_on + timedelta(days=2), now.date() - timedelta(days=40 if stage else 4))
    reason, part = _REASONS[number % 4]
    form = appeals.Form([reason], [part], _SAID[number % 4], ["g1"], number % 3 == 0)
    appeals.send(one, form, by=_office(one.upper.court, begun, now))
    if stage == 0 or one.lower.undertaker is None:
        return
    judge = appeals.By(one.lower.undertaker, frozenset(), _at(begun + timedelta(days=5), now))
    choice, text = ("异议", _OBJECTION) if stage in {2, 3, 4} else ("认可", "")
    appeals.answer(one, choice, text, by=judge)
    if stage < 3:
        return
    found = _finding(reason)
    appeals.find(one, found, by=_office(one.lower.court, begun + timedelta(days=15), now))


def _finding(reason: str) -> appeals.Finding:
    if reason == "procedure":
        text = "遗漏必须参加诉讼的当事人，卷内已有线索而未审查，不属六种免责情形。"
        return appeals.Finding("应承担责任", "judges", text, meeting="专业法官会议第3次")
    excuse = "e3" if reason == "new-evidence" else "e1"
    text = "依照规定属于认识上的偏差，不认定为差错。"
    return appeals.Finding("不承担责任", "committee", text, excuse, "法官考评委员会第2次")


def _office(court: Court, day: date, now: datetime) -> appeals.By:
    return appeals.By(_holder(court, "审管办主任", now), appeals.OFFICE, _at(day, now))


def _holder(court: Court, post: str, now: datetime) -> Person:
    held = Appointment.objects.filter(in_force(now.date()), court=court, post=post)
    found = held.select_related("person").order_by("pk").first()
    if found is None:
        raise ValueError(f"{court}没有{post}")
    return found.person


def _at(day: date, now: datetime) -> datetime:
    return now if day >= now.date() else now - timedelta(days=(now.date() - day).days)


def _appraisals(on: date, now: datetime, seed: int) -> int:
    pending = Case.objects.filter(
        visible=True, closed_on=None, case_type="民初", confidentiality=0, undertaker__isnull=False,
        filed_on__lte=on - timedelta(days=30), court__code__startswith="示",
    ).select_related("court", "undertaker")  # fmt: skip
    made = 0
    for case in pending.order_by("court__order", "pk")[seed % 3 : 36 : 3]:
        try:
            _appraised(case, made, on, now)
        except GateClosed:
            continue
        made += 1
    return made


def _appraised(case: Case, number: int, on: date, now: datetime) -> None:
    judge, day = case.undertaker, on - timedelta(days=10 + number * 5 % 45)
    assert judge is not None
    one = appraisals.open_one(
        case,
        _MATTERS[number % 6],
        "对争议事项进行鉴定，确定责任大小和金额。",
        actor=judge,
        on=day,
        now=now,
    )
    for at, kind in enumerate(_ROUTES[number % 6], 1):
        text = "缺少原始图纸和验收记录" if kind == "missing" else "鉴定意见已收到，送双方质证"
        appraisals.step(
            one, kind, actor=judge, on=min(day + timedelta(days=at * 2), on), now=now,
            text=text if kind in {"missing", "reported"} else "",
            agency="示范司法鉴定所" if kind == "commissioned" else "",
            fee=1200000 if kind == "fee_asked" else None,
        )  # fmt: skip


def _meetings(on: date, now: datetime) -> int:
    """Two meetings of the first court: one advises, one decides."""
    court = Court.objects.filter(code__startswith="示").order_by("order", "code")[0]
    president, clerk = _holder(court, "院长", now), _holder(court, "书记员", now)
    posts = ("分管副院长", "庭长", "法官", "审委会专职委员")
    held = Appointment.objects.filter(in_force(on), court=court, post__in=posts)
    members = [
        p
        for p in dict.fromkeys(one.person for one in held.select_related("person").order_by("pk"))
        if p != president
    ][:6]
    scope = Scope(
        "演示",
        frozenset({court.pk}),
        clearance=1,
        inner_court_ids=frozenset({court.pk}),
        self_id=president.pk,
    )
    by = meetings.By(president, meetings.MAY_CALL, scope, now, on)
    cases = list(
        Case.objects.filter(
            court=court, visible=True, closed_on=None, confidentiality=0, undertaker__isnull=False,
            case_class="民事",
        ).select_related("court", "undertaker").order_by("pk")[:4]
    )  # fmt: skip
    held_now = 0
    for number, body in enumerate(("judges", "full")):
        given = meetings.Call(
            body,
            f"{on.year}年第{number + 1}次",
            on - timedelta(days=3),
            7,
            president,
            clerk,
            members,
        )
        matters = cases[number * 2 : number * 2 + 2]
        if matters:  # a small city has few cases to bring
            _held(meetings.call(given, by=by), matters, [president, *members], by)
            held_now += 1
    return held_now


def _held(meeting: Meeting, cases: list[Case], present: list[Person], by: meetings.By) -> None:
    matters = [
        meetings.put_on(
            meeting,
            case,
            "b",
            "违约金是否过高、应否调整。",
            "多数意见调整，少数意见不调整。",
            by=by,
        )
        for case in cases
    ]
    meetings.hold(meeting, [one.pk for one in present], by=by)
    for matter in matters[:1]:
        for at, person in enumerate(present):
            side, text = (
                ("minority", "应尊重约定，不予调整。")
                if at == 2
                else ("majority", "应以实际损失为基础调整。")
            )
            meetings.speak(matter, person, side, text, by=by)
        meetings.conclude(matter, "多数意见：以实际损失的百分之三十为限调整违约金。", by=by)
        _respond(matter, by)


def _respond(matter: Matter, by: meetings.By) -> None:
    """The bench follows an advice; what a committee decided still waits for its answer."""
    answers, judge = meetings.responses(matter), matter.case.undertaker
    if len(answers) > 1 and judge is not None:
        own = meetings.By(judge, frozenset(), by.scope, by.now, by.on)
        meetings.respond(matter, answers[0], "", by=own)
