"""Comparisons with a number that no row can have find nothing, as Django's own of one column.

Django (db.models.lookups.IntegerFieldOverflow) looks at the bounds where a column of numbers
is compared with one number, but neither where several are asked for (`pk__in`, the fields of
forms that choose several) nor where the column is a relation (the key of every kind of page).
SQLite then stops with "Python int too large to convert".
"""

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields import related_lookups
from django.db.models.lookups import In


def _bounds(lookup, connection):
    """(least, most) of the column compared with; None twice for what holds no number."""
    field = lookup.lhs.output_field
    while getattr(field, "remote_field", None) is not None:
        field = field.target_field
    if not isinstance(field, IntegerField):
        return None, None
    return connection.ops.integer_field_range(field.get_internal_type())


def _may_be(value, bounds):
    least, most = bounds
    if not isinstance(value, int):
        return True
    return (least is None or value >= least) and (most is None or value <= most)


class _OneOfSeveral:
    def process_rhs(self, compiler, connection):
        if not self.rhs_is_direct_value():
            return super().process_rhs(compiler, connection)
        asked, bounds = self.rhs, _bounds(self, connection)
        self.rhs = [value for value in asked if _may_be(value, bounds)]
        try:
            return super().process_rhs(compiler, connection)
        finally:
            self.rhs = asked


@IntegerField.register_lookup
class BoundedIn(_OneOfSeveral, In):
    """`column__in=[…]`, without what the column cannot hold."""


@ForeignObject.register_lookup
class BoundedRelatedIn(_OneOfSeveral, related_lookups.RelatedIn):
    """`relation__in=[…]`, without what the related key cannot be."""


@ForeignObject.register_lookup
class BoundedRelatedExact(related_lookups.RelatedExact):
    """`relation=…`: nothing, where the related key cannot be that."""

    def process_rhs(self, compiler, connection):
        if not _may_be(self.rhs, _bounds(self, connection)):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)
