"""One act on many cases: what was asked, and what became of it on each case."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case


class Act(models.Model):
    """One event on many cases. `key` is made with the preview: sending it twice does nothing twice."""

    key = models.CharField("办理编号", max_length=40, unique=True)
    kind = models.CharField("事件", max_length=20)
    occurred_on = models.DateField("发生日期")
    payload = models.JSONField("内容", default=dict)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    made_at = models.DateTimeField("办理时间")
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = "批量登记"
        ordering = ("-id",)


class Line(models.Model):
    """One number of an act: recorded at `position`, or left out with a reason."""

    act = models.ForeignKey(Act, models.CASCADE, related_name="lines")
    seq = models.IntegerField("序号")
    given = models.CharField("填写的案号", max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    position = models.BigIntegerField("事件", null=True)
    reason = models.CharField("未登记原因", max_length=300, blank=True)
    notes = models.JSONField("提示", default=list)

    class Meta:
        verbose_name = "批量登记明细"
        ordering = ("act_id", "seq")
        constraints = [
            models.UniqueConstraint(fields=("act", "seq"), name="line_once"),
            models.UniqueConstraint(
                fields=("act", "case"),
                name="line_case_once",
                condition=models.Q(position__isnull=False),
            ),
        ]
