"""WSGI entry point of the web server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from shenguan import rulebook
from shenguan.base.ops import home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenguan.web.settings")
rulebook.stand_on(home.overlay)
application = get_wsgi_application()
