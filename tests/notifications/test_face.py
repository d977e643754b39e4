"""The face of the mails: one frame, nothing fetched, both parts saying the same."""

import os
import re
from collections import Counter
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import get_template
from django.utils.translation import override

from events import services as days
from network_site.core.outbox import drain
from network_site.core.templatetags.date_tags import date_daymonth
from network_site.home.contrast import AA_TEXT, contrast
from network_site.mailing.mail_text import LONGEST_SUBJECT
from network_site.registries.notifications import (
    ItemNotification,
    notifications,
)
from tests.events.factories import make_event
from tests.notifications.every_mail import ACCOUNT, play

pytestmark = pytest.mark.django_db

PREHEADER = re.compile(r'<div style="display:none[^>]*>(.*?)</div>', re.DOTALL)
# What marks the elastic part of a subject never leaves.
MARKS = re.compile("[\ue000-\uf8ff]")
EMAILS = Path(settings.BASE_DIR) / "templates/emails"
# Written by builders for any item, and for an issue of the newsletter (tests/newsletters).
SHARED = {"notifications/item", "newsletters/issue"}


@pytest.fixture
def mails(make_user, monkeypatch):
    """[(template, message)]: every mail, in French."""
    found = play(make_user, monkeypatch, "fr")
    pairs = [(name, one) for name, many in found.items() for one in many]
    if folder := os.environ.get("MAILS_TO_LOOK_AT"):
        write_out(pairs, Path(folder))
    return pairs


def write_out(pairs, folder):
    folder.mkdir(exist_ok=True, parents=True)
    for number, (name, message) in enumerate(pairs):
        stem = f"{name.replace('/', '-')}-{number}"
        (folder / f"{stem}.html").write_text(html_of(message))
        (folder / f"{stem}.txt").write_text(f"{message.subject}\n\n{message.body}")


def html_of(message):
    ((html, kind),) = [one for one in message.alternatives if one[1] == "text/html"]
    assert kind == "text/html"
    return html


def body_templates():
    return {
        path.relative_to(EMAILS).as_posix().removesuffix("_body.html")
        for path in EMAILS.rglob("*_body.html")
    }


def test_every_mail_belongs_to_a_declared_notification():
    declared = {one.template for one in notifications()}
    assert body_templates() - declared - SHARED == set()


def test_every_declared_notification_has_its_words():
    for one in notifications():
        assert str(one.label)
        assert str(one.audience) or one.name == "notifications.digest"
        for part in ("subject.txt", "body.txt", "body.html"):
            name = f"emails/{one.template}_{part}"
            if not (EMAILS.parent / name).exists():
                # An item without words of its own is told by the general ones.
                assert isinstance(one, ItemNotification), name
                name = f"emails/notifications/item_{part}"
            get_template(name)


def test_the_play_shows_every_mail(mails):
    shown = {name for name, _message in mails}
    assert body_templates() - shown == {"newsletters/issue"}
    assert shown >= set(ACCOUNT)


def test_a_mail_fetches_nothing_and_stands_in_the_frame(mails):
    for name, message in mails:
        html = html_of(message)
        title = re.search(r"<title>(.*?)</title>", html).group(1)
        assert unescape(title) == message.subject, name
        assert "\n" not in message.subject
        assert 0 < len(message.subject) <= LONGEST_SUBJECT, name
        preheader = PREHEADER.search(html)
        assert preheader, name
        assert len(words_of(unescape(preheader[1]))) >= 3, (name, preheader[1])
        assert "http" not in preheader[1], name
        assert not MARKS.search(message.subject + html + message.body), name
        assert '<html lang="fr"' in html, name
        assert html.count("<h1") == 1, name
        assert "max-width:600px" in html, name
        assert not re.search(
            r"<img|<link|<script|<iframe|\ssrc=|url\(|@import|@font-face", html
        ), name
        assert "{{" not in html + message.body
        assert "{%" not in html + message.body
        assert "None" not in words_of(message.body), name
        for address in re.findall(r'href="([^"]*)"', html):
            assert re.match(r"(https?://[^/]+/|mailto:.+@)", address), (name, address)
        assert message.extra_headers["Auto-Submitted"] == "auto-generated", name
        assert "\n\n\n" not in message.body, name


def words_of(text):
    text = re.sub(r"https?://\S+", " ", text)
    return re.findall(r"[\w’'@.-]*\w", text.casefold().replace("\u2019", "'"))


def visible_words(html, *, with_head):
    """What a reader sees of the HTML part below the name of the network."""
    html = html[html.index("<body") :]
    # The line for lists of mails, hidden in the mail, and what only Outlook reads.
    html = re.sub(r'<div style="display:none.*?</div>', " ", html, flags=re.DOTALL)
    html = re.sub(r"<!--.*?-->", " ", html, flags=re.DOTALL)
    head = html.index('<div class="m-head">')
    if not with_head:
        head = html.index("</h1>")
    html = re.sub(r'<span[^>]*aria-hidden="true"[^>]*>.*?</span>', " ", html[head:])
    html = re.sub(r"<(br|/p|/div|/td|/h\d|/a|/li)[^>]*>", " ", html)
    return words_of(unescape(re.sub(r"<[^>]+>", "", html)))


def test_the_text_and_the_html_say_the_same(mails):
    wrong = {}
    for name, message in mails:
        text = Counter(words_of(message.body))
        short = Counter(visible_words(html_of(message), with_head=False))
        long = Counter(visible_words(html_of(message), with_head=True))
        if text not in (short, long):
            wrong[name] = (
                sorted((text - short).elements()),
                sorted((short - text).elements()),
            )
    assert wrong == {}


def test_the_colours_of_both_modes_can_be_read():
    sheet = (EMAILS / "base.html").read_text()
    dark = re.search(r"prefers-color-scheme:dark\)\{(.*?)\n\}\n", sheet, re.DOTALL)[1]
    light = sheet.replace(dark, "")
    for part, papers in (
        (light, ("#fbf7ee", "#f4edde")),
        (dark, ("#10171c", "#172127")),
    ):
        inks = set(re.findall(r"[{;\"]color:(#[0-9a-f]{6})", part)) - {
            "#10171c",
            "#fbf7ee",
        }
        assert len(inks) >= 5
        for ink in inks:
            for paper in papers:
                assert contrast(ink, paper) >= AA_TEXT, (ink, paper)
    assert contrast("#10171c", "#ece5d5") >= AA_TEXT


def test_the_mails_of_a_day_name_it_in_their_subject(mails):
    of_days = [(name, one) for name, one in mails if name.startswith("events/")]
    assert len(of_days) >= 8
    for name, message in of_days:
        day = re.search(r"\d{1,2}(?:er)? [a-zéû]+ \d{4}", message.body)[0]
        assert day.rpartition(" ")[0] in message.subject, (name, message.subject)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_long_titles_leave_the_sentence_and_the_date(language, make_user):
    title = "Prévenir les discriminations dans l’accès au logement, " * 3
    user = make_user("x@zorg.example", "Membres", status="approved", language=language)
    event = make_event(title=title[:150].strip(), capacity=1)
    days.register(event=event, user=user)
    drain()
    (message,) = mail.outbox
    with override(language):
        assert date_daymonth(event.starts_at) in message.subject
    assert len(message.subject) <= LONGEST_SUBJECT
    assert "Prévenir" in message.subject
