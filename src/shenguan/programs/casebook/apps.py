"""Django app configuration of the casebook."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class CasebookConfig(AppConfig):
    """案件一览、案件页与全库检索."""

    name = "shenguan.programs.casebook"
    label = "casebook"
    verbose_name = "案件"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("case", "casebook:case")
