"""The addresses of an installation with single sign-on."""

from django.urls import include, path

from shenguan.base.accounts import urls

urlpatterns = [
    path("", include(([*urls.urlpatterns, *urls.provider_urls()], "accounts"))),
]
