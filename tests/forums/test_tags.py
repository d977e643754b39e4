"""What is asked of a discussion space before it is kept."""

import pytest
from django.core.exceptions import ValidationError

from forums.enums import ForumVisibility
from forums.models import Forum


def test_a_private_space_names_its_group_and_keeps_its_addresses(db):
    with pytest.raises(ValidationError, match="group"):
        Forum(name="X", slug="x", visibility=ForumVisibility.GROUP).full_clean()
    with pytest.raises(ValidationError):
        Forum(name="X", slug="nouvelle").full_clean()
