"""The discussion spaces and what the invented members say in them."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from forums.models import Forum, Thread
from forums.services import accept_answer, add_post, open_thread, report_post
from network_site.demo.building.base import text
from network_site.demo.content.forums import FORUMS, THREADS
from network_site.demo.content.library import RECORDS

MISSING = {
    "nor": "NOR",
    "official_url": "adresse officielle",
    "legal_status": "état en vigueur",
    "body": "résumé détaillé",
    "signed_on": "date de signature",
    "published_on": "date de publication",
    "publisher": "éditeur",
    "authors": "autrices et auteurs",
}


def build_threads(built):
    """Make the spaces, then the threads, oldest first."""
    forums = {}
    for position, item in enumerate(FORUMS):
        forums[item["slug"]] = _forum(built, item, position)
    threads = [*THREADS, _to_complete()]
    for item in sorted(threads, key=lambda one: -one["days_ago"]):
        _thread(built, forums[item["forum"]], item)


def _forum(built, item, position):
    forum = Forum.objects.filter(slug=item["slug"]).first()
    if forum is not None:
        return forum
    forum = Forum.objects.create(
        slug=item["slug"],
        name=text(item["name"]),
        name_en=text(item["name_en"], "en"),
        description=text(item["description"]),
        description_en=text(item["description_en"], "en"),
        visibility=item["visibility"],
        group=built.groups.get(item["group"]),
        position=position,
    )
    forum.facilitators.set([built.people[slug] for slug in item["facilitators"]])
    return built.remember(forum)


def _thread(built, forum, item):
    about = None
    if item["about"]:
        kind, slug = item["about"]
        about = getattr(built, f"{kind}s")[slug]
    thread = open_thread(
        forum=forum,
        author=built.people[item["author"]],
        title=text(item["title"]),
        body=text(item["body"]),
        kind=item["kind"],
        themes=[built.themes[slug] for slug in item["themes"]],
        about=about,
        created_at=_moment(built, item["days_ago"], 0),
    )
    built.remember(thread)
    posts = []
    for rank, answer in enumerate(item["answers"], start=1):
        post = add_post(
            thread=thread,
            author=built.people[answer["author"]],
            body=text(answer["body"]),
            created_at=_moment(built, answer["days_ago"], rank),
        )
        posts.append(post)
        if answer["report"]:
            report_post(
                post=post,
                reason=answer["report"]["reason"],
                comment=text(answer["report"]["comment"]),
                reporter=built.people[answer["report"]["reporter"]],
            )
    if item["accepted"] is not None:
        post = posts[item["accepted"]]
        accept_answer(post=post, actor=built.people[item["author"]])
        # The service knows only the present; the demonstration tells of days gone by.
        Thread.objects.filter(pk=thread.pk).update(
            accepted_at=post.created_at + timedelta(hours=3)
        )


def _moment(built, days_ago, rank):
    """A working hour of that day; later answers of one day come later."""
    day = timezone.localdate(built.now) - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time(9, 12))) + timedelta(
        minutes=97 * rank
    )


def _to_complete():
    """The librarian's list: what the sources leave out, record by record."""
    lines = [
        f"- {item['title']} : {', '.join(MISSING[name] for name in item['to_complete'])}"
        for item in RECORDS
        if item["to_complete"]
    ]
    return {
        "slug": "notices-a-completer",
        "forum": "entre-membres",
        "kind": "discussion",
        "title": "Notices à compléter : qui peut aider la bibliothèque ?",
        "author": "redaction",
        "days_ago": 3,
        "body": "Les documents fondateurs ne disent pas tout, et nous n'inventons rien. Voici ce qui manque à chaque notice. "
        "Si vous avez l'information avec sa source, répondez ici.\n\n"
        + "\n".join(lines),
        "about": None,
        "themes": [],
        "answers": [],
        "accepted": None,
        "locked": "",
    }
