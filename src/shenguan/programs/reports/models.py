"""Reports as they were made and published, their numbers, templates and permits.

A published report never changes: what it said, the files sent out and the cases behind its figures stay.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from shenguan.base.org.models import Court, Person, Unit


class PublishedError(RuntimeError):
    """A published report can't be changed; make a new one instead."""

    def __init__(self) -> None:
        super().__init__("已发布的材料不能更改；数据变了请另行生成")


class WordTemplate(models.Model):
    """A court's own Word template; the one in force is the latest not retired of its kind, else of all kinds."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="word_templates")
    kind = models.CharField("种类", max_length=20, blank=True)
    name = models.CharField("文件名", max_length=160)
    data = models.BinaryField("内容")
    digest = models.CharField("哈希", max_length=64)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    retired_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "Word 模板"
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.name


class Permit(models.Model):
    """The written basis without which no table of courts may stand in another order than 机构序."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="ordering_permits")
    number = models.CharField("依据文号", max_length=80)
    title = models.CharField("依据名称", max_length=160)
    approver = models.CharField("批准人", max_length=80)
    valid_from = models.DateField("起")
    valid_to = models.DateField("止")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤销时间", null=True)

    class Meta:
        verbose_name = "排序依据"
        ordering = ("-made_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(approver="") & Q(valid_to__gte=F("valid_from")),
                name="permit_has_basis_approver_and_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class Report(models.Model):
    """One report: asked for, made by a job, edited, published. `paper` is as made; edits stand beside it."""

    class State(models.TextChoices):
        """Where it is on its way."""

        WAITING = "待生成"
        MAKING = "生成中"
        DRAFT = "草稿"
        FAILED = "未生成"
        PUBLISHED = "已发布"
        DROPPED = "已作废"

    court = models.ForeignKey(Court, models.PROTECT, related_name="reports")
    kind = models.CharField("种类", max_length=20)
    period = models.CharField("统计期", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    to_court = models.ForeignKey(Court, models.PROTECT, null=True, related_name="letters_received")
    options = models.JSONField("选项", default=dict)
    title = models.CharField("标题", max_length=200)
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.WAITING)
    step = models.CharField("进度说明", max_length=80, blank=True)
    progress = models.SmallIntegerField("进度", default=0)
    error = models.TextField("原因", blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提出时间")
    made_at = models.DateTimeField("取数时间", null=True)
    position = models.BigIntegerField("日志位置", default=0)
    paper = models.JSONField("正文", null=True)
    annex = models.JSONField("附件", null=True)
    sheets = models.JSONField("附表", null=True)
    permit = models.ForeignKey(Permit, models.PROTECT, null=True, related_name="+")
    template = models.ForeignKey(WordTemplate, models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("发布时间", null=True)
    digest = models.CharField("哈希", max_length=64, blank=True)
    behind = models.BinaryField("数字背后的案件", default=b"")

    class Meta:
        verbose_name = "报告"
        ordering = ("-asked_at", "-id")
        indexes = [models.Index(fields=("court", "kind", "-asked_at"), name="report_of_court")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """Return its 文号, "" before one is given."""
        held = self.numbers.filter(voided_at=None).first()
        return held.text if held else ""

    @property
    def is_open(self) -> bool:
        """Whether it may still be edited."""
        return self.state == self.State.DRAFT

    @property
    def is_running(self) -> bool:
        """Whether a job is still at it."""
        return self.state in {self.State.WAITING, self.State.MAKING}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuse to write over a published report."""
        if self.pk and Report.objects.filter(pk=self.pk, state=self.State.PUBLISHED).exists():
            raise PublishedError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse for a published report."""
        if self.state == self.State.PUBLISHED:
            raise PublishedError
        return super().delete(*args, **kwargs)


class ReportFile(models.Model):
    """A file as it was sent out."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    form = models.CharField("形式", max_length=20)
    name = models.CharField("文件名", max_length=200)
    data = models.BinaryField("内容")
    digest = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = "报告文件"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("report", "form"), name="file_once")]


class SentenceEdit(models.Model):
    """One sentence changed by a person: what stood, what stands, who, when."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="edits")
    block = models.IntegerField("段落")
    before = models.JSONField("原句")
    after = models.JSONField("现句")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("修改时间")

    class Meta:
        verbose_name = "修改"
        ordering = ("id",)


class NumberRule(models.Model):
    """How a court numbers its papers from a day on: {种类: 机关代字} beside the general one."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="number_rules")
    word = models.CharField("机关代字", max_length=40)
    by_kind = models.JSONField("按种类", default=dict)
    first = models.IntegerField("起始序号", default=1)
    valid_from = models.DateField("起")
    basis = models.CharField("依据", max_length=200, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "文号规则"
        ordering = ("valid_from", "id")

    def word_of(self, kind: str) -> str:
        """Return the 机关代字 of a kind of paper."""
        found: str = self.by_kind.get(kind) or self.word
        return found


class DocumentNumber(models.Model):
    """A 文号 of the ledger: given once, never again; a number not used stays as a void with its reason."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="document_numbers")
    word = models.CharField("机关代字", max_length=40)
    year = models.SmallIntegerField("年份")
    serial = models.IntegerField("序号")
    report = models.ForeignKey(Report, models.PROTECT, related_name="numbers")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("取号时间")
    voided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField("作废时间", null=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "文号"
        ordering = ("court_id", "word", "-year", "-serial")
        constraints = [
            models.UniqueConstraint(
                fields=("court", "word", "year", "serial"), name="number_given_once"
            ),
            models.UniqueConstraint(
                fields=("report",), name="one_number_a_report", condition=Q(voided_at__isnull=True)
            ),
        ]

    @property
    def text(self) -> str:
        """Return the number as printed."""
        return f"{self.word}〔{self.year}〕{self.serial}号"


class Meeting(models.Model):
    """A 通报会 or 数据会商 that was held; what it decided are its tasks."""

    class Kind(models.TextChoices):
        """The two meetings that look at figures."""

        BRIEFING = "通报会"
        CONSULTATION = "数据会商"

    court = models.ForeignKey(Court, models.PROTECT, related_name="meetings")
    kind = models.CharField("会议", max_length=6, choices=Kind.choices)
    held_on = models.DateField("召开日期")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="meetings")
    participants = models.CharField("参加人员", max_length=500, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "会议"
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return f"{self.held_on}{self.kind}"


class Task(models.Model):
    """What a meeting decided: a matter with owner and day. Its state is that of its last step."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    serial = models.SmallIntegerField("序号")
    matter = models.CharField("议定事项", max_length=500)
    code = models.CharField("指标", max_length=120, blank=True)
    target = models.CharField("目标", max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="meeting_tasks")
    due_on = models.DateField("完成时限")

    class Meta:
        verbose_name = "议定事项"
        ordering = ("meeting_id", "serial")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "serial"), name="task_serial_once")
        ]


class TaskStep(models.Model):
    """One report on a task, or what became of it."""

    class State(models.TextChoices):
        """办结 is said by the owner, 销号 by someone else."""

        UNDER_WAY = "办理中"
        DONE = "已办结"
        CLOSED = "已销号"
        RETURNED = "退回续办"

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    state = models.CharField("状态", max_length=4, choices=State.choices)
    said = models.CharField("情况", max_length=500)
    on = models.DateField("日期")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "办理情况"
        ordering = ("id",)


class LetterReply(models.Model):
    """A lower court's reply to a 质效反馈函, and whether the sender took it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="replies")
    said = models.TextField("反馈内容")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField("反馈日期")
    made_at = models.DateTimeField("登记时间")
    accepted = models.BooleanField("认可", null=True)
    remark = models.CharField("意见", max_length=500, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        verbose_name = "反馈"
        ordering = ("id",)
