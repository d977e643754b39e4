import pytest
from django.core import mail
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


@pytest.mark.django_db
def test_an_unknown_host_is_one_line_of_the_log_and_no_mail(client, caplog, settings):
    settings.ADMINS = ["astreinte@exemple.fr"]
    for host in ("ailleurs.example", "pas un hôte", "x" * 5000, "a\nb"):
        caplog.clear()
        answer = client.get("/", headers={"host": host})
        assert answer.status_code == 400
        assert "adresse" in answer.content.decode()
        (line,) = [one.getMessage() for one in caplog.records]
        assert len(line) < 200
        assert "\n" not in line
    assert mail.outbox == []
