"""Addresses of 阅核, 四类案件 and their figures."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.supervision import (
    views_lists,
    views_marking,
    views_reading,
    views_statistics,
)

app_name = "supervision"
urlpatterns = [
    path("reviews/", views_reading.index, name="reviews"),
    path("reviews/unread/", views_lists.unread, name="unread"),
    path("reviews/<int:pk>/", views_reading.page, name="review"),
    path("reviews/<int:pk>/say/", views_reading.say, name="say"),
    path("reviews/<int:pk>/answer/", views_reading.answer, name="answer"),
    path("reviews/<int:pk>/sign/", views_reading.sign, name="sign"),
    path("reviews/<int:pk>/withdraw/", views_reading.withdraw, name="withdraw"),
    path("reviews/<int:pk>/documents/<int:document>/", views_reading.document, name="document"),
    path("cases/<int:case_id>/review/", views_reading.submit, name="submit"),
    path("four-kinds/", views_lists.index, name="marks"),
    path("four-kinds/measures/", views_lists.measures, name="measures"),
    path("four-kinds/<int:pk>/", views_marking.page, name="mark"),
    path("four-kinds/<int:pk>/decide/", views_marking.decide, name="decide"),
    path("four-kinds/<int:pk>/remove/", views_marking.remove, name="remove"),
    path("four-kinds/<int:pk>/measures/", views_marking.take, name="take"),
    path("four-kinds/measures/<int:pk>/reply/", views_marking.reply, name="reply"),
    path("four-kinds/measures/<int:pk>/effect/", views_marking.effect, name="effect"),
    path("cases/<int:case_id>/four-kinds/", views_marking.by_hand, name="by_hand"),
    path("supervision/statistics/", views_statistics.index, name="statistics"),
    path("supervision/statistics/cases/", views_statistics.cases, name="statistics_cases"),
]
