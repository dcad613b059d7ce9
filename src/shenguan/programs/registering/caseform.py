"""The forms for a new case and for the mode of a court."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Court, Unit
from shenguan.programs.registering.forms import EventForm
from shenguan.programs.registering.services import NewCase
from shenguan.rulebook import load

_CONTROL = {"class": "form-control"}
_FROM_NUMBER = ("case_type",)


class CaseForm(EventForm):
    """A new case: its number, the day of filing, what 登记 holds, the division it goes to."""

    def __init__(self, *args: Any, court: Court, today: date, **kwargs: Any) -> None:
        super().__init__(*args, form=load().forms.forms["登记"], court=court, today=today, **kwargs)
        self.fields["day"].label = "立案日期"
        for name in _FROM_NUMBER:
            del self.fields[name]
        self.fields["online"] = forms.BooleanField(
            label="网上立案",
            required=False,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        self.fields["division"] = self._division()
        self.fields["not_secret"] = forms.BooleanField(
            label="本案不涉及国家秘密（涉密案件不得进入本系统）",
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        self.fields["number"] = forms.CharField(
            label="案号",
            max_length=60,
            widget=forms.TextInput(
                {**_CONTROL, "placeholder": f"（{today.year}）{court.code}民初1号"}
            ),
        )
        self.order_fields(["number", "day"])

    def case(self) -> NewCase:
        """Return the case as entered."""
        data = self.cleaned_data
        return NewCase(
            number=data["number"],
            filed_on=data["day"],
            attributes=self.payload(),
            division=data["division"],
            online=data["online"],
        )

    def _division(self) -> forms.Field:
        units = Unit.objects.filter(in_force(self.today), court=self.court)
        choices = [("", "留在立案庭，待分案"), *((u.name, u.name) for u in units)]
        return forms.ChoiceField(
            label="分至庭室",
            required=False,
            choices=choices,
            widget=forms.Select({"class": "form-select"}),
        )
