"""Django app configuration of the look and its building blocks."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags shared by every page."""

    name = "shenguan.base.ui"
    label = "ui"
    verbose_name = "界面"
