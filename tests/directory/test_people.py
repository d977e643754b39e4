"""The directory of people: lists, counts and searches against a count made by hand."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from network_site.catalogue.building import settle_all
from network_site.core.text import fold
from network_site.directory.people import card_of, people_asked, rows
from network_site.members import roles
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization, Profile
from network_site.members.permissions import FIELDS, fields_at, reading_level
from network_site.members.words import keep_words, words_in
from network_site.taxonomies.enums import TerritoryKind
from network_site.taxonomies.models import Territory, Theme
from tests.directory.people import make_person

pytestmark = pytest.mark.django_db

KINDS = ("agency", "association", "company")
CODES = ("ar", "en", "fr", "tr")
WORDS = ("médiation", "emploi", "accès", "droits", "jeunesse", "œuvre")


@pytest.fixture
def terms():
    """Themes on two levels, régions with départements and communes, bodies of three kinds."""
    themes = []
    for number in range(3):
        root = Theme.add_root(name=f"Thème {number}", slug=f"theme-{number}")
        themes.append(root)
        themes.append(
            Theme.objects.get(pk=root.pk).add_child(
                name=f"Sous-thème {number}", slug=f"sous-theme-{number}"
            )
        )
    places = []
    for number in range(2):
        region = Territory.objects.create(
            kind=TerritoryKind.REGION,
            insee_code=f"R{number}",
            name=f"Région {number}",
            slug=f"region-{number}",
        )
        department = Territory.objects.create(
            kind=TerritoryKind.DEPARTMENT,
            insee_code=f"D{number}",
            name=f"Département {number}",
            slug=f"departement-{number}",
            parent=region,
        )
        commune = Territory.objects.create(
            kind=TerritoryKind.COMMUNE,
            insee_code=f"C{number}",
            name=f"Commune {number}",
            slug=f"commune-{number}",
            parent=department,
        )
        places += [region, department, commune]
    bodies = [
        Organization.objects.create(name=f"Organisme {kind}", slug=kind, kind=kind)
        for kind in KINDS
    ]
    return themes, places, bodies


@pytest.fixture
def world(terms):
    """Forty people with fields and visibilities at random; the readers among them."""
    rng = random.Random(4)
    themes, places, bodies = terms
    spaces = [f"Espace {number}" for number in range(3)]
    people = []
    for number in range(40):
        person = make_person(
            f"{rng.choice(['Claire', 'Élodie', 'Ali'])} Nom{number}",
            groups=rng.sample(spaces, rng.choice([0, 0, 1, 2])),
            themes=rng.sample(themes, rng.randint(0, 3)),
            languages=rng.sample(CODES, rng.randint(0, 3)),
            territory=rng.choice([None, *places]),
            organization=rng.choice([None, *bodies]),
            organization_name="Une structure",
            job_title=" ".join(rng.sample(WORDS, 2)),
            help_topics=" ".join(rng.sample(WORDS, 2)),
            presentation=" ".join(rng.sample(WORDS, 3)),
            status=rng.choice(
                [MembershipStatus.APPROVED] * 8
                + [MembershipStatus.PENDING, MembershipStatus.REFUSED]
            ),
            **{
                f"{field}_visibility": rng.choice(list(FieldVisibility))
                for field in ("sheet", *FIELDS)
            },
        )
        people.append(person)
    return people


def fresh(user):
    """The same person at another request: nothing remembered of the one before."""
    return type(user).objects.get(pk=user.pk) if user.is_authenticated else user


def readers(make_user, world):
    peers = [
        person.user
        for person in world
        if person.status == MembershipStatus.APPROVED
        and person.user.groups.filter(name__startswith="Espace").exists()
    ]
    plain = make_person("Sans Espace").user
    return [
        AnonymousUser(),
        make_person("En Attente", status=MembershipStatus.PENDING).user,
        plain,
        *peers[:3],
        make_user("administration@exemple.fr", is_staff=True, is_superuser=True),
    ]


def brute_shown(user):
    """{profile: the fields that `user` reads} of all the sheets they may open."""
    shown = {}
    profiles = Profile.objects.select_related(
        "user", "organization", "territory__parent__parent"
    ).prefetch_related("themes", "languages", "user__groups")
    for profile in profiles:
        if profile.status != MembershipStatus.APPROVED:
            continue
        level = reading_level(user, profile)
        if level is not None and profile.sheet_visibility >= level:
            shown[profile] = fields_at(profile, level)
    return shown


def values_of(profile, fields, name):
    """What a person has of a facet, as far as it is read: the values of its options."""
    if name == "theme" and "themes" in fields:
        return {
            above.slug
            for theme in profile.themes.all()
            for above in [theme, *theme.get_ancestors()]
        }
    if name == "territory" and "territory" in fields:
        found, place = set(), profile.territory
        while place is not None:
            found.add(place.slug)
            place = place.parent
        return found
    if name == "kind" and "organization" in fields and profile.organization:
        return {profile.organization.kind}
    if name == "organization" and "organization" in fields and profile.organization:
        return {profile.organization.slug}
    if name == "language" and "languages" in fields:
        return {one.code for one in profile.languages.all()}
    return set()


def words_of(profile, user):
    """The folded text in which `user` finds a person; of oneself, what the spaces read."""
    level = max(reading_level(user, profile), FieldVisibility.SPACES)
    if profile.sheet_visibility < level:
        return ""
    read = fields_at(profile, level)
    texts = [profile.user.get_full_name()]
    for field in FIELDS:
        if field in read:
            texts += words_in(profile, field)
    return fold(" ".join(filter(None, texts)))


class ByHand:
    """What one reader finds, without a line of the directory's own code."""

    facets = {}

    def __init__(self, user):
        user = fresh(user)
        self.shown = brute_shown(user)
        self.has = {
            (profile, name): values_of(profile, fields, name)
            for profile, fields in self.shown.items()
            for name in self.facets
        }
        self.texts = {profile: words_of(profile, user) for profile in self.shown}

    def passing(self, chosen, words, but=""):
        return [
            profile
            for profile in self.shown
            if all(word in self.texts[profile] for word in fold(words).split())
            and all(
                self.has[profile, name] & set(values)
                for name, values in chosen.items()
                if name != but
            )
        ]


def test_lists_and_counts_are_those_made_by_hand(make_user, world, terms):
    rng = random.Random(11)
    ByHand.facets = facets = {
        "theme": [theme.slug for theme in terms[0]],
        "territory": [place.slug for place in terms[1]],
        "kind": KINDS,
        "language": CODES,
        "organization": KINDS,
    }
    counted = 0
    everybody = readers(make_user, world)
    settle_all()
    for reader in everybody:
        hand = ByHand(reader)
        for turn in range(8):
            chosen = {
                name: rng.sample(values, rng.randint(1, 2))
                for name, values in facets.items()
                if turn and rng.random() < 0.35
            }
            words = " ".join(rng.sample([*WORDS, "nom1", "claire"], rng.randint(0, 2)))
            words = words if turn > 2 else ""
            query = QueryDict(mutable=True)
            for name, values in chosen.items():
                query.setlist(name, values)
            query["q"] = words
            reader = fresh(reader)
            filters = people_asked(query, reader)
            expected = hand.passing(chosen, words)
            assert sorted(filters.object_ids) == sorted(one.pk for one in expected), (
                reader,
                query,
            )
            found = filters.object_ids
            assert [one.pk for one in rows(found, reader)] == found
            for group in filters.groups:
                others = hand.passing(chosen, words, but=group.name)
                for option in group.options:
                    by_hand = sum(
                        option.value in hand.has[one, group.name] for one in others
                    )
                    assert option.count == by_hand, (reader, query, option)
                    counted += by_hand
    # Something was counted, by somebody.
    assert counted > 300


def test_a_card_says_what_its_reader_reads(make_user, world):
    everybody = readers(make_user, world)
    settle_all()
    for reader in everybody:
        shown = brute_shown(fresh(reader))
        reader = fresh(reader)
        filters = people_asked(QueryDict(), reader)
        for profile in rows(filters.object_ids, reader):
            card, fields = card_of(profile), shown[profile]
            place = profile.territory.name if profile.territory else ""
            for key, field, value in (
                ("function", "job_title", profile.job_title),
                ("organisation", "organization", profile.organization_label),
                ("help", "help_topics", profile.help_topics),
                ("territory", "territory", place),
            ):
                assert card[key] == (value if field in fields else "")


def test_a_visitor_sees_sheets_shown_to_everyone_and_is_told_of_the_rest(
    client, member_client, pending_client
):
    make_person("Claire Ouverte", seen_by=FieldVisibility.EVERYONE)
    make_person("Inès Réservée")
    url = reverse("people")
    for one in (client, pending_client):
        html = one.get(url).content.decode()
        assert "Claire Ouverte" in html
        assert "Réservée" not in html
        assert one.get(url).context["page"].paginator.count == 1
    assert reverse("membership") in client.get(url).content.decode()
    assert "Inès Réservée" in member_client.get(url).content.decode()


def test_words_find_without_accents_by_pieces_and_only_what_is_read(
    client, member_client
):
    person = make_person(
        "Élodie N’Diaye",
        seen_by=FieldVisibility.EVERYONE,
        job_title="Chargée d’accueil",
        help_topics="Validation des acquis",
        help_topics_visibility=FieldVisibility.MEMBERS,
        presentation="Ancienne de Mayotte",
        presentation_visibility=FieldVisibility.NOBODY,
    )
    url = reverse("people")

    def found(one, words):
        return one.get(url, {"q": words}).context["page"].paginator.count

    for words in ("elodie", "NDIAYE elo", "n’diaye", "accueil charge", "Élo"):
        assert found(client, words) == (1 if words != "NDIAYE elo" else 0), words
    assert found(client, "acquis") == 0
    assert found(member_client, "acquis") == 1
    assert found(member_client, "mayotte") == 0
    assert found(member_client, "acquis elodie zzz") == 0
    assert found(member_client, "« »") == 0
    person.help_topics_visibility = FieldVisibility.NOBODY
    person.save()
    keep_words(Profile.objects.all())
    assert found(member_client, "acquis") == 0


def test_the_order_is_that_of_a_french_list_or_of_arrival(member_client, member):
    now = timezone.now()
    for days, name in enumerate(["Zoé Abel", "Ali Écrin", "Eve Dupont", "Inès de Foy"]):
        make_person(name, decided_at=now - timezone.timedelta(days=days))
    member.profile.delete()
    url = reverse("people")

    def names(**query):
        items = member_client.get(url, query).context["items"]
        return [item["title"] for item in items]

    assert names() == ["Zoé Abel", "Inès de Foy", "Eve Dupont", "Ali Écrin"]
    assert names(sort="recent") == [
        "Zoé Abel",
        "Ali Écrin",
        "Eve Dupont",
        "Inès de Foy",
    ]
    assert names(sort="zut") == names()


def test_the_address_says_the_filters_and_each_can_be_removed(member_client, terms):
    themes, places, bodies = terms
    query = {
        "q": "nom",
        "theme": ["theme-0", "sous-theme-1", "zut", "../x"],
        "territory": ["region-0", "commune-1"],
        "kind": ["agency", "zut"],
        "language": ["ar", "xx"],
        "organization": "agency",
        "sort": "recent",
    }
    page = member_client.get(reverse("people"), query)
    filters = page.context["filters"]
    labels = [chip["label"] for chip in filters.chips]
    assert len(labels) == 8
    for chip in filters.chips:
        again = member_client.get(reverse("people") + chip["url"]).context["filters"]
        assert len(again.chips) == 7
        assert again.order == "recent"
    assert 'name="organization" value="agency"' in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"page": "abc"},
        {"page": "-1"},
        {"page": "9999"},
        {"kind": "nimporte"},
        {"theme": "inconnu"},
        {"territory": ["inconnu", "é" * 300]},
        {"language": "zz"},
        {"organization": "zz"},
        {"sort": "zz"},
        {"q": "\x00" + "é" * 500},
        {"q": "%_\\"},
        {"theme": ["a" * 9] * 300},
    ],
)
def test_a_strange_address_is_still_an_answer(client, query):
    make_person(seen_by=FieldVisibility.EVERYONE)
    assert client.get(reverse("people"), query).status_code == 200


def test_the_cost_does_not_grow_with_the_people(
    client_for, terms, assert_constant_queries
):
    themes, places, bodies = terms
    reader = make_person("Lectrice", groups=["Espace 1"])

    def grow(number=30):
        for _index in range(number):
            make_person(
                groups=["Espace 1"],
                themes=themes,
                languages=["ar"],
                territory=places[2],
                organization=bodies[0],
                seen_by=FieldVisibility.SPACES,
            )

    grow(2)
    url = f"{reverse('people')}?q=martin&theme=theme-0&territory=commune-0&language=ar"
    most = assert_constant_queries(client_for(reader.user), url, grow)
    # The tests' client asks the outbox and the catalogue by itself.
    assert most - 2 <= 15


def test_names_kept_by_the_service_follow_a_change(member):
    profile = make_person("Claire Martin", seen_by=FieldVisibility.EVERYONE)
    profile.user.last_name = "Zébulon"
    profile.user.save()
    assert keep_words(Profile.objects.filter(pk=profile.pk)) == [profile.pk]
    profile.refresh_from_db()
    assert profile.name_key == "zebulon claire"
    assert keep_words(Profile.objects.filter(pk=profile.pk)) == []


def test_who_is_in_no_group_of_mine_is_read_as_a_member_only(client_for):
    Group.objects.get_or_create(name="Espace")
    peer = make_person("Pair Proche", groups=["Espace"], seen_by=FieldVisibility.SPACES)
    reader = make_person("Lectrice Une", groups=["Espace"])
    other = make_person("Lectrice Deux", groups=[roles.REVIEWERS])
    url = reverse("people")
    assert "Pair Proche" in client_for(reader.user).get(url).content.decode()
    assert "Pair Proche" not in client_for(other.user).get(url).content.decode()
    assert peer.user.groups.filter(name="Espace").exists()
