"""Django app configuration of 案件评查."""

from django.apps import AppConfig


class CasereviewConfig(AppConfig):
    """案件评查: a drawn review of closed cases, from plan to rectification; it never touches a judgment."""

    name = "shenguan.programs.casereview"
    label = "casereview"
    verbose_name = "案件评查"
