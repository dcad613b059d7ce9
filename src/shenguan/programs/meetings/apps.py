"""Django app configuration of meetings."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class MeetingsConfig(AppConfig):
    """专业法官会议与审委会: who met, on what, who said what, what the bench did with it."""

    name = "shenguan.programs.meetings"
    label = "meetings"
    verbose_name = "专业法官会议与审委会"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("matter", "meetings:matter")
