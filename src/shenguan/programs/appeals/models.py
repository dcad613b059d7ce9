"""发改反馈: one changed case from the form to the finding. 判中咨询: what was asked and never binds."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Case


class Feedback(models.Model):
    """A case above that changed a case below: the form, its answer, the finding.

    `reasons`, `parts`, `grounds` are codes of the rulebook's lists. None of it touches a judgment.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "待填写"
        SENT = "待答复"
        DISPUTED = "异议待认定"
        AGREED = "已认可"
        FOUND = "已认定"
        DROPPED = "不需反馈"

    class Choice(models.TextChoices):
        """The two answers of the court below."""

        AGREES = "认可"
        DISPUTES = "异议"

    class Conclusion(models.TextChoices):
        """What a finding may say."""

        NONE = "不承担责任"
        RESPONSIBLE = "应承担责任"

    upper = models.OneToOneField(Case, models.PROTECT, related_name="feedback_given")
    lower = models.ForeignKey(Case, models.PROTECT, related_name="feedback_taken")
    result = models.CharField("处理结果", max_length=10)
    changed_on = models.DateField("上级报结日期", db_index=True)
    state = models.CharField("状态", max_length=6, choices=State.choices, db_index=True)
    opened_on = models.DateField("开出日期")
    reasons = models.JSONField("改变原因", default=list)
    parts = models.JSONField("改变部分", default=list)
    grounds = models.JSONField("发回理由", default=list)
    text = models.TextField("说明", blank=True)
    four_kinds = models.BooleanField("原审属四类案件", default=False)
    discussed = models.CharField("原审经会议讨论", max_length=40, blank=True)
    suggests_review = models.BooleanField("建议评查", default=False)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_on = models.DateField("反馈日期", null=True)
    choice = models.CharField("答复", max_length=2, choices=Choice.choices, blank=True)
    answer = models.TextField("答复理由", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("答复日期", null=True)
    conclusion = models.CharField("认定", max_length=6, choices=Conclusion.choices, blank=True)
    excuse = models.CharField("免责事由", max_length=10, blank=True)
    body = models.CharField("认定机构", max_length=20, blank=True)
    meeting = models.CharField("会议编号", max_length=60, blank=True)
    finding = models.TextField("认定理由", blank=True)
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    found_on = models.DateField("认定日期", null=True)
    dropped = models.CharField("不需反馈的理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "发改反馈"
        ordering = ("-changed_on", "-id")

    def __str__(self) -> str:
        return f"{self.lower.number}被{self.result}"


class Consultation(models.Model):
    """判中咨询: a question to the court above while the case is pending; its answer never binds."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    question = models.TextField("咨询问题")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField("咨询日期")
    answer = models.TextField("答复（仅供参考）", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField("答复日期", null=True)

    class Meta:
        verbose_name = "判中咨询"
        ordering = ("-asked_on", "-id")
