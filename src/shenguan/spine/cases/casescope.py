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
    scopes = load().scopes
    codes = scopes.type_codes(case_scope)
    if codes is None:  # an open scope: types the table doesn't know count too
        return cases.exclude(case_type__in=scopes.excluded(case_scope))
    return cases.filter(case_type__in=codes)
