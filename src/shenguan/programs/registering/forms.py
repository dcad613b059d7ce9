"""Django forms made from the rulebook's forms of events."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django import forms

from shenguan.base.org.jurisdiction import in_force
from shenguan.base.org.models import Appointment, Court, Person, Unit
from shenguan.core.casenumber import CaseNumberError, parse
from shenguan.rulebook.loaders.fields import Field, Form

_CONTROL = {"class": "form-control"}
_PARTY = re.compile(r"^(\S+)\s+(.+?)(?:[（(]代理人[:：]\s*(.*?)[)）])?$")
MOST = {"text": 300, "number": 60, "court": 120, "person": 60}


class EventForm(forms.Form):
    """A form of one kind of event in one court; `payload()` is what goes into the log."""

    day = forms.DateField(widget=forms.DateInput({**_CONTROL, "type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, form: Form, court: Court, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, self.court, self.today = form, court, today
        self.lists: list[tuple[str, tuple[str, ...]]] = []
        self.fields["day"].label = form.on
        self.fields["day"].initial = today
        for one in form.fields:
            self.fields[one.key] = self._field(one)

    def payload(self) -> dict[str, Any]:
        """Return the fields filled in, as the log writes them."""
        found = {one.key: _stored(one, self.cleaned_data.get(one.key)) for one in self.form.fields}
        return {key: value for key, value in found.items() if value not in (None, "", [], False)}

    def clean(self) -> dict[str, Any]:
        """Check what two fields say together."""
        data = super().clean() or {}
        begin, end = data.get("start"), data.get("end")
        if begin and end and end <= begin:
            self.add_error("end", "结束时刻应晚于开始时刻")
        return data

    def _field(self, one: Field) -> forms.Field:
        made = _MAKERS[one.kind](self, one)
        made.label, made.required, made.help_text = one.label, one.required, one.help
        if isinstance(made, forms.BooleanField):
            made.required = False
        return made

    def offer(self, key: str, values: tuple[str, ...]) -> dict[str, str]:
        """Offer values beside a text field; returns the attributes that bind them."""
        self.lists.append((f"list-{key}", values))
        return {**_CONTROL, "list": f"list-{key}"}


def initial_of(form: Form, payload: Mapping[str, Any], day: date | None) -> dict[str, Any]:
    """Return a payload of the log as the first values of a form."""
    found: dict[str, Any] = {"day": day} if day else {}
    for one in form.fields:
        value = payload.get(one.key)
        if value not in (None, ""):
            found[one.key] = _shown(one, value)
    return found


def _choice(form: EventForm, one: Field) -> forms.Field:
    assert one.choices is not None
    if one.open:
        attrs = form.offer(one.key, one.choices.items)
        return forms.CharField(max_length=60, widget=forms.TextInput(attrs))
    choices = [("", "请选择"), *((item, item) for item in one.choices.items)]
    return forms.ChoiceField(choices=choices, widget=forms.Select({"class": "form-select"}))


def _person(form: EventForm, one: Field) -> forms.Field:
    known = frozenset(Person.objects.filter(court=form.court).values_list("name", flat=True))
    held = Appointment.objects.filter(in_force(form.today), court=form.court)
    serving = held.order_by("person__name").values_list("person__name", flat=True)
    attrs = form.offer(one.key, tuple(dict.fromkeys(serving)))
    return _NameField(known, form.court.name, widget=forms.TextInput(attrs))


def _unit(form: EventForm, _one: Field) -> forms.Field:
    units = Unit.objects.filter(in_force(form.today), court=form.court)
    names = units.values_list("name", flat=True)
    choices = [("", "请选择"), *((name, name) for name in names)]
    return forms.ChoiceField(choices=choices, widget=forms.Select({"class": "form-select"}))


def _text(_form: EventForm, one: Field) -> forms.Field:
    return forms.CharField(max_length=MOST.get(one.kind, 300), widget=forms.TextInput(_CONTROL))


class _NameField(forms.CharField):
    """A person of the court by name; a typed name outside the court is refused."""

    def __init__(self, names: frozenset[str], court: str, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.names, self.court = names, court

    def clean(self, value: Any) -> str:
        """Return the name."""
        name: str = super().clean(value)
        if name and name not in self.names:
            raise forms.ValidationError(f"{self.court}人员中没有“{name}”")
        return name


class _NumberField(forms.CharField):
    """A 案号, brought to its normal form."""

    def clean(self, value: Any) -> str:
        """Return the number in full-width brackets."""
        text: str = super().clean(value)
        try:
            return parse(text).text if text else ""
        except CaseNumberError as error:
            raise forms.ValidationError(str(error)) from None


class _LinesField(forms.CharField):
    """One entry a line, each read by a function that raises `ValidationError`."""

    def __init__(self, read: Callable[[str], dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(max_length=5000, widget=forms.Textarea({**_CONTROL, "rows": 3}), **kwargs)
        self.read = read

    def clean(self, value: Any) -> Any:
        """Return the entries."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return [self.read(line) for line in lines if line]


def read_party(line: str) -> dict[str, Any]:
    """Read 原告 示范甲公司（代理人：律师甲、律师乙）."""
    found = _PARTY.match(line)
    if not found:
        raise forms.ValidationError(f"“{line}”应写成“诉讼地位 名称”，中间空一格")
    role, name, agents = found.groups()
    party: dict[str, Any] = {"role": role, "name": name.strip()}
    names = [word for word in re.split(r"[、,，\s]+", agents or "") if word]
    return party | ({"agents": [{"name": word} for word in names]} if names else {})


def read_member(line: str) -> dict[str, Any]:
    """Read 审判长 示范甲."""
    role, _space, name = line.partition(" ")
    if not name.strip():
        raise forms.ValidationError(f"“{line}”应写成“角色 姓名”，中间空一格")
    return {"role": role, "name": name.strip()}


_MAKERS: Mapping[str, Callable[[EventForm, Field], forms.Field]] = {
    "date": lambda _f, _o: forms.DateField(
        widget=forms.DateInput({**_CONTROL, "type": "date"}, format="%Y-%m-%d")
    ),
    "time": lambda _f, _o: forms.TimeField(
        widget=forms.TimeInput({**_CONTROL, "type": "time"}, format="%H:%M")
    ),
    "int": lambda _f, _o: forms.IntegerField(min_value=0, widget=forms.NumberInput(_CONTROL)),
    "money": lambda _f, _o: forms.DecimalField(
        min_value=0, max_digits=15, decimal_places=2, widget=forms.NumberInput(_CONTROL)
    ),
    "choice": _choice,
    "bool": lambda _f, _o: forms.BooleanField(
        widget=forms.CheckboxInput({"class": "form-check-input"})
    ),
    "text": _text,
    "person": _person,
    "people": lambda _f, _o: _LinesField(read_member),
    "parties": lambda _f, _o: _LinesField(read_party),
    "unit": _unit,
    "court": _text,
    "number": lambda _f, _o: _NumberField(max_length=60, widget=forms.TextInput(_CONTROL)),
}


def _stored(one: Field, value: Any) -> Any:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value * 100)
    return value.strip() if isinstance(value, str) else value


def _shown(one: Field, value: Any) -> Any:
    if one.kind == "money":
        return Decimal(value) / 100
    if one.kind == "people":
        return "\n".join(f"{m.get('role', '')} {m.get('name', '')}" for m in value)
    if one.kind == "parties":
        return "\n".join(map(_party_line, value))
    return value


def _party_line(party: Mapping[str, Any]) -> str:
    agents = "、".join(agent.get("name", "") for agent in party.get("agents") or ())
    return f"{party.get('role', '')} {party.get('name', '')}{f'（代理人：{agents}）' if agents else ''}"
