"""Django app configuration of meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """专业法官会议与审委会: who met, on what, who said what, what the bench did with it."""

    name = "shenguan.programs.meetings"
    label = "meetings"
    verbose_name = "专业法官会议与审委会"
