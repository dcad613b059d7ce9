"""Single sign-on by OpenID Connect, where the court's `oidc.json` names a provider (extra `oidc`).

The provider says who it is; whether that person has an account and what it may see is decided here: nobody
gets an account by signing in. Source: OpenID Connect Core 1.0 §3.1 (authorization code flow), §3.1.3.7
(checks of the ID token).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpResponseRedirect
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView

from shenguan.base.accounts import entering, services
from shenguan.base.ops import clock


def _setting(name: str) -> str:
    """Return a setting that is there only where single sign-on is switched on."""
    return str(getattr(settings, name))


class Provider(OIDCAuthenticationBackend):  # type: ignore[misc]  # the library has no types
    """Finds the existing account that the provider's claim names."""

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Tell whether the claim that names the user is there."""
        return bool(claims.get(_setting("SHENGUAN_OIDC_CLAIM")))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """Return the users (at most one) with an account under the claimed name."""
        name = claims.get(_setting("SHENGUAN_OIDC_CLAIM"), "")
        return User.objects.filter(username=name, is_active=True, account__isnull=False)

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Return the token's claims; the library leaves issuer and audience unchecked, we don't."""
        payload: dict[str, Any] = super().verify_token(token, **kwargs)
        audience = payload.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if _setting("OIDC_RP_CLIENT_ID") not in audiences:
            raise SuspiciousOperation("ID token 不是签发给本系统的")
        if payload.get("iss") != _setting("SHENGUAN_OIDC_ISSUER"):
            raise SuspiciousOperation("ID token 的签发者不符")
        return payload


class Callback(OIDCAuthenticationCallbackView):  # type: ignore[misc]  # the library has no types
    """Opens the session once the provider has spoken."""

    def login_success(self) -> HttpResponseRedirect:
        """Let the account in as by password: lock, trace and session list are the same."""
        now = clock.now()
        try:
            account = services.sign_in_by_provider(
                self.user.account, now=now, address=entering.address_of(self.request)
            )
        except services.SignInRefused:
            return self.login_failure()
        target = self.request.session.get("oidc_login_next") or "/"
        entering.let_in(self.request, account, now=now)
        return HttpResponseRedirect(target)

    def login_failure(self) -> HttpResponseRedirect:
        """Back to the sign-in page, which says that single sign-on did not work."""
        return HttpResponseRedirect("/login/?refused=1")
