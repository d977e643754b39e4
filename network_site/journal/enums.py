from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What is written down: decisions about people, their rights and their data."""

    MEMBER_ADMITTED = "member_admitted", _("admitted a member")
    MEMBER_REFUSED = "member_refused", _("refused a request to join")
    SPONSOR_ANSWERED = "sponsor_answered", _("answered for a person")
    ROLE_GIVEN = "role_given", _("gave a role")
    ROLE_WITHDRAWN = "role_withdrawn", _("withdrew a role")
    RIGHTS_CHANGED = "rights_changed", _("changed rights")
    SPACE_GRANTED = "space_granted", _("opened a space to a person")
    SPACE_WITHDRAWN = "space_withdrawn", _("withdrew a space from a person")
    DELEGATE_NAMED = "delegate_named", _("named a delegate of an organisation")
    DELEGATE_WITHDRAWN = "delegate_withdrawn", _("withdrew a delegate")
    BODY_SPACE_OPENED = "body_space_opened", _("opened the space of a body")
    ORGANIZATIONS_MERGED = "organizations_merged", _("joined two organisations")
    VISIBILITY_CHANGED = "visibility_changed", _("changed who may read something")
    CONTENT_HIDDEN = "content_hidden", _("hid something")
    CONTENT_RESTORED = "content_restored", _("showed again something hidden")
    LIST_EXPORTED = "list_exported", _("exported a list of people")
    DATA_EXPORTED = "data_exported", _("exported their own data")
    DEPARTURE_ASKED = "departure_asked", _("asked to leave")
    DEPARTURE_CANCELLED = "departure_cancelled", _("changed their mind about leaving")
    ACCOUNT_SUSPENDED = "account_suspended", _("suspended an account")
    ACCOUNT_REOPENED = "account_reopened", _("opened an account again")
    ACCOUNT_CHANGED = "account_changed", _("changed the account of a person")
    DISCUSSION_CLOSED = "discussion_closed", _("closed a discussion")
    DISCUSSION_REOPENED = "discussion_reopened", _("opened a discussion again")
    LETTER_SENT = "letter_sent", _("decided to send the newsletter")
    ACCOUNT_ERASED = "account_erased", _("account erased")
    SECOND_FACTOR_RESET = "second_factor_reset", _("removed a second factor")
