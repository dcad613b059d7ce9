"""Django app configuration of the reports."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Figures and lists on pages and on the command line."""

    name = "shenguan.programs.reports"
    label = "reports"
    verbose_name = "报表"
