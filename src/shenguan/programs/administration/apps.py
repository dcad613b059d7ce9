"""The application of the administrators' pages."""

from __future__ import annotations

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Registers the table of proposed posts."""

    name = "shenguan.programs.administration"
    label = "administration"
    verbose_name = "机构与账号"
