"""The clock of each case, derived from its events by the rulebook."""

from __future__ import annotations

from django.db import models

from shenguan.spine.cases.models import Case


class Clock(models.Model):
    """Where a case stands in time. All columns are derived; see contracts §2 and §3.

    `due` is ours, `recorded_due` what the court's own system says; `governing_due` is the one that lists,
    warnings and 审限内 go by: the recorded one for imported cases until the court accepts ours.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="clock")
    rule_id = models.CharField("规则", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10)
    start_on = models.DateField("起算日", null=True)
    due = models.DateField("届满日(本系统)", null=True)
    due_local = models.DateField("届满日(含本地扣除)", null=True)
    recorded_due = models.DateField("届满日(原系统)", null=True)
    accepted = models.BooleanField("采用本系统", default=False)
    governing_due = models.DateField("届满日(适用)", null=True)
    limit_days = models.IntegerField("期限总天数", null=True)
    excluded_days = models.IntegerField("扣除天数", default=0)
    extended = models.BooleanField("已延长", default=False)
    paused_since = models.DateField("暂停自", null=True)
    paused_by = models.CharField("暂停事由", max_length=20, blank=True)
    closed_on = models.DateField("法定结案日", null=True)
    in_time = models.BooleanField("审限内", null=True)
    flags = models.JSONField("提示", default=list)

    class Meta:
        verbose_name = "审限"
        indexes = [models.Index(fields=("governing_due",), name="clock_due")]
