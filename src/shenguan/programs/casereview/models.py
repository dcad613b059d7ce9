"""案件评查: plan, draw, cases under review, score sheets, findings, issues.

A result says something of how a case was handled; nothing here changes or suspends a judgment.
"""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Case


class Plan(models.Model):
    """What is to be reviewed, how many, by whom. `wanted` are the conditions of the list.

    `rate` and `second` are percent; `rates` cell → percent where a cell differs; `reviewers` ids of people.
    """

    class State(models.TextChoices):
        """Where a plan stands."""

        DRAFT = "待抽取"
        RUNNING = "评查中"
        CLOSED = "已结束"

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("种类", max_length=20)
    topic = models.CharField("评查内容", max_length=20)
    wanted = models.JSONField("条件", default=dict)
    strata = models.JSONField("分层", default=list)
    rate = models.DecimalField("抽查比例", max_digits=5, decimal_places=2)
    rates = models.JSONField("各层比例", default=dict)
    minimum = models.SmallIntegerField("每名法官最少件数", default=0)
    second = models.SmallIntegerField("复评比例", default=0)
    grades = models.CharField("等次", max_length=20)
    reviewers = models.JSONField("评查人员", default=list)
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("拟定时间")

    class Meta:
        verbose_name = "评查方案"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Draw(models.Model):
    """The draw of a plan, once: its seed, the whole list as it then was, what came out, their digests.

    `frame` are [number, cell, judge id, case id]; a replay needs nothing but this row.
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="drawn")
    method = models.CharField("方法", max_length=20)
    seed = models.CharField("种子", max_length=64)
    frame = models.JSONField("名单")
    rate = models.CharField("比例", max_length=20)
    rates = models.JSONField("各层比例", default=dict)
    minimum = models.SmallIntegerField("每名法官最少件数")
    frame_digest = models.CharField("名单摘要", max_length=64)
    result_digest = models.CharField("结果摘要", max_length=64)
    size = models.IntegerField("名单件数")
    taken = models.IntegerField("抽中件数")
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = "抽取"
        ordering = ("-id",)


class Item(models.Model):
    """One case under review. `chance` is its inclusion probability as a fraction, `judge` whose case it was."""

    class State(models.TextChoices):
        """What it waits for."""

        UNASSIGNED = "待分派"
        SCORING = "待评分"
        REPLY = "待答复"
        DECISION = "待审议"
        DECIDED = "已定级"

    class Reply(models.TextChoices):
        """What the judge says; no reply is no agreement."""

        AGREES = "认可"
        OBJECTS = "异议"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="case_reviews")
    judge = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cell = models.CharField("分层", max_length=200, blank=True)
    chance = models.CharField("入样概率", max_length=80)
    sheet = models.CharField("评查表", max_length=20)
    state = models.CharField("状态", max_length=4, choices=State.choices, db_index=True)
    since = models.DateField("起")
    proposed_points = models.DecimalField("初评分", max_digits=5, decimal_places=1, null=True)
    proposed_grade = models.CharField("初评等次", max_length=10, blank=True)
    divergent = models.BooleanField("评分分歧", default=False)
    reply = models.CharField("答复", max_length=4, choices=Reply.choices, blank=True)
    objection = models.CharField("异议理由", max_length=4, blank=True)
    reply_text = models.TextField("答复内容", blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField("答复时间", null=True)
    points = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True)
    grade = models.CharField("等次", max_length=10, blank=True)
    decision = models.TextField("审议意见", blank=True)
    meeting = models.CharField("会议", max_length=60, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("定级日期", null=True)

    class Meta:
        verbose_name = "评查案件"
        ordering = ("plan_id", "case__number_key", "id")
        constraints = [
            models.UniqueConstraint(fields=("plan", "case"), name="reviewed_once_in_a_plan")
        ]


class Sheet(models.Model):
    """One reviewer's score sheet; a second one is blind: neither reviewer sees the other's."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="sheets")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.BooleanField("复评", default=False)
    given_on = models.DateField("分派日期")
    points = models.DecimalField("得分", max_digits=5, decimal_places=1, null=True)
    grade = models.CharField("等次", max_length=10, blank=True)
    comment = models.TextField("总评", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    replaced = models.CharField("更换理由", max_length=4, blank=True)

    class Meta:
        verbose_name = "评查表"
        ordering = ("item_id", "second", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("item", "second"),
                condition=models.Q(replaced=""),
                name="one_sheet_of_each_round",
            )
        ]


class Finding(models.Model):
    """One deduction with the page of the file it rests on."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="findings")
    entry = models.CharField("评查项", max_length=20)
    deduction = models.CharField("扣分项", max_length=20)
    times = models.SmallIntegerField("处", default=1)
    points = models.DecimalField("扣分", max_digits=5, decimal_places=1)
    page = models.CharField("卷宗页码", max_length=60)
    text = models.CharField("说明", max_length=500, blank=True)
    upheld = models.BooleanField("审议维持", default=True)

    class Meta:
        verbose_name = "扣分"
        ordering = ("sheet_id", "id")


class Issue(models.Model):
    """One entry of the issue list with its rectification, checked by the office.

    `rounds` are [day, who, what, words] of every report and check: what was sent back stays to be read.
    """

    class State(models.TextChoices):
        """Where its rectification stands."""

        OPEN = "待整改"
        REPORTED = "待验收"
        DONE = "已整改"

    item = models.ForeignKey(Item, models.PROTECT, related_name="issues")
    code = models.CharField("问题代码", max_length=4)
    text = models.TextField("问题")
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField("列入日期")
    due_on = models.DateField("整改期限")
    report = models.TextField("整改情况", blank=True)
    reported_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField("报告日期", null=True)
    verdict = models.TextField("验收意见", blank=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField("验收日期", null=True)
    rounds = models.JSONField("经过", default=list)

    class Meta:
        verbose_name = "问题清单"
        ordering = ("state", "due_on", "id")
