"""Django app configuration of stage times."""

from django.apps import AppConfig


class StagesConfig(AppConfig):
    """阶段用时: how long cases take from node to node, and appeals on their way up."""

    name = "shenguan.programs.stages"
    label = "stages"
    verbose_name = "阶段用时"
