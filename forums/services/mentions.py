"""« @Samira Benali » in a post: who is named, and the link to their sheet.

A name counts when it is that of one reader of the space and of no other; code, quotes and
links name nobody. A name is never completed, and one that names nobody stays plain words:
nothing tells who is not a reader.
"""

import re
import unicodedata

from django.contrib.auth import get_user_model
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import translation

from forums.enums import ForumVisibility
from forums.models import Mention, Post
from forums.permissions import sheet_opens_in
from network_site.core.markdown import render_markdown
from network_site.core.outbox import emit
from network_site.members import roles
from network_site.members.enums import MembershipStatus

MOST_NAMED = 10
# Different names that are looked for in one post: a text made of names must cost no more.
MOST_LOOKED_UP = 40
# A name may end with an initial: « Camille R. ».
_WORD = r"\w+(?:[-'’]\w+)*\.?"
_NAMED = re.compile(rf"(?<![\w@./])@({_WORD}(?:[ \u00a0\u202f]{_WORD}){{1,4}})")


def render_post(body, *, forum, author=None, thread=None):
    """Return (safe HTML, [users named]) of the Markdown of a post to be written in `forum`.

    The people of `thread` come first: among them a name need not be the only one of the
    network. Nobody is linked to in a space that visitors read.
    """
    return _render(body, forum, _Readers(forum, author, thread))


def render_again(post):
    """The HTML of a post that is written already, naming those it named."""
    forum = post.thread.forum
    named = _readers_of(forum).filter(mentions__post=post, mentions__is_withdrawn=False)
    return _render(post.body, forum, _Readers(forum, post.author, people=named))[0]


def note_mentions(post, users, *, is_later=False):
    """Write down who `post` names; those whom a correction adds are told, once."""
    known = {one.user_id: one for one in post.mentions.all()}
    named = {user.pk for user in users}
    for one in known.values():
        if one.is_withdrawn == (one.user_id in named):
            one.is_withdrawn = not one.is_withdrawn
            one.save(update_fields=["is_withdrawn"])
    for user in users:
        if user.pk in known:
            continue
        mention = Mention.objects.create(post=post, user=user, is_later=is_later)
        if is_later:
            emit("forum.mention_added", mention_id=mention.pk)


def people_of(thread, but=None, limit=8):
    """The members who wrote in `thread` and still read it, but `but`: whom one may name."""
    found = _writers(thread).exclude(pk=but.pk if but else None)
    return list(found.order_by("last_name", "first_name", "pk")[:limit])


def _render(body, forum, readers):
    named = {}

    def find_links(texts):
        spans = [list(_NAMED.finditer(text)) for text in texts]
        readers.look_up([found[1] for many in spans for found in many])
        return [[link for found in many if (link := _link(found))] for many in spans]

    def _link(found):
        user, name = readers.named_by(found[1])
        if user is None or (len(named) >= MOST_NAMED and user.pk not in named):
            return None
        named[user.pk] = user
        if forum.is_public or not sheet_opens_in(forum, user.profile):
            return None
        with translation.override("fr"):
            return (
                found.start(),
                found.start() + 1 + len(name),
                user.profile.get_absolute_url(),
            )

    html = render_markdown(body, heading_shift=2, find_links=find_links)
    return html, list(named.values())


def _readers_of(forum):
    """The members who read `forum`, with their sheets: permissions.can_view_forum as a list."""
    users = get_user_model().objects.filter(
        is_active=True,
        profile__status=MembershipStatus.APPROVED,
        groups__role__code=roles.MEMBERS,
    )
    if forum.group_id is not None and forum.visibility == ForumVisibility.GROUP:
        users = users.filter(pk__in=forum.group.user_set.values("pk"))
    return users.select_related("profile").distinct()


def _writers(thread):
    shown = Post.objects.filter(thread=thread, is_hidden=False)
    return _readers_of(thread.forum).filter(pk__in=shown.values("author"))


def _folded(name):
    """A name for comparison: no accents, no case, one kind of apostrophe and space."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


def _starts(words):
    """« Samira Benali du Pré »: the names it may hold, the longest first."""
    ends = [found.end() for found in re.finditer(_WORD, words)][1:]
    starts = [words[:end] for end in reversed(ends)]
    # The full stop of a sentence is not part of the name before it.
    return list(
        dict.fromkeys(one for start in starts for one in (start, start.rstrip(".")))
    )


class _Readers:
    """Whom a name stands for, among those who read a space."""

    def __init__(self, forum, author, thread=None, people=None):
        self.forum, self.author, self.thread = forum, author, thread
        # The only ones that may be meant, where they are known already.
        self.people = people
        self.near, self.far = {}, {}

    def look_up(self, names):
        """Read who may be meant by `names`; nothing is read when a post names nobody."""
        if not names:
            return
        if self.people is not None:
            self.near = _by_name(self.people)
            return
        if self.thread is not None:
            self.near = _by_name(_writers(self.thread))
        names = list(dict.fromkeys(names))[:MOST_LOOKED_UP]
        starts = {start for name in names for start in _starts(name)}
        self.far = _by_name(_members_named(self.forum, starts))

    def named_by(self, words):
        """(user, the words that name them), or (None, "")."""
        for known in (self.near, self.far):
            for start in _starts(words):
                users = known.get(_folded(start), ())
                # One's own name in one's own post is told to nobody.
                if len(users) == 1 and users[0] != self.author:
                    return users[0], start
                if users:
                    return None, ""
        return None, ""


def _by_name(users):
    found = {}
    for user in users:
        found.setdefault(_folded(user.get_full_name()), []).append(user)
    return found


def _members_named(forum, names):
    wanted = Q()
    for name in names:
        wanted |= Q(full_name__iexact=" ".join(name.split()))
    return (
        _readers_of(forum)
        .annotate(full_name=Concat("first_name", Value(" "), "last_name"))
        .filter(wanted)[:100]
    )
