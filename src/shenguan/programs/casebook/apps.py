"""Django app configuration of the casebook."""

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    """案件一览、案件页与全库检索."""

    name = "shenguan.programs.casebook"
    label = "casebook"
    verbose_name = "案件"
