"""Every main page before axe: phone and desk, by day and by night."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.core.management import call_command

from network_site.core.outbox import drain
from scripts.screenshots import SCHEMES, SHOTS, WIDTHS, first_link

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
]
# Wagtail's admin is judged by its makers; the development pages exist under DEBUG only.
NOT_OURS = {"editor-admin", "components", "mails"}


def violations(page):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def test_no_main_page_breaks_a_rule_of_accessibility(live_server, open_context):
    call_command("load_demo", verbosity=0)
    drain()
    users = get_user_model().objects.order_by("pk")
    faults, seen = [], []
    for shot in SHOTS:
        if shot.name in NOT_OURS:
            continue
        reader = users.filter(groups__name=shot.reader).first() if shot.reader else None
        path = shot.path
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = open_context(reader, width=width, scheme=scheme)
                if shot.listed_at and path == shot.path:
                    path = first_link(page, "", shot)
                    assert path, f"{shot.name}: no record linked at {shot.listed_at}"
                response = page.goto(path)
                expected = 404 if shot.name == "not-found" else 200
                assert response.status == expected, f"{path}: {response.status}"
                where = f"{shot.name} {width} {scheme}"
                faults += [f"{where}: {fault}" for fault in violations(page)]
                wide = page.evaluate(
                    "document.documentElement.scrollWidth > window.innerWidth"
                )
                if wide:
                    faults.append(f"{where}: the page scrolls sideways")
                seen.append(where)
                page.context.close()
    assert seen
    assert not faults, "\n".join(faults)
