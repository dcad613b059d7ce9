"""Where each address leads: composition only."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from shenguan.web import helping, homes
from shenguan.web.api.pages import docs
from shenguan.web.api.root import VERSION, api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", homes.home, name="home"),
    path("help/", helping.page, name="help"),
    path("", include("shenguan.base.accounts.urls")),
    path("", include("shenguan.programs.casebook.urls")),
    path("", include("shenguan.programs.reports.urls")),
    path("", include("shenguan.programs.freestats.urls")),
    path("", include("shenguan.programs.attention.urls")),
    path("", include("shenguan.programs.caseplans.urls")),
    path("", include("shenguan.programs.casereview.urls")),
    path("", include("shenguan.programs.timechanges.urls")),
    path("", include("shenguan.programs.healthcheck.urls")),
    path("", include("shenguan.programs.official.urls")),
    path("", include("shenguan.programs.intake.urls")),
    path("", include("shenguan.programs.stages.urls")),
    path("", include("shenguan.programs.library.urls")),
    path("", include("shenguan.programs.similar.urls")),
    path("", include("shenguan.programs.registering.urls")),
    path("", include("shenguan.programs.assignment.urls")),
    path("", include("shenguan.programs.hearings.urls")),
    path("", include("shenguan.programs.desk.urls")),
    path("", include("shenguan.programs.load.urls")),
    path("", include("shenguan.programs.wall.urls")),
    path("", include("shenguan.programs.supervision.urls")),
    path("", include("shenguan.programs.appeals.urls")),
    path("", include("shenguan.programs.appraisals.urls")),
    path("", include("shenguan.programs.meetings.urls")),
    path("", include("shenguan.programs.administration.urls")),
    path("", include("shenguan.programs.webhooks.urls")),
    path("", include("shenguan.programs.ruling.urls")),
    path("api/docs/", docs, name="api_docs"),
    path(f"api/{VERSION}/", api.urls),
]

handler404 = "shenguan.web.missing.not_found"
handler403 = "shenguan.web.missing.forbidden"
handler500 = "shenguan.web.missing.broken"
