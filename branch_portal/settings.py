"""One settings file; what differs between machines comes from the environment (docs/operations.md).

``LOCAL=1`` (what ``make run`` sets) is a try-out on this machine: plain http on localhost, a secret
made once and kept under var/, the embedded database. Without it every secret must be given.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from branch_portal import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = environment.flag("DEBUG")
LOCAL = environment.flag("LOCAL", default=DEBUG)
HTTPS = environment.flag("HTTPS", default=not LOCAL)

SECRET_KEY = environment.text("SECRET_KEY", "" if LOCAL else None) or environment.kept_secret(
    VAR_DIR / "secret_key"
)
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if LOCAL else None)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "members",
    "meetings",
    "meetings.integrity",
    "meetings.decisions",
    "meetings.rectification",
    "meetings.talks",
    "meetings.duties",
    "meetings.checkin",
    "meetings.study",
    "appraisals",
    "appraisals.ballots",
    "branch_portal.encryption",
    "branch_portal.richtext",
    "branch_portal.news",
    "branch_portal.reminders",
    "branch_portal.desk",
    "branch_portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "branch_portal.private_pages.private_pages",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "branch_portal.closed_by_default.ClosedByDefaultMiddleware",
    "branch_portal.second_factor.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "branch_portal.urls"
WSGI_APPLICATION = "branch_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "branch_portal.navigation.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False


def database() -> dict:
    """DATABASE_URL's server, or the embedded one with its data under var/."""
    url = environment.text("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "branch_portal.embedded_postgres",
            "NAME": "postgres",
            "USER": "postgres",
            "OPTIONS": {"home": VAR_DIR / "pg"},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgres://user:password@host:5432/name.")
    try:
        return dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: postgres://user:password@host:5432/name."
        ) from None


DATABASES = {"default": database()}
# Sign-in limits are counted here: one table that every worker of every server process shares.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["members.sign_in.NameOrMobileBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "members.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an unknown address is told what a known one is, and gets no mail
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "members.sign_in.SignInForm",
    "change_password": "members.sign_in.PasswordForm",
    "reauthenticate": "members.sign_in.ConfirmForm",
    "reset_password": "members.sign_in.ForgottenForm",
    "reset_password_from_key": "members.sign_in.ResetForm",
}
# What each counts, and who is exempt: members/throttle.py. A limit on the name alone would let anybody lock a member out
# on voting day, and one on the address alone whoever sits in the same hospital: many members share its address.
ACCOUNT_RATE_LIMITS = {
    "login": None,  # allauth's own, which knows no known devices
    "sign_in": "60/m/ip",
    "login_failed": "8/10m/key",
    "address_failed": "40/10m/ip",
    "device_failed": "8/10m/key",
    "change_password": "20/h/user",
    "reauthenticate": "20/h/user",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/h/ip",
    "activate": "30/m/key",
    "check_in": "8/10m/key",  # wrong codes of one account
}
# The clock of check-in, as the path of a function without arguments.
CHECK_IN_CLOCK = "django.utils.timezone.now"
# --- second factors: passkeys (which also sign in alone), one-time codes, recovery codes
MFA_ADAPTER = "members.second_factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "members.second_factors.CodeForm",
    "reauthenticate": "members.second_factors.ConfirmCodeForm",
    "activate_totp": "members.second_factors.FirstCodeForm",
    "add_webauthn": "members.second_factors.PasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
# A signature over a fresh challenge cannot be guessed; a limit by address would only shut others out.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", 0)

# --- mail: only where a server is named; nothing depends on it -----------------------------------
EMAIL_HOST = environment.text("EMAIL_HOST", "")
EMAIL_PORT = environment.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "portal@localhost")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# The portal's own address, for what leaves it (mails, posts to the group); without it they name no page.
PORTAL_ADDRESS = environment.web_address("PORTAL_ADDRESS", secure=HTTPS)
# The webhook of a WeCom group's robot. Whoever knows it can post there; "SECRET" in the name keeps it out of Django's reports.
WECOM_WEBHOOK_SECRET = environment.web_address("WECOM_WEBHOOK_SECRET", secure=not LOCAL)
WECOM_PER_MINUTE = environment.number("WECOM_PER_MINUTE", 10)

# --- languages ----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = environment.text("TIME_ZONE", "Asia/Shanghai")

# --- files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "var" / "bundle", ("img", BASE_DIR / "static" / "img")]
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR_DIR / "media")))
# What leads from voters to ballots while people vote; never part of a backup (docs/operations.md).
BALLOT_KEYS = Path(environment.text("BALLOT_KEYS", str(VAR_DIR / "ballot-keys")))
# Master keys of what is sealed in the database, the first of which seals (docs/operations.md). As text, 32 characters or more.
RECORD_KEYS = environment.words("RECORD_KEYS", [] if LOCAL else None) or [
    environment.kept_secret(VAR_DIR / "record_key")
]
if any(len(key) < 32 for key in RECORD_KEYS):
    raise ImproperlyConfigured("RECORD_KEYS holds a key of less than 32 characters.")
FILE_UPLOAD_PERMISSIONS = 0o640
# The record page sends its form with photographs; one picture is checked against its own, lower limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- security -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        # data: for the small drawings inside Bootstrap's style sheet, blob: for pictures not yet uploaded.
        "img-src": [SELF, "data:", "blob:"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if HTTPS:
    SECURE_HSTS_SECONDS = environment.number("HSTS_SECONDS", 365 * 24 * 3600)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = environment.flag("HSTS_SUBDOMAINS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None

# --- logs: no personal data, no request bodies ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "branch_portal.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # A mistyped address, a refused page, a HEAD request: no events, and addresses are nobody's business.
        "django.request": {"level": "ERROR"},
        "gunicorn.http.wsgi": {"level": "ERROR"},
        # Anybody can send a wrong Host header; that is no event either.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
