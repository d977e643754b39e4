"""Development: everything under var/, mails kept and read at /courriels/."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, MIDDLEWARE, VAR_DIR, env

# `make run` turns it off, to show the site's own error pages.
DEBUG = env.debug
IS_DEVELOPMENT = True
DEMO_ACCOUNTS_ALLOWED = True
# Never used in production, which refuses to start without a secret of its own.
SECRET_KEY = env.secret_key or "development-only-not-a-secret"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.allowed_hosts]
# Who edits a template wants to see it.
READER_CACHE_SECONDS = 0 if DEBUG else 60
INTERNAL_IPS = ["127.0.0.1"]

if not env.mail_url:
    _kept = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(VAR_DIR / "mails")},
    }
    MAILERS = {"default": _kept, "bulk": _kept}
INSTALLED_APPS = ["whitenoise.runserver_nostatic", *INSTALLED_APPS]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
if env.second_factor_grace_days is None:
    # The demonstration's people can be visited at once.
    SECOND_FACTOR_GRACE_DAYS = 30
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Production's static files are compressed beforehand; here they are on their way.
GZIP = "django.middleware.gzip.GZipMiddleware"
MIDDLEWARE = [GZIP, *(name for name in MIDDLEWARE if name != GZIP)]
