"""Who is asking: the person, the posts held today, the scope that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shenguan.base.accounts.models import Account
from shenguan.base.org.scope import Scope
from shenguan.base.org.scoping import appointments_of, scope_from
from shenguan.rulebook import load


@dataclass(frozen=True, slots=True)
class Access:
    """One request's person: `posts` are names of the rulebook's posts, in its order."""

    account: Account
    posts: tuple[str, ...]
    scope: Scope
    only: frozenset[str] | None = None
    """The acts a token is limited to; None where a person has signed in."""

    @property
    def acts(self) -> frozenset[str]:
        """Return what the posts let the person do (`does` of posts.yaml)."""
        table = load().posts
        held = frozenset(act for post in self.posts for act in table[post].does)
        return held if self.only is None else held & self.only

    @property
    def may_write(self) -> bool:
        """Tell whether anything at all may be done: a token for reading alone may not."""
        return self.only is None or bool(self.only)


def access_of(account: Account, on: date) -> Access:
    """Return the access of an account on a day."""
    table, held = load().posts, appointments_of(account.person, on)
    names = {appointment.post for appointment in held}
    posts = tuple(post.name for post in table if post.name in names)
    return Access(account, posts, scope_from(account.person, held, table))
