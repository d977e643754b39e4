"""Of which pages somebody may know in the back office, and what they may do with them.

Wagtail's rights reach down the tree: whoever edits a branch would read, unprotect and delete a
page of it that is kept for a group they are not in. Here a page of which a person may not know
does not exist for them: no list, search, chooser, report or history names it, and nothing may
be done with it. Each app says which of its pages these are:

    @unknown_rule
    def of_another_body(user):
        return Q(path__startswith=…)        # over Page; None when nothing is kept from `user`
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import Page, PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from network_site.pages.visibility import hidden_from

_rules = []


@dataclass
class _Reading:
    user: object
    answers: dict = field(default_factory=dict)


_reading = ContextVar("a request to the back office", default=None)


@contextmanager
def reading(user):
    """During this request to the back office, by `user`: the same question is asked once."""
    token = _reading.set(_Reading(user))
    try:
        yield
    finally:
        _reading.reset(token)


def current_reader():
    """Who asks for the page of the back office being drawn; None elsewhere."""
    now = _reading.get()
    return now and now.user


def unknown_rule(rule):
    """Register `rule`: user → the condition on pages of which they may not know, or None."""
    _rules.append(rule)
    return rule


@unknown_rule
def kept_for_others(user):
    return Q(hidden_from(user))


def unknown_to(user):
    """The condition on pages of which `user` may not know; None for administrators."""
    if user.is_superuser:
        return None
    conditions = (rule(user) for rule in _rules)
    return reduce(or_, (one for one in conditions if one is not None))


def known(pages, user):
    """Those of `pages` of which `user` may know, whatever else they may do with them."""
    condition = unknown_to(user)
    return pages if condition is None else pages.exclude(condition)


def knows(user, page):
    """Whether `user` may know of `page`; the same rule, for one page."""
    if user.is_superuser or page.pk is None:
        return True
    now = _reading.get()
    answers = now.answers if now and now.user == user else {}
    if page.pk not in answers:
        unknown = Page.objects.filter(unknown_to(user), pk=page.pk)
        answers[page.pk] = not unknown.exists()
    return answers[page.pk]


def knows_all_under(user, page):
    """Whether `user` may know of every page below `page`."""
    condition = unknown_to(user)
    if condition is None or page.is_leaf():
        return True
    return not Page.objects.descendant_of(page).filter(condition).exists()


class KnownPagesPolicy(PagePermissionPolicy):
    """Wagtail's policy for lists, without the pages of which a person may not know."""

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return super().user_has_any_permission_for_instance(
            user, actions, instance
        ) and knows(user, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        return known(super().instances_user_has_any_permission_for(user, actions), user)

    def explorable_instances(self, user):
        return known(super().explorable_instances(user), user)


class KnownPageTester(PagePermissionTester):
    """Wagtail's rights on one page, when what lies below it may be kept from the person."""

    def can_delete(self, ignore_bulk=False):
        # Moving asks the same question.
        return super().can_delete(ignore_bulk) and knows_all_under(self.user, self.page)

    def can_copy_to(self, destination, recursive=False):
        if recursive and not knows_all_under(self.user, self.page):
            return False
        return super().can_copy_to(destination, recursive)


class NoRights(PagePermissionTester):
    """What may be done with a page of which one may not know: nothing."""

    def __init__(self, user, page):
        super().__init__(user, page)
        self.permissions = frozenset()


def _nothing(self, *args, **kwargs):
    return False


# Each question that Wagtail asks, those of its next release included.
for _name in dir(PagePermissionTester):
    if _name.startswith("can_"):
        setattr(NoRights, _name, _nothing)
