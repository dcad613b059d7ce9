"""Django app configuration of the desk."""

from django.apps import AppConfig

from shenguan.base.inbox.addresses import stands_at


class DeskConfig(AppConfig):
    """Blocks of the home pages, instructions of leaders, the president's one page, meeting lists, ledgers."""

    name = "shenguan.programs.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Name the pages of what its warnings are about."""
        stands_at("instruction", "desk:instruction")
