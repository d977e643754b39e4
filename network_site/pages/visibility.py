"""The visibility rule, in its two shapes: lists and search filter, one object answers.

A page is open to everyone, or to groups (Wagtail's view restriction on it or on an ancestor).
The same restrictions yield the tokens under which search indexes a page (`tokens_of_page`) and
those a reader holds (`tokens_for`), so that a list, a count and a page never disagree.
"""

from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Length, Substr
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from network_site.catalogue.kept import kept
from network_site.media.models import SiteDocument
from network_site.media.permissions import restrictions_of as restrictions_of_file
from network_site.members import roles
from network_site.members.models import Role

PUBLIC = "public"
MEMBER = "member"
ALL = "all"

# Whole sets of tokens: what everyone reads, what members read, what administrators alone read.
EVERYBODY = frozenset({PUBLIC, ALL})
MEMBERS = frozenset({MEMBER, ALL})
NOBODY = frozenset({ALL})


def readable(tokens, held):
    """Whether somebody who holds `held` reads what has `tokens`."""
    return ALL in held or bool(tokens & held)


def group_token(group_id):
    """The token of one group's readers."""
    return f"group:{group_id}"


def member_group_token(group_id):
    """The token of those of a group's people who are members of the network."""
    return f"member-group:{group_id}"


def tokens_for(user):
    """The set of tokens `user` holds: a part is readable when it carries one of them."""
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    if user.is_superuser:
        return frozenset({ALL})
    tokens = {PUBLIC, *(group_token(pk) for pk in roles.group_ids(user))}
    if roles.is_member(user):
        tokens.add(MEMBER)
        tokens.update(member_group_token(pk) for pk in roles.group_ids(user))
    return frozenset(tokens)


def may_read(user, tokens):
    """Whether `user` reads what has `tokens`; what has none is read by nobody."""
    return bool(tokens) and readable(frozenset(tokens), tokens_for(user))


def paths_to(page):
    """The tree's paths of `page` and its ancestors."""
    return [
        page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)
    ]


class Restriction(NamedTuple):
    """A view restriction: whom it lets pass, and whether the network's members are among them.

    `groups` is None where it lets nobody pass: a shared password, any login.
    """

    groups: frozenset | None
    has_members: bool = False

    def is_passed_by(self, user):
        return self.groups is not None and bool(self.groups & roles.group_ids(user))


@kept(
    "restrictions",
    PageViewRestriction,
    PageViewRestriction.groups.through,
    (Page, ("path",)),
    Role,
)
def restrictions():
    """{path: Restrictions of the page that stands there}."""
    found = {}
    for one in (
        PageViewRestriction.objects.select_related("page")
        .only("restriction_type", "page__path")
        .prefetch_related(roles.groups_with_roles())
        .order_by("pk")
    ):
        found.setdefault(one.page.path, []).append(_as_kept(one))
    return found


def _as_kept(restriction):
    if restriction.restriction_type != restriction.GROUPS:
        return Restriction(None)
    groups = restriction.groups.all()
    return Restriction(
        frozenset(group.pk for group in groups),
        any(roles.code_of(group) == roles.MEMBERS for group in groups),
    )


def restrictions_of(page):
    """The view restrictions on `page` and its ancestors."""
    return _among(restrictions(), page)


def _among(known, page):
    return [one for path in paths_to(page) for one in known.get(path, ())]


def paths_closed_to(user):
    """The paths of the branches of the tree that are kept for others than `user`."""
    return [
        path
        for path, many in restrictions().items()
        if not all(one.is_passed_by(user) for one in many)
    ]


def tokens_of_page(page):
    """The tokens under which the words of `page` may be found; `all` is the administrators'.

    Several nested restrictions must all be satisfied: only their common groups remain.
    Restrictions of another kind than groups (a shared password, any login) give no token.
    """
    return _tokens_under(restrictions_of(page))


def tokens_of_pages(pages):
    """{pk: what tokens_of_page(page) gives}, in one look at what is kept."""
    known = restrictions()
    return {page.pk: _tokens_under(_among(known, page)) for page in pages}


def tokens_of_both(first, second):
    """The tokens of what tells of two pages at once; never wider than either's."""
    if PUBLIC in first:
        return frozenset(second)
    if PUBLIC in second:
        return frozenset(first)
    return frozenset(first) & frozenset(second)


def _tokens_under(restrictions):
    allowed, has_members = None, False
    for one in restrictions:
        if one.groups is None:
            return NOBODY
        # A group that all name holds its role in each of them.
        has_members = one.has_members and (allowed is None or has_members)
        allowed = one.groups if allowed is None else allowed & one.groups
    if allowed is None:
        return EVERYBODY
    tokens = {ALL, *map(group_token, allowed)}
    if has_members:
        tokens.add(MEMBER)
    return frozenset(tokens)


def tokens_of_file(document, page_tokens):
    """The tokens of the words of a file: readers of its page *and* of its collection."""
    own = map(_as_kept, restrictions_of_file(document))
    return tokens_of_both(page_tokens, _tokens_under(own))


def files_closed_to(tokens):
    """The keys of the documents in collections that a holder of `tokens` may not read.

    Each restricted collection is a gate of its own, asked of the database as it is now.
    """
    if ALL in tokens:
        return set()
    closed = [
        restriction.collection.path
        for restriction in CollectionViewRestriction.objects.select_related(
            "collection"
        ).prefetch_related(roles.groups_with_roles())
        if not _tokens_under([_as_kept(restriction)]) & tokens
    ]
    if not closed:
        return set()
    inside = reduce(or_, (Q(collection__path__startswith=path) for path in closed))
    return set(SiteDocument.objects.filter(inside).values_list("pk", flat=True))


def hidden_from(user, prefix=""):
    """The condition "a restriction that `user` does not satisfy covers this page", for exclude().

    `prefix` leads to the page from another model ("page__"). One correlated test over the few
    restricted branches, whatever the number of pages.
    """
    restrictions = PageViewRestriction.objects.filter(
        page__path=Substr(OuterRef(f"{prefix}path"), Value(1), Length("page__path"))
    )
    if user.is_authenticated:
        restrictions = restrictions.exclude(
            restriction_type=PageViewRestriction.GROUPS,
            groups__in=roles.group_ids(user),
        )
    return Exists(restrictions)


def visible_page_filter(user, prefix=""):
    """The condition under which `user` sees a published page in a list."""
    live = Q(**{f"{prefix}live": True})
    if user.is_superuser:
        return live
    return live & ~Q(hidden_from(user, prefix))


def can_view_page(user, page):
    """Whether `user` may open the published `page`."""
    if not page.live:
        return False
    if user.is_superuser:
        return True
    return bool(tokens_of_page(page) & tokens_for(user))
