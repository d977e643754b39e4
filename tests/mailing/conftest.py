"""Fixtures of mails."""

import pytest
from django.contrib.auth.models import Group, Permission

from network_site.members import roles


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
