"""Production: refuses to start on an unsafe value, and says which."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import STORAGES, TEMPLATES, env

DEBUG = False


def _require(condition, sentence):
    if not condition:
        raise ImproperlyConfigured(sentence)


_require(
    len(env.secret_key) >= 50 and len(set(env.secret_key)) >= 5,
    "SECRET_KEY must be set to at least 50 random characters "
    "(python -c 'import secrets; print(secrets.token_urlsafe(50))').",
)
_require(
    env.allowed_hosts and "*" not in env.allowed_hosts,
    "ALLOWED_HOSTS must name the site's hosts; '*' is refused.",
)
_require(
    env.base_url.startswith("https://"),
    "BASE_URL must be the site's public address and begin with https://.",
)
_require(env.mail_url, "MAIL_URL must be set (smtp://user:password@host:587?tls=1).")
_require("@" in env.mail_from, "MAIL_FROM must be the address the site writes from.")
_require(
    env.mail_bounce_address or not env.mail_bounce_url,
    "MAIL_BOUNCE_URL needs MAIL_BOUNCE_ADDRESS: only mails that return to a signed"
    " address are counted.",
)
_require(
    env.proxy_count > 0 or not env.behind_tls_proxy,
    "BEHIND_TLS_PROXY=1 needs TRUSTED_PROXY_COUNT, at least 1: the site believes what the"
    " proxy says of the scheme, and must know whose word on addresses to take.",
)
_require(
    env.proxy_count >= 0, "TRUSTED_PROXY_COUNT must be a number of proxies, 0 or more."
)
_require(
    env.hsts_include_subdomains or not env.hsts_preload,
    "HSTS_PRELOAD=1 needs HSTS_INCLUDE_SUBDOMAINS=1: browsers' lists take no domain"
    " without its subdomains (https://hstspreload.org).",
)

SECRET_KEY = env.secret_key
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = [env.base_url.rstrip("/")]

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.hsts_include_subdomains
SECURE_HSTS_PRELOAD = env.hsts_preload
# Both bind other sites of the same domain, for a year at least: the operator's choice.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
if env.behind_tls_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    **STORAGES,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
TEMPLATES = [
    {
        **TEMPLATES[0],
        "APP_DIRS": False,
        "OPTIONS": {
            **TEMPLATES[0]["OPTIONS"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    },
    *TEMPLATES[1:],
]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
