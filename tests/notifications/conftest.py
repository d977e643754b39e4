"""Fixtures of what reaches people."""

import pytest
from django.contrib.auth.models import Group, Permission

from network_site.members import roles
from tests.notifications import factories


@pytest.fixture
def kinds():
    """{category: Things}: kinds of items that exist for the test only."""
    try:
        yield factories.declare()
    finally:
        factories.withdraw()


@pytest.fixture
def admin_access(db):
    """Facilitators and editors enter the back office."""
    access = Permission.objects.get(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    for group in Group.objects.filter(
        role__code__in=[roles.FACILITATORS, roles.EDITORS]
    ):
        group.permissions.add(access)
