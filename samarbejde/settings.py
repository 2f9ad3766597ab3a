"""Composition root: the only place that knows which apps the product is made of."""

import os
import sys
from pathlib import Path

from samarbejde.miljoe import laes_miljoe

BASE_DIR = Path(__file__).resolve().parent.parent
MILJOE = laes_miljoe(os.environ, BASE_DIR)
if MILJOE.fejl:
    sys.exit("\n".join(["Sitet kan ikke starte:", *MILJOE.fejl]))

SECRET_KEY = MILJOE.secret_key
DEBUG = MILJOE.debug
DEMO = MILJOE.demo
BASE_URL = MILJOE.base_url
ALLOWED_HOSTS = MILJOE.allowed_hosts
DATA_DIR = MILJOE.data_dir
FORTROLIGHED_NOEGLER = MILJOE.fortrolighed_noegler
SEGL = MILJOE.segl

INSTALLED_APPS = [
    "samarbejde",
    "ressourcecenter",
    "aftaler",
    "moeder",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guardian",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "samarbejde.middleware.sikkerhedshoveder",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "samarbejde.middleware.afvis_ubrugelige_tegn",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samarbejde.middleware.LoginKraevet",
    "samarbejde.middleware.en_rolleopslag_pr_kald",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samarbejde.middleware.Afvisninger",
]
ROOT_URLCONF = "samarbejde.urls"
WSGI_APPLICATION = "samarbejde.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samarbejde.context.faelles",
            ],
            "builtins": ["samarbejde.templatetags.dansk"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "dkfds"
CRISPY_TEMPLATE_PACK = "dkfds"
CRISPY_FAIL_SILENTLY = False

DATABASES = {"default": MILJOE.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "samarbejde_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- people and rights -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "samarbejde.Person"
AUTHENTICATION_BACKENDS = ["samarbejde.backends.LoginBackend", "samarbejde.backends.RolleBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
# W001: guardian's backend knows no periods, so it still says yes after a role ended; RolleBackend answers instead.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "samarbejde.konto.KontoAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Every other session ends with the old password (its hash is in the session); the one at hand goes on.
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# Not allauth's own: it makes EmailAddress rows, and an old address would go on working after a correction.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
INVITATION_GAELDER = 7 * 24 * 60 * 60  # seconds: a link to a first login
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "samarbejde.forms.LoginForm",
    "reset_password": "samarbejde.forms.GlemtKodeForm",
    "reset_password_from_key": "samarbejde.forms.NyKodeForm",
    "change_password": "samarbejde.forms.SkiftKodeForm",
    "reauthenticate": "samarbejde.forms.BekraeftForm",
}
# A whole municipality is one address: the defaults lock out Monday morning.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "reset_password": "60/m/ip,5/h/key",
    "reset_password_from_key": "60/m/ip",
    "reauthenticate": "60/m/user",
    "change_password": "10/m/user",
    "svar_med_link": "600/m/ip",
    "verificer": "600/m/ip",
    "verificer_fil": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = MILJOE.antal_proxyer

# --- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
FORMAT_MODULE_PATH = None

# --- transport and headers ---------------------------------------------------------------------------------------
SIKKER = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SIKKER
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SIKKER else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SIKKER
SECURE_HSTS_PRELOAD = SIKKER
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SIKKER and MILJOE.antal_proxyer else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SIKKER
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "samarbejde.sessioner"
SESSION_COOKIE_AGE = 9 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "samarbejde.views.fejl.csrf_fejl"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
# Prose fields hold at most some ten thousand characters each; what is larger is refused by the form, in Danish.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# Files: each, and a whole request with all its files and text (samarbejde.upload). A proxy should allow as much.
STOERSTE_FIL = 10 * 1024 * 1024
STOERSTE_AFSENDELSE = 100 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "samarbejde.upload.Filgraense",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- static files ------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Uploads. Beside STATIC_ROOT, never in it: no address leads here but a view that asks for the right.
    "default": {
        "BACKEND": "samarbejde.fillager.Fillager",
        "OPTIONS": {
            "location": DATA_DIR / "filer",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- mail: leaves only through the outbox (samarbejde.models.Besked) ---------------------------------------------
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FRA", "Stærkt samarbejde <ingen-svar@samarbejde.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
_mail = MILJOE.email
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}.get(str(_mail.get("skema")), "samarbejde.mail.IngenMail")
EMAIL_FILE_PATH = _mail.get("sti")
EMAIL_HOST, EMAIL_PORT = _mail.get("vaert", ""), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("bruger", ""), _mail.get("kode", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.get("skema") == "smtps", bool(_mail.get("starttls"))
EMAIL_TIMEOUT = 20

# --- what the operator says about itself on /tilgaengelighed/ and in security.txt ----------------------------------
DRIFT = {
    "kontakt": os.environ.get("KONTAKT", ""),
    "was": os.environ.get("WAS_ADRESSE", ""),
    "sikkerhed": os.environ.get("SIKKERHED_KONTAKT", ""),
}

# --- look: the theme seam (docs/look.md) -------------------------------------------------------------------------
TEMA = {"navn": os.environ.get("TEMA_NAVN", "")}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"kort": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "kort"},
        "advarsler": {"class": "logging.StreamHandler", "formatter": "kort", "level": "WARNING"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO" if not DEBUG else "DEBUG"},
    "loggers": {
        "django.db.backends": {"level": "INFO"},
        "django": {"handlers": [], "level": "INFO"},
        **{navn: {"level": "WARNING"} for navn in ("weasyprint", "fontTools")},
        # That nobody vouches for a certificate is told by whoever asked, in Danish.
        **{navn: {"level": "ERROR"} for navn in ("pyhanko", "pyhanko_certvalidator")},
        # db_worker sets its own level and would tell every start and end of a task.
        **{navn: {"handlers": ["advarsler"], "propagate": False} for navn in ("django_tasks", "django_tasks_db")},
    },
}
