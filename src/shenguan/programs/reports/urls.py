"""Addresses of the reports."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.reports import views, views_desk, views_meetings, views_settings

app_name = "reports"
urlpatterns = [
    path("today/", views.home, name="home"),
    path("lists/<str:list_id>/", views.worklist, name="worklist"),
    path("figures/", views.figures_page, name="figures"),
    path("figures/<str:measure>/", views.figure_list, name="figure_list"),
    path("reports/", views_desk.index, name="desk"),
    path("reports/new/", views_desk.make, name="make"),
    path("reports/<int:pk>/", views_desk.report, name="report"),
    path("reports/<int:pk>/progress/", views_desk.progress, name="progress"),
    path("reports/<int:pk>/edit/<int:block>/", views_desk.edit, name="edit"),
    path("reports/<int:pk>/publish/", views_desk.publish, name="publish"),
    path("reports/<int:pk>/drop/", views_desk.drop, name="drop"),
    path("reports/<int:pk>/number/", views_desk.take_number, name="take_number"),
    path("reports/<int:pk>/files/<slug:form>/", views_desk.download, name="download"),
    path("reports/<int:pk>/numbers/<int:place>/", views_desk.number, name="number"),
    path("reports/<int:pk>/changes/", views_desk.changes, name="changes"),
    path("reports/<int:pk>/reply/", views_meetings.reply, name="reply"),
    path("reports/<int:pk>/settle/", views_meetings.settle, name="settle"),
    path("reports/meetings/", views_meetings.index, name="meetings"),
    path("reports/meetings/new/", views_meetings.hold, name="hold"),
    path("reports/meetings/<int:pk>/", views_meetings.meeting, name="meeting"),
    path("reports/meetings/<int:pk>/tasks/", views_meetings.decide, name="decide"),
    path("reports/tasks/<int:pk>/", views_meetings.task, name="task"),
    path("reports/tasks/<int:pk>/say/", views_meetings.report_on, name="report_on"),
    path("reports/settings/", views_settings.index, name="settings"),
    path("reports/settings/rule/", views_settings.rule, name="rule"),
    path("reports/settings/template/", views_settings.upload, name="upload"),
    path("reports/settings/template/sample/", views_settings.sample, name="sample"),
    path("reports/settings/template/<int:pk>/retire/", views_settings.retire, name="retire"),
    path("reports/settings/permit/", views_settings.permit, name="permit"),
    path("reports/settings/permit/<int:pk>/withdraw/", views_settings.withdraw, name="withdraw"),
]
