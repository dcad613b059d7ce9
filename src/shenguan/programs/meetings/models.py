"""专业法官会议 and 审委会: meetings, who was there, the cases discussed, every opinion. All of it is 副卷."""

from __future__ import annotations

from django.db import models

from shenguan.base.org.models import Court, Person
from shenguan.spine.cases.models import Case


class Meeting(models.Model):
    """One meeting of a body (rulebook `bodies_of_meeting`); `size` is how many members the body has."""

    class State(models.TextChoices):
        """Called, then held with a quorum."""

        CALLED = "已召集"
        HELD = "已召开"

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    body = models.CharField("会议", max_length=20)
    number = models.CharField("编号", max_length=40)
    held_on = models.DateField("日期")
    size = models.SmallIntegerField("组成人数")
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorder = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=4, choices=State.choices, default=State.CALLED)

    class Meta:
        verbose_name = "会议"
        ordering = ("-held_on", "-id")
        constraints = [
            models.UniqueConstraint(fields=("court", "body", "number"), name="meeting_number")
        ]


class Attendance(models.Model):
    """A member called to a meeting, and whether they came."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.BooleanField("出席", default=False)

    class Meta:
        verbose_name = "参会"
        ordering = ("meeting_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("meeting", "person"), name="attendance_once")
        ]


class Matter(models.Model):
    """A case on the agenda: what was asked, what the meeting said, what the bench did with it.

    `review` is the number of the 阅核 out of which it came, as the log has it. A matter without a majority
    is carried over: `conclusion` then says why, and another meeting may take the case up again.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="matters")
    case = models.ForeignKey(Case, models.PROTECT, related_name="meeting_matters")
    ground = models.CharField("提交事由", max_length=10)
    question = models.TextField("提请讨论的问题")
    bench_opinion = models.TextField("合议庭意见（含少数意见）", blank=True)
    review = models.IntegerField("阅核", null=True)
    four_kinds = models.BooleanField("四类案件", default=False)
    conclusion = models.TextField("会议意见", blank=True)
    concluded_on = models.DateField("结论日期", null=True)
    carried_on = models.DateField("未形成意见日期", null=True)
    response = models.CharField("审判组织回复", max_length=6, blank=True)
    response_text = models.TextField("回复说明", blank=True)
    responded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    responded_on = models.DateField("回复日期", null=True)

    class Meta:
        verbose_name = "议题"
        ordering = ("meeting_id", "id")
        constraints = [models.UniqueConstraint(fields=("meeting", "case"), name="matter_once")]


class Voice(models.Model):
    """What one member said on a matter, and on which side they stood."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    side = models.CharField("意见", max_length=10)
    text = models.TextField("发言")

    class Meta:
        verbose_name = "发言"
        ordering = ("matter_id", "id")
        constraints = [models.UniqueConstraint(fields=("matter", "person"), name="voice_once")]
