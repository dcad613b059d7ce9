"""Django app configuration of appraisals."""

from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    """司法技术: commissioned appraisals, in whose hands each one is and for how long."""

    name = "shenguan.programs.appraisals"
    label = "appraisals"
    verbose_name = "司法技术"
