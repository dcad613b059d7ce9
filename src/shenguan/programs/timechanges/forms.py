"""Forms of the program; what they offer comes from the rulebook and from the case's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from shenguan.base.approvals.papers import LARGEST, Paper
from shenguan.base.approvals.services import Refused, Verdict
from shenguan.core.timelimit import Rule
from shenguan.programs.timechanges.dryrun import Outlook
from shenguan.programs.timechanges.services import WAYS, Period, Said
from shenguan.rulebook import load
from shenguan.rulebook.loaders.approvals import Procedure

MOST_FILES = 3
_TO_PARTY = "应诉材料"
_SUSPENSION_LISTS = {"行政": "administrative", "刑事": "criminal"}
_TICK = {"class": "form-check-input"}
_Choices = list[tuple[str, str]]


class SaidForm(forms.Form):
    """Coded reasons and the story in words."""

    reasons = forms.MultipleChoiceField(label="事由", widget=forms.CheckboxSelectMultiple(_TICK))
    detail = forms.CharField(
        label="详细情况和理由",
        required=False,
        widget=forms.Textarea({"rows": 5, "class": "form-control", "maxlength": 5000}),
    )

    def __init__(self, *args: Any, reasons: _Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "reasons", reasons)

    def said(self, request: HttpRequest) -> Said:
        """Return what the applicant said, with the papers sent along."""
        data = self.cleaned_data
        return Said(data["reasons"], data["detail"], read_papers(request))


class ExtensionForm(SaidForm):
    """An extension: how long, why."""

    length = forms.ChoiceField(label="申请延长", widget=forms.RadioSelect(_TICK))
    field_order = ("length", "reasons", "detail")

    def __init__(self, *args: Any, view: Outlook, **kwargs: Any) -> None:
        assert view.procedure is not None
        super().__init__(*args, reasons=reason_choices(view.procedure.reasons), **kwargs)
        lengths = [
            (length.value, f"{length.say}，届满日变为 {length.due or '（暂停中，恢复后确定）'}")
            for length in view.lengths
        ]
        _choices(self, "length", lengths)


class PeriodForm(SaidForm):
    """A suspension to be registered; with it the attempts of service where it is by publication."""

    event = forms.ChoiceField(label="登记事项", widget=forms.Select({"class": "form-select"}))
    on = forms.DateField(
        label="开始日期", widget=forms.DateInput({"type": "date", "class": "form-control"})
    )
    kind = forms.CharField(
        label="种类或者受送达人",
        required=False,
        max_length=60,
        widget=forms.TextInput({"class": "form-control"}),
    )
    agreed = forms.BooleanField(
        label="当事人同意延长调解期间", required=False, widget=forms.CheckboxInput(_TICK)
    )
    field_order = ("event", "on", "kind", "agreed", "reasons", "detail")

    def __init__(self, *args: Any, events: _Choices, case_class: str, **kwargs: Any) -> None:
        super().__init__(*args, reasons=_period_reasons(case_class), **kwargs)
        _choices(self, "event", events)

    def period(self, post: Mapping[str, str]) -> Period:
        """Return the suspension as registered."""
        data = self.cleaned_data
        event = data["event"]
        payload = {"kind": data["kind"]} if data["kind"] else {}
        if event == "公告送达":
            payload = {"document": "裁判文书", "party": data["kind"]}
        elif event == "公告开始":
            payload = {"kind": _TO_PARTY, "party": data["kind"]}
        elif event == "中止审理":
            payload = {"reason": reason_names(data["reasons"])}
        elif event == "调解开始" and data["agreed"]:
            payload["agreed"] = True
        return Period(event, data["on"], payload, _attempts(post))


class DelegationForm(forms.Form):
    """Who acts while one is away, and when."""

    taker = forms.ChoiceField(label="受托人", widget=forms.Select({"class": "form-select"}))
    first = forms.DateField(
        label="自", widget=forms.DateInput({"type": "date", "class": "form-control"})
    )
    last = forms.DateField(
        label="至（含当日）", widget=forms.DateInput({"type": "date", "class": "form-control"})
    )
    reason = forms.CharField(
        label="事由", max_length=200, widget=forms.TextInput({"class": "form-control"})
    )

    def __init__(self, *args: Any, takers: _Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "taker", takers)


def reason_choices(name: str) -> _Choices:
    """Return a list of reasons for a form, each with its article."""
    return [
        (reason.code, f"{reason.name}（{reason.law}）" if reason.law else reason.name)
        for reason in load().approvals.reasons(name).values()
    ]


def reason_names(codes: list[str]) -> str:
    """Return coded reasons in words."""
    lists = load().approvals.lists.values()
    names = {code: reason.name for entries in lists for code, reason in entries.items()}
    return "；".join(names.get(code, code) for code in codes)


def period_choices(rule: Rule | None) -> _Choices:
    """Return what may be registered as suspending the clock under a rule of the case."""
    opens = rule.opens if rule else {}
    plain = [
        (event, f"{exclusion.reason}（{event}）")
        for event, exclusion in opens.items()
        if not exclusion.restarts and load().events.known(event) and load().events[event].pair
    ]
    return [*plain, ("公告送达", "公告送达裁判文书（刊登之日为结案日）")]


def read_papers(request: HttpRequest) -> list[Paper]:
    """Read the files of a form: `kind_1`, `file_1` and so on."""
    papers = []
    for number in range(1, MOST_FILES + 1):
        file = request.FILES.get(f"file_{number}")
        if file is None:
            continue
        if (file.size or 0) > LARGEST:
            raise Refused(f"文件“{file.name}”超过20MB")
        kind = request.POST.get(f"kind_{number}", "")[:40] or "其他材料"
        papers.append(Paper(kind, (file.name or "未命名")[:200], file.read()))
    return papers


def read_verdict(request: HttpRequest) -> Verdict:
    """Read the decision form."""
    post = request.POST
    return Verdict(
        outcome=post.get("outcome", ""),
        opinion=post.get("opinion", ""),
        reasons=post.getlist("reasons"),
        digest=post.get("digest", ""),
        papers=read_papers(request),
    )


def paper_slots(procedure: Procedure) -> list[tuple[int, tuple[str, ...]]]:
    """Return the numbered places for files with the kinds to choose from."""
    return [(number, procedure.file_kinds) for number in range(1, MOST_FILES + 1)]


def _attempts(post: Mapping[str, str]) -> list[dict[str, str]]:
    """Read what was tried before publication: way, day, result."""
    found = []
    for number, way in enumerate(WAYS, 1):
        on, result = post.get(f"tried_on_{number}", ""), post.get(f"tried_{number}", "")
        if on or result:
            found.append({"way": way, "on": on[:10], "result": result.strip()[:200]})
    return found


def _period_reasons(case_class: str) -> _Choices:
    suspension = f"suspension.{_SUSPENSION_LISTS.get(case_class, 'civil')}"
    return [
        choice
        for name in ("exclusion", suspension, "publication")
        for choice in reason_choices(name)
    ]


def _choices(form: forms.Form, name: str, choices: _Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
