"""Warnings on their way to people: what stands, what changed, who was told, what they answered.

Everything hangs on (kind, subject): a rule's id and a key like `case:12` that only its owner can read.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shenguan.base.inbox.addresses import page_of
from shenguan.base.org.models import Court, Person, Unit


class Watch(models.Model):
    """One matter and the rung it stands on; an empty level means it stands no longer.

    `key` tells matters of one kind and subject apart. `silenced`: a 督办 on the same subject speaks for
    it. `held_since`: its data are disputed, the ladder waits. `recheck_on`: look again from that day.
    `directed_by`: a person put it there, not a rule.
    """

    kind = models.CharField("类别", max_length=40)
    subject = models.CharField("对象", max_length=60)
    key = models.CharField("事项", max_length=100, blank=True)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confidentiality = models.SmallIntegerField("敏感程度", default=0)
    level = models.CharField("级别", max_length=4, blank=True)
    rung = models.CharField("梯级", max_length=40, blank=True)
    silenced = models.BooleanField("已静默", default=False)
    since = models.DateField("起", null=True)
    about = models.DateField("关乎", null=True)
    say = models.TextField("内容", blank=True)
    asked_on = models.DateField("催办日", null=True)
    answer_by = models.DateField("答复期限", null=True)
    answered_on = models.DateField("答复日", null=True)
    held_since = models.DateField("存疑日", null=True)
    recheck_on = models.DateField("复查日", null=True, db_index=True)
    directed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "预警"
        ordering = ("kind", "subject", "key")
        constraints = [
            models.UniqueConstraint(fields=("kind", "subject", "key"), name="watch_once")
        ]
        indexes = [
            models.Index(fields=("subject",), name="watch_subject"),
            models.Index(fields=("court", "level"), name="watch_level", condition=~Q(level="")),
        ]

    @property
    def case_id(self) -> int | None:
        """Return the case it is about, None for another matter."""
        kind, _, key = self.subject.partition(":")
        return int(key) if kind == "case" and key.isdigit() else None

    @property
    def page(self) -> str:
        """Return the address of the page where the matter is dealt with, "" where there is none."""
        return page_of(self.subject)


class Transition(models.Model):
    """A change of level: the fact, and the outbox in one. `on` is the day it is about."""

    class State(models.TextChoices):
        """Where it is on its way out."""

        WAITING = "待发"
        SENT = "已发"
        SILENCED = "已静默"
        NOT_SENT = "不发"

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="transitions")
    on = models.DateField("日期")
    old_level = models.CharField("原级别", max_length=4, blank=True)
    level = models.CharField("级别", max_length=4, blank=True)
    rung = models.CharField("梯级", max_length=40, blank=True)
    say = models.TextField("内容", blank=True)
    state = models.CharField("状态", max_length=4, choices=State.choices)
    made_at = models.DateTimeField("生成时间")
    sent_at = models.DateTimeField("发出时间", null=True)
    worker = models.CharField("发出者", max_length=40, blank=True)

    class Meta:
        verbose_name = "级别变化"
        ordering = ("id",)
        indexes = [
            models.Index(fields=("id",), name="transition_out", condition=Q(state="待发")),
            models.Index(fields=("watch", "on"), name="transition_watch"),
        ]


class Digest(models.Model):
    """What one person is told on one day: one message, however many notices."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="digests")
    on = models.DateField("日期")
    made_at = models.DateTimeField("生成时间")
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        verbose_name = "每日提醒"
        ordering = ("-on", "person_id")
        constraints = [models.UniqueConstraint(fields=("person", "on"), name="digest_once_a_day")]


class Notice(models.Model):
    """A transition for one person; `dropped` when it no longer stood on the day of its digest."""

    transition = models.ForeignKey(Transition, models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    copy = models.BooleanField("抄送", default=False)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="notices")
    dropped = models.BooleanField("已失效", default=False)

    class Meta:
        verbose_name = "通知"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("transition", "person"), name="notice_once")]
        indexes = [
            models.Index(
                fields=("person",),
                name="notice_open",
                condition=Q(digest__isnull=True, dropped=False),
            )
        ]


class Snooze(models.Model):
    """A person puts one kind of warning on one subject off, with a reason and an end."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="snoozes")
    kind = models.CharField("类别", max_length=40)
    subject = models.CharField("对象", max_length=60)
    reason = models.CharField("理由", max_length=200)
    since = models.DateField("起")
    until = models.DateField("止")
    made_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "暂缓提醒"
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & Q(until__gt=F("since")), name="snooze_has_reason_and_end"
            )
        ]


class Answer(models.Model):
    """What someone answered to a warning. 数据有误 holds the ladder until it is decided.

    `item` is the number under which the weekly sheet asked, `channel` the way the answer came.
    """

    class Choice(models.TextChoices):
        """The three answers."""

        DONE = "已办"
        UNDER_WAY = "办理中"
        WRONG_DATA = "数据有误"

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="answers")
    choice = models.CharField("答复", max_length=4, choices=Choice.choices)
    text = models.CharField("说明", max_length=500, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    item = models.CharField("事项编号", max_length=100, blank=True)
    channel = models.CharField("途径", max_length=10, default="页面")
    on = models.DateField("日期")
    made_at = models.DateTimeField("答复时间")
    upheld = models.BooleanField("属实", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("认定时间", null=True)

    class Meta:
        verbose_name = "答复"
        ordering = ("id",)


class Correction(models.Model):
    """更正任务: opened by an answer 数据有误; done when the record says what is true."""

    answer = models.OneToOneField(Answer, models.PROTECT, related_name="correction")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="corrections")
    opened_on = models.DateField("立项日期")
    due_on = models.DateField("更正期限")
    note = models.CharField("更正情况", max_length=500, blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField("更正日期", null=True)

    class Meta:
        verbose_name = "更正任务"
        ordering = ("due_on", "id")

    @property
    def state(self) -> str:
        """Return where it stands, in one word."""
        if self.answer.upheld is None:
            return "待认定"
        if not self.answer.upheld:
            return "不属实"
        return "已更正" if self.done_on else "待更正"


class Order(models.Model):
    """督办单: numbered, with owner and due day; its result is accepted by someone else (销号).

    `directed_by`: whoever raised it; empty when the ladder did.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    year = models.SmallIntegerField("年度")
    serial = models.IntegerField("序号")
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="orders")
    say = models.TextField("督办事项")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="orders")
    directed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    raised_on = models.DateField("立单日期")
    due_on = models.DateField("办结期限")
    result = models.TextField("办理结果", blank=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField("报结果日期", null=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField("销号日期", null=True)

    class Meta:
        verbose_name = "督办单"
        ordering = ("court_id", "year", "serial")
        constraints = [
            models.UniqueConstraint(fields=("court", "year", "serial"), name="order_number"),
            models.UniqueConstraint(
                fields=("watch",), name="order_once_open", condition=Q(closed_on__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | Q(owner__isnull=True)
                | ~Q(closed_by=F("owner")),
                name="order_closed_by_another",
            ),
        ]

    @property
    def number(self) -> str:
        """Return the number as printed."""
        return f"〔{self.year}〕{self.court.code}督{self.serial}号"


class Run(models.Model):
    """One run of a nightly job: its heartbeat, and how far it has come.

    `on` is the day it ran for, `position` and `known_at` how much of the log it knew.
    """

    job = models.CharField("任务", max_length=40)
    on = models.DateField("日期")
    known_at = models.DateTimeField("截至")
    position = models.BigIntegerField("截至事件", default=0)
    missed = models.IntegerField("补跑天数", default=0)
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True)
    detail = models.JSONField("结果", default=dict)

    class Meta:
        verbose_name = "夜间任务"
        ordering = ("-id",)
