"""Case numbers 案号: parse, write, normalise, find in text, and resolve to court and case type."""

from shenguan.core.casenumber.number import (
    DEMO_PROVINCE,
    PROVINCES,
    CaseNumber,
    CaseNumberError,
    Found,
    find,
    normalise,
    parse,
)
from shenguan.core.casenumber.oldtype import modern_type
from shenguan.core.casenumber.tables import CaseType, Codes, Court, Resolved, resolve

__all__ = [
    "DEMO_PROVINCE",
    "PROVINCES",
    "CaseNumber",
    "CaseNumberError",
    "CaseType",
    "Codes",
    "Court",
    "Found",
    "Resolved",
    "find",
    "modern_type",
    "normalise",
    "parse",
    "resolve",
]
