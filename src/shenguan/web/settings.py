"""Django settings. Everything that differs between installations comes from the home folder."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlparse

from shenguan.base.accounts import oidc_settings

HOME = Path(os.environ.get("SHENGUAN_HOME", "var")).resolve()
PACKAGE = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """Return this installation's key, made on first use and readable by its owner alone."""
    file = HOME / "secret.key"
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return file.read_text()


def _database() -> dict[str, object]:
    """SQLite in the home folder, or PostgreSQL where `SHENGUAN_DATABASE` names one."""
    url = os.environ.get("SHENGUAN_DATABASE", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "shenguan.sqlite3",
            # opening reads the whole schema, a quarter of a page's work; a minute, so that a restored file is seen
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; "
                    "PRAGMA temp_store=MEMORY"
                ),
            },
        }
    parts = urlparse(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *os.environ.get("SHENGUAN_HOSTS", "").split()]
DATABASES = {"default": _database()}
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "shenguan.base.org",
    "shenguan.base.audit",
    "shenguan.base.inbox",
    "shenguan.base.accounts",
    "shenguan.base.approvals",
    "shenguan.base.ui",
    "shenguan.spine.cases",
    "shenguan.spine.timelimits",
    "shenguan.spine.indicators",
    "shenguan.spine.warnings",
    "shenguan.programs.intake",
    "shenguan.programs.reports",
    "shenguan.programs.freestats",
    "shenguan.programs.casebook",
    "shenguan.programs.attention",
    "shenguan.programs.caseplans",
    "shenguan.programs.casereview",
    "shenguan.programs.timechanges",
    "shenguan.programs.healthcheck",
    "shenguan.programs.official",
    "shenguan.programs.stages",
    "shenguan.programs.library",
    "shenguan.programs.administration",
    "shenguan.programs.webhooks",
    "shenguan.programs.ruling",
    "shenguan.programs.supervision",
    "shenguan.programs.appeals",
    "shenguan.programs.appraisals",
    "shenguan.programs.meetings",
    "shenguan.programs.similar",
    "shenguan.programs.desk",
    "shenguan.programs.load",
    "shenguan.programs.wall",
    "shenguan.programs.registering",
    "shenguan.programs.assignment",
    "shenguan.programs.hearings",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# who is asked before an event is recorded by a form (programs.registering.advice)
EVENT_ADVISERS = ["shenguan.programs.hearings.advice.advise"]
# texts the search of the registry looks into: {what the page calls it: model with `case` and `text`}
CASE_TEXTS = {"裁判文书": "intake.Judgment", "诉辩文书": "similar.Pleading"}
# tables of which a case page asks at once whether they have anything of the case: {model: columns naming it}
CASE_TABLES = {
    "appeals.Consultation": ("case",),
    "appeals.Feedback": ("upper", "lower"),
    "appraisals.Appraisal": ("case",),
    "approvals.Request": ("subject",),
    "cases.Case": ("prior",),
    "casereview.Item": ("case",),
    "meetings.Matter": ("case",),
    "supervision.Mark": ("case",),
    "supervision.Review": ("case",),
    "warnings.Plan": ("case",),
}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "shenguan.base.accounts.middleware.SignedInMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shenguan.base.ui.wording.WordingMiddleware",
    "shenguan.web.security.ContentSecurityMiddleware",
    "shenguan.web.handing.HandingOutMiddleware",
]
ROOT_URLCONF = "shenguan.web.urls"
WSGI_APPLICATION = "shenguan.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"panels": "shenguan.web.panels", "menu": "shenguan.web.menu"},
        },
    }
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 10}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username",)}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SHENGUAN_SESSION_IDLE = timedelta(minutes=int(os.environ.get("SHENGUAN_SESSION_IDLE", "30")))
SHENGUAN_SESSION_WHOLE = timedelta(hours=int(os.environ.get("SHENGUAN_SESSION_HOURS", "10")))
SHENGUAN_API_QUERIES = frozenset({"/api/v1/search", "/api/v1/similar"})
"""Queries by POST: they change nothing, so a token for reading alone may ask them."""
SESSION_COOKIE_AGE = int(SHENGUAN_SESSION_WHOLE.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
# `SHENGUAN_HTTPS=1`: a proxy in front speaks TLS and says so in X-Forwarded-Proto, which it alone may set
if os.environ.get("SHENGUAN_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"

globals().update(oidc_settings.read(HOME / "oidc.json"))
