"""The contact relay: no address, limits, refusals, reports, answers, nothing lost."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.directory import services
from network_site.directory.links import MESSAGE, message_of, message_path
from network_site.directory.models import ContactBlock, ContactMessage
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization
from tests.directory.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def claire():
    return make_person("Claire Martin", job_title="Référente parentalité")


@pytest.fixture
def ines():
    return make_person("Inès Haddad", job_title="Médiatrice")


@pytest.fixture
def body():
    return Organization.objects.create(
        name="Service des droits",
        slug="service-des-droits",
        kind="agency",
        contact_label="Accueil",
        contact_email="accueil@droits.example",
    )


def write(sender, recipient, **fields):
    return services.write_message(
        **{
            "sender": sender.user,
            "recipient": recipient and recipient.user,
            "subject": "Bonjour",
            "body": "Pouvez-vous m’aider ?",
            "form_token": uuid.uuid4(),
            **fields,
        }
    )


def form_of(page, **fields):
    initial = page.context["form"].initial
    return {
        "form_token": initial["form_token"],
        "owner": page.context["owner_token"],
        "subject": "Une question",
        "body": "Comment faites-vous ?",
        **fields,
    }


def test_a_member_writes_to_another_and_neither_sees_an_address(
    client_for, claire, ines
):
    client = client_for(claire.user)
    assert reverse("person_contact", args=[ines.pk]) in (
        client.get(ines.get_absolute_url()).content.decode()
    )
    url = reverse("person_contact", args=[ines.pk])
    page = client.get(url)
    assert ines.user.email not in page.content.decode()
    sent = client.post(url, form_of(page))
    assert sent["Location"] == ines.get_absolute_url()
    drain()
    drain()
    (message,) = mail.outbox
    assert message.to == [ines.user.email]
    whole = str(message.message())
    assert "Reply-To" not in whole
    for text in (message.body, message.alternatives[0].content):
        assert "Claire Martin" in text
        assert "Référente parentalité" in text
        assert "Comment faites-vous" in text
        assert claire.user.email not in text
        assert f"?reponse={ContactMessage.objects.get().pk}" in text
    assert claire.user.email not in whole


def test_the_same_form_sent_twice_is_one_message(client_for, claire, ines):
    client = client_for(claire.user)
    url = reverse("person_contact", args=[ines.pk])
    data = form_of(client.get(url))
    client.post(url, data)
    assert client.post(url, data).status_code == 302
    assert ContactMessage.objects.count() == 1


def test_an_answer_goes_back_by_the_same_way_even_to_a_hidden_sheet(client_for, ines):
    hidden = make_person(
        "Noé Roy", seen_by=FieldVisibility.NOBODY, accepts_contact=False
    )
    client = client_for(ines.user)
    url = reverse("person_contact", args=[hidden.pk])
    assert client.get(url).status_code == 404
    message = write(hidden, ines)
    page = client.get(f"{url}?reponse={message.pk}")
    assert "Pouvez-vous m’aider" in page.content.decode()
    assert page.context["form"].initial["subject"].endswith("Bonjour")
    client.post(f"{url}?reponse={message.pk}", form_of(page))
    answer = ContactMessage.objects.get(sender=ines.user)
    assert (answer.recipient, answer.answers) == (hidden.user, message)
    # Somebody else's number opens nothing.
    other = client_for(make_person("Ali Roy").user)
    assert other.get(f"{url}?reponse={message.pk}").status_code == 404


@pytest.mark.parametrize("value", ["abc", "-1", "9" * 40, "²"])
def test_a_strange_number_of_message_is_left_aside(client_for, claire, ines, value):
    url = reverse("person_contact", args=[ines.pk])
    page = client_for(claire.user).get(url, {"reponse": value})
    assert page.status_code == 200
    assert page.context["answers"] is None


def test_who_may_write_to_whom(client, client_for, claire, ines):
    url = reverse("person_contact", args=[ines.pk])
    assert client.get(url).status_code == 302
    waiting = make_person("Eve Roy", status=MembershipStatus.PENDING)
    assert client_for(waiting.user).get(url).status_code == 403
    own = reverse("person_contact", args=[claire.pk])
    assert client_for(claire.user).get(own).status_code == 404
    toward = reverse("person_contact", args=[waiting.pk])
    assert client_for(claire.user).get(toward).status_code == 404


def test_whoever_receives_nothing_is_told_apart_from_nobody(client_for, claire, ines):
    """Switched off and refused read the same; what was typed stays."""
    client = client_for(claire.user)
    url = reverse("person_contact", args=[ines.pk])
    data = form_of(client.get(url))
    pages = []
    services.set_contact(user=ines.user, is_open=False)
    pages.append(client.post(url, data))
    services.set_contact(user=ines.user, is_open=True)
    ContactBlock.objects.create(recipient=ines.user, sender=claire.user)
    pages.append(client.post(url, data))
    for page in pages:
        assert page.status_code == 409
        assert "Comment faites-vous" in page.content.decode()
    assert not pages[1].context["receives"]
    assert "Comment" not in client.get(url).content.decode()
    assert not ContactMessage.objects.exists()


def test_three_a_day_to_the_same_person_ten_in_all_answers_apart(ines, claire):
    now = timezone.now()
    for _time in range(services.MESSAGES_PER_RECIPIENT):
        write(claire, ines, now=now)
    with pytest.raises(services.TooMany) as same:
        write(claire, ines, now=now)
    assert same.value.to_one
    others = [make_person(f"Personne {number}") for number in range(8)]
    for other in others[:7]:
        write(claire, other, now=now)
    with pytest.raises(services.TooMany) as whole:
        write(claire, others[7], now=now)
    assert (whole.value.limit, whole.value.to_one) == (10, False)
    received = write(ines, claire, now=now)
    write(claire, ines, answers=received, now=now)
    write(claire, others[7], now=now + timedelta(hours=24))


def test_one_mail_box_receives_so_many_a_day_from_all_together(ines, monkeypatch):
    monkeypatch.setattr(services, "RECEIVED_PER_DAY", 2)
    now = timezone.now()
    writers = [make_person(f"Personne {number}") for number in range(3)]
    for writer in writers[:2]:
        write(writer, ines, now=now)
    with pytest.raises(services.TooMany) as received:
        write(writers[2], ines, now=now)
    assert received.value.from_all
    write(writers[2], ines, now=now + timedelta(hours=24))


def test_a_limit_gives_the_text_back_and_says_when(client_for, claire, ines):
    for _time in range(services.MESSAGES_PER_RECIPIENT):
        write(claire, ines)
    client = client_for(claire.user)
    url = reverse("person_contact", args=[ines.pk])
    page = client.post(url, form_of(client.get(url)))
    assert page.status_code == 429
    assert "Comment faites-vous" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_all_is_sent_at_once(shared_database):
    claire = make_person("Claire Martin")
    others = [make_person(f"Personne {number}") for number in range(14)]
    shared_database()
    outcomes, ready = [], threading.Barrier(len(others))

    def send(other):
        try:
            ready.wait()
            write(claire, other)
            outcomes.append("sent")
        except services.TooMany:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 4 + ["sent"] * 10


def test_the_mail_leads_to_a_page_that_refuses_in_two_steps(client, claire, ines):
    message = write(claire, ines)
    drain()
    drain()
    # Signed with the second at which the mail was written.
    path = re.search(r"/annuaire/message/[^\s/]+/", mail.outbox[0].body)[0]
    assert message_of(MESSAGE.read(path.split("/")[-2])) == message
    assert client.get(path).status_code == 200
    assert not ContactBlock.objects.exists()
    assert "Claire Martin" in client.post(path, {"action": "refuse"}).content.decode()
    client.post(path, {"action": "refuse"})
    assert ContactBlock.objects.count() == 1
    with pytest.raises(services.NotReceived):
        write(claire, ines)
    client.post(path, {"action": "accept"})
    write(claire, ines)
    client.post(path, {"action": "close"})
    ines.refresh_from_db()
    assert not ines.accepts_contact
    client.post(path, {"action": "open"})
    ines.refresh_from_db()
    assert ines.accepts_contact


@pytest.mark.parametrize("data", [{}, {"action": "zut"}, {"action": "answer"}])
def test_what_the_page_does_not_offer_changes_nothing(client, claire, ines, data):
    path = message_path(write(claire, ines))
    assert client.post(path, data).status_code == 400
    assert not ContactBlock.objects.exists()


def test_a_cut_address_is_of_no_use(client, claire, ines):
    path = message_path(write(claire, ines))
    assert client.get(f"{path[:-4]}/").status_code == 404
    assert client.get(reverse("contact_message", args=["x"])).status_code == 404


def test_whoever_is_logged_in_is_nobody_on_the_page_of_a_mail(client_for, claire, ines):
    path = message_path(write(claire, ines))
    reader = make_person("Zoé Tout-Autre")
    assert "Tout-Autre" not in client_for(reader.user).get(path).content.decode()


def test_refused_between_the_sending_and_the_mail(claire, ines):
    message = write(claire, ines)
    services.refuse_sender(message=message)
    drain()
    drain()
    assert not mail.outbox


def test_a_report_tells_the_facilitators_once(client, facilitator, claire, ines):
    message = write(claire, ines)
    drain()
    drain()
    mail.outbox.clear()
    path = message_path(message)
    for _time in range(2):
        client.post(path, {"action": "report", "comment": "Ce n’est pas correct."})
    drain()
    drain()
    (told,) = mail.outbox
    assert told.to == [facilitator.email]
    for words in ("Claire Martin", "Inès Haddad", "pas correct", "Pouvez-vous"):
        assert words in told.body
    assert claire.user.email not in told.body


def test_an_organisation_is_written_to_and_answers_from_its_mailbox(
    client, client_for, claire, body
):
    writer = client_for(claire.user)
    url = reverse("organization_contact", args=[body.slug])
    assert url in writer.get(body.get_absolute_url()).content.decode()
    assert url not in client.get(body.get_absolute_url()).content.decode()
    writer.post(url, form_of(writer.get(url)))
    drain()
    drain()
    assert mail.outbox[0].to == ["accueil@droits.example"]
    assert claire.user.email not in str(mail.outbox[0].message())
    message = ContactMessage.objects.get()
    path = message_path(message)
    page = client.get(path)
    token = page.context["answer_form"].initial["form_token"]
    answer = {"action": "answer", "body": "Voici comment.", "form_token": token}
    for _time in range(2):
        assert client.post(path, answer).status_code == 200
    drain()
    drain()
    (_first, second) = mail.outbox
    assert second.to == [claire.user.email]
    assert "Service des droits" in second.body
    assert "accueil@droits.example" not in second.body
    sent = ContactMessage.objects.get(answers=message)
    page = writer.get(f"{url}?reponse={sent.pk}")
    assert "Voici comment." in page.content.decode()
    client.post(path, {"action": "refuse"})
    assert not writer.get(url).context["receives"]


def test_a_mailbox_answers_one_message_five_times_at_most(claire, body):
    message = write(claire, None, organization=body)
    for _time in range(services.ANSWERS_PER_MESSAGE):
        services.answer_for_organization(
            message=message, body="Oui.", form_token=uuid.uuid4()
        )
    with pytest.raises(services.TooMany):
        services.answer_for_organization(
            message=message, body="Oui.", form_token=uuid.uuid4()
        )


def test_an_organisation_without_a_contact_point_has_no_form(client_for, claire, body):
    Organization.objects.update(contact_email="")
    url = reverse("organization_contact", args=[body.slug])
    assert client_for(claire.user).get(url).status_code == 404


def test_a_text_typed_when_the_session_ended_comes_back(
    client, client_for, claire, ines
):
    url = reverse("person_contact", args=[ines.pk])
    data = form_of(client_for(claire.user).get(url), body="Mon long message.")
    sent = client.post(url, data)
    assert "login" in sent["Location"]
    assert not ContactMessage.objects.exists()
    client.force_login(claire.user, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(url)
    assert "Mon long message." in page.content.decode()
    client.post(url, {**data, "owner": page.context["owner_token"]})
    assert ContactMessage.objects.get().body == "Mon long message."
    assert "Mon long message." not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"body": ""},
        {"subject": ""},
        {"subject": "é" * 300},
        {"body": "é" * 6000},
        {"body": "Son numéro : 1 85 05 78 006 084 91"},
        {"form_token": "zut"},
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(client_for, claire, ines, fields):
    client = client_for(claire.user)
    url = reverse("person_contact", args=[ines.pk])
    data = form_of(client.get(url), **fields)
    page = client.post(url, data)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert data["body"] in page.content.decode()
    assert data["subject"] in page.content.decode()
    assert not ContactMessage.objects.exists()


def test_control_characters_are_dropped(client_for, claire, ines):
    client = client_for(claire.user)
    url = reverse("person_contact", args=[ines.pk])
    page = client.get(url)
    client.post(url, form_of(page, subject="A\x00b\nc", body="Un\x00\r\ndeux"))
    message = ContactMessage.objects.get()
    assert (message.subject, message.body) == ("Ab c", "Un\ndeux")


def test_words_are_erased_after_thirty_days_and_rows_after_a_year(client, claire, ines):
    now = timezone.now()
    old = write(claire, ines, now=now - timedelta(days=30))
    recent = write(ines, claire, now=now - timedelta(days=29))
    very_old = write(claire, ines, now=now - timedelta(days=366))
    assert services.erase_old(now) == (2, 1)
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.subject, old.body) == ("", "")
    assert recent.body
    assert not ContactMessage.objects.filter(pk=very_old.pk).exists()
    # The footer of an old mail still refuses.
    page = client.post(message_path(old), {"action": "refuse"})
    assert page.status_code == 200
    assert ContactBlock.objects.get().sender == claire.user


def test_a_header_cannot_be_slipped_into_the_mail(claire, ines):
    write(claire, ines, subject="Bonjour")
    ContactMessage.objects.update(subject="Bonjour\nBcc: x@y.example")
    drain()
    drain()
    assert mail.outbox[0].message()["Bcc"] is None
