"""What stands and what waits: warnings by level, 督办单, requests for one's decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from shenguan.base.accounts.access import Access
from shenguan.base.approvals import selectors as approvals
from shenguan.base.approvals.desk import desk_of
from shenguan.base.approvals.models import Request
from shenguan.base.inbox import selectors as inbox
from shenguan.base.inbox.models import Order, Watch
from shenguan.base.inbox.naming import names
from shenguan.base.org.scope import Scope
from shenguan.base.ui.block import Block
from shenguan.spine.cases.marks import standing_marks
from shenguan.spine.cases.models import Case
from shenguan.spine.cases.selectors import visible_cases

LEVELS = (("督办", "●", "red"), ("催办", "▲", "amber"), ("提示", "◆", ""))
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning on the page; `case_id` where it is about a case."""

    watch: Watch
    name: str
    case_id: int | None


def standing(scope: Scope) -> QuerySet[Watch]:
    """Return the warnings that stand and aren't silenced."""
    return inbox.standing(scope).filter(silenced=False)


def listed(watches: QuerySet[Watch]) -> list[Warned]:
    """Return warnings with the names of their kinds."""
    found = names()
    return [Warned(w, found.get(w.kind, w.kind), w.case_id) for w in watches]


def warnings_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer how many warnings stand on each level, and the gravest of them."""
    rows = standing(scope)
    counted = dict(rows.order_by().values_list("level").annotate(n=Count("pk")))
    tiles = [(name, symbol, tone, counted.get(name, 0)) for name, symbol, tone in LEVELS]
    head = next((name for name, _, _, count in tiles if count and name != "提示"), "")
    gravest = listed(rows.filter(level=head).order_by("since", "pk")[:SHOWN]) if head else []
    context = {"tiles": tiles, "rows": gravest, "head": head}
    return Block(
        "warnings", _("预警"), "desk/blocks/warnings.html", context, reverse("attention:index")
    )


def my_warnings_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the warnings on one's own matters, those to be answered first."""
    mine = standing(scope).filter(owner__in=scope.person_ids)
    order = {"督办": 0, "催办": 1, "提示": 2}
    rows = sorted(listed(mine.order_by("since", "pk")), key=lambda w: order[w.watch.level])
    context = {"rows": rows[:SHOWN], "count": len(rows), "symbols": {n: s for n, s, _ in LEVELS}}
    return Block(
        "mywarnings",
        _("我的预警与待答复"),
        "desk/blocks/my_warnings.html",
        context,
        reverse("attention:index") + "?mine=1",
    )


def nodes_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the anomalies by kind and level, each number leading to its list."""
    counted = standing(scope).order_by().values_list("kind", "level").annotate(n=Count("pk"))
    found: dict[str, dict[str, int]] = {}
    for kind, level, n in counted:
        found.setdefault(kind, {})[level] = n
    rules = names()
    order = {kind: at for at, kind in enumerate(rules)}
    rows = [
        (
            kind,
            rules.get(kind, kind),
            [(level, found[kind].get(level, 0)) for level, _, _ in LEVELS],
        )
        for kind in sorted(found, key=lambda kind: order.get(kind, len(order)))
    ]
    return Block(
        "nodes", _("节点异常"), "desk/blocks/nodes.html", {"rows": rows}, reverse("attention:index")
    )


def waiting_requests(scope: Scope, access: Access, on: date) -> QuerySet[Request]:
    """Return the requests that wait for one's decision, none on cases above one's clearance."""
    hidden = Case.objects.filter(pk=OuterRef("subject"), confidentiality__gt=scope.clearance)
    found = approvals.waiting(scope, desk_of(access.account.person, on))
    return found.exclude(Q(kind="case") & Q(Exists(hidden))).select_related("applicant", "unit")


def approvals_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer what waits for one's decision, with the last day to decide in time."""
    if not scope.person_ids:
        return None
    rows = waiting_requests(scope, access, on)
    shown = [(one, one.decide_by and (one.decide_by - on).days) for one in rows[:SHOWN]]
    counts = Counter(rows.order_by().values_list("kind", flat=True))
    context = {
        "rows": shown,
        "readings": counts.pop("review", 0),
        "count": counts.total(),
        "on": on,
    }
    return Block("approvals", _("待我审批"), "desk/blocks/approvals.html", context, "/approvals/")


def my_requests_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer one's own requests under way and those decided in the last fortnight."""
    made = approvals.made_by(scope, desk_of(access.account.person, on)).filter(kind="case")
    rows = made.filter(Q(state__in=("open", "returned")) | Q(ended_at__date__gte=on.replace(day=1)))
    return Block(
        "requests",
        _("我的申请"),
        "desk/blocks/requests.html",
        {"rows": rows.order_by("-applied_at")[:6]},
        "/approvals/mine/",
    )


def orders_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the head of the ledger of 督办单 not closed."""
    return _orders(scope, access, on, most=10)


def ledger_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the whole ledger of 督办单 not closed."""
    return _orders(scope, access, on, most=500)


def _orders(scope: Scope, access: Access, on: date, *, most: int) -> Block:
    """Return the ledger: what an order is about only to whoever sees the matter."""
    rows = Order.objects.filter(closed_on=None)
    if scope.court_ids is not None:
        own = {access.account.person.court_id} & scope.figure_court_ids
        rows = rows.filter(court__in=scope.court_ids | own)
    ordered = rows.select_related("court", "owner", "watch__unit").order_by("due_on", "pk")[:most]
    seen = set(inbox.orders(scope).filter(closed_on=None).values_list("pk", flat=True))
    counts = {
        "open": rows.count(),
        "late": rows.filter(due_on__lt=on, result="").count(),
        "reported": rows.exclude(result="").count(),
    }
    listed = [(o, o.say if o.pk in seen else "", (o.due_on - on).days) for o in ordered]
    context = {"rows": listed, "counts": counts, "rest": counts["open"] - len(listed)}
    address = reverse("attention:index")
    return Block(
        "orders", _("督办台账（未销号）"), "desk/blocks/orders.html", context, address, wide=True
    )


_MOST_OPEN = 5000


def special_block(scope: Scope, access: Access, on: date) -> Block | None:
    """Offer the open 四类案件 of one's units, by what the log says; nothing where there are none."""
    shown = visible_cases(scope).filter(court=access.account.person.court_id, closed_on=None)
    marked = standing_marks(shown.order_by().values_list("pk", flat=True)[:_MOST_OPEN])
    if not marked:
        return None
    cases = shown.filter(pk__in=marked).select_related("court").order_by("filed_on", "number_key")
    rows = [
        (case, "、".join(map(str, marked[case.pk].payload.get("kinds") or ()))) for case in cases
    ]
    context = {"rows": rows[:SHOWN], "count": len(rows)}
    return Block(
        "special", _("四类案件 %(n)s件") % {"n": len(rows)}, "desk/blocks/special.html", context
    )
