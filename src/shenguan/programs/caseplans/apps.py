"""Django app configuration of 一案一策."""

from django.apps import AppConfig


class CaseplansConfig(AppConfig):
    """一案一策: a ledger entry for each long-pending case and idle chain, until someone else closes it."""

    name = "shenguan.programs.caseplans"
    label = "caseplans"
    verbose_name = "一案一策"
