"""Checks on cases sent back: no second remand, a new bench, filed the next day, the court's one way.

They tell the trial-management office; what may not happen at all is refused at the log's door
(rulebook/gates.yaml: 不得再次发回, 另行组成合议庭).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment
from shenguan.base.org.scope import Scope
from shenguan.programs.appeals import clocks, selectors
from shenguan.programs.appeals.finding import remanded_before
from shenguan.programs.appeals.models import Feedback
from shenguan.rulebook import load
from shenguan.spine.cases.bench import bench_of
from shenguan.spine.cases.models import Case

SETTING = "发改.发回重审办理"
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
    rows = (
        selectors.feedbacks(scope).filter(result__in=remands).exclude(state=Feedback.State.DROPPED)
    )
    choices = Choices()
    return [_checked(one, choices, on) for one in rows]


def _checked(one: Feedback, choices: Choices, on: date) -> Checked:
    trial = clocks.new_trial(one)
    way = str(choices.value(one.lower.court_id, SETTING, on, ""))
    return Checked(
        one, trial, _second(one), _bench(one, trial), _filing(one, trial), _way(one, trial, way, on)
    )


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


def _bench(one: Feedback, trial: Case | None) -> str:
    if trial is None:
        return ""
    first = {person.name for person, _role in bench_of(one.lower)}
    again = [person.name for person, _role in bench_of(trial) if person.name in first]
    names = "、".join(dict.fromkeys(again))
    return f"{names}曾参加原审，应当另行组成合议庭（民事诉讼法第41条）" if names else ""


def _filing(one: Feedback, trial: Case | None) -> str:
    back = clocks.received_on(one)
    if back is None:
        return "没有收到裁定和案卷的登记" if trial is None else ""
    if trial is None:
        return f"{back}收到案卷，尚未立案"
    late = trial.filed_on is not None and (trial.filed_on - back).days > 1
    return (
        f"{back}收到案卷，{trial.filed_on}立案，超过次日（法释〔2000〕29号第6条）" if late else ""
    )


def _way(one: Feedback, trial: Case | None, way: str, on: date) -> str:
    """Check the bench against the one way the court has chosen; nothing to say where it chose none."""
    if trial is None or not way:
        return ""
    chaired = _chaired(trial, on)
    raised = trial.court_id != one.lower.court_id or "提级" in trial.disposition
    if way == "chaired" and raised:
        return "本院选择由院庭长担任审判长，不应再报请提级管辖"
    if way == "chaired" and not chaired:
        return "本院规定由院庭长担任审判长，本案审判组织中没有院庭长担任审判长"
    if way == "raised" and chaired and not raised:
        return "本院选择报请提级管辖，不应以院庭长担任审判长代替"
    return ""


def _chaired(trial: Case, on: date) -> bool:
    chairs = [person.pk for person, role in bench_of(trial) if role == "审判长"]
    held = Appointment.objects.filter(in_force(on), person__in=chairs, court=trial.court_id)
    return held.filter(post__in=LEADERS).exists()
