"""Asked by `manage.py check --deploy`."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error
from django.db import DatabaseError

from network_site.demo.content.people import PASSWORD, PEOPLE


def nobody_has_the_published_password(app_configs=None, **kwargs):
    """No account opens with the password of the demonstration, which everybody knows."""
    if settings.DEMO_ACCOUNTS_ALLOWED:
        return []
    emails = [person["email"] for person in PEOPLE]
    try:
        accounts = list(get_user_model().objects.filter(email__in=emails))
    except DatabaseError:
        # Before the first migration.
        return []
    # One hash was made for all of them (building.people): each is checked once.
    opened = {}
    for account in accounts:
        if account.password not in opened:
            opened[account.password] = account.check_password(PASSWORD)
    named = [account.email for account in accounts if opened[account.password]]
    if not named:
        return []
    return [
        Error(
            f"{len(named)} accounts open with the demonstration's password, which is"
            f" published ({', '.join(named[:3])}…).",
            hint="Run manage.py remove_demo, or give them other passwords.",
            id="demo.E001",
        )
    ]
