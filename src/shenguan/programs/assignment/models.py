"""Draws that can be replayed, handovers, and what keeps a judge out of a draw."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Case


class Handover(models.Model):
    """All open cases of one judge passed on in one act."""

    key = models.CharField("办理编号", max_length=40, unique=True)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="移交人")
    on = models.DateField("交接日期")
    reason = models.CharField("事由代码", max_length=4)
    detail = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    made_at = models.DateTimeField("办理时间")
    left = models.JSONField("未交接", default=list)

    class Meta:
        verbose_name = "交接"
        ordering = ("-id",)


class Draw(models.Model):
    """One assignment: who could have been drawn with which weight, who was left out and why, who it was.

    `candidates` and the seed give the same judge again at any time (`drawing.pick`).
    """

    class Way(models.TextChoices):
        """Random is the rule, a choice needs a reason."""

        RANDOM = "随机"
        CHOSEN = "指定"

    case = models.ForeignKey(Case, models.PROTECT, related_name="draws")
    way = models.CharField("方式", max_length=4, choices=Way.choices)
    seed = models.CharField("随机种子", max_length=64, blank=True)
    method = models.CharField("算法", max_length=20, blank=True)
    candidates = models.JSONField("候选人", default=list)
    left_out = models.JSONField("排除", default=list)
    chosen = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="承办人")
    before = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("事由代码", max_length=4, blank=True)
    detail = models.CharField("说明", max_length=300, blank=True)
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="draws")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="办理人")
    on = models.DateField("日期")
    made_at = models.DateTimeField("办理时间")
    position = models.BigIntegerField("事件", null=True)

    class Meta:
        verbose_name = "分案记录"
        ordering = ("-id",)


class Relative(models.Model):
    """任职回避: a name that, as an agent or a party, keeps a person out of a case."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审判人员")
    name = models.CharField("亲属姓名或所在机构", max_length=120)
    relation = models.CharField("关系", max_length=20)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    noted_by = models.CharField("登记人", max_length=80)
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "任职回避信息"
        ordering = ("person_id", "id")


class Away(models.Model):
    """A judge takes no new cases for `[valid_from, valid_to)`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="审判人员")
    reason = models.CharField("事由", max_length=60)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    noted_by = models.CharField("登记人", max_length=80)
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "暂停分案"
        ordering = ("person_id", "id")
