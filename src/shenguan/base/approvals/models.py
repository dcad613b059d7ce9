"""Requests for approval, their steps, who they wait for, what was decided, on which papers.

The kit knows a subject by its key `(kind, subject)` alone. `state` and `at_step` move by conditional
updates only, so that of two people who decide at once one is told that the other was first.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from shenguan.base.org.models import Court, Person, Unit
from shenguan.core.windows import Windows


class Request(models.Model):
    """One request. What was asked, shown and due is kept as it was when it was made."""

    class State(models.TextChoices):
        """`open` waits for its current step; `returned` waits for the applicant."""

        OPEN = "open", "办理中"
        RETURNED = "returned", "已退回"
        APPROVED = "approved", "已同意"
        REFUSED = "refused", "未同意"
        WITHDRAWN = "withdrawn", "已撤回"

    procedure = models.CharField("审批事项", max_length=60)
    name = models.CharField("名称", max_length=60)
    group = models.CharField("类别", max_length=20)
    mode = models.CharField("方式", max_length=8)
    kind = models.CharField("对象类别", max_length=20)
    subject = models.BigIntegerField("对象")
    subject_name = models.CharField("对象名称", max_length=120)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name="法院")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="部门")
    applicant = models.ForeignKey(
        Person, models.PROTECT, related_name="approval_requests", verbose_name="申请人"
    )
    applied_at = models.DateTimeField("申请时间")
    applied_on = models.DateField("申请日期", db_index=True)
    asked = models.JSONField("申请内容", default=dict)
    summary = models.CharField("申请事项", max_length=200)
    once = models.CharField("同时只办一件", max_length=60)
    reasons = models.JSONField("事由代码", default=list)
    detail = models.TextField("详细事由", blank=True)
    facts = models.JSONField("申请时的情况", default=dict)
    due = models.DateField("申请时的届满日", null=True)
    apply_before = models.SmallIntegerField("申请提前天数", null=True)
    decide_before = models.SmallIntegerField("决定提前天数", null=True)
    flags = models.JSONField("提示", default=list)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    at_step = models.SmallIntegerField("当前步骤", default=1)
    round = models.SmallIntegerField("第几次提交", default=1)
    digest = models.CharField("材料摘要", max_length=64)
    trace = models.JSONField("有关事件", default=list)
    ended_at = models.DateTimeField("办结时间", null=True)

    class Meta:
        verbose_name = "审批申请"
        ordering = ("-applied_at", "-id")
        indexes = [
            models.Index(fields=("subject", "kind"), name="approval_subject"),
            models.Index(fields=("state", "group"), name="approval_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("kind", "subject", "once"),
                condition=models.Q(state__in=("open", "returned")),
                name="approval_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_name}{self.name}"

    @property
    def decide_by(self) -> date | None:
        """The last day to decide in time, where the rule names one."""
        return Windows(self.due, self.apply_before, self.decide_before).decide_by

    @property
    def state_word(self) -> str:
        """Say the state in the words of an approval or of a check."""
        return _WORDS.get(self.mode, _DECIDE_WORDS)[self.state]


_DECIDE_WORDS = {
    "open": "审批中",
    "returned": "退回补正",
    "approved": "已批准",
    "refused": "未批准",
    "withdrawn": "已撤回",
}
_WORDS = {
    "check": _DECIDE_WORDS | {"open": "待核查", "returned": "退回说明", "approved": "核查通过"},
    "review": _DECIDE_WORDS | {"open": "阅核中", "returned": "待承办回应", "approved": "阅核完成"},
}


class Step(models.Model):
    """One step of a request, as the rulebook had it on the day of the request."""

    class State(models.TextChoices):
        """Only one step of a request is current."""

        AHEAD = "ahead", "未到"
        CURRENT = "current", "待办"
        DONE = "done", "已办"
        SKIPPED = "skipped", "跳过"

    request = models.ForeignKey(Request, models.CASCADE, related_name="steps")
    number = models.SmallIntegerField("次序")
    name = models.CharField("步骤", max_length=40)
    decides = models.BooleanField("作出决定", default=False)
    passes = models.BooleanField("不同意时附意见报下一步", default=False)
    by_paper = models.BooleanField("登记书面批复", default=False)
    delegates = models.JSONField("可受托职务", default=list)
    note = models.CharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.AHEAD)
    opened_at = models.DateTimeField("到达时间", null=True)

    class Meta:
        verbose_name = "审批步骤"
        ordering = ("request_id", "number")
        constraints = [models.UniqueConstraint(fields=("request", "number"), name="step_once")]


class Addressee(models.Model):
    """A post that may act on a step, wherever its holder of the day sits; no unit: the whole court."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="addressees")
    post = models.CharField("职务", max_length=40)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "审批人职务"
        ordering = ("step_id", "id")
        indexes = [models.Index(fields=("court", "post"), name="addressee_post")]


class Barred(models.Model):
    """Someone who may not act on a request whatever post they hold: bench, recusal, own matter."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="barred")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("理由", max_length=60)

    class Meta:
        verbose_name = "不得办理的人"
        ordering = ("request_id", "id")
        constraints = [models.UniqueConstraint(fields=("request", "person"), name="barred_once")]


class Delegation(models.Model):
    """While away, one person lets another act on what waits for them, in `[valid_from, valid_to)`."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="delegations_taken")
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）")
    reason = models.CharField("事由", max_length=200)
    made_at = models.DateTimeField("设立时间")
    ended_at = models.DateTimeField("提前终止时间", null=True)

    class Meta:
        verbose_name = "审批委托"
        ordering = ("-valid_from", "-id")

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.valid_to - timedelta(days=1)


class Decision(models.Model):
    """What one person did at one step, on which state of the papers (`digest`), and why."""

    class Outcome(models.TextChoices):
        """`objects` goes on with the opinion; `refuses` ends; `returns` goes back to the applicant."""

        AGREES = "agrees", "同意"
        OBJECTS = "objects", "不同意，报下一步"
        REFUSES = "refuses", "不同意"
        RETURNS = "returns", "退回"
        ANSWERS = "answers", "重新提交"
        WITHDRAWS = "withdraws", "撤回"
        SKIPS = "skips", "跳过"

    request = models.ForeignKey(Request, models.CASCADE, related_name="decisions")
    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="decisions")
    round = models.SmallIntegerField("第几次提交")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post = models.CharField("职务", max_length=40, blank=True)
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices)
    reasons = models.JSONField("理由代码", default=list)
    opinion = models.TextField("意见", blank=True)
    flags = models.JSONField("提示", default=list)
    digest = models.CharField("所据材料摘要", max_length=64)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "审批意见"
        ordering = ("request_id", "id")


class Remark(models.Model):
    """A note beside a request that decides nothing."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="remarks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField("内容")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "备注"
        ordering = ("request_id", "id")


class Content(models.Model):
    """The bytes of a document, kept once under their SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()


class Document(models.Model):
    """One version of one paper of a request; a new version never replaces the old."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="documents")
    kind = models.CharField("材料种类", max_length=40)
    name = models.CharField("文件名", max_length=200)
    version = models.SmallIntegerField("版本", default=1)
    content = models.ForeignKey(Content, models.PROTECT, related_name="+")
    size = models.IntegerField("字节数")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "审批材料"
        ordering = ("request_id", "kind", "version", "id")
