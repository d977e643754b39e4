"""Statements written out once give what the ORM gives, whatever the values."""

import pytest
from django.contrib.auth.models import Group
from django.db.models import F

from network_site.core import compiled as module
from network_site.core.compiled import compiled

pytestmark = pytest.mark.django_db

NAMES = ["L’Île", "%s", "100 %", "' OR 1=1 --", "\x01", "a\\b"]


@pytest.fixture
def groups():
    return {
        name: Group.objects.create(name=f"nom {name}".replace("\x01", "x"))
        for name in NAMES
    }


def test_values_are_values_and_nothing_else(groups):
    named = compiled(lambda name: Group.objects.filter(name=name).order_by())
    keyed = compiled(lambda pk: Group.objects.filter(pk=pk).values_list("pk", "name"))
    for group in groups.values():
        assert named.objects(group.name) == [group]
        assert keyed.rows(group.pk) == [(group.pk, group.name)]
    assert named.objects("' OR '' = '") == []
    assert keyed.rows(0) == []


def test_what_changes_the_statement_is_written_out_for_each(groups):
    among = compiled(
        lambda *names, most: (
            Group.objects.filter(name__in=names)
            .annotate(said=F("name"))
            .order_by("pk")[:most]
        )
    )
    names = [group.name for group in groups.values()]
    for count in (3, 1, 2, 3):
        found = among.objects(*names[:count], most=2)
        assert [one.said for one in found] == names[: min(count, 2)]
    assert len(among.objects(*names, most=50)) == len(names)


def test_marks_are_values_that_a_column_of_32_bits_may_hold():
    # PostgreSQL: beyond, Django knows that nothing is found and writes no statement.
    assert module._NUMBER + 100 < 2**31
