"""Django app configuration of appeals."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class AppealsConfig(AppConfig):
    """发改反馈: what an upper court changed, told to the court below, answered, found upon."""

    name = "shenguan.programs.appeals"
    label = "appeals"
    verbose_name = "发改反馈"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("feedback", "appeals:feedback")
