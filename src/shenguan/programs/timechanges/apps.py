"""Django app configuration of the changes of time limits."""

from django.apps import AppConfig


class TimeChangesConfig(AppConfig):
    """延长审限, 提级管辖, and the checks of 扣除, 中止 and 公告送达."""

    name = "shenguan.programs.timechanges"
    label = "timechanges"
    verbose_name = "审限变更"
