"""Addresses of the administrators' pages."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.administration import views_choices, views_log, views_people, views_posts

app_name = "administration"
urlpatterns = [
    path("administration/people/", views_people.people, name="people"),
    path("administration/people/add/", views_people.add_person, name="add_person"),
    path("administration/people/<int:pk>/", views_people.person, name="person"),
    path("administration/people/<int:pk>/account/", views_people.account, name="account"),
    path("administration/people/<int:pk>/posts/", views_posts.give, name="give"),
    path("administration/units/", views_people.units, name="units"),
    path("administration/units/<int:pk>/close/", views_people.close_unit, name="close_unit"),
    path("administration/roster/", views_people.enrol, name="roster"),
    path("administration/roster/accounts/", views_people.open_accounts, name="open_accounts"),
    path("administration/posts/", views_posts.waiting, name="posts"),
    path("administration/posts/<int:pk>/end/", views_posts.end, name="end"),
    path("settings/", views_choices.choices, name="choices"),
    path("settings/<str:key>/", views_choices.choice, name="choice"),
    path("administration/log/", views_log.log, name="log"),
]
