"""The environment, read once: every setting that an operator may change comes from here."""

import os
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def _flag(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def _words(name):
    return [word for word in os.environ.get(name, "").replace(",", " ").split() if word]


def _number(name, default):
    value = os.environ.get(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, not {value!r}"
        ) from error


def _address(name):
    """A bare mail address, or nothing: a number and a signature are added before "@"."""
    value = os.environ.get(name, "").strip()
    local, at, domain = value.rpartition("@")
    if value and not (local and at and domain and len(local) <= 20):
        raise ImproperlyConfigured(
            f"{name} must be an address with at most 20 characters before the @,"
            f" not {value!r}"
        )
    return value


def _keys(name):
    """Secret words, at least 32 characters each."""
    keys = _words(name)
    if any(len(key) < 32 for key in keys):
        raise ImproperlyConfigured(
            f"{name} must hold keys of at least 32 characters, separated by spaces"
            " (python -c 'import secrets; print(secrets.token_urlsafe(32))')."
        )
    return keys


@dataclass(frozen=True)
class Environment:
    """What the operator says, one attribute a variable (docs/operations.md lists them)."""

    var_dir: Path = field(
        default_factory=lambda: Path(
            os.environ.get("VAR_DIR") or BASE_DIR / "var"
        ).resolve()
    )
    database_url: str = field(
        default_factory=lambda: os.environ.get("DATABASE_URL", "")
    )
    secret_key: str = field(default_factory=lambda: os.environ.get("SECRET_KEY", ""))
    allowed_hosts: list = field(default_factory=lambda: _words("ALLOWED_HOSTS"))
    base_url: str = field(default_factory=lambda: os.environ.get("BASE_URL", ""))
    proxy_count: int = field(default_factory=lambda: _number("TRUSTED_PROXY_COUNT", 0))
    second_factor_grace_days: int | None = field(
        default_factory=lambda: (
            _number("SECOND_FACTOR_GRACE_DAYS", 0)
            if os.environ.get("SECOND_FACTOR_GRACE_DAYS")
            else None
        )
    )
    mfa_encryption_keys: list = field(
        default_factory=lambda: _keys("MFA_ENCRYPTION_KEYS")
    )
    behind_tls_proxy: bool = field(default_factory=lambda: _flag("BEHIND_TLS_PROXY"))
    hsts_include_subdomains: bool = field(
        default_factory=lambda: _flag("HSTS_INCLUDE_SUBDOMAINS")
    )
    hsts_preload: bool = field(default_factory=lambda: _flag("HSTS_PRELOAD"))
    mail_url: str = field(default_factory=lambda: os.environ.get("MAIL_URL", ""))
    mail_from: str = field(default_factory=lambda: os.environ.get("MAIL_FROM", ""))
    mail_rate: int = field(default_factory=lambda: _number("MAIL_RATE", 0))
    mail_bulk_url: str = field(
        default_factory=lambda: os.environ.get("MAIL_BULK_URL", "")
    )
    mail_bulk_rate: int = field(default_factory=lambda: _number("MAIL_BULK_RATE", 0))
    mail_bounce_address: str = field(
        default_factory=lambda: _address("MAIL_BOUNCE_ADDRESS")
    )
    mail_bounce_url: str = field(
        default_factory=lambda: os.environ.get("MAIL_BOUNCE_URL", "")
    )
    admins: list = field(default_factory=lambda: _words("ADMINS"))
    accel_redirect: str = field(
        default_factory=lambda: os.environ.get("MEDIA_ACCEL_PREFIX", "")
    )
    debug: bool = field(default_factory=lambda: _flag("DEBUG", default=True))
    log_level: str = field(default_factory=lambda: os.environ.get("LOG_LEVEL", "INFO"))

    @property
    def is_postgresql(self):
        return self.database_url.startswith(("postgres://", "postgresql://"))

    def database(self):
        """The DATABASES["default"] entry for DATABASE_URL, or SQLite under var/.

        SQLite's options were measured under eight writers: without WAL and immediate
        transactions the first concurrent page answers "database is locked".
        """
        if self.is_postgresql:
            url = urlsplit(self.database_url)
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(url.path.lstrip("/")),
                "USER": unquote(url.username or ""),
                "PASSWORD": unquote(url.password or ""),
                "HOST": url.hostname or "",
                "PORT": str(url.port or ""),
                "CONN_HEALTH_CHECKS": True,
                "CONN_MAX_AGE": 60,
                "OPTIONS": dict(parse_qsl(url.query)),
            }
        if self.database_url and not self.database_url.startswith("sqlite:///"):
            raise ImproperlyConfigured(
                "DATABASE_URL must begin with postgres:// or sqlite:///"
            )
        path = (
            self.database_url.removeprefix("sqlite:///") or self.var_dir / "db.sqlite3"
        )
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                    "PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON;"
                ),
            },
        }

    @property
    def sender_address(self):
        """The bare address that the site writes from."""
        return parseaddr(self.mail_from)[1] or "reseau@localhost"

    def sender(self, name):
        """The From of every mail: as in MAIL_FROM when it names somebody, else `name`."""
        if parseaddr(self.mail_from)[0] or "@" not in self.sender_address:
            return self.mail_from
        return str(Address(display_name=name, addr_spec=self.sender_address))

    def mailers(self):
        """The two entries of MAILERS, or None when nothing is said of a server.

        Addresses are smtp://user:password@host:port?tls=1. MAIL_BULK_URL may name another
        server for what leaves in number: its reputation is then its own.
        """
        if not self.mail_url:
            return None
        return {
            "default": _mailer("MAIL_URL", self.mail_url),
            "bulk": _mailer("MAIL_BULK_URL", self.mail_bulk_url or self.mail_url),
        }


def _mailer(name, address):
    url = urlsplit(address)
    if url.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured(f"{name} must begin with smtp:// or smtps://")
    options = dict(parse_qsl(url.query))
    return {
        "BACKEND": "network_site.mailing.smtp.EmailBackend",
        "OPTIONS": {
            "host": url.hostname or "localhost",
            "port": url.port or (465 if url.scheme == "smtps" else 25),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_ssl": url.scheme == "smtps",
            "use_tls": options.get("tls", "") in {"1", "true"},
            "timeout": 20,
        },
    }


env = Environment()
