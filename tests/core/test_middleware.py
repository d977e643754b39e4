import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from network_site.core.middleware import AdminPolicyMiddleware

HEADER = "Content-Security-Policy"


@pytest.mark.parametrize("path", ["/admin/", "/en/admin/pages/3/edit/", "/admin"])
def test_the_back_office_has_its_own_policy(path):
    middleware = AdminPolicyMiddleware(lambda request: HttpResponse())
    response = middleware(RequestFactory().get(path))
    assert "'unsafe-inline'" in response[HEADER]
    assert "default-src 'none'" in response[HEADER]


@pytest.mark.parametrize(
    "path", ["/", "/administration/", "/bibliotheque/admin/", "/english/admin/"]
)
def test_everything_else_keeps_the_strict_policy(path):
    middleware = AdminPolicyMiddleware(lambda request: HttpResponse())
    assert HEADER not in middleware(RequestFactory().get(path))
