"""Addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from shenguan.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("account/language/", views.language, name="language"),
    path("account/logout/", views.logout, name="logout"),
    path("account/", views.sessions, name="sessions"),
    path("account/end/<int:row_id>/", views.end, name="end"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
]
