"""Addresses of 专业法官会议 and 审委会."""

from __future__ import annotations

from django.urls import path

from shenguan.programs.meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.index, name="index"),
    path("meetings/call/", views.call, name="call"),
    path("meetings/<int:pk>/", views.page, name="meeting"),
    path("meetings/matters/<int:pk>/", views.matter, name="matter"),
    path("meetings/<int:pk>/matters/", views.put_on, name="put_on"),
    path("meetings/<int:pk>/hold/", views.hold, name="hold"),
    path("meetings/matters/<int:pk>/speak/", views.speak, name="speak"),
    path("meetings/matters/<int:pk>/conclude/", views.conclude, name="conclude"),
    path("meetings/matters/<int:pk>/carry-over/", views.carry_over, name="carry_over"),
    path("meetings/matters/<int:pk>/respond/", views.respond, name="respond"),
]
