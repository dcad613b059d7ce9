"""Shares of how courts go about things; each with its source, or marked assumed.

None of them moves a length, an outcome or an appeal: `calibration.csv` doesn't know them.
"""

from __future__ import annotations

from shenguan.lab.simulate.tracks import Shares

FILED_ONLINE: Shares = {"民初": 0.80, "行初": 0.55, "执": 0.78, "民特": 0.7}
"""河南济源 2020: civil and administrative 83.8 %, enforcement 83.4 % (hnjysfy.hncourt.gov.cn id=2716),
taken a little lower."""
ASSESSORS = 0.62
"""Panels at first instance with lay assessors: assumed (local rules give full marks at 40 %)."""
PRIVATE_CAUSES = ("离婚", "抚养")
CLOSED_FAMILY = 0.45
CLOSED_SESSION = 0.01
BROADCAST = 0.16
ONLINE_HEARING = 0.14
"""Sessions not public, broadcast, held online: assumed."""
AGENCY_HEAD = 0.78
"""Hearings of administrative cases the head of the agency attends: assumed."""
AGENCY_LOST = 0.15
"""Of administrative judgments: 25,099 first-instance cases lost in 2025 of 330,000 and more closed,
half of them by judgment (m.mnw.cn/news/china/3076800.html)."""
NEW_EVIDENCE = 0.15
"""Changed or sent back for new evidence: assumed."""

PERFORMANCE: Shares = {"强制执行": 0.52, "自动履行": 0.28, "执行和解": 0.20}
"""How fully enforced cases were performed: assumed."""
SETTLED_LONG = 0.4
PAID_SETTLED = 0.5
PAID_TERMINATED = 0.3
"""终结执行 by settlement, and what part is paid then and before 终本: assumed, so that the sum recovered
comes near the 56.74 % of 2025 Q1 (中新社)."""

MEDIATION_MEDIAN = 13.9 * 0.80
"""Days of mediation before filing; the mean of 13.9 is T11's (新华社 2023 H1)."""
FAILURE_NOTED = 0.45
"""Of the suits that failed mediation went before, those whose register says so: assumed, so that the
share that succeeds comes near the 40 % of 吴忠 2025 H1."""
PAPERS_ELECTRONIC = 0.6
PAPERS_LATE = 0.06
ADJOURNED = 0.05
EXAMINED_PANEL = 0.55
EXAMINED_ALONE = 0.12
PETITIONS: Shares = {"民初": 0.006, "刑初": 0.004, "行初": 0.02, "民终": 0.012, "执": 0.03}
PETITION_SETTLED = 0.93
"""Petitions, settled ones: assumed; for enforcement the target is 90 % (“三个90%”)."""
REPORTED_TOO_SOON = 0.008
WITHHELD = 0.12
WITHHOLDING = ("涉及个人隐私", "涉及未成年人", "涉及商业秘密")
PERFORMED = 0.78
"""Of civil judgments and mediations neither appealed nor enforced, those recorded as paid: assumed."""
SUGGESTED: Shares = {"民初": 0.03, "刑初": 0.03, "行初": 0.10}
ANSWERED = 0.82
ADDRESSEES = {
    "民初": "示范市某行业主管部门",
    "刑初": "示范市某监管单位",
    "行初": "示范市某行政机关",
}
"""Judicial suggestions and their answers: assumed."""
