import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from network_site.members import roles
from tests.library import factories
from tests.support.people import group_called


@pytest.fixture
def library(home_page):
    return factories.make_library(home_page)


@pytest.fixture
def restrict():
    """restrict(page) keeps a page for the members."""

    def make(page, group_name=roles.MEMBERS):
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(group_called(group_name))

    return make


@pytest.fixture
def visitor_user():
    return AnonymousUser()
