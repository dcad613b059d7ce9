"""Courts, their units, people and posts, all dated: what held on a day can be asked of any day.

Periods are `[valid_from, valid_to)` with a nullable end; a null start means "since always".
"""

from __future__ import annotations

from django.db import models


class Court(models.Model):
    """A court. `code` is the 法院代字 (示0102) or, for a court outside the table, `x:` and its name."""

    class Level(models.TextChoices):
        """The four levels of people's courts; 其他 is a court of another registry."""

        SUPREME = "最高"
        HIGH = "高级"
        INTERMEDIATE = "中级"
        BASIC = "基层"
        OTHER = "其他"

    code = models.CharField("法院代字", max_length=80, unique=True)
    name = models.CharField("法院名称", max_length=120, db_index=True)
    level = models.CharField("层级", max_length=4, choices=Level.choices, default=Level.OTHER)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级法院",
    )
    in_table = models.BooleanField("见于法院代字表", default=True)
    order = models.IntegerField("机构序", default=0)

    class Meta:
        verbose_name = "法院"
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name


class Jurisdiction(models.Model):
    """Centralised jurisdiction: a class of cases of `origin` goes to `target` while it is valid.

    `matter` names a 审判领域 (金融 破产 知产 环资 未成年) or a case class (行政); `kind` says whether the
    row moves first-instance cases or names the court of appeal, which may not be the tree's parent.
    """

    class Kind(models.TextChoices):
        """What the row moves."""

        FIRST = "一审"
        APPEAL = "上诉"

    matter = models.CharField("案件类别", max_length=20)
    kind = models.CharField("管辖事项", max_length=4, choices=Kind.choices)
    origin = models.ForeignKey(Court, models.PROTECT, related_name="jurisdiction_given")
    target = models.ForeignKey(Court, models.PROTECT, related_name="jurisdiction_taken")
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "集中管辖"
        ordering = ("matter", "kind", "origin_id", "valid_from")


class Unit(models.Model):
    """A division, people's tribunal, bureau or team of a court; a judge may sit in several at once."""

    class Kind(models.TextChoices):
        """Divisions and teams are parallel structures."""

        DIVISION = "庭室"
        TRIBUNAL = "人民法庭"
        BUREAU = "执行局"
        TEAM = "审判团队"
        OFFICE = "综合部门"

    court = models.ForeignKey(Court, models.PROTECT, related_name="units")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("类别", max_length=8, choices=Kind.choices, default=Kind.DIVISION)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)
    order = models.IntegerField("机构序", default=0)

    class Meta:
        verbose_name = "内设机构与团队"
        ordering = ("court_id", "order", "name", "id")
        constraints = [
            models.UniqueConstraint(fields=("court", "name", "valid_from"), name="unit_once")
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone who works in a court, known by name and, where the source gives one, a staff number."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="people")
    name = models.CharField("姓名", max_length=60)
    staff_number = models.CharField("工号", max_length=40, blank=True)

    class Meta:
        verbose_name = "人员"
        ordering = ("court_id", "name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("court", "name", "staff_number"), name="person_once_in_a_court"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person holds a post (rulebook `posts`) in a court, perhaps in one unit, for a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    court = models.ForeignKey(Court, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    post = models.CharField("职务", max_length=40)
    serves = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="served_by",
        verbose_name="所辅助法官",
    )
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        ordering = ("court_id", "unit_id", "post", "id")


class CourtSetting(models.Model):
    """A dated choice a court has made where the law or the rulebook leaves one, with its basis."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="settings")
    key = models.CharField("设置项", max_length=80)
    value = models.JSONField("取值")
    valid_from = models.DateField("起")
    basis = models.CharField("依据", max_length=200, blank=True)
    set_by = models.CharField("设置人", max_length=80)
    set_at = models.DateTimeField("设置时间")

    class Meta:
        verbose_name = "本院设置"
        ordering = ("court_id", "key", "valid_from", "id")
