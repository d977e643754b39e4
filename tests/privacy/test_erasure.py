"""What remains of somebody who left: looked for everywhere, by its bytes."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from events.models import Registration
from forums.models import Mention, Post
from good_practices.models import GoodPracticePage
from library.models import StudyPage
from network_site.core.outbox import drain
from network_site.journal.enums import Action
from network_site.journal.models import Entry
from network_site.mailing.personal_data import Mails
from network_site.privacy import services
from network_site.privacy.models import Departure
from network_site.privacy.words import Words
from network_site.search.stores import get_store
from tests.privacy import everything
from tests.privacy.conftest import ADDRESS, FIRST, LAST, NAME, OTHER_ADDRESS

WORDS = ("Zylberquist", "Marevol", FIRST, ADDRESS, OTHER_ADDRESS)
# The receipt names it: a study of which they are an author, and its one version.
PUBLISHED = {
    ("library_studypage", "authors"),
    ("wagtailcore_revision", "content"),
}


def test_nothing_of_a_member_who_left_is_found_but_what_the_receipt_names(
    everywhere, leave
):
    before = everything.tables_with(WORDS)
    assert len(before) > 30, "the world holds too little to prove anything"
    index = everywhere.settings.SEARCH_INDEX_DIR
    media = everywhere.settings.MEDIA_ROOT
    assert everything.files_with(index, ("Zylberquist",))
    assert everything.files_with(media, WORDS, everywhere.portrait_bytes)

    departure = leave(everywhere.user)

    assert departure.erased_at
    assert departure.held == {}
    assert everything.tables_with(WORDS) == PUBLISHED
    assert everything.files_with(media, WORDS, everywhere.portrait_bytes) == []
    assert everything.files_with(everywhere.settings.EXPORTS_DIR, WORDS) == []
    _study_is_in_the_receipt(departure)
    _contributions_stay(everywhere)
    _account_is_empty(everywhere.user)
    _receipt_was_mailed()
    # The study lends its author to the index: without it, not a word of them is there.
    StudyPage.objects.get().delete()
    drain()
    get_store().purge()
    assert everything.files_with(index, WORDS) == []


def _study_is_in_the_receipt(departure):
    lines = services.receipt_lines(departure, "fr")
    kept = [line for line in lines if line["kept"]]
    assert all(line["why"] for line in kept)
    published = services.receipt_lines(departure, "en")
    works = [one for one in published if one["label"] == "Your name in published works"]
    assert works[0]["kept"] == 2
    assert StudyPage.objects.get().authors == NAME


def _contributions_stay(world):
    former = "Ancienne membre, Gentilly, 2026"
    year = str(Departure.objects.get().erased_at.year)
    former = former.replace("2026", year)
    posts = Post.objects.filter(author=world.user)
    assert {post.author_name for post in posts} == {former}
    answer = Post.objects.get(pk=world.answer.pk)
    assert f"{former} a écrit" in answer.body
    assert f"Merci {former}" in answer.body_html
    assert not Mention.objects.filter(user=world.user).exists()
    practice = GoodPracticePage.objects.get(pk=world.practice.pk)
    assert practice.contact.startswith(former)
    assert practice.get_latest_revision_as_object().contact == practice.contact
    assert not GoodPracticePage.objects.filter(pk=world.draft.pk).exists()
    world.waiting.refresh_from_db()
    assert world.waiting.is_confirmed, "the seat goes to who waits"
    past = Registration.objects.get(event=world.past)
    assert (past.access_needs, past.question) == ("", "")


def _account_is_empty(user):
    user = get_user_model().objects.get(pk=user.pk)
    assert not user.is_active
    assert user.left_at
    assert not user.has_usable_password()
    assert user.email.endswith("@compte-ferme.invalid")
    assert user.get_full_name().startswith("Ancienne membre, Gentilly, ")
    assert not user.groups.exists()
    assert not hasattr(user, "profile")
    assert Entry.objects.filter(action=Action.ACCOUNT_ERASED, subject_id=user.pk)


def _receipt_was_mailed():
    receipt = mail.outbox[-1]
    assert receipt.to == [ADDRESS]
    assert "sauvegardes" in receipt.body or "Backups" in receipt.body
    assert NAME not in receipt.body


def test_a_name_that_stands_is_all_that_stands_even_when_the_erasure_was_killed(
    everywhere, leave, monkeypatch
):
    erase, calls = Mails.erase, []

    def fail_once(self, leaving):
        calls.append(leaving)
        if len(calls) == 1:
            raise RuntimeError("killed")
        return erase(self, leaving)

    monkeypatch.setattr(Mails, "erase", fail_once)
    departure = leave(everywhere.user, "name")
    assert departure.begun_at
    assert departure.erased_at is None
    done = [one["category"] for one in departure.lines]
    services.carry_out(departure_id=departure.pk)
    drain()
    departure.refresh_from_db()
    names = [one["category"] for one in departure.lines]
    assert names[: len(done)] == done
    assert len(names) == len(set(names))
    assert departure.erased_at

    user = get_user_model().objects.get(pk=everywhere.user.pk)
    assert user.get_full_name() == NAME
    assert Post.objects.filter(author=user).first().author_name == NAME
    assert everything.tables_with((ADDRESS, OTHER_ADDRESS)) == set()
    practice = GoodPracticePage.objects.get(pk=everywhere.practice.pk)
    assert practice.contact == f"{NAME}, "
    post = Post.objects.filter(body__contains=LAST).first()
    assert "/annuaire/" not in post.body_html


@pytest.mark.parametrize("words", ["Segolene ZYLBERQUIST-MAREVOL", f"{LAST} {FIRST}"])
def test_a_name_is_known_however_it_is_written(words):
    known = Words(FIRST, LAST, [ADDRESS], signature="Ancien membre")
    assert known.cleared(f"Voir {words} demain") == "Voir Ancien membre demain"
    assert known.cleared("Voir la ville de Marévol") == "Voir la ville de Marévol"
    assert known.cleared(f"a{ADDRESS} b") == f"a{ADDRESS} b"
