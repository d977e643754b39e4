"""What other spaces show of the discussions obeys the same rule."""

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone

from forums.enums import ForumVisibility
from forums.models import Forum
from network_site.taxonomies.models import Territory, Theme
from tests.forums.factories import make_thread


def shown(tag, user, **context):
    request = RequestFactory().get("/")
    request.user = user
    template = Template(
        "{% load forum_tags %}{% " + tag + " as found %}"
        "{% for thread in found %}{{ thread.title }};{% endfor %}"
    )
    return template.render(Context({"request": request, **context}))


def test_threads_of_a_theme_as_the_reader_may_see_them(
    public_forum, private_forum, author, insider, member
):
    work = Theme.add_root(slug="emploi", name="Emploi")
    hiring = work.add_child(slug="recrutement", name="Recrutement")
    make_thread(public_forum, author, title="Ouvert", themes=[hiring])
    make_thread(private_forum, author, title="Secret", themes=[work])
    tag = "threads_for theme=theme limit=5"
    assert shown(tag, AnonymousUser(), theme=work) == "Ouvert;"
    assert shown(tag, member, theme=work) == "Ouvert;"
    assert set(shown(tag, insider, theme=work).split(";")) == {"Ouvert", "Secret", ""}
    assert shown(tag, AnonymousUser(), theme=None) == ""


def test_threads_of_a_territory_and_of_a_page(public_forum, author, home_page):
    region = Territory.objects.create(
        kind="region", insee_code="76", name="Occitanie", slug="occitanie"
    )
    department = Territory.objects.create(
        kind="department",
        insee_code="31",
        name="Haute-Garonne",
        slug="hg",
        parent=region,
    )
    author.profile.territory = department
    author.profile.save()
    make_thread(public_forum, author, title="Ici", about=home_page)
    visitor = AnonymousUser()
    assert shown("threads_for territory=place", visitor, place=region) == "Ici;"
    assert shown("threads_for page=page", visitor, page=home_page) == "Ici;"


def test_the_oldest_unanswered_question(public_forum, private_forum, author):
    moment = timezone.now() - timezone.timedelta(days=9)
    make_thread(public_forum, author, title="Répondue", answers=1, created_at=moment)
    make_thread(private_forum, author, title="Secrète", created_at=moment)
    make_thread(public_forum, author, title="Attend")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    template = Template(
        "{% load forum_tags %}{% oldest_unanswered as t %}{{ t.title }}"
    )
    assert template.render(Context({"request": request})) == "Attend"
    assert shown("latest_threads limit=1", AnonymousUser()) == "Attend;"


def test_a_private_space_names_its_group_and_keeps_its_addresses(db):
    import pytest
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="group"):
        Forum(name="X", slug="x", visibility=ForumVisibility.GROUP).full_clean()
    with pytest.raises(ValidationError):
        Forum(name="X", slug="nouvelle").full_clean()
