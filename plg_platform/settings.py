"""All configuration, read from environment variables; docs/configuration.md names each.

With nothing set, this is a production configuration that refuses to start.
`make run` and `make test` set DEBUG.
"""

import os
import sys
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from core.logs import SENTRY, hide_secrets
from plg_platform import embedded

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name):
    """True for an environment variable that says 1, true, yes or on."""
    return os.environ.get(name, "").lower() in ("1", "true", "yes", "on")


# What kind of place this is --------------------------------------------------------------------
DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
TESTING = flag("TESTING")  # tests.settings says so
SECURE = not DEBUG and not TESTING

SECRET_KEY = os.environ.get("SECRET_KEY", "" if SECURE else "only-for-development-and-tests")
if SECURE and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY to a random text of 50 characters or more.")

BASE_URL = os.environ.get("BASE_URL", "" if SECURE else "http://localhost:8000").rstrip("/")
if SECURE and not BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("Set BASE_URL to the address of the platform, beginning with https://.")
STREAM_URL = os.environ.get("STREAM_URL", "").rstrip("/")  # empty: streams come from the same address
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]
if not ALLOWED_HOSTS:
    ALLOWED_HOSTS = [urlsplit(BASE_URL).hostname or ""] if SECURE else ["*"]
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []

# Apps, from the roof to the ground -------------------------------------------------------------
INSTALLED_APPS = [
    "plg_platform.apps.PlatformConfig",
    "participation.impact.apps.ImpactConfig",
    "participation.reports.apps.ReportsConfig",
    "participation.funding.apps.FundingConfig",
    "participation.learning.apps.LearningConfig",
    "participation.apps.ParticipationConfig",
    "training.credentials.apps.CredentialsConfig",
    "training.apps.TrainingConfig",
    "lessonstudy.visits.apps.VisitsConfig",
    "lessonstudy.apps.LessonStudyConfig",
    "events.apps.EventsConfig",
    "knowledgehub.outside.apps.OutsideConfig",
    "knowledgehub.questions.apps.QuestionsConfig",
    "knowledgehub.finding.apps.FindingConfig",
    "knowledgehub.apps.KnowledgeHubConfig",
    "communities.discussions.apps.DiscussionsConfig",
    "communities.meetings.apps.MeetingsConfig",
    "communities.search.apps.SearchConfig",
    "communities.apps.CommunitiesConfig",
    "organisations.apps.OrganisationsConfig",
    "people.apps.PeopleConfig",
    "activity.apps.ActivityConfig",
    "core.apps.CoreConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_structlog",
    "pghistory",
    "pgtrigger",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "core.middleware.HeadersMiddleware",
    "core.middleware.PersonsLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.LogMiddleware",
    "plg_platform.second_factor.SecondFactorMiddleware",
    "core.links.BadLinkMiddleware",
    "core.refusals.RefusedMiddleware",
]

ROOT_URLCONF = "plg_platform.urls"
WSGI_APPLICATION = "plg_platform.wsgi.application"
ASGI_APPLICATION = "plg_platform.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.shell",
                "activity.context.bell",
                "organisations.context.brand",
                "plg_platform.demo.context.roles",
            ],
            "builtins": [
                "core.templatetags.ui",
                "core.templatetags.kept",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "core.text.tags_of"
TAGGIT_STRING_FROM_TAGS = "core.text.text_of"
CRISPY_FAIL_SILENTLY = not (DEBUG or TESTING)

# Data ------------------------------------------------------------------------------------------
for name in ("DATABASE_URL", "REDIS_URL"):
    if SECURE and not os.environ.get(name):
        raise ImproperlyConfigured(f"Set {name}; only development and tests have servers of their own.")

# Two roles: the owner migrates, the application cannot change or delete audit rows.
OWNER_COMMANDS = {"migrate", "makemigrations", "flush", "test", "demo", "sqlmigrate", "seed_scale", "backup", "restore"}
AS_OWNER = TESTING or (len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS)


def database(owner):
    """The connection of one role, from DATABASE_URL and DATABASE_OWNER_URL or from the embedded server."""
    url = os.environ.get("DATABASE_OWNER_URL" if owner else "DATABASE_URL") or os.environ.get("DATABASE_URL")
    parts = urlsplit(url or embedded.database_url(owner=owner))
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    streaming = flag("STREAMING")
    return {
        "ENGINE": "core.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 0 if streaming else int(os.environ.get("DB_MAX_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": query["sslmode"]} if "sslmode" in query else {},
    }


DATABASES = {"default": database(owner=AS_OWNER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL") or embedded.redis_url()
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "plg",
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# People who sign in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "organisations.single_sign_on.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}  # typed on a phone
ACCOUNT_FORMS = {
    "login": "people.entrance.LoginForm",
    "signup": "people.entrance.SignUpForm",
    "request_login_code": "people.entrance.RequestLoginCodeForm",
    "confirm_login_code": "people.entrance.ConfirmLoginCodeForm",
    "reset_password": "people.entrance.ResetPasswordForm",
    "confirm_email_verification_code": "people.entrance.ConfirmEmailVerificationCodeForm",
    "confirm_password_reset_code": "people.entrance.ConfirmPasswordResetCodeForm",
}
# A whole school shares one address of the internet, and on a study day everybody signs in at once.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "100/m/ip,3/m/key,15/h/key",
    "mailed_code": "100/m/ip,3/m/key,15/h/key",  # of people.codes
    "login": "100/m/ip",
    "login_failed": "50/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "run_code": "10/m/key",  # the code of a running session, of communities.meetings
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PROXIES", "1" if SECURE else "0"))
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = None  # the person says whether this is her own device: see people.adapters
ACCOUNT_SESSION_COOKIE_AGE = 90 * 24 * 3600
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 4
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(BASE_URL).scheme
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
MFA_ADAPTER = "people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "PLG-platform"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = False  # when and where someone signed in is enough
if TESTING:
    ACCOUNT_RATE_LIMITS = False

# Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
FORMAT_MODULE_PATH = ["plg_platform.formats"]

# Files -----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
FILES_ROOT = Path(os.environ.get("FILES_ROOT", BASE_DIR / "var" / "files"))
MEDIA_ROOT = FILES_ROOT  # private: there is no MEDIA_URL, every file is asked for by its own view
# Who was erased, by number and moment: outside the database, so that a backup put back can be brought up to date.
ERASURES = Path(os.environ.get("ERASURES", FILES_ROOT / "erasures.txt"))
X_ACCEL = os.environ.get("X_ACCEL", "")
# What signs credentials: private keys, kept apart from files and backups of the database.
CREDENTIAL_KEYS = Path(os.environ.get("CREDENTIAL_KEYS", BASE_DIR / "var" / "keys"))
ISSUER_NAME = os.environ.get("ISSUER_NAME", "PLG-platform")  # as it stands on certificates
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SECURE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not SECURE
WHITENOISE_AUTOREFRESH = DEBUG
SEARCHES_A_MINUTE = int(os.environ.get("SEARCHES_A_MINUTE", "120"))  # of one person; there is one every few letters
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a folder of material; its form takes two hundred, and says so
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail ------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "PLG-platform <noreply@plg.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2]
MAILBOX = BASE_DIR / "var" / "mailbox"
BOUNCE_SECRET = os.environ.get("BOUNCE_SECRET", "")  # signs what a mail provider reports; without it nobody may
mail_url = os.environ.get("EMAIL_URL", "")
if mail_url:
    parts = urlsplit(mail_url)
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname,
                "port": parts.port or 25,
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": "tls=1" in parts.query,
                "use_ssl": parts.scheme == "smtps",
                "timeout": 20,
            },
        }
    }
elif SECURE:
    raise ImproperlyConfigured("Set EMAIL_URL to the mail server, for example smtp://user:password@mail:587?tls=1.")
else:
    MAILERS = {"default": {"BACKEND": "activity.mailbox.EmailBackend"}}

# Work for later --------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A page never waits for a broker that is gone: one more try at once, then the next tick does it.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_BEAT_SCHEDULER = "activity.beat:Scheduler"  # ticks by itself when the broker is gone
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "activity.tasks.tick", "schedule": timedelta(minutes=1), "options": {"expires": 55}},
    "nightly": {"task": "plg_platform.tasks.nightly", "schedule": crontab(hour=3, minute=10)},
    "downloads": {"task": "people.tasks.make_downloads", "schedule": timedelta(minutes=1), "options": {"expires": 55}},
    "places": {"task": "events.tasks.tick", "schedule": timedelta(minutes=1), "options": {"expires": 55}},
    "look": {"task": "knowledgehub.tasks.look", "schedule": timedelta(minutes=1), "options": {"expires": 55}},
    "end_forgotten": {"task": "communities.meetings.tasks.end_forgotten", "schedule": timedelta(minutes=10)},
    "participation": {"task": "participation.tasks.refresh", "schedule": timedelta(minutes=10)},
    "close_months": {"task": "participation.tasks.close", "schedule": crontab(hour=4, minute=20)},
}

# Safety ----------------------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF] + ([STREAM_URL] if STREAM_URL else []),
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_SECURE = True

# Demonstration: one button a role on the sign-in page, never in production with real people.
DEMO_ROLES = (
    [
        ("teacher", _("Continue as a teacher")),
        ("facilitator", _("Continue as a facilitator (IB'er)")),
        ("school_leader", _("Continue as a school leader")),
        ("network_admin", _("Continue as a network administrator")),
        ("board_admin", _("Continue as a board administrator")),
    ]
    if DEMO
    else []
)

# Logs and errors -------------------------------------------------------------------------------
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                hide_secrets,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_log_level,
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": os.environ.get("LOG_LEVEL", "WARNING" if not SECURE else "INFO"),
    },
}
SILENCED_SYSTEM_CHECKS = []

if dsn := os.environ.get("SENTRY_DSN"):
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, **SENTRY)
