"""The application of the rulebook pages."""

from __future__ import annotations

from django.apps import AppConfig


class RulingConfig(AppConfig):
    """Names the application."""

    name = "shenguan.programs.ruling"
    label = "ruling"
    verbose_name = "规则库"
