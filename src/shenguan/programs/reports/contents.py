"""What a paper reports: which indicators, in which order. A court replaces the lists by its settings."""

from __future__ import annotations

from datetime import date

from shenguan.base.org.choices import Choices
from shenguan.base.org.models import Court

SETTING = "通报指标"
"""Setting of a court: a list of indicator codes for its papers."""
# fmt: off
MONTHLY = (
    "timely_closing_rate", "overdue_pending_rate", "over_12_months_rate", "median_gross_days", "mean_net_days",
    "closing_evenness", "service_by_notice_rate",
    "first_overturned_rate", "second_changed_to_remanded", "retrial_changed_to_remanded",
    "retrial_application_rate", "refiled_rate", "undocumented_rate",
    "cases_per_dispute", "acceptance_rate", "appeal_rate", "settlement_rate",
    "recovery_rate", "enforcement_completed_rate", "first_terminated_rate",
)
QUARTERLY = (
    *MONTHLY,
    "p90_gross_days", "overdue_closed_rate", "excluded_rate", "mean_excluded_days", "last_five_workdays_share",
    "summary_rate", "small_claims_rate", "conversion_rate", "announced_in_court_rate", "appraisal_rate",
    "appeal_changed_rate", "appeal_remanded_rate", "effective_changed_rate", "closing_withdrawn_rate",
    "mediation_rate", "withdrawal_rate", "mediation_enforced_rate", "civil_enforcement_rate",
    "idle_dispute_rate", "repeated_remands", "agency_head_attendance_rate", "admin_appeal_rate",
)
STATISTICS = (
    "closing_rate", "closed_to_filed", "closed_of_filed", "closed_per_judge", "extended_rate",
    "retrial_ruled_rate", "suggestion_answered_rate",
)
STAGES = (
    "received_to_filed", "filed_to_assigned", "assigned_to_served", "served_to_hearing",
    "first_to_last_hearing", "hearing_to_deliberation", "deliberation_to_signing", "signing_to_service",
    "closed_to_archived", "appealed_to_sent",
)
FLOW = ("pending_at_start", "filed_cases", "closed_cases", "pending_at_end")
LISTS = (
    "overdue", "due_soon", "due_near", "paused_long", "long_pending_36", "long_pending_24",
    "long_pending_18", "long_pending_12", "stuck", "unclocked",
)
# fmt: on
GROUPS = ("质量", "效率", "效果")


def codes_for(court: Court, on: date, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return the court's own list of indicators, else the default one."""
    own = Choices().value(court.pk, SETTING, on)
    return tuple(own) if isinstance(own, list) and own else default
