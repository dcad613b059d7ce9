"""Forms of assignment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from shenguan.programs.assignment.reach import Judge
from shenguan.rulebook import load

_CONTROL = {"class": "form-control"}
_SELECT = {"class": "form-select"}
RANDOM = ""


def reason_choices(occasion: str) -> list[tuple[str, str]]:
    """Return the coded reasons of an occasion for a form."""
    entries = load().assignment.reasons[occasion]
    return [("", "请选择"), *((code, f"{code} {ground}") for code, ground in entries.items())]


def judge_choices(judges: Iterable[Judge], nobody: str) -> list[tuple[str, str]]:
    """Return judges for a form; the first choice is no one in particular."""
    named = [(str(j.person_id), f"{j.name}（{j.division or '未定庭室'}）") for j in judges]
    return [(RANDOM, nobody), *named]


class AssignForm(forms.Form):
    """To whom (no one: by draw), and why."""

    judge = forms.ChoiceField(label="承办人", required=False, widget=forms.Select(_SELECT))
    reason = forms.ChoiceField(label="事由", required=False, widget=forms.Select(_SELECT))
    detail = forms.CharField(
        label="说明", required=False, max_length=300, widget=forms.TextInput(_CONTROL)
    )

    def __init__(
        self, *args: Any, judges: Iterable[Judge], occasion: str, nobody: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "judge", judge_choices(judges, nobody))
        _choose(self, "reason", reason_choices(occasion))

    @property
    def chosen(self) -> int | None:
        """Return the judge chosen, None for a draw."""
        value: str = self.cleaned_data["judge"]
        return int(value) if value else None


class AwayForm(forms.Form):
    """A judge takes no new cases for a while."""

    person = forms.ChoiceField(label="审判人员", widget=forms.Select(_SELECT))
    valid_from = forms.DateField(
        label="自", widget=forms.DateInput({**_CONTROL, "type": "date"}, format="%Y-%m-%d")
    )
    valid_to = forms.DateField(
        label="至（不含当日）",
        required=False,
        widget=forms.DateInput({**_CONTROL, "type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label="事由", max_length=60, widget=forms.TextInput(_CONTROL))

    def __init__(self, *args: Any, judges: Iterable[Judge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", judge_choices(judges, "请选择"))


class RelativeForm(forms.Form):
    """A name that keeps a judge out of a case."""

    person = forms.ChoiceField(label="审判人员", widget=forms.Select(_SELECT))
    name = forms.CharField(
        label="亲属姓名（代理人、当事人）", max_length=120, widget=forms.TextInput(_CONTROL)
    )
    relation = forms.CharField(label="关系", max_length=20, widget=forms.TextInput(_CONTROL))

    def __init__(self, *args: Any, judges: Iterable[Judge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "person", judge_choices(judges, "请选择"))


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
