"""What one says of oneself when asking, where the request stands, correcting it, asking again."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.members import delays, services
from network_site.members.enums import AdmissionRoute, MembershipStatus
from network_site.members.models import EmailDomain, Organization, Profile
from tests.members.asking import ask, confirm

pytestmark = pytest.mark.django_db

SAID = {
    "first_name": "Camille",
    "last_name": "Martin",
    "organization_name": "Mission locale du Gard",
    "job_title": "Conseillère",
    "motivation": "J’accompagne des jeunes.",
}


@pytest.fixture
def town():
    return Organization.objects.create(
        name="Ville d’Évreux",
        acronym="VDE",
        name_en="City of Évreux",
        slug="ville-evreux",
        kind="municipality",
    )


def names(client, **asked):
    return client.get(reverse("organization_names"), asked).json()["names"]


def test_organisations_are_found_without_accents_from_the_first_letters(client, town):
    Organization.objects.create(
        name="Évreux habitat", slug="hidden", kind="housing", is_listed=False
    )
    for text in ("evreux", "VILLE D'E", "vde", "évr vil", "city of"):
        assert names(client, q=text) == [town.name], text
    for text in ("", "v", "zzz", "habitat", "\x00", "x" * 5000):
        assert names(client, q=text) == []


def test_at_most_eight_names_are_given_and_the_exact_one_first(client):
    for index in range(12):
        Organization.objects.create(
            name=f"CAF {index:02}", slug=f"caf-{index}", kind="social_security"
        )
    Organization.objects.create(name="Caisse", acronym="CAF", slug="c", kind="other")
    found = names(client, q="caf")
    assert len(found) == 8
    assert found[0] == "Caisse"


def test_the_organisation_of_a_domain_is_proposed(client, town):
    EmailDomain.objects.create(
        domain="evreux.fr", organization=town, admits_at_once=False
    )
    assert names(client, domain="ccas.evreux.fr") == [town.name]
    assert names(client, domain="autrevreux.fr") == []
    assert names(client, domain="@@") == []


def test_names_are_not_harvested_from_one_address(client, town, monkeypatch):
    monkeypatch.setattr("network_site.members.views.organization_names.A_MINUTE", 3)
    url = reverse("organization_names")
    codes = [client.get(url, {"q": "ev"}).status_code for _index in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_an_admission_by_domain_links_the_organisation_of_the_domain(client, town):
    EmailDomain.objects.create(domain="evreux.fr", organization=town)
    ask(client, email="claire@ccas.evreux.fr", organization_name="CCAS")
    confirm(client)
    profile = Profile.objects.get()
    assert profile.status == MembershipStatus.APPROVED
    assert profile.admission_route == AdmissionRoute.DOMAIN
    assert profile.organization == town
    entry = Entry.objects.get(action=Action.MEMBER_ADMITTED)
    assert (entry.actor, entry.subject) == (None, profile.user)
    assert entry.detail["route"] == "domain"


def test_an_organisation_chosen_in_the_list_is_not_replaced_by_the_domains(
    client, town
):
    other = Organization.objects.create(name="CCAS", slug="ccas", kind="other")
    EmailDomain.objects.create(domain="evreux.fr", organization=town)
    ask(client, email="claire@evreux.fr", organization_name="CCAS")
    confirm(client)
    assert Profile.objects.get().organization == other


def test_words_that_are_not_in_the_list_are_kept_and_it_is_said(client, town):
    EmailDomain.objects.create(
        domain="evreux.fr", organization=town, admits_at_once=False
    )
    ask(client, email="claire@evreux.fr", organization_name="Service du logement")
    confirm(client)
    page = client.get(reverse("membership")).content.decode()
    assert "Service du logement" in page
    assert town.name in page, "the organisation of the domain is proposed"
    client.post(reverse("choose_organization"), {"key": town.pk})
    assert Profile.objects.get().organization == town


def test_only_what_was_proposed_may_be_chosen(pending_client, pending, town):
    for key in (town.pk, "", "x"):
        page = pending_client.post(reverse("choose_organization"), {"key": key})
        assert page.status_code == 302
    pending.profile.refresh_from_db()
    assert pending.profile.organization is None


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "a@vіlle-exemple.fr"},
        {"email": "a@ville-exemple"},
        {"email": "a" * 300 + "@ville-exemple.fr"},
        {"last_name": "é" * 300},
        {"organization_name": "o" * 300},
        {"sponsor_email": "ali@"},
        {"motivation": "Je prépare un plan de lutte. " + "m" * 10_000},
    ],
)
def test_a_bad_field_is_said_and_everything_typed_is_there(client, fields):
    page = ask(client, **fields)
    assert page.status_code == 200
    html = page.content.decode()
    assert 'role="alert"' in html
    assert "Je prépare un plan de lutte" in html
    assert next(iter(fields.values())) in html
    assert not get_user_model().objects.exists()


def test_what_cannot_be_seen_is_taken_out_of_names(client):
    ask(
        client,
        first_name="Cl\u202eai\x07re\n",
        last_name=" Du\u200brand\t",
        job_title="a\x00b",
    )
    profile = Profile.objects.get()
    assert profile.user.first_name == "Claire"
    assert profile.user.last_name == "Durand"
    assert profile.job_title == "ab"


def test_an_applicant_corrects_what_they_said_while_waiting(pending_client, pending):
    url = reverse("membership_request")
    assert pending_client.get(url).status_code == 200
    page = pending_client.post(url, {**SAID, "sponsor_email": "ali@ville.fr"})
    assert page.status_code == 302
    profile = Profile.objects.get(user=pending)
    assert profile.job_title == "Conseillère"
    assert profile.organization_name == "Mission locale du Gard"
    assert profile.status == MembershipStatus.PENDING
    assert profile.sponsorships.get().sponsor_email == "ali@ville.fr"
    page = pending_client.post(url, {**SAID, "first_name": "x" * 300})
    assert page.status_code == 400
    assert "x" * 300 in page.content.decode()


def test_a_refused_person_corrects_and_asks_again(
    client_for, facilitator, pending, pending_client
):
    services.refuse(profile=pending.profile, by=facilitator, reason="Qui êtes-vous ?")
    drain()
    assert reverse("membership_request") in mail.outbox[-1].body
    page = pending_client.get(reverse("membership")).content.decode()
    assert "Qui êtes-vous" in page
    assert reverse("membership_request") in page
    mail.outbox.clear()

    pending_client.post(reverse("membership_request"), SAID)
    pending_client.post(reverse("membership_request"), SAID)
    drain()
    assert [message.to for message in mail.outbox] == [[facilitator.email]]
    queue = client_for(facilitator).get(reverse("admissions")).content.decode()
    assert "Qui êtes-vous" in queue
    assert "Mission locale du Gard" in queue
    page = pending_client.get(reverse("membership")).content.decode()
    assert "Qui êtes-vous" not in page

    services.admit(profile=pending.profile, by=facilitator)
    pending.profile.refresh_from_db()
    assert pending.profile.admission_route == AdmissionRoute.FACILITATOR


def test_a_member_has_no_request_to_correct(member_client, member):
    page = member_client.get(reverse("membership_request"))
    assert page.url == reverse("profile_edit")
    with pytest.raises(services.AlreadyDecided):
        services.correct_request(user=member, **SAID)


def test_a_request_that_is_not_proven_is_not_decided(client, client_for, facilitator):
    ask(client)
    profile = Profile.objects.get(status=MembershipStatus.PENDING)
    desk = client_for(facilitator)
    url = reverse("admission_decide", args=[profile.pk])
    assert desk.post(url, {"decision": "admit"}).status_code == 404
    with pytest.raises(services.admission.PermissionDenied):
        services.admit(profile=profile, by=facilitator)


def test_the_queue_shows_what_speaks_for_each(
    client_for, facilitator, make_user, member, town
):
    EmailDomain.objects.create(
        domain="evreux.fr", organization=town, admits_at_once=False
    )
    colleague = make_user("b@evreux.fr", status=MembershipStatus.APPROVED)
    make_user("a@evreux.fr", status=MembershipStatus.PENDING)
    make_user("a@gmail.com", status=MembershipStatus.PENDING)
    alike = make_user("a@evreux.fr.example", status=MembershipStatus.PENDING)
    services.ask_sponsor(profile=alike.profile, email="ailleurs@ville.fr")
    html = client_for(facilitator).get(reverse("admissions")).content.decode()
    assert town.name in html
    assert colleague.get_full_name() in html
    assert "gmail.com" in html
    assert "ailleurs@ville.fr" in html


def test_an_address_that_reads_like_a_known_domain_is_pointed_at(
    client_for, facilitator, make_user
):
    EmailDomain.objects.create(domain="mairie.fr")
    make_user("a@rnairie.fr", status=MembershipStatus.PENDING)
    page = client_for(facilitator).get(reverse("admissions"))
    (profile,) = page.context["page"].object_list
    assert profile.evidence.resembles == "mairie.fr"
    assert profile.evidence.known is None
    assert "rnairie.fr" in page.content.decode()


def test_the_median_delay_counts_what_facilitators_answered_these_ninety_days(
    make_user, client_for, facilitator, pending_client
):
    now = timezone.now()
    assert delays.median_delay(now) is None

    def decided(hours, days_ago=1, route=AdmissionRoute.FACILITATOR, **fields):
        user = make_user(status=MembershipStatus.APPROVED)
        at = now - timedelta(days=days_ago)
        asked = at - timedelta(hours=hours)
        Profile.objects.filter(user=user).update(
            requested_at=asked,
            decided_at=at,
            decided_by=facilitator,
            admission_route=route,
            **fields,
        )

    for hours in (2, 10, 30):
        decided(hours)
    decided(500, days_ago=91)
    decided(0, route=AdmissionRoute.DOMAIN)
    decided(0, route=AdmissionRoute.SPONSOR)
    assert delays.median_delay(now) == timedelta(hours=10)
    assert "10" in delays.in_words(timedelta(hours=10))
    assert "3" in delays.in_words(timedelta(days=3))
    words = delays.in_words(timedelta(hours=10))
    assert words in client_for(facilitator).get(reverse("admissions")).content.decode()
    assert words in pending_client.get(reverse("membership")).content.decode()


def typed_without_a_session(client_for, user, url, fields):
    """The form opened by `user`, sent when their session has ended; then they log in again."""
    page = client_for(user).get(url).content.decode()
    owner = re.search(r'name="owner" value="([^"]+)"', page)[1]
    client = client_for(None)
    answer = client.post(url, {**fields, "owner": owner})
    assert "/comptes/login" in answer.url
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(url).content.decode()


def test_a_session_that_ends_while_one_corrects_loses_no_word(client_for, pending):
    url = reverse("membership_request")
    html = typed_without_a_session(client_for, pending, url, SAID)
    assert "J’accompagne des jeunes." in html
    assert "Mission locale du Gard" in html
    pending.profile.refresh_from_db()
    assert pending.profile.motivation == ""


def test_a_session_that_ends_while_a_facilitator_refuses_loses_no_word(
    client_for, facilitator, pending
):
    url = reverse("admission_decide", args=[pending.profile.pk])
    fields = {"decision": "refuse", "reason": "Votre service n’est pas du domaine."}
    html = typed_without_a_session(client_for, facilitator, url, fields)
    assert fields["reason"] in html
    pending.profile.refresh_from_db()
    assert pending.profile.status == MembershipStatus.PENDING


def test_the_address_of_a_colleague_waits_for_the_log_in(client, pending):
    answer = client.post(reverse("ask_sponsor"), {"sponsor_email": "ali@ville.fr"})
    assert "/comptes/login" in answer.url
    client.force_login(pending, backend="django.contrib.auth.backends.ModelBackend")
    assert "ali@ville.fr" in client.get(reverse("membership")).content.decode()
    for name in ("ask_sponsor", "choose_organization"):
        assert client.get(reverse(name)).url == reverse("membership")
