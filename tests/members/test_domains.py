import string

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network_site.members.domains import (
    LookAlikeDomain,
    approved_domain_of,
    candidate_domains,
    check_letters,
    known_domain_of,
    normalize_domain,
    normalize_email,
    resembled_domain,
)
from network_site.members.models import EmailDomain
from network_site.notifications.adapters import AccountAdapter

pytestmark = pytest.mark.django_db

LETTERS = string.ascii_lowercase + string.digits
LABEL = st.text(LETTERS, min_size=1, max_size=12)
# What people, and those who mean harm, put around and between labels.
PIECE = st.one_of(
    LABEL,
    st.sampled_from(["gouv", "fr", "GOUV", "Gouv", "evilgouv", "gouv-fr", "xn--p1ai"]),
    st.text("аеорсgouvfréèıɡł。．-_@ \u200b\u0130ß", min_size=1, max_size=6),
)
ADDRESS = st.lists(PIECE, min_size=1, max_size=5).map(
    lambda pieces: "a@" + ".".join(pieces)
)
FEW = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def gouv():
    return EmailDomain.objects.create(domain="gouv.fr")


@pytest.mark.parametrize(
    ("email", "is_admitted"),
    [
        ("a@gouv.fr", True),
        ("a@dreal.gouv.fr", True),
        ("a@dreal.occitanie.gouv.fr", True),
        ("A@DREAL.GOUV.FR", True),
        ("a@ｇouv.fr", True),
        ("a@gouv。fr", True),
        ("a@evilgouv.fr", False),
        ("a@gouv.fr.example.com", False),
        ("a@gouv.com", False),
        ("a@fr", False),
        ("gouv.fr", True),
        ("a@gouv.fr.", True),
        ("a@b@evil.com", False),
        ("a@gоuv.fr", False),
        ("a@goüv.fr", False),
        ("", False),
    ],
)
def test_a_domain_is_matched_on_whole_labels(gouv, email, is_admitted):
    assert (approved_domain_of(email) is not None) is is_admitted


@FEW
@given(email=ADDRESS)
def test_nothing_is_admitted_but_the_domain_and_what_stands_below_it(email):
    """The candidates are what the database is asked for: equal, or after a dot."""
    for candidate in candidate_domains(email):
        domain = normalize_domain(email)
        assert domain == candidate or domain.endswith(f".{candidate}")
        assert candidate.count(".") >= 1


@FEW
@given(labels=st.lists(LABEL, min_size=1, max_size=4), domain=st.just("gouv.fr"))
def test_what_is_before_a_domain_ends_with_a_dot_or_is_not_admitted(labels, domain):
    below = ".".join(labels)
    assert domain in candidate_domains(f"a@{below}.{domain}")
    assert domain not in candidate_domains(f"a@{below}{domain}")
    assert domain not in candidate_domains(f"a@{domain}.{below}x")


@FEW
@given(email=ADDRESS)
def test_every_spelling_of_a_domain_is_one_domain(email):
    try:
        domain = normalize_domain(email)
    except ValueError:
        assert candidate_domains(email) == []
        return
    written = domain.encode("ascii").decode("idna")
    for other in (domain, domain.upper(), f"@{domain}.", f" {written} "):
        assert normalize_domain(other) == domain
    assert normalize_email(f"A@{domain.upper()}") == f"a@{domain}"


@FEW
@given(
    text=st.text("аеорсухіѕјԁβοοгαν", min_size=1, max_size=3),
    place=st.integers(0, 4),
)
def test_a_letter_of_another_alphabet_is_always_refused(text, place):
    with pytest.raises(ValueError):  # noqa: PT011 - no domain, or a look-alike
        check_letters("gouv"[:place] + text + "gouv"[place:] + ".fr")


@pytest.mark.parametrize(
    "value",
    [
        "fr",
        "",
        "@",
        "a..fr",
        "gouv_fr.fr!",
        "x" * 70 + ".fr",
        "-ville.fr",
        "127.0.0.1",
        "xn--a.fr",
        "ville.fr\x00",
        ".".join(["abcdefgh"] * 40),
    ],
)
def test_what_cannot_be_a_domain_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - the value itself
        normalize_domain(value)


def test_a_domain_is_kept_bare_and_in_ascii():
    assert normalize_domain(" @Ville-Éxemple.FR. ") == "xn--ville-xemple-geb.fr"


@pytest.mark.parametrize("domain", ["goüv.fr", "ɡouv.fr", "gouѵ.fr", "dreal.gøuv.fr"])
def test_a_domain_drawn_like_a_known_one_is_refused(gouv, domain):
    with pytest.raises(LookAlikeDomain):
        check_letters(domain)


@pytest.mark.parametrize("domain", ["gouv.fr", "évreux.fr", "mairie-orléans.fr"])
def test_an_honest_domain_with_accents_is_accepted(gouv, domain):
    check_letters(domain)


def test_a_sub_domain_known_not_to_admit_stays_out(gouv):
    EmailDomain.objects.create(domain="stages.gouv.fr", admits_at_once=False)
    assert approved_domain_of("a@stages.gouv.fr") is None
    assert known_domain_of("a@b.stages.gouv.fr").domain == "stages.gouv.fr"
    assert approved_domain_of("a@dreal.gouv.fr") == gouv


def test_a_domain_that_reads_like_a_known_one_is_pointed_at():
    known = ["gouv.fr", "mairie.fr"]
    assert resembled_domain("a@g0uv.fr", known) == "gouv.fr"
    assert resembled_domain("a@rnairie.fr", known) == "mairie.fr"
    assert resembled_domain("a@mairie.fr", known) == ""
    assert resembled_domain("a@autre.fr", known) == ""


@pytest.mark.parametrize(
    "email",
    ["a@gоuv.fr", "a@goüv.fr", "ſimon@ville.fr", "a@" + "b" * 60 + ".fr" * 80],
)
def test_an_address_made_to_deceive_is_refused_with_a_sentence(gouv, email):
    with pytest.raises(ValidationError) as refusal:
        AccountAdapter().clean_email(email)
    assert len(refusal.value.messages[0].split()) > 6


def test_two_spellings_of_an_address_are_one():
    clean = AccountAdapter().clean_email
    assert clean("A@ÉVREUX.fr") == clean("a@xn--vreux-9ra.fr") == "a@xn--vreux-9ra.fr"
