"""Django app configuration of the wall."""

from django.apps import AppConfig


class WallConfig(AppConfig):
    """大屏: the court's figures for a wall, without anything of a person or a case."""

    name = "shenguan.programs.wall"
    label = "wall"
    verbose_name = "大屏"
