"""Django's settings: what every workshop shares stands here, what differs between machines comes from `env`."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from werkplaats.config import env

PACKAGE = Path(__file__).resolve().parents[1]
# In a checkout everything that changes stands in var/ of the checkout; installed from a wheel, where the process starts.
_CHECKOUT = PACKAGE.parents[1]
HOME = _CHECKOUT if (_CHECKOUT / "pyproject.toml").is_file() else Path.cwd()

ENV = env.read(os.environ, home=HOME)
VAR = ENV.folder
VAR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
DEMO = ENV.demo
THEME_CSS = ENV.theme_css
ALLOWED_HOSTS = list(ENV.allowed_hosts)
SITE = ENV.site

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    # Above allauth: our templates and wording go before its own.
    "werkplaats.config",
    "werkplaats.pages",
    "werkplaats.exchange",
    "werkplaats.mirror",
    "werkplaats.pauses",
    "werkplaats.threads",
    "werkplaats.dependence",
    "werkplaats.defrag",
    "werkplaats.tables",
    "werkplaats.chains",
    "werkplaats.promises",
    "werkplaats.conversations",
    "werkplaats.asks",
    "werkplaats.issues",
    "werkplaats.sources",
    "werkplaats.neighbourhoods",
    "werkplaats.mail",
    "werkplaats.search",
    "werkplaats.catches",
    "werkplaats.consent",
    "werkplaats.accounts",
    "werkplaats.workshops",
    "werkplaats.kit",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "werkplaats.conversations.views.at_once.VotesAtOnce",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "werkplaats.kit.uploads.not_too_much",
    "werkplaats.kit.typed.WithoutNul",
    # Last, so that it knows who asks: no view opens without the verb that its door names.
    "werkplaats.accounts.middleware.DoorMiddleware",
]

ROOT_URLCONF = "werkplaats.config.urls"
WSGI_APPLICATION = "werkplaats.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # template_partials wraps these loaders itself when its app is ready.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "werkplaats.pages.context.frame",
            ],
        },
    },
]

# --- data ---------------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"
MAX_DOCUMENT_BYTES = ENV.max_document_mb * 1_000_000
# Larger uploads go to a temporary file on disk instead of memory; the form refuses what is over the limit.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# One table for all processes, so that a limit on tries counts them together. The table comes with kit's migrations.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kit_cache",
        # Counted tries must outlive a flood of other ones: by default a third is thrown away above 300.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- language and time --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [HOME / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- signing in: a code by mail, no password ----------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "werkplaats.accounts.adapter.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
# Whether somebody takes part is nobody's business: an unknown address gets the same page and a mail of its own.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/m/key", "login_failed": "10/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies

# --- mail ---------------------------------------------------------------------------------------------------------------
# Without a mail server every mail is a file in var/mail; in the demo it is on the visitor's own screen and is kept nowhere.
EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if DEMO else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from
EMAIL_TIMEOUT = 20
if ENV.mail_url:
    globals().update(env.mail(ENV.mail_url))

# --- what a browser may do ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https and ENV.proxies else None
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENV.https else "http"

# --- the log: what the machine did, never who did it --------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "werkplaats.config.log.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    "loggers": {
        "werkplaats": {"level": "INFO"},
        # Its default handlers mail the whole request, form fields included, to administrators.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
