"""The event log and what it says of each case today.

`Event` is the truth; every other table here can be thrown away and made again from it.
"""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person, Unit


class Batch(models.Model):
    """One import. Its events count from the moment it has landed, all of them or none.

    Landing is itself an event: `landed_position` is where in the log a reader meets the whole batch.
    """

    class State(models.TextChoices):
        """Events of an open or abandoned batch are in the log but count for nothing."""

        OPEN = "进行中"
        LANDED = "已落库"
        ABANDONED = "已放弃"

    kind = models.CharField("类别", max_length=20)
    file_name = models.CharField("文件", max_length=300, blank=True)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    snapshot_on = models.DateField("快照日期", null=True, blank=True)
    actor = models.CharField("操作人", max_length=80)
    started_at = models.DateTimeField("开始时间")
    landed_at = models.DateTimeField("落库时间", null=True, blank=True)
    landed_position = models.BigIntegerField("落库事件", null=True, blank=True, db_index=True)
    report = models.JSONField("报告", default=dict)

    class Meta:
        verbose_name = "接入批次"
        ordering = ("id",)


class Case(models.Model):
    """A case: its identity (court + normalised number), and its state as folded from the log.

    Only `court`, `number`, `number_key` and `number_kind` are the identity; all other columns are derived.
    """

    class NumberKind(models.TextChoices):
        """How far the number could be understood."""

        OFFICIAL = "规范案号"
        OLD = "旧式案号"
        OTHER = "其他编号"

    court = models.ForeignKey(Court, models.PROTECT, related_name="cases")
    number = models.CharField("案号", max_length=120)
    number_key = models.CharField("规范化案号", max_length=120)
    number_kind = models.CharField(max_length=8, choices=NumberKind.choices)

    # derived: nothing below is ever written but by the fold
    visible = models.BooleanField("已登记", default=False)
    year = models.SmallIntegerField("年度", null=True)
    case_type = models.CharField("类型代字", max_length=12, blank=True)
    case_class = models.CharField("案件类别", max_length=12, blank=True)
    instance = models.CharField("审判程序", max_length=20, blank=True)
    procedure = models.CharField("适用程序", max_length=30, blank=True)
    against = models.CharField("上诉对象", max_length=4, blank=True)
    cause = models.CharField("案由", max_length=200, blank=True)
    cause_code = models.CharField("案由代码", max_length=20, blank=True)
    cause_version = models.CharField("案由版本", max_length=8, blank=True)
    filed_on = models.DateField("立案日期", null=True)
    clock_start_on = models.DateField("审限起算日期", null=True)
    closed_on = models.DateField("报结日期", null=True)
    legal_end_on = models.DateField("法定结案日", null=True)
    disposition = models.CharField("结案方式", max_length=60, blank=True)
    amount = models.BigIntegerField("标的额(分)", null=True)
    undertaker = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="cases", verbose_name="承办人"
    )
    undertaker_name = models.CharField("承办人姓名", max_length=60, blank=True)
    division = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="cases", verbose_name="承办部门"
    )
    team = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="team_cases", verbose_name="审判团队"
    )
    prior_number = models.CharField("原审案号", max_length=120, blank=True)
    prior_key = models.CharField("规范化原审案号", max_length=120, blank=True, db_index=True)
    prior_court_name = models.CharField("原审法院", max_length=120, blank=True)
    prior = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")
    foreign_related = models.BooleanField("涉外", default=False)
    detained = models.BooleanField("羁押", default=False)
    confidentiality = models.SmallIntegerField("敏感程度", default=0)
    fields = models.JSONField("审判领域", default=list)
    tags = models.JSONField("标签", default=dict)
    panel = models.JSONField("审判组织", default=list)
    extras = models.JSONField("原系统其他栏目", default=dict)
    flags = models.JSONField("数据疑点", default=list)
    last_event_on = models.DateField("最后动态", null=True)
    last_position = models.BigIntegerField("最后事件", default=0)

    class Meta:
        verbose_name = "案件"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=("court", "number_key"), name="case_once_in_a_court")
        ]
        indexes = [
            models.Index(fields=("number_key",), name="case_number"),
            models.Index(fields=("last_position",), name="case_position"),
            # every condition of a list in one narrow index: it is counted and ordered without the wide rows;
            # the pending ones, which most lists ask for, lie together
            models.Index(
                fields=(
                    *("court", "closed_on", "filed_on", "visible", "confidentiality"),
                    *("division", "team", "undertaker", "case_class", "case_type"),
                    *("instance", "procedure", "cause", "undertaker_name", "last_event_on"),
                    "number_key",
                ),
                name="case_list",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """One thing that happened. `position` is global and without gaps a reader could skip."""

    position = models.BigAutoField(primary_key=True)
    stream = models.CharField("流", max_length=40)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="events")
    kind = models.CharField("事件", max_length=20)
    occurred_on = models.DateField("发生日期", null=True)
    occurred_at = models.DateTimeField("发生时间", null=True)
    recorded_at = models.DateTimeField("记录时间")
    payload = models.JSONField("内容", default=dict)
    actor = models.CharField("记录人", max_length=80)
    source = models.CharField("来源", max_length=300, blank=True)
    voids = models.ForeignKey("self", models.PROTECT, null=True, related_name="voided_by")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="events")

    class Meta:
        verbose_name = "事件"
        ordering = ("position",)
        indexes = [models.Index(fields=("case", "position"), name="event_of_case")]


class Party(models.Model):
    """A party as the log names it now; made again with each fold of the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    seq = models.SmallIntegerField("次序")
    role = models.CharField("诉讼地位", max_length=20, blank=True)
    name = models.CharField("姓名或名称", max_length=200, db_index=True)
    key = models.CharField("证件号码散列", max_length=32, blank=True)
    agents = models.JSONField("代理人", default=list)

    class Meta:
        verbose_name = "当事人"
        ordering = ("case_id", "seq")
        indexes = [models.Index(fields=("key",), name="party_key", condition=~models.Q(key=""))]


class Seat(models.Model):
    """A person sits in a case, by its panel as the log names it now; made again with each fold."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField("审判组织角色", max_length=20, blank=True)

    class Meta:
        verbose_name = "审判组织成员"
        ordering = ("case_id", "id")


class Mark(models.Model):
    """A 审判领域 or tag of a case, suggested by rule or confirmed by a person; made with each fold."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="marks")
    dimension = models.CharField("维度", max_length=8)
    name = models.CharField("名称", max_length=20)
    state = models.CharField("状态", max_length=4)

    class Meta:
        verbose_name = "领域与标签"
        ordering = ("case_id", "dimension", "name")
        constraints = [models.UniqueConstraint(fields=("case", "name"), name="mark_once_in_a_case")]
        indexes = [models.Index(fields=("name", "case"), name="mark_name")]


class Cursor(models.Model):
    """How far a reader of the log has come."""

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)
