"""Django app configuration of similar and related cases."""

from django.apps import AppConfig


class SimilarConfig(AppConfig):
    """类案及关联案件: search, its record, what is pushed to a case, the spread of outcomes."""

    name = "shenguan.programs.similar"
    label = "similar"
    verbose_name = "类案及关联案件"
