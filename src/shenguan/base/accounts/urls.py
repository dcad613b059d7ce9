"""Addresses of one's own account."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from shenguan.base.accounts import views
from shenguan.base.accounts.views_password import password

app_name = "accounts"


def provider_urls() -> list[URLPattern]:
    """Return the addresses of single sign-on; its library is imported only where it is used."""
    from mozilla_django_oidc.views import OIDCAuthenticationRequestView

    from shenguan.base.accounts.oidc import Callback

    return [
        path("login/oidc/", OIDCAuthenticationRequestView.as_view(), name="oidc"),
        path("login/oidc/back/", Callback.as_view(), name="oidc_callback"),
    ]


urlpatterns: list[URLPattern] = [
    path("login/", views.login, name="login"),
    path("login/language/", views.language, name="language"),
    path("account/logout/", views.logout, name="logout"),
    path("account/", views.sessions, name="sessions"),
    path("account/end/<int:row_id>/", views.end, name="end"),
    path("account/tokens/", views.token_list, name="tokens"),
    path("account/tokens/<int:token_id>/end/", views.end_token, name="end_token"),
    path("account/password/", password, name="password"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
]
if getattr(settings, "SHENGUAN_OIDC", False):
    urlpatterns += provider_urls()
