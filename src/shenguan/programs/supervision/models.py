"""阅核: what was submitted, said, answered, referred and signed. 四类案件: marks and measures.

Steps, papers and delegation of a reading live in the approvals kit; here is what is said in it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shenguan.base.approvals.models import Decision, Document, Request
from shenguan.base.org.models import Person
from shenguan.spine.cases.models import Case


class Review(models.Model):
    """One decision document on its way through the reading; never itself a decision.

    `entries` are (id, name, what was found) of the 阅核清单 on the day of submission.
    """

    request = models.OneToOneField(Request, models.PROTECT, related_name="review")
    case = models.ForeignKey(Case, models.PROTECT, related_name="reviews")
    document = models.CharField("文书", max_length=20)
    reader = models.CharField("阅核层级", max_length=6)
    entries = models.JSONField("清单条目", default=list)
    proposed = models.JSONField("拟作处理", default=list)
    bench = models.JSONField("审判组织", default=list)
    signed_at = models.DateTimeField("签署完成时间", null=True)

    class Meta:
        verbose_name = "阅核"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.request.subject_name}{self.document}"


class Draft(models.Model):
    """One version of the document, with its text as read on arrival; "" where it can't be read."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="drafts")
    number = models.SmallIntegerField("版本")
    paper = models.OneToOneField(Document, models.PROTECT, related_name="+")
    text = models.TextField("文本", blank=True)
    note = models.CharField("说明", max_length=120, blank=True)

    class Meta:
        verbose_name = "文书版本"
        ordering = ("review_id", "number")
        constraints = [models.UniqueConstraint(fields=("review", "number"), name="draft_once")]


class Opinion(models.Model):
    """What a reader said at one step: its kind (rulebook), on which version."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="opinions")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    kind = models.CharField("意见种类", max_length=20)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    waited = models.SmallIntegerField("用时（工作日）", default=0)

    class Meta:
        verbose_name = "阅核意见"
        ordering = ("review_id", "id")


class Remark(models.Model):
    """One remark of an opinion and the bench's answer to it."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="remarks")
    number = models.SmallIntegerField("序号")
    kind = models.CharField("类别", max_length=10)
    place = models.CharField("位置", max_length=100, blank=True)
    text = models.TextField("意见")
    answer = models.CharField("回应", max_length=4, blank=True)
    reason = models.TextField("理由", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("回应时间", null=True)

    class Meta:
        verbose_name = "阅核意见条目"
        ordering = ("opinion_id", "number")


class Referral(models.Model):
    """What the bench did on a suggestion: 复议, 专业法官会议, 审判委员会, with its result."""

    opinion = models.OneToOneField(Opinion, models.CASCADE, related_name="referral")
    kind = models.CharField("事项", max_length=10)
    held_on = models.DateField("日期")
    meeting = models.CharField("会议编号", max_length=60, blank=True)
    approved_by = models.CharField("批准提交", max_length=60, blank=True)
    text = models.TextField("意见")
    result = models.CharField("审判组织结果", max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "复议与提请讨论"
        ordering = ("opinion_id",)


class Signature(models.Model):
    """A member of the bench signed one version; a reader never does."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=20, blank=True)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    at = models.DateTimeField("签署时间")

    class Meta:
        verbose_name = "签署"
        ordering = ("review_id", "id")
        constraints = [models.UniqueConstraint(fields=("review", "person"), name="signed_once")]


class Viewing(models.Model):
    """Who opened which material of a reading, and when first."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="viewings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField("材料", max_length=120)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查看材料"
        ordering = ("review_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("review", "person", "what"), name="viewed_once")
        ]


class Mark(models.Model):
    """A case as one of the four kinds: proposed by rule or person, confirmed or not by a person.

    `hits` are (rule id, name, kind, what was found).
    """

    class State(models.TextChoices):
        """Where a mark stands."""

        PROPOSED = "待确认"
        CONFIRMED = "已标注"
        REJECTED = "不予标注"
        REMOVED = "已撤销"

    class Source(models.TextChoices):
        """Who proposed it."""

        RULE = "系统预标"
        PERSON = "人工标注"
        IMPORT = "原系统"

    case = models.ForeignKey(Case, models.PROTECT, related_name="four_kind_marks")
    kinds = models.JSONField("类别", default=list)
    hits = models.JSONField("识别依据", default=list)
    stage = models.CharField("阶段", max_length=4)
    source = models.CharField("来源", max_length=4, choices=Source.choices)
    state = models.CharField("状态", max_length=4, choices=State.choices, db_index=True)
    why = models.TextField("标注理由", blank=True)
    made_on = models.DateField("标注日期")
    made_at = models.DateTimeField("标注时间")
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField("确认日期", null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decision = models.CharField("确认理由代码", max_length=4, blank=True)
    decision_text = models.TextField("确认意见", blank=True)
    removed_on = models.DateField("撤销日期", null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removal = models.CharField("撤销理由代码", max_length=4, blank=True)
    removal_text = models.TextField("撤销说明", blank=True)
    event = models.BigIntegerField("标注事件", null=True)

    class Meta:
        verbose_name = "四类案件标注"
        ordering = ("-made_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(state__in=("待确认", "已标注")),
                name="mark_once_open",
            )
        ]


class Act(models.Model):
    """One measure of supervision on a marked case: who, in which post, what, by when; the reply."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="acts")
    measure = models.CharField("措施", max_length=4)
    text = models.TextField("内容")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField("职务", max_length=40)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    due_on = models.DateField("回复期限", null=True)
    reply = models.TextField("回复", blank=True)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replied_on = models.DateField("回复日期", null=True)
    effect = models.TextField("监管结果", blank=True)
    effect_on = models.DateField("结果日期", null=True)

    class Meta:
        verbose_name = "监管措施"
        ordering = ("mark_id", "id")
