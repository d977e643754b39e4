"""The discussion spaces, what is said in them, and what was told of it."""

from datetime import timedelta
from itertools import batched

from django.urls import reverse

from forums.enums import ForumVisibility, ThreadKind
from forums.models import Forum, Post, ReadMark, Thread
from network_site.core.markdown import render_markdown
from network_site.core.slugs import free_slug, slug_of
from network_site.demo.load.page_rows import write_references
from network_site.members.models import Profile
from network_site.notifications.enums import Channel
from network_site.notifications.models import Delivery, Item
from network_site.notifications.page_items import canonical_path
from network_site.registries.enums import Category, Reason

BATCH = 1000
HIDDEN_POSTS, HIDDEN_THREADS, LOCKED = 0.01, 0.005, 0.02
# Deliveries that a member has, and how many of them are unread.
DELIVERIES, UNREAD = 12, 0.3


def forums(load):
    """Public spaces, spaces of the members, and a third of private ones."""
    writer = load.writer
    taken = set(Forum.objects.values_list("slug", flat=True))
    visibilities = (
        ForumVisibility.MEMBERS,
        ForumVisibility.PUBLIC,
        ForumVisibility.GROUP,
    )
    rows = []
    for number in range(load.sizes.forums):
        visibility = visibilities[number % 3]
        name = writer.title(90)
        slug = free_slug(slug_of(name, longest=70), taken)
        taken.add(slug)
        rows.append(
            Forum(
                name=name,
                slug=slug,
                description=writer.short(400),
                visibility=visibility,
                group=(
                    load.groups[number // 3 % len(load.groups)]
                    if visibility == ForumVisibility.GROUP
                    else None
                ),
                position=100 + number,
            )
        )
    made = Forum.objects.bulk_create(rows)
    write_references(made)
    # Those of the founding content too, which the busiest are.
    load.forums = load.chance.tail(
        [*Forum.objects.filter(position__lt=100), *made], 0.6
    )


def threads(load):
    """Threads with their posts: most have a few, the longest thousands."""
    chance = load.chance
    signatures = _signatures(load)
    lengths = _lengths(chance, load.sizes)
    done = 0
    load.threads, load.first_posts = [], {}
    for some in batched(lengths, 100):
        rows = [_thread(load) for _length in some]
        made = Thread.objects.bulk_create(rows)
        themes = Thread.themes.through
        themes.objects.bulk_create(
            [
                themes(thread=thread, theme_id=theme.pk)
                for thread in made
                for theme in load.themes.some(3)
            ],
            batch_size=BATCH,
        )
        posts = [
            post
            for thread, length in zip(made, some, strict=True)
            for post in _posts(load, thread, length, signatures)
        ]
        posts = Post.objects.bulk_create(posts, batch_size=BATCH)
        _close(load, made, posts)
        load.threads += made
        load.first_posts |= {post.thread_id: post for post in posts if post.is_first}
        done += len(posts)
        load.say_part(done, load.sizes.posts)
    _marks(load)


def _lengths(chance, sizes):
    """How many posts each thread has, `sizes.posts` in all where there is one for each."""
    lengths = [1] * sizes.threads
    picked = chance.tail(range(sizes.threads), 0.6, is_shuffled=True)
    for _number in range(sizes.posts - sizes.threads):
        lengths[picked.one()] += 1
    return lengths


def _signatures(load):
    """{user's key: (name, function)} as rows.signature_of() gives them, read once."""
    rows = Profile.objects.filter(status="approved").select_related(
        "user", "organization", "territory"
    )
    return {
        one.user_id: (
            one.user.get_full_name()[:200],
            ", ".join(
                filter(
                    None,
                    (one.job_title, one.organization_label, str(one.territory or "")),
                )
            )[:400],
        )
        for one in rows
    }


def _thread(load):
    chance = load.chance
    title = load.writer.title()
    forum = load.forums.one()
    moment = chance.moment(3000)
    about = None
    if chance.happens(0.2):
        about = chance.rng.choice(
            load.records if chance.happens(0.5) else load.practices
        )
    return Thread(
        forum=forum,
        kind=ThreadKind.QUESTION if chance.happens(0.6) else ThreadKind.DISCUSSION,
        title=title,
        slug=slug_of(title, longest=120, otherwise="fil"),
        author=_someone_of(load, forum),
        about_id=about.pk if about else None,
        is_locked=chance.happens(LOCKED),
        is_hidden=chance.happens(HIDDEN_THREADS),
        created_at=moment,
        last_post_at=moment,
    )


def _someone_of(load, forum):
    """A member who may write in `forum`."""
    if forum.group_id:
        people = load.people_of.get(forum.group_id)
        return load.chance.rng.choice(people) if people else None
    return load.members.one()


def _posts(load, thread, length, signatures):
    chance, moment = load.chance, thread.created_at
    for number in range(length):
        is_first = number == 0
        author = thread.author if is_first else _someone_of(load, thread.forum)
        if not is_first:
            rest = (chance.now - moment).total_seconds()
            moment += timedelta(
                seconds=min(chance.rng.expovariate(1 / 90_000), rest / 2)
            )
        body = load.writer.body(2 if is_first else chance.rng.choice((1, 1, 1, 2, 3)))
        name, function = signatures.get(author.pk, ("", "")) if author else ("", "")
        yield Post(
            thread=thread,
            author=author,
            author_name=name,
            author_title=function,
            body=body,
            body_html=render_markdown(body),
            is_first=is_first,
            is_hidden=not is_first and chance.happens(HIDDEN_POSTS),
            created_at=moment,
        )


def _close(load, made, posts):
    """The counters of the threads, and the answers accepted, as the services keep them."""
    shown = {thread.pk: [] for thread in made}
    for post in posts:
        if not post.is_hidden:
            shown[post.thread_id].append(post)
    for thread in made:
        answers = [post for post in shown[thread.pk] if not post.is_first]
        thread.answer_count = len(answers)
        thread.last_post_at = max(post.created_at for post in shown[thread.pk])
        if answers and thread.is_question and load.chance.happens(0.4):
            accepted = load.chance.rng.choice(answers)
            thread.accepted_post, thread.accepted_by = accepted, thread.author
            thread.accepted_at = accepted.created_at
    Thread.objects.bulk_update(
        made,
        ["answer_count", "last_post_at", "accepted_post", "accepted_by", "accepted_at"],
        batch_size=100,
    )


def _marks(load):
    """How far members have read: a few threads each."""
    places = {
        (load.members.one().pk, load.chance.rng.choice(load.threads))
        for _number in range(len(load.members) * 5)
    }
    ReadMark.objects.bulk_create(
        [
            ReadMark(user_id=user, thread=thread, read_at=thread.last_post_at)
            for user, thread in sorted(places, key=lambda one: (one[0], one[1].pk))
        ],
        batch_size=BATCH,
    )


def told(load):
    """The newest contents as items, each member's share of them delivered, some unread."""
    chance = load.chance
    share = max(1, load.sizes.items // 4)
    rows = [
        Item(
            name="forums.post",
            object_id=load.first_posts[thread.pk].pk,
            category=Category.FORUMS,
            path=reverse("forums:thread", args=[thread.pk, thread.slug]),
            occurred_at=thread.created_at,
        )
        for thread in sorted(load.threads, key=lambda one: -one.created_at.timestamp())[
            :share
        ]
    ]
    for name, category, pages in (
        ("library.record", Category.LIBRARY, load.records),
        ("good_practices.practice", Category.PRACTICES, load.practices),
        ("events.day", Category.EVENTS, load.days),
    ):
        rows += [
            Item(
                name=name,
                object_id=page.pk,
                category=category,
                path=canonical_path(page),
                occurred_at=page.first_published_at or chance.now,
            )
            for page in pages[-share:]
            if page.live
        ]
    rows.sort(key=lambda item: item.occurred_at)
    items = Item.objects.bulk_create(rows, batch_size=BATCH)
    newest_first = chance.tail(reversed(items), 0.4)
    deliveries = []
    for user in load.members.items():
        for item in {newest_first.one().pk: None for _number in range(DELIVERIES)}:
            is_read = not chance.happens(UNREAD)
            deliveries.append(
                Delivery(
                    user=user,
                    item_id=item,
                    reason=Reason.FOLLOW,
                    channel=Channel.DIGEST,
                    read_at=chance.now if is_read else None,
                    mailed_at=chance.now,
                )
            )
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH)
