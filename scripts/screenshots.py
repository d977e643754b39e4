"""`make screenshots`: every main page, on a phone and a desk, by day and by night.

Starts a server of its own on the data of `make run`, opens each page as the reader who
has most to see there, and writes pictures into var/screenshots. Words given as arguments
choose the pages whose name holds one of them.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from socket import socket

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.state import State, code_digest, say, var_dir  # noqa: E402

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")


@dataclass(frozen=True)
class Shot:
    """A page: its address, or the first link of `listed_at` that begins with `path`."""

    name: str
    path: str
    reader: str = ""
    listed_at: str = ""


SHOTS = [
    Shot("home", "/"),
    Shot("home-english", "/en/"),
    Shot("library", "/bibliotheque/"),
    Shot("library-text", "/bibliotheque/", listed_at="/bibliotheque/"),
    Shot("practices", "/bonnes-pratiques/"),
    Shot("practice", "/bonnes-pratiques/chateauroux-travail-interet-general/"),
    Shot("days", "/journees/"),
    Shot("day", "/journees/", listed_at="/journees/"),
    Shot("discussions", "/discussions/"),
    Shot("discussion-space", "/discussions/questions-ouvertes/"),
    Shot("discussion", "/discussions/fil/", listed_at="/discussions/"),
    Shot("search", "/recherche/?q=logement"),
    Shot("search-empty", "/recherche/?q=zzzzzz"),
    Shot("directory", "/annuaire/"),
    Shot("organisation", "/annuaire/", listed_at="/annuaire/"),
    Shot("theme", "/themes/", listed_at="/themes/"),
    Shot("themes", "/themes/"),
    Shot("territories", "/territoires/"),
    Shot("territory", "/territoires/", listed_at="/territoires/"),
    Shot("programmes", "/programmes/"),
    Shot("login", "/comptes/login/"),
    Shot("sign-up", "/comptes/signup/"),
    Shot("components", "/composants/"),
    Shot("mails", "/courriels/"),
    Shot("not-found", "/cette-page-manque/"),
    Shot("member-dashboard", "/mon-espace/", "member"),
    Shot("account-security", "/comptes/securite/", "member"),
    Shot("notifications", "/notifications/", "member"),
    Shot("notification-settings", "/notifications/reglages/", "member"),
    Shot("welcome", "/notifications/bienvenue/", "member"),
    Shot("facilitator-dashboard", "/mon-espace/", "facilitator"),
    Shot("waiting-for-me", "/a-traiter/", "facilitator"),
    Shot("editor-admin", "/admin/", "editor"),
]


def chromium():
    """The path of a Chromium on this machine, or None for Playwright's own."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    return None


def free_port():
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def session_of(role):
    """A session cookie of one person with `role` (the demonstration's), or None."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    people = get_user_model().objects.filter(groups__role__code=role, is_active=True)
    user = people.order_by("pk").first()
    if user is None:
        return None
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# What looks like a record beside the records.
OTHER_LISTS = {"/annuaire/membres/"}


def first_link(page, base, shot):
    """The address of the first record that a list links to."""
    page.goto(base + shot.listed_at)
    links = page.eval_on_selector_all(
        "main a[href]", "links => links.map(link => link.getAttribute('href'))"
    )
    for link in links:
        rest = link.removeprefix(shot.path)
        if link in OTHER_LISTS:
            continue
        # A record's address ends with a stroke; an export or a filter does not.
        if link.startswith(shot.path) and rest and link.endswith("/"):
            return link
    return None


def take(base, shots, sessions, folder):
    from playwright.sync_api import sync_playwright

    missing = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        for shot in shots:
            cookie = sessions.get(shot.reader)
            if shot.reader and cookie is None:
                missing.append(f"{shot.name} (nobody with the role {shot.reader})")
                continue
            path = shot.path
            for width in WIDTHS:
                for scheme in SCHEMES:
                    context = browser.new_context(
                        viewport={"width": width, "height": 900},
                        color_scheme=scheme,
                        locale="fr-FR",
                        reduced_motion="reduce",
                    )
                    if cookie:
                        context.add_cookies(
                            [{"name": "sessionid", "value": cookie, "url": base}]
                        )
                    page = context.new_page()
                    if shot.listed_at and path == shot.path:
                        path = first_link(page, base, shot)
                        if path is None:
                            missing.append(f"{shot.name} (no link in {shot.listed_at})")
                            context.close()
                            break
                    page.goto(base + path)
                    page.screenshot(
                        path=folder / f"{shot.name}-{width}-{scheme}.png",
                        full_page=True,
                    )
                    context.close()
                if path is None:
                    break
            say(f"{shot.name:24s} {path or ''}")
        browser.close()
    return missing


def wait_for(base, server):
    for _attempt in range(300):
        if server.poll() is not None:
            sys.exit("The server did not start.")
        try:
            with urllib.request.urlopen(f"{base}/sante/vivant/", timeout=10):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The server does not answer.")


def main(words):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "network_site.settings.dev",
        "VAR_DIR": str(var_dir()),
        "BASE_URL": base,
        "DEBUG": "0",
    }
    os.environ.update(environment)
    if not State.read().is_ready(code_digest()):
        subprocess.run(
            [sys.executable, "scripts/prepare.py"],
            cwd=ROOT,
            env=environment,
            check=True,
        )
    shots = [
        shot for shot in SHOTS if not words or any(word in shot.name for word in words)
    ]
    import django

    django.setup()
    sessions = {shot.reader: session_of(shot.reader) for shot in shots if shot.reader}
    folder = var_dir() / "screenshots"
    folder.mkdir(exist_ok=True)
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")),
            *("--interface=wsgi", "--host=127.0.0.1", f"--port={port}"),
            *("--workers=1", "--blocking-threads=4", "--log-level=warning"),
            "network_site.wsgi:application",
        ],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    try:
        wait_for(base, server)
        # Playwright runs a loop of its own, which Django must not meet in this thread.
        with ThreadPoolExecutor(1) as thread:
            missing = thread.submit(take, base, shots, sessions, folder).result()
    finally:
        server.terminate()
        server.wait(timeout=20)
    print(f"\nPictures are in {folder}")
    for name in missing:
        print(f"Not taken: {name}")


if __name__ == "__main__":
    main(sys.argv[1:])
