"""Checks on cases sent back: no second remand, a new bench, filed the next day, the court's one way.

They tell the trial-management office; what may not happen at all is refused at the log's door
(rulebook/gates.yaml: 不得再次发回, 另行组成合议庭).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Person
from shenguan.base.org.scope import Scope
from shenguan.programs.appeals import clocks, selectors
from shenguan.programs.appeals.finding import remanded_before
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.bench import benches_of
from shenguan.spine.cases.models import Case

SETTING = "发改.发回重审办理"
Seated = tuple[Person, str]
_CHAIN = ("upper__prior__prior__prior",)
LEADERS = ("院长", "分管副院长", "审委会专职委员", "庭长", "副庭长", "人民法庭庭长")


@dataclass(frozen=True, slots=True)
class Checked:
    """One remanded case: what the four checks found; "" where there is nothing to say."""

    feedback: Feedback
    trial: Case | None
    second: str
    bench: str
    filing: str
    way: str

    @property
    def doubts(self) -> tuple[str, ...]:
        """Everything that was found."""
        return tuple(filter(None, (self.second, self.bench, self.filing, self.way)))


def checked(scope: Scope, on: date) -> list[Checked]:
    """Return the remanded cases that are shown, with what the checks found."""
    remands = [e.name for e in load().appeals.lists["results"].values() if e.more.get("remand")]
    rows = selectors.feedbacks(scope).filter(result__in=remands)
    return check(rows.exclude(state=Feedback.State.DROPPED).select_related(*_CHAIN), on)


def check(rows: Iterable[Feedback], on: date) -> list[Checked]:
    """Check remanded cases, many in as many queries as one."""
    listed = list(rows)
    trials, back = clocks.new_trials(listed), clocks.received(listed)
    cases = [one.lower for one in listed] + list(trials.values())
    benches, choices = benches_of(cases), Choices()
    leading = _leading(benches, on)
    found = []
    for one in listed:
        trial = trials.get(one.pk)
        bench = benches[trial.pk] if trial else []
        way = str(choices.value(one.lower.court_id, SETTING, on, ""))
        chaired = any(role == "审判长" and person.pk in leading for person, role in bench)
        found.append(
            Checked(
                one, trial, _second(one), _bench(benches[one.lower_id], bench),
                _filing(back.get(one.pk), trial), _way(one, trial, way, chaired=chaired),
            )
        )  # fmt: skip
    return found


def _leading(benches: Mapping[int, Sequence[Seated]], on: date) -> set[int]:
    """Return those who preside over one of the benches and hold a leading post in their court."""
    chairs = {p.pk: p for bench in benches.values() for p, role in bench if role == "审判长"}
    held = Appointment.objects.filter(in_force(on), person__in=chairs, post__in=LEADERS)
    rows = held.order_by().values_list("person", "court")
    return {person for person, court in rows if chairs[person].court_id == court}


def _second(one: Feedback) -> str:
    before = remanded_before(one.upper)
    if before is None:
        return ""
    criminal = one.upper.case_class == "刑事"
    facts = {code for code, e in load().appeals.lists["grounds"].items() if e.more.get("fact")}
    if criminal and not facts & set(one.grounds):
        return ""
    law = "刑事诉讼法第236条第2款" if criminal else "民事诉讼法第177条第2款、行政诉讼法第89条第2款"
    return f"{before.number}已发回一次，不得再次发回（{law}）"


def _bench(before: Sequence[Seated], now: Sequence[Seated]) -> str:
    first = {person.name for person, _role in before}
    again = [person.name for person, _role in now if person.name in first]
    names = "、".join(dict.fromkeys(again))
    return f"{names}曾参加原审，应当另行组成合议庭（民事诉讼法第41条）" if names else ""


def _filing(back: date | None, trial: Case | None) -> str:
    if back is None:
        return "没有收到裁定和案卷的登记" if trial is None else ""
    if trial is None:
        return f"{back}收到案卷，尚未立案"
    late = trial.filed_on is not None and (trial.filed_on - back).days > 1
    return (
        f"{back}收到案卷，{trial.filed_on}立案，超过次日（法释〔2000〕29号第6条）" if late else ""
    )


def _way(one: Feedback, trial: Case | None, way: str, *, chaired: bool) -> str:
    """Check the bench against the one way the court has chosen; nothing to say where it chose none."""
    if trial is None or not way:
        return ""
    raised = trial.court_id != one.lower.court_id or "提级" in trial.disposition
    if way == "chaired" and raised:
        return "本院选择由院庭长担任审判长，不应再报请提级管辖"
    if way == "chaired" and not chaired:
        return "本院规定由院庭长担任审判长，本案审判组织中没有院庭长担任审判长"
    if way == "raised" and chaired and not raised:
        return "本院选择报请提级管辖，不应以院庭长担任审判长代替"
    return ""
