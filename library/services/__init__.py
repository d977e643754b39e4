"""What can be done in the library: its records, their legal history, the spaces of bodies."""

from library.services.body_space import (
    NotOfTheBody,
    body_people,
    give_body_role,
    open_body_space,
    withdraw_body_role,
)
from library.services.records import (
    PAGE_TYPES,
    announce_status_change,
    create_record,
    draw_note_again,
    publish_record,
    set_legal_status,
)

__all__ = [
    "PAGE_TYPES",
    "NotOfTheBody",
    "announce_status_change",
    "body_people",
    "create_record",
    "draw_note_again",
    "give_body_role",
    "open_body_space",
    "publish_record",
    "set_legal_status",
    "withdraw_body_role",
]
