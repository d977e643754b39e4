import pytest

from network_site.members.domains import approved_domain_of, normalize_domain
from network_site.members.models import EmailDomain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("email", "is_admitted"),
    [
        ("a@gouv.fr", True),
        ("a@dreal.gouv.fr", True),
        ("a@dreal.occitanie.gouv.fr", True),
        ("A@DREAL.GOUV.FR", True),
        ("a@evilgouv.fr", False),
        ("a@gouv.fr.example.com", False),
        ("a@gouv.com", False),
        ("a@fr", False),
        ("gouv.fr", True),
        ("a@gouv.fr.", True),
        ("a@b@evil.com", False),
        ("", False),
    ],
)
def test_a_domain_is_matched_on_whole_labels(email, is_admitted):
    EmailDomain.objects.create(domain="gouv.fr")
    assert (approved_domain_of(email) is not None) is is_admitted


@pytest.mark.parametrize(
    "value", ["fr", "", "@", "a..fr", "gouv_fr.fr!", "x" * 70 + ".fr"]
)
def test_what_cannot_be_a_domain_is_refused(value):
    with pytest.raises(ValueError):  # noqa: PT011 - the value itself
        normalize_domain(value)


def test_a_domain_is_kept_bare_and_in_ascii():
    assert normalize_domain(" @Ville-Éxemple.FR. ") == "xn--ville-xemple-geb.fr"
