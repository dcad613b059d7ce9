"""When to look at a case again, what each court's data show, and the 一案一策 ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Case


class CaseCheck(models.Model):
    """The next day on which a case's warnings may change by time alone; null: only by an event.

    `checked_on` is the day up to which someone's event had the case looked at: a night that is made up
    later leaves it alone. `refiled` names the withdrawn case that this one brings again. `chain` stands
    on the latest open case of a dispute: {length, remands, refilings, since}.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="check_entry")
    next_on = models.DateField("下次检查", null=True, db_index=True)
    checked_on = models.DateField("已查到", null=True)
    refiled = models.CharField("撤诉前案", max_length=120, blank=True)
    chain = models.JSONField("纠纷链", default=dict)

    class Meta:
        verbose_name = "预警检查"


class Feed(models.Model):
    """Since when a court's data hold a kind of event (of a document, where it names one)."""

    court = models.ForeignKey(Court, models.CASCADE, related_name="feeds")
    kind = models.CharField("事件", max_length=20)
    document = models.CharField("文书", max_length=60, blank=True)
    since = models.DateField("起")

    class Meta:
        verbose_name = "数据来源"
        constraints = [
            models.UniqueConstraint(fields=("court", "kind", "document"), name="feed_once")
        ]


class Plan(models.Model):
    """一案一策: why a case or dispute drags on, what will be done, by whom, by when."""

    class Why(models.TextChoices):
        """What put it on the ledger."""

        LONG_PENDING = "长期未结"
        IDLE_CHAIN = "程序空转"

    class Cause(models.TextChoices):
        """Coded causes, so that they can be summed."""

        APPRAISAL = "鉴定、评估、审计时间长"
        RELATED_CASE = "等待关联案件结果"
        SERVICE = "送达困难、公告"
        WHEREABOUTS = "当事人下落不明或者无法到庭"
        SUSPENSION_OVER = "中止事由已消除未恢复"
        CRIMINAL_FIRST = "刑民交叉"
        COMPLEX = "案情重大复杂"
        OPINION_SOUGHT = "请示上级、征求意见"
        BANKRUPTCY = "破产、清算"
        ASSETS = "财产查控处置"
        JURISDICTION = "管辖争议"
        REMANDED = "反复发回、指令审理"
        REFILED = "撤诉后再诉、重复起诉"
        JUDGE = "承办人变动、办案不力"
        OTHER = "其他"

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    why = models.CharField("列入原因", max_length=8, choices=Why.choices)
    cause = models.CharField("成因", max_length=20, choices=Cause.choices, blank=True)
    plan = models.TextField("化解方案", blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name="包案领导"
    )
    next_step = models.CharField("下一步", max_length=300, blank=True)
    next_on = models.DateField("下一步日期", null=True)
    opened_on = models.DateField("列入日期")
    progress_on = models.DateField("最近进展", null=True)
    result = models.TextField("结果", blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField("销号日期", null=True)
    next_check_on = models.DateField("下次检查", null=True, db_index=True)

    class Meta:
        verbose_name = "一案一策"
        ordering = ("opened_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "why"), name="plan_once_open", condition=Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | Q(owner__isnull=True)
                | ~Q(closed_by=F("owner")),
                name="plan_closed_by_another",
            ),
        ]

    @property
    def is_planned(self) -> bool:
        """Tell whether cause, plan, owner and leader are filled in."""
        return bool(self.cause and self.plan and self.owner_id and self.leader_id)


class Progress(models.Model):
    """One entry of progress in a plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="progress")
    on = models.DateField("日期")
    text = models.TextField("进展")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField("记录时间")

    class Meta:
        verbose_name = "进展"
        ordering = ("plan_id", "on", "id")
