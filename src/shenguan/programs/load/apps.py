"""Django app configuration of the load on judges."""

from django.apps import AppConfig


class LoadConfig(AppConfig):
    """在手案件, 均衡, and what falls due in the coming weeks."""

    name = "shenguan.programs.load"
    label = "load"
    verbose_name = "在手案件与均衡"
