"""The test client sends forms as a browser does, so that what a browser is refused fails here."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from tests.support.client import SiteClient
from tests.support.forms import ReadPage

pytestmark = pytest.mark.django_db

PAGE = "<!doctype html><html lang='fr'><body>{}</body></html>"
FORM = "<form method='post' action='{}'>{}<input name='words'></form>"


def field(request):
    return (
        f"<input type='hidden' name='csrfmiddlewaretoken' value='{get_token(request)}'>"
    )


def answer(request):
    sent = (
        f"{request.POST.get('words', '')} {request.headers.get('Origin', 'no origin')}"
    )
    return HttpResponse(f"taken: {sent}", content_type="text/plain")


def page(request, *, to="", hidden=field):
    if request.method == "POST":
        return answer(request)
    return HttpResponse(PAGE.format(FORM.format(to, hidden(request))))


def forgotten(request):
    return page(request, hidden=lambda request: "")


def elsewhere(request):
    return page(request, to="/action/")


def secretive(request):
    response = page(request)
    response["Referrer-Policy"] = "no-referrer"
    return response


def action(request):
    return answer(request) if request.method == "POST" else HttpResponse(status=405)


urlpatterns = [
    path("page/", page),
    path("forgotten/", forgotten),
    path("elsewhere/", elsewhere),
    path("secretive/", secretive),
    path("action/", action),
    path("machine/", csrf_exempt(action)),
]


@pytest.fixture(autouse=True)
def own_addresses():
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=MIDDLEWARE):
        yield


MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]


def test_a_form_is_sent_with_the_token_and_the_origin_of_its_page():
    client = SiteClient()
    response = client.post("/page/", {"words": "a"})
    assert response.content == b"taken: a http://testserver"
    response = client.post("/page/", {"words": "a"}, secure=True)
    assert response.content == b"taken: a https://testserver"


def test_a_form_without_its_token_is_refused():
    client = SiteClient()
    assert client.post("/forgotten/", {"words": "a"}).status_code == 403
    # Nor does a token read on another page help.
    client.get("/page/")
    assert client.post("/forgotten/", {"words": "a"}).status_code == 403


def test_the_form_of_the_page_read_last_leads_elsewhere():
    client = SiteClient()
    client.get("/elsewhere/")
    assert client.post("/action/", {"words": "a"}).status_code == 200


def test_a_page_that_hides_where_it_is_cannot_send_its_form():
    client = SiteClient()
    assert client.post("/secretive/", {"words": "a"}).status_code == 403


def test_what_no_page_offers_is_sent_by_hand_with_a_token_of_ones_own():
    assert SiteClient().post("/action/", {"words": "a"}).status_code == 200
    assert SiteClient().post("/forgotten/", {}, by_hand=True).status_code == 200
    sent = SiteClient().post("/action/", "{}", content_type="application/json")
    assert sent.status_code == 200


def test_a_machine_sends_neither_token_nor_origin():
    assert SiteClient().post("/action/", {}, as_script=True).status_code == 403
    response = SiteClient().post("/machine/", {"words": "a"}, as_script=True)
    assert response.content == b"taken: a no origin"


def test_the_form_is_chosen_by_where_it_leads_and_by_its_fields():
    page = ReadPage(
        path="/liste/?page=2",
        origin="http://testserver",
        html="""<form action="/recherche/"><input name="q"></form>
        <form method="post"><input name="csrfmiddlewaretoken" value="own"></form>
        <form method="POST" action='/autre/?a=1&amp;b=2'><input name=one>
        <input type="hidden" name="csrfmiddlewaretoken" value="one">
        <button formaction="../supprimer/">x</button></form>
        <form method="post" action="/autre/"><textarea name="two"></textarea></form>""",
    )
    assert page.form_to("/liste/").token == "own"
    assert page.form_to("/autre/?x=1", {"one": ""}).token == "one"
    assert page.form_to("/autre/", {"two": ""}).token == ""
    assert page.form_to("/supprimer/").token == "one"
    assert page.form_to("/recherche/") is None
