"""Addresses of the import."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.intake import views, views_lists

app_name = "intake"
urlpatterns = [
    path("imports/", views.index, name="index"),
    path("imports/receive/", views.receive, name="receive"),
    path("imports/<int:pk>/", views.upload, name="upload"),
    path("imports/<int:pk>/rejects/", views.rejects, name="rejects"),
    path("imports/<int:pk>/again/", views.again, name="again"),
    path("imports/<int:pk>/checkup/", views.checkup, name="checkup"),
    path("imports/reconciliation/", views_lists.differences, name="differences"),
    path("imports/reconciliation/accept/", views_lists.accept, name="accept"),
    path("imports/reconciliation/rule/", views_lists.accept_rule, name="accept_rule"),
    path("imports/quality/", views_lists.quality, name="quality"),
]
