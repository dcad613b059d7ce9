"""案件范围: the named set of case types that every figure and list states."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from shenguan.base.org.scope import Scope
from shenguan.rulebook import load
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

DEFAULT_CASE_SCOPE = "全部"


def cases_in(scope: Scope, case_scope: str = DEFAULT_CASE_SCOPE) -> QuerySet[Case]:
    """Return the visible cases of a 案件范围, with `end_on` = legal end, else the reported one."""
    cases = visible_cases(scope).annotate(end_on=Coalesce("legal_end_on", "closed_on"))
    codes = load().scopes.type_codes(case_scope)
    return cases if codes is None else cases.filter(case_type__in=codes)
