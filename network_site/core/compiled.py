"""Statements of the ORM, written out once: on the hottest ones that costs more than the database.

    _told = compiled(lambda user: Delivery.objects.filter(user=user).values_list("pk"))
    rows = _told.rows(7)
    people = compiled(lambda pk: User.objects.filter(pk=pk)).objects(7)

Values are whole numbers or texts that are compared as they are (no pattern). What changes the
statement itself (how many values there are, a depth) is given by name: it is written out once
for each.
"""

from django.db import connection

# Stands where a value comes: within what a column of 32 bits holds, for PostgreSQL would know
# that nothing is found beyond, and written by nobody in a queryset.
_NUMBER = 1_987_654_321
_TEXT = "\x01{}\x01"


class compiled:
    """`build(*values, **shape)` gives a queryset."""

    def __init__(self, build):
        self._build = build
        self._known = {}

    def _statement(self, values, shape):
        """(model, SQL, parameters)."""
        key = connection.vendor, tuple(map(type, values)), tuple(sorted(shape.items()))
        known = self._known.get(key)
        if known is None:
            marks = [
                _NUMBER + place if isinstance(value, int) else _TEXT.format(place)
                for place, value in enumerate(values)
            ]
            query = self._build(*marks, **shape).query
            known = self._known[key] = (
                query.model,
                *query.sql_with_params(),
                {mark: place for place, mark in enumerate(marks)},
            )
        model, sql, parameters, places = known
        return (
            model,
            sql,
            [values[places[one]] if one in places else one for one in parameters],
        )

    def rows(self, *values, **shape):
        """The rows, as the database gives them."""
        _model, sql, parameters = self._statement(values, shape)
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def objects(self, *values, **shape):
        """The objects, with what the queryset adds to them."""
        model, sql, parameters = self._statement(values, shape)
        return list(model._default_manager.raw(sql, parameters))
