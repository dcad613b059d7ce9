"""Django app configuration of assignment."""

from django.apps import AppConfig


class AssignmentConfig(AppConfig):
    """分案、调整分案、交接."""

    name = "shenguan.programs.assignment"
    label = "assignment"
    verbose_name = "分案"
