"""Production starts with safe values only, and says which one is not."""

import os
import subprocess
import sys

import pytest

from tests.support.processes import ROOT

SAFE = {
    "DJANGO_SETTINGS_MODULE": "network_site.settings.production",
    "SECRET_KEY": "k7Jd0-Xh3uWq9Lr5TzVb2NmYc8PgEs4Af6Ui1OoRw_BvDxQeZ8yKt4",
    "ALLOWED_HOSTS": "reseau.example.org",
    "BASE_URL": "https://reseau.example.org",
    "MAIL_URL": "smtp://user:password@mail.example.org:587?tls=1",
    "MAIL_FROM": "reseau@example.org",
    "MAIL_BOUNCE_ADDRESS": "retours@example.org",
    "ADMINS": "technique@example.org",
    "DATABASE_URL": "postgres://site:secret@127.0.0.1:5432/site",
}


def manage(tmp_path, *arguments, **changes):
    """Run manage.py with the safe environment and `changes`; return the process."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "LD_LIBRARY_PATH"}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "VAR_DIR": str(tmp_path), **SAFE, **changes},
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.slow
def test_the_deployment_check_passes_without_a_warning(tmp_path):
    result = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
    )
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", ""),
        ("BASE_URL", "http://reseau.example.org"),
        ("MAIL_URL", ""),
        ("MAIL_URL", "ftp://mail.example.org"),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "reseau"),
        ("DATABASE_URL", "mysql://site@127.0.0.1/site"),
        ("TRUSTED_PROXY_COUNT", "two"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("BEHIND_TLS_PROXY", "1"),
        ("HSTS_PRELOAD", "1"),
        ("MFA_ENCRYPTION_KEYS", "short"),
    ],
)
def test_an_unsafe_value_is_refused_by_name(tmp_path, name, unsafe):
    code = f"import os; os.environ[{name!r}] = {unsafe!r}\n"
    code += "import network_site.settings.production"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **SAFE, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert result.returncode != 0
    last_line = result.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last_line
    assert name in last_line


def test_the_safe_values_are_accepted(tmp_path):
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            "import network_site.settings.production as s; "
            "assert not s.DEBUG and s.SESSION_COOKIE_SECURE and s.SECURE_SSL_REDIRECT",
        ],
        cwd=ROOT,
        env={**os.environ, **SAFE, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert result.returncode == 0, result.stderr


def test_choices_of_the_operator_are_followed(tmp_path):
    """And whatever a process writes is read by its own account alone."""
    code = """
import os, pathlib
import network_site.settings.production as s
assert (s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD) == (
    os.environ.get("HSTS_INCLUDE_SUBDOMAINS") == "1", False)
written = s.VAR_DIR / "written"
written.write_text("x")
made = s.VAR_DIR / "made"
made.mkdir()
modes = [path.stat().st_mode & 0o777 for path in (written, made, s.VAR_DIR)]
assert modes == [0o600, 0o700, 0o700], modes
accel = bool(os.environ.get("MEDIA_ACCEL_PREFIX"))
assert s.FILE_UPLOAD_PERMISSIONS == (0o640 if accel else 0o600)
assert s.FILE_UPLOAD_DIRECTORY_PERMISSIONS == (0o750 if accel else 0o700)
"""
    for number, choices in enumerate(
        (
            {},
            {
                "HSTS_INCLUDE_SUBDOMAINS": "1",
                "MEDIA_ACCEL_PREFIX": "/interne/",
                "BEHIND_TLS_PROXY": "1",
                "TRUSTED_PROXY_COUNT": "1",
            },
        )
    ):
        result = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={
                **os.environ,
                **SAFE,
                "VAR_DIR": str(tmp_path / f"var{number}"),
                **choices,
            },
            capture_output=True,
            check=False,
            text=True,
        )
        assert result.returncode == 0, result.stderr


@pytest.mark.slow
def test_every_static_file_finds_the_files_it_names(tmp_path):
    """The whole of collectstatic, without compression, which is what takes long."""
    settings = tmp_path / "collecting.py"
    settings.write_text(
        "from network_site.settings.production import *\n"
        "STORAGES['staticfiles']['BACKEND'] = "
        "'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'\n"
    )
    result = manage(
        tmp_path,
        *("collectstatic", "--no-input", "-v0"),
        DATABASE_URL=f"sqlite:///{tmp_path / 'db.sqlite3'}",
        DJANGO_SETTINGS_MODULE="collecting",
        PYTHONPATH=f"{tmp_path}:{ROOT}",
    )
    assert result.returncode == 0, result.stderr[-2000:]
    collected = tmp_path / "static"
    assert (collected / "staticfiles.json").exists()
    assert not (collected / "css" / "src").exists()
