import warnings

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory

from network_site.core.pagination import UnstableOrderWarning, paginate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "shown"),
    [(None, 1), ("2", 2), ("abc", 1), ("", 1), ("999", 3), ("-1", 3), ("1e9", 1)],
)
def test_any_page_parameter_shows_a_page(asked, shown):
    request = RequestFactory().get("/", {} if asked is None else {"page": asked})
    page = paginate(list(range(25)), request, per_page=10)
    assert page.number == shown
    assert page.elided == [1, 2, 3]


def test_a_list_without_a_total_order_is_refused_in_tests():
    request = RequestFactory().get("/")
    with pytest.warns(UnstableOrderWarning, match="Group"):
        paginate(Group.objects.order_by("permissions"), request)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        paginate(Group.objects.order_by("pk"), request)
