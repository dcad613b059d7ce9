"""Django app configuration of the reports."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class ReportsConfig(AppConfig):
    """Figures and lists on pages and on the command line."""

    name = "shenguan.programs.reports"
    label = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("letter", "reports:report")
        stands_at("meeting-task", "reports:task")
