"""Django app configuration of the court's own indicator library."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """本院指标库: a court's own definitions by workbook, read back and shown with cases in and out."""

    name = "shenguan.programs.library"
    label = "library"
    verbose_name = "本院指标库"
    default_auto_field = "django.db.models.BigAutoField"
