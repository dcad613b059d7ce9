"""Hearings as the log tells them; the whole table can be thrown away and made again."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court
from shenguan.spine.cases.models import Case


class Hearing(models.Model):
    """One hearing of one case. `position` is the event that set it (or, unscheduled, held it)."""

    class State(models.TextChoices):
        """开庭 recorded; 延期 by an adjournment; else scheduled."""

        SET = "已排期"
        HELD = "已开庭"
        ADJOURNED = "已延期"

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    position = models.BigIntegerField("事件")
    on = models.DateField("开庭日期")
    starts = models.TimeField("开始", null=True)
    ends = models.TimeField("结束", null=True)
    room = models.CharField("法庭", max_length=60, blank=True)
    state = models.CharField("状态", max_length=4, choices=State.choices)

    class Meta:
        verbose_name = "庭审"
        ordering = ("on", "starts", "id")
        constraints = [models.UniqueConstraint(fields=("position",), name="hearing_once")]
        indexes = [models.Index(fields=("court", "on"), name="hearing_day")]
