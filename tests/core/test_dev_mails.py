"""The development mail box: newest first, text shown as text."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory

from network_site.core import dev_mails


@pytest.fixture
def kept(settings, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path)},
        }
    }
    for number in (1, 2):
        message = EmailMultiAlternatives(
            f"Sujet {number} été", "Code : 123456", to=["a@exemple.fr"]
        )
        message.attach_alternative("<script>x</script>", "text/html")
        message.send()


def test_kept_mails_are_read_back_newest_first(kept):
    mails = [dev_mails._read(*found) for found in dev_mails._kept()]
    assert {mail.subject for mail in mails} == {"Sujet 1 été", "Sujet 2 été"}
    assert mails[0].kept_at >= mails[1].kept_at
    assert mails[0].text.strip() == "Code : 123456"
    assert mails[0].html.strip() == "<script>x</script>"
    assert len({mail.name for mail in mails}) == 2


def test_two_messages_of_one_file_are_two_mails(kept, tmp_path):
    files = sorted(tmp_path.glob("*.log"))
    everything = b"".join(path.read_bytes() for path in files)
    for path_ in files:
        path_.unlink()
    (tmp_path / "20261122-090000-1.log").write_bytes(everything)
    assert len(list(dev_mails._kept())) == 2


@pytest.mark.django_db
def test_the_mail_box_does_not_exist_outside_development(client):
    assert client.get("/courriels/").status_code == 404


def test_an_unknown_name_is_not_found(kept):
    from django.http import Http404

    with pytest.raises(Http404):
        dev_mails.mail_detail(RequestFactory().get("/"), "nothing-1")


@pytest.mark.django_db
@pytest.mark.urls("tests.support.development_urls")
def test_a_newcomer_reads_the_code_of_a_mail(client, kept):
    listing = client.get("/courriels/")
    assert "Sujet 1 été" in listing.content.decode()
    mail = next(found for found in listing.context["mails"] if "1" in found.subject)
    page = client.get(f"/courriels/{mail.name}/").content.decode()
    assert "Code : 123456" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert client.get("/courriels/nothing-1/").status_code == 404


@pytest.mark.django_db
@pytest.mark.urls("tests.support.development_urls")
def test_an_empty_mail_box_says_what_to_do(client, settings, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path / "none")},
        }
    }
    page = client.get("/courriels/")
    assert "/comptes/signup/" in page.content.decode()
