"""Who reads what of a person holds at the next question, whatever wrote it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict

from network_site.catalogue.building import settle_all
from network_site.directory.people import people_asked
from network_site.members.enums import FieldVisibility, MembershipStatus
from network_site.members.models import Organization, Profile
from network_site.taxonomies.models import Theme
from tests.directory.people import make_person

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def asked(address="", reader=VISITOR):
    return people_asked(QueryDict(address), reader)


def test_every_way_of_writing_a_visibility_is_obeyed_by_the_next_question():
    """Sheet and fields, written by bulk or by SQL, while no entry is written anew."""
    theme = Theme.add_root(name="Emploi", slug="emploi")
    person = make_person(seen_by=FieldVisibility.EVERYONE, themes=[theme])
    settle_all()
    profiles = Profile.objects.filter(pk=person.pk)

    def read():
        counts = asked().answer.counts["theme"]
        assert counts.get(theme.pk, 0) == asked("theme=emploi").total
        return asked().total, asked("theme=emploi").total

    assert read() == (1, 1)
    for settle in (lambda: None, settle_all):
        profiles.update(themes_visibility=FieldVisibility.MEMBERS)
        settle()
        assert read() == (1, 0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE members_profile SET themes_visibility = 3")
        settle()
        assert read() == (1, 1)
        profiles.update(sheet_visibility=FieldVisibility.SPACES)
        settle()
        assert read() == (0, 0)
        profiles.update(sheet_visibility=FieldVisibility.EVERYONE)
        settle()
        assert read() == (1, 1)
        profiles.update(status=MembershipStatus.REFUSED)
        settle()
        assert read() == (0, 0)
        profiles.update(status=MembershipStatus.APPROVED)


def test_a_visibility_is_obeyed_though_more_changes_than_a_question_reads(settings):
    settings.CATALOGUE_MARKS_MOST = 1
    theme = Theme.add_root(name="Emploi", slug="emploi")
    for _number in range(3):
        make_person(seen_by=FieldVisibility.EVERYONE, themes=[theme])
    settle_all()
    Profile.objects.update(themes_visibility=FieldVisibility.NOBODY)
    assert (asked("theme=emploi").total, asked().is_lagging) == (0, True)
    assert asked().answer.counts["theme"] == {}
    Profile.objects.update(sheet_visibility=FieldVisibility.NOBODY)
    assert asked().total == 0


def test_an_employer_that_has_no_sheet_is_counted_by_its_kind_and_never_named():
    body = Organization.objects.create(
        name="Organisme", slug="organisme", kind="agency", is_listed=False
    )
    make_person(seen_by=FieldVisibility.EVERYONE, organization=body)
    assert asked("kind=agency").total == 1
    named = asked("organization=organisme")
    assert named.remarks
    assert named.chips == []
    Organization.objects.update(kind="company")
    assert asked("kind=company").total == 1
    assert asked("kind=agency").total == 0
    Organization.objects.update(is_listed=True)
    assert asked("organization=organisme").total == 1


def test_what_is_not_read_of_a_person_says_nothing_even_by_saying_nothing():
    """A field that is closed is neither this nor "none": it does not answer at all."""
    person = make_person(
        seen_by=FieldVisibility.EVERYONE, territory_visibility=FieldVisibility.NOBODY
    )
    counts = (
        asked().catalogue.ask(kinds=("person",), counts=("territory", "theme")).counts
    )
    assert counts == {"territory": {}, "theme": {None: 1}}
    assert asked(reader=person.user).answer.counts["territory"] == {None: 1}
