"""Addresses of 发改反馈 and 判中咨询."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.appeals import views, views_consulting, views_lists

app_name = "appeals"
urlpatterns = [
    path("appeals/", views_lists.index, name="index"),
    path("appeals/analysis/", views_lists.analysis, name="analysis"),
    path("appeals/checks/", views_lists.checks, name="checks"),
    path("appeals/handling/", views_lists.handling, name="handling"),
    path("appeals/<int:pk>/", views.page, name="feedback"),
    path("appeals/<int:pk>/send/", views.send, name="send"),
    path("appeals/<int:pk>/answer/", views.answer, name="answer"),
    path("appeals/<int:pk>/find/", views.find, name="find"),
    path("appeals/<int:pk>/drop/", views.drop, name="drop"),
    path("appeals/consultations/", views_consulting.index, name="consultations"),
    path("appeals/consultations/<int:pk>/reply/", views_consulting.reply, name="reply"),
    path("cases/<int:case_id>/consult/", views_consulting.consult, name="consult"),
]
