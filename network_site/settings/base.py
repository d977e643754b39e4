"""Settings shared by development, tests and production."""

import os

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from .environment import BASE_DIR, env

# Adds the mail box and the gallery of components; never in production.
IS_DEVELOPMENT = False
# Whatever a process of the site writes is its own account's alone: files 0600, folders 0700.
# Here, because every process reads its settings first, whoever starts it.
os.umask(0o077)
# Whether load_demo may make accounts whose password is published.
DEMO_ACCOUNTS_ALLOWED = False
VAR_DIR = env.var_dir
VAR_DIR.mkdir(parents=True, exist_ok=True)
PROJECT_DIR = BASE_DIR / "network_site"

INSTALLED_APPS = [
    "network_site.home",
    "network_site.demo",
    "network_site.directory",
    "network_site.crossings",
    "library",
    "good_practices",
    "events",
    "forums",
    "network_site.newsletters",
    "network_site.search",
    "network_site.notifications",
    "network_site.pages",
    "network_site.privacy",
    "network_site.members",
    "network_site.media",
    "network_site.taxonomies",
    "network_site.journal",
    "network_site.accounts",
    "network_site.mailing",
    "network_site.catalogue",
    "network_site.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "network_site.members.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "network_site.core.staticfiles.SiteStaticFilesConfig",
    "django.contrib.sitemaps",
    "django.forms",
]
if env.is_postgresql:
    # modelsearch's index needs it on this engine (postgres.E005).
    INSTALLED_APPS.append("django.contrib.postgres")

MIDDLEWARE = [
    "network_site.core.middleware.HealthMiddleware",
    "network_site.core.middleware.KnownHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "network_site.core.middleware.AdminPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "network_site.core.moment.MomentMiddleware",
    "network_site.pages.sites.SiteMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "network_site.core.incoming.TidyTextMiddleware",
    "network_site.members.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "network_site.media.middleware.LostMovementMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "network_site.core.middleware.MailUnavailableMiddleware",
    "network_site.members.middleware.SecondFactorMiddleware",
    "network_site.members.middleware.LastSeenMiddleware",
    "network_site.pages.redirects.MovedMiddleware",
    "network_site.home.admin_guards.middleware.BackOfficeMiddleware",
    "network_site.notifications.middleware.ReadingMiddleware",
    "network_site.pages.reader_cache.ReaderCacheMiddleware",
]

# How long a page may be served again to readers with the same rights while nothing has
# changed (network_site/pages/reader_cache.py); 0 draws each page anew.
READER_CACHE_SECONDS = 60

ROOT_URLCONF = "network_site.urls"
WSGI_APPLICATION = "network_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "network_site.home.context_processors.branding",
            ],
        },
    },
    {
        # What is drawn often: docs/decisions/0020-jinja2.md.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "network_site.core.jinja.environment"},
    },
]
FORM_RENDERER = "network_site.core.forms.SiteFormRenderer"

DATABASES = {"default": env.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Shared between processes and exact between them: rate limits count in it.
        "BACKEND": "network_site.core.shared_cache.SharedFileCache",
        "LOCATION": VAR_DIR / "cache",
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 3600

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "network_site.core.error_views.form_expired"

ACCOUNT_ADAPTER = "network_site.notifications.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "network_site.members.forms.MembershipRequestForm"
ACCOUNT_FORMS = {
    "signup": "network_site.members.forms.signup.JoiningForm",
    "confirm_email_verification_code": "network_site.members.forms.signup.ProofForm",
}
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website_address"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Our own: it looks the same whether the address has an account (members.views.proving).
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
# One address an account: the new one replaces the old once its code is given.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# allauth's own limits stand; what one causes at addresses of others is counted by day too
# (and by address: members.visitor_mails).
ACCOUNT_RATE_LIMITS = {"manage_email": "10/m/user,20/d/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxy_count
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "network_site.members.security_adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "network_site.members.forms.security.AuthenticateForm",
    "reauthenticate": "network_site.members.forms.security.ReauthenticateForm",
    "activate_totp": "network_site.members.forms.security.ActivateApplicationForm",
    "add_webauthn": "network_site.members.forms.security.AddKeyForm",
    "edit_webauthn": "network_site.members.forms.security.RenameKeyForm",
}
# Seal what second factors are made from (members.sealed_secrets); the first seals, all open.
MFA_ENCRYPTION_KEYS = env.mfa_encryption_keys
# Days a staff role may do without a second factor (docs/decisions/0013).
SECOND_FACTOR_GRACE_DAYS = env.second_factor_grace_days or 0
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
# Day first in both languages, as in core.dates, which reads what forms send.
FORMAT_MODULE_PATH = ["network_site.formats"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/medias/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ACCEL_PREFIX = env.accel_redirect
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A web server in front that sends the files itself reads them through its group.
FILE_UPLOAD_PERMISSIONS = 0o640 if MEDIA_ACCEL_PREFIX else 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750 if MEDIA_ACCEL_PREFIX else 0o700

WAGTAIL_SITE_NAME = "Réseau intégration et prévention des discriminations"

_console = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
# What somebody waits for, and what leaves in number (summaries, newsletter).
MAILERS = env.mailers() or {"default": _console, "bulk": _console}
# Mails a minute of each; 0 sets no limit.
MAIL_RATES = {"default": env.mail_rate, "bulk": env.mail_bulk_rate}
SERVER_EMAIL = env.sender_address
DEFAULT_FROM_EMAIL = env.sender(WAGTAIL_SITE_NAME)
# Where mails come back and where replies will arrive (notifications.addresses).
MAIL_BOUNCE_ADDRESS = env.mail_bounce_address
MAIL_BOUNCE_URL = env.mail_bounce_url
# How long the journal of mails is kept; the privacy page says so.
MAIL_JOURNAL_DAYS = 180
ADMINS = env.admins

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "slow"],
    }
}

# Nothing inline and nothing from elsewhere; the admin has its own policy (core.middleware).
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "object-src": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Wagtail itself exempts its previews.
X_FRAME_OPTIONS = "DENY"

WAGTAILADMIN_BASE_URL = env.base_url or "http://127.0.0.1:8000"
WAGTAIL_I18N_ENABLED = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
# Hours are those of Paris for everybody, on the site and where they are typed.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/comptes/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
# Off: a save of its own that overlaps the button just pressed undoes a publication, or makes the
# page twice (docs/decisions/0015-no-autosave.md).
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILIMAGES_IMAGE_MODEL = "site_media.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "network_site.media.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Of what is sent; the intake writes JPEG, PNG or WebP (network_site/media/intake.py).
WAGTAILIMAGES_EXTENSIONS = [
    *("avif", "gif", "heic", "heif", "jpg", "jpeg", "png", "webp"),
]
WAGTAILDOCS_DOCUMENT_MODEL = "site_media.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "txt",
    "xlsx",
]
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "network_site.search.backend", "AUTO_UPDATE": False}
}
SEARCH_INDEX_DIR = VAR_DIR / "index"
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "filters": {"in_production": {"()": "django.utils.log.RequireDebugFalse"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        # Instead of Django's own, which mails at each error and within the request.
        "mail_admins": {
            "class": "network_site.core.error_mail.ErrorMailHandler",
            "level": "ERROR",
            "filters": ["in_production"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["mail_admins"], "level": "WARNING"},
        "network_site": {"handlers": ["mail_admins"], "level": env.log_level},
        # Two lines a task otherwise.
        "django.tasks": {"level": "WARNING"},
        "events": {"level": env.log_level},
        "forums": {"level": env.log_level},
        "library": {"level": env.log_level},
        "good_practices": {"level": env.log_level},
    },
}

# Of people's own data (docs/features/own_data.md); the page of durations reads them here.
EXPORTS_DIR = VAR_DIR / "exports"
EXPORT_KEPT_DAYS = 7
LEAVING_GRACE_DAYS = 14
LEAVING_REMINDER_DAYS = 3
INACTIVITY_MONTHS = 24
INACTIVITY_NOTICE_DAYS = 30
# What the operator's backups and server logs are kept for; the receipt of a departure says so.
BACKUP_KEPT_DAYS = 30
SERVER_LOG_KEPT_DAYS = 30
