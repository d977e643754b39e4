"""Dates of what somebody did: today at the latest, whatever writes them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def not_in_future(value):
    """Raise ValidationError for a day after today in Paris."""
    if value > timezone.localdate():
        raise ValidationError(
            _("This day has not come yet: nobody can have checked anything then."),
            code="future",
        )


class PastDateField(models.DateField):
    """The day on which somebody did something: refused in forms when it has not come yet."""

    default_validators = [not_in_future]

    def pre_save(self, model_instance, add):
        # Loaders and services write without a form. A CHECK of the database could not do it:
        # SQLite allows no present day there.
        value = self.to_python(super().pre_save(model_instance, add))
        if value is not None:
            not_in_future(value)
        return value

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs
