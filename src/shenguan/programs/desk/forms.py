"""The form of an instruction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class InstructionForm(forms.Form):
    """Whom, what, by when, perhaps on which case."""

    owner = forms.TypedChoiceField(label=_("承办人"), coerce=int)
    text = forms.CharField(
        label=_("批示内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(label=_("办结期限"), widget=forms.DateInput(attrs={"type": "date"}))
    number = forms.CharField(label=_("案号（可不填）"), max_length=120, required=False)

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
        self.on = on
