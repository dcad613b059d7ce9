"""Addresses of requests and their forms."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.timechanges import views, views_desk, views_forms

app_name = "timechanges"
urlpatterns = [
    path("approvals/", views_desk.waiting, name="waiting"),
    path("approvals/mine/", views_desk.mine, name="mine"),
    path("approvals/unchecked/", views_desk.unchecked, name="unchecked"),
    path("approvals/unchecked/<int:position>/", views_desk.take_up, name="take_up"),
    path("approvals/delegations/", views_desk.delegations, name="delegations"),
    path("approvals/delegations/<int:pk>/end/", views_desk.end, name="end_delegation"),
    path("approvals/pattern/", views_desk.pattern, name="pattern"),
    path("approvals/<int:pk>/", views.request_page, name="request"),
    path("approvals/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("approvals/<int:pk>/answer/", views.answer, name="answer"),
    path("approvals/<int:pk>/remark/", views.remark, name="remark"),
    path("approvals/<int:pk>/documents/<int:document>/", views.document, name="document"),
    path("cases/<int:case_id>/extension/", views_forms.extension, name="extension"),
    path("cases/<int:case_id>/elevation/", views_forms.elevation, name="elevation"),
    path("cases/<int:case_id>/period/", views_forms.period, name="period"),
    path("cases/<int:case_id>/period/end/", views_forms.period_end, name="period_end"),
]
