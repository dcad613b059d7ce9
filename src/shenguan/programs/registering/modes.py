"""只读接入模式: which forms are off in a court, and why."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from shenguan.base.org.choices import READ_ONLY, is_read_only
from shenguan.base.org.models import Court
from shenguan.rulebook.loaders.fields import Form
from shenguan.spine.choosing import note_choice

__all__ = ["READ_ONLY", "is_read_only", "set_mode", "why_off"]


def why_off(form: Form, read_only: bool) -> str:
    """Say why a form is off, "" where it is on."""
    if not (read_only and form.held_by_source):
        return ""
    return _(
        "本院为只读接入模式：“%(event)s”由本院办案系统登记，经导入或接口进入审管，"
        "不在此重复录入。如数据有误，请在办案系统更正后重新导入"
    ) % {"event": _(form.event)}


def set_mode(
    *, court: Court, read_only: bool, valid_from: date, basis: str, actor: str, now: datetime
) -> None:
    """Switch the mode of a court from a day. Raises `ValueError` without a basis."""
    if not basis.strip():
        raise ValueError("请写明依据（如本院会议纪要文号）")
    note_choice(
        court=court,
        key=READ_ONLY,
        value=read_only,
        valid_from=valid_from,
        basis=basis.strip()[:200],
        actor=actor,
        now=now,
    )
