"""司法技术: one commissioned appraisal and the steps that pass it from hand to hand."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case


class Appraisal(models.Model):
    """An appraisal within a case. `holder` has it and the clock; "" when it is over.

    `began` and `ended` are positions of the events that opened and closed the excluded interval.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="appraisals")
    matter = models.CharField("委托事项", max_length=20)
    request = models.TextField("鉴定请求")
    applicant = models.CharField("申请", max_length=20, default="当事人申请")
    agency = models.CharField("鉴定机构", max_length=120, blank=True)
    holder = models.CharField("现在何处", max_length=20, blank=True, db_index=True)
    held_since = models.DateField("起", null=True)
    last = models.CharField("最近一步", max_length=20, blank=True)
    fee = models.BigIntegerField("鉴定费(分)", null=True)
    result = models.TextField("结果", blank=True)
    opened_on = models.DateField("申请日期")
    closed_on = models.DateField("办结日期", null=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    began = models.BigIntegerField("委托事件", null=True)
    ended = models.BigIntegerField("结束事件", null=True)

    class Meta:
        verbose_name = "鉴定"
        ordering = ("-opened_on", "-id")


class Step(models.Model):
    """One step: what was done on which day, who noted it, in whose hands it then was."""

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="steps")
    kind = models.CharField("步骤", max_length=20)
    on = models.DateField("日期")
    holder = models.CharField("之后在", max_length=20, blank=True)
    text = models.CharField("说明", max_length=500, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "鉴定步骤"
        ordering = ("appraisal_id", "on", "id")
