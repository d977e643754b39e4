"""Nothing of people is kept that no category answers for."""

import re

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from network_site.core.timetable import declared_jobs
from network_site.privacy.holds_nothing import HOLDS_NOTHING
from network_site.registries.personal_data import (
    PersonalData,
    categories,
)

# Names of columns under which a person usually lies.
_TELLING = re.compile(
    r"(^|_)(email|address|ip|user_agent|author|reporter|sponsor|portrait|avatar|phone|"
    r"first_name|last_name|session_data|traceback|last_error)($|_)"
)


def _looks_personal(model):
    user = get_user_model()
    for field in model._meta.get_fields():
        if not getattr(field, "concrete", False):
            continue
        if field.is_relation and field.related_model is user:
            return True
        if isinstance(field, (models.EmailField, models.GenericIPAddressField)):
            return True
        is_text = isinstance(field, (models.CharField, models.TextField))
        if is_text and _TELLING.search(field.name):
            return True
    return False


def _declared():
    return {label for category in categories() for label in category.models}


def test_every_model_that_may_hold_a_person_is_declared_or_named_with_a_reason():
    known = _declared() | set(HOLDS_NOTHING)
    missing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if _looks_personal(model) and model._meta.label not in known
    }
    assert missing == set(), "declare them in the app's personal_data.py"


def test_declared_models_exist_and_every_reason_is_said():
    for label in _declared() | set(HOLDS_NOTHING):
        apps.get_model(label)
    assert all(HOLDS_NOTHING.values())


def test_every_category_says_what_why_how_long_and_what_becomes_of_it():
    for category in categories():
        assert category.label, category.name
        assert category.purpose, category.name
        assert category.retention or category.kept or not category.models, category.name
        assert category.on_leaving, category.name


def test_every_clock_is_a_job_of_the_timetable():
    jobs = {job.name for job in declared_jobs()}
    for category in categories():
        if category.retention:
            assert category.retention.job in jobs, category.name
            assert type(category).overdue is not PersonalData.overdue, category.name
