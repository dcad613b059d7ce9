"""Addresses of the warnings centre."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.attention import views

app_name = "attention"
urlpatterns = [
    path("warnings/", views.index, name="index"),
    path("warnings/act/", views.act, name="act"),
    path("warnings/orders/<int:order_id>/report/", views.report_order, name="report_order"),
    path("warnings/orders/<int:order_id>/close/", views.close_order, name="close_order"),
    path("warnings/answers/<int:answer_id>/decide/", views.decide, name="decide"),
]
