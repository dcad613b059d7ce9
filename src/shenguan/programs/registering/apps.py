"""Django app configuration of registering."""

from django.apps import AppConfig


class RegisteringConfig(AppConfig):
    """登记案件和事件：单件登记、批量登记、作废。"""

    name = "shenguan.programs.registering"
    label = "registering"
    verbose_name = "登记"
