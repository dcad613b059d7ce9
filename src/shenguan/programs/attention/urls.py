"""Addresses of the warnings centre."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.attention import views, views_answers, views_orders

app_name = "attention"
urlpatterns = [
    path("warnings/", views.index, name="index"),
    path("warnings/act/", views.act, name="act"),
    path("warnings/direct/", views.direct, name="direct"),
    path("warnings/orders/", views_orders.index, name="orders"),
    path("warnings/orders/close/", views_orders.close_all, name="close_orders"),
    path("warnings/orders/<int:order_id>/", views_orders.order, name="order"),
    path("warnings/orders/<int:order_id>/report/", views_orders.report, name="report_order"),
    path("warnings/orders/<int:order_id>/close/", views_orders.close, name="close_order"),
    path("warnings/answers/", views_answers.index, name="answers"),
    path("warnings/answers/<int:answer_id>/decide/", views_answers.decide, name="decide"),
    path("warnings/corrections/<int:pk>/finish/", views_answers.finish, name="finish"),
    path("warnings/weekly/", views_answers.weekly, name="weekly"),
    path("warnings/weekly/take/", views_answers.take, name="take"),
]
