"""Reads `oidc.json` of the home folder into the settings of single sign-on."""

from __future__ import annotations

import json
from pathlib import Path

NEEDED = ("issuer", "authorize", "token", "userinfo", "jwks", "client", "secret")


def read(file: Path) -> dict[str, object]:
    """Return the Django settings that switch single sign-on on; an empty dict without the file.

    Keys of the file: issuer, authorize, token, userinfo, jwks (addresses), client, secret, and optionally
    claim (which claim holds the user name, default preferred_username) and algorithm (default RS256).
    Raises `ValueError` naming what is missing or unreadable.
    """
    if not file.exists():
        return {}
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{file} 不是有效的 JSON:{error}") from error
    missing = [key for key in NEEDED if not given.get(key)]
    if missing:
        raise ValueError(f"{file} 缺少:{'、'.join(missing)}")
    return {
        "SHENGUAN_OIDC": True,
        "SHENGUAN_OIDC_ISSUER": given["issuer"],
        "SHENGUAN_OIDC_CLAIM": given.get("claim", "preferred_username"),
        "OIDC_OP_AUTHORIZATION_ENDPOINT": given["authorize"],
        "OIDC_OP_TOKEN_ENDPOINT": given["token"],
        "OIDC_OP_USER_ENDPOINT": given["userinfo"],
        "OIDC_OP_JWKS_ENDPOINT": given["jwks"],
        "OIDC_RP_CLIENT_ID": given["client"],
        "OIDC_RP_CLIENT_SECRET": given["secret"],
        "OIDC_RP_SIGN_ALGO": given.get("algorithm", "RS256"),
        "OIDC_RP_SCOPES": "openid profile",
        "OIDC_USE_PKCE": True,
        "OIDC_CREATE_USER": False,
        "OIDC_TIMEOUT": 10,
        "OIDC_AUTHENTICATION_CALLBACK_URL": "accounts:oidc_callback",
        "AUTHENTICATION_BACKENDS": [
            "django.contrib.auth.backends.ModelBackend",
            "shenguan.base.accounts.oidc.Provider",
        ],
        # The provider sends the browser back from another site: a strict cookie would not come along.
        "SESSION_COOKIE_SAMESITE": "Lax",
    }
