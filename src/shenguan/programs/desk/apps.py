"""Django app configuration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Blocks of the home pages, instructions of leaders, the president's one page, meeting lists, ledgers."""

    name = "shenguan.programs.desk"
    label = "desk"
    verbose_name = "工作台"
