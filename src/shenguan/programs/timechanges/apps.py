"""Django app configuration of the changes of time limits."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class TimeChangesConfig(AppConfig):
    """延长审限, 提级管辖, and the checks of 扣除, 中止 and 公告送达."""

    name = "shenguan.programs.timechanges"
    label = "timechanges"
    verbose_name = "审限变更"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("request", "timechanges:request")
