"""What an import leaves besides events: findings, rejected rows, learned headings, judgments, sightings."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Batch, Case


class Finding(models.Model):
    """One thing wrong or odd with a case's data as it stands; it goes when the data is put right."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="findings")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="findings")
    check_id = models.CharField("检查项", max_length=60, db_index=True)
    name = models.CharField("名称", max_length=60)
    severity = models.CharField("程度", max_length=4)
    message = models.TextField("说明")
    place = models.CharField("位置", max_length=200, blank=True)
    found_at = models.DateTimeField("发现时间")

    class Meta:
        verbose_name = "数据质量问题"
        ordering = ("case_id", "check_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("case", "check_id"), name="finding_once_in_a_case")
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.message}"


class RejectedRow(models.Model):
    """A row, or one field of it, that didn't go in, with what the file said."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rejected_rows")
    place = models.CharField("位置", max_length=200)
    field = models.CharField("栏目", max_length=200)
    reason = models.TextField("原因")
    whole_row = models.BooleanField("整行", default=True)
    original = models.JSONField("原始内容", default=dict)

    class Meta:
        verbose_name = "拒收内容"
        ordering = ("batch_id", "id")


class ImportProfile(models.Model):
    """What the headings of one kind of export mean, as a person once confirmed."""

    headings_digest = models.CharField("栏目摘要", max_length=64, unique=True)
    mapping = models.JSONField("对照", default=dict)
    confirmed_by = models.CharField("确认人", max_length=80)
    confirmed_at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = "接入对照"
        ordering = ("id",)


class Sighting(models.Model):
    """The cases the latest export of a court showed: what the next snapshot is compared with."""

    court = models.OneToOneField(Court, models.CASCADE, primary_key=True, related_name="sighting")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="sightings")
    case_ids = models.JSONField("案件", default=list)
    seen_on = models.DateField("快照日期")

    class Meta:
        verbose_name = "最近快照"
        ordering = ("court_id",)


class Judgment(models.Model):
    """One judgment as it was read: the text, what the reader made of it, and where each part stands."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="judgments")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="judgments")
    digest = models.CharField("文本摘要", max_length=64)
    file_name = models.CharField("文件", max_length=300, blank=True)
    text = models.TextField("全文")
    reading = models.JSONField("识读结果", default=dict)

    class Meta:
        verbose_name = "裁判文书"
        ordering = ("case_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("case", "digest"), name="judgment_once_in_a_case")
        ]


class Upload(models.Model):
    """A file somebody handed in on the import page: what is to be done with it and how far that is."""

    class State(models.TextChoices):
        """A failed upload can be tried again; nothing of it is lost."""

        WAITING = "等待中"
        RUNNING = "导入中"
        DONE = "已完成"
        FAILED = "未成功"

    court = models.ForeignKey(Court, models.CASCADE, related_name="uploads")
    file_name = models.CharField("文件", max_length=300)
    stored = models.CharField("存放位置", max_length=400)
    snapshot = models.BooleanField("全量快照", default=False)
    on = models.DateField("数据日期")
    mapping = models.JSONField("栏目对照", default=dict)
    accepted = models.JSONField("确认的案号变更", default=list)
    state = models.CharField(max_length=3, choices=State.choices, default=State.WAITING)
    step = models.CharField("进行到", max_length=200, blank=True)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("共", default=0)
    error = models.TextField("未成功的原因", blank=True)
    report = models.JSONField("结果", default=dict)
    batches = models.JSONField("批次", default=list)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提交时间")
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "导入文件"
        ordering = ("-id",)

    @property
    def percent(self) -> int:
        """Return how much of the present step is done, 0–100."""
        return min(100, 100 * self.done // self.total) if self.total else 0
