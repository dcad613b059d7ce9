"""院庭长批示交办: what a leader asked for, of whom, by when, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shenguan.base.org.models import Court, Person, Unit
from shenguan.spine.cases.models import Case


class Instruction(models.Model):
    """One instruction. `accepted_by` closes it and is never the owner; sent back, its result is empty again."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    year = models.SmallIntegerField("年度")
    serial = models.IntegerField("序号")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="批示人")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="承办人")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    text = models.TextField("批示内容")
    given_on = models.DateField("批示日期")
    given_at = models.DateTimeField("记录时间")
    due_on = models.DateField("办结期限")
    result = models.TextField("落实情况", blank=True)
    reported_on = models.DateField("反馈日期", null=True)
    sent_back = models.TextField("退回意见", blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField("办结日期", null=True)

    class Meta:
        verbose_name = "批示交办"
        ordering = ("court_id", "year", "serial")
        constraints = [
            models.UniqueConstraint(
                fields=("court", "year", "serial"), name="instruction_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("owner")),
                name="instruction_accepted_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=("owner",), name="instruction_open", condition=Q(accepted_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return f"〔{self.year}〕{self.court.code}批{self.serial}号"

    @property
    def subject(self) -> str:
        """Return its key in the inbox."""
        return f"instruction:{self.pk}"

    @property
    def state_word(self) -> str:
        """Say where it stands."""
        if self.accepted_on:
            return "已办结"
        return "已反馈，待确认" if self.result else "退回再办" if self.sent_back else "办理中"
