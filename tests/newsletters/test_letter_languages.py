"""One letter, each reader's language: kinds, dates and sentences; what was written stays."""

import re
from datetime import date

import pytest

from network_site.mailing.mail_text import LONGEST_SUBJECT
from network_site.newsletters.letter import LetterWriter, Recipient
from tests.events.factories import make_event
from tests.newsletters import factories
from tests.notifications.test_face import PREHEADER, html_of, visible_words, words_of
from tests.notifications.test_languages import ENGLISH, FRENCH

pytestmark = pytest.mark.django_db

SENT = date(2026, 12, 1)
DAYS = {"fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]}
DAYS["en"] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]


@pytest.fixture
def writer(site):
    day = make_event(title="Zorglub", venue="Zorgville", in_days=12)
    issue = factories.make_issue(
        title="Zorg",
        summary="Zorg zorg zorg.",
        intro="Zorg.",
        number=3,
        body=[
            ("heading", "Zorg"),
            factories.content(day, sentence="Zorg.", by="Zed"),
            factories.link("Zorglub", "https://zorg.example/", text="Zorg.", by="Zed"),
        ],
    )
    return LetterWriter(issue, SENT)


@pytest.mark.parametrize(
    ("language", "foreign", "kind", "sent"),
    [
        ("fr", ENGLISH | set(DAYS["en"]), "Journée d’échanges", "1er décembre 2026"),
        ("en", FRENCH | set(DAYS["fr"]), "Exchange day", "1 December 2026"),
    ],
    ids=["fr", "en"],
)
def test_each_reads_the_letter_in_their_language(writer, language, foreign, kind, sent):
    # Somebody else's is written first, as in a batch.
    other = {"fr": "en", "en": "fr"}[language]
    writer.message_to(Recipient("y@zorg.example", other, subscription_id=2))
    message = writer.message_to(
        Recipient("x@zorg.example", language, subscription_id=1)
    )
    html = html_of(message)
    said = {
        *words_of(message.subject),
        *words_of(message.body),
        *visible_words(html, with_head=True),
    }
    assert said & foreign == set()
    assert kind in message.body
    assert kind in html
    assert said & set(DAYS[language])
    assert message.subject == f"Zorg, {sent}"
    assert sent in message.body
    assert sent in html
    assert PREHEADER.search(html)[1] == "Zorg zorg zorg."
    name, _space, code = message.extra_headers["List-Id"].rpartition(" ")
    assert re.fullmatch(r"<lettre\.[\w.-]+>", code)
    assert name


def test_a_long_title_leaves_its_date(writer):
    writer.issue.title = "Prévenir les discriminations dans l’accès au logement " * 2
    subject = writer.message_to(Recipient("x@zorg.example")).subject
    assert len(subject) <= LONGEST_SUBJECT
    assert subject.startswith("Prévenir les")
    assert subject.endswith(", 1er décembre 2026")


def test_the_way_out_is_a_page_of_one_s_own_language(writer):
    for language, path in (("en", "/en/lettre/arret/"), ("fr", "/lettre/arret/")):
        message = writer.message_to(
            Recipient("x@zorg.example", language, subscription_id=1)
        )
        ways = re.findall(r"https?://[^/]+(/\S*/arret/)", message.body)
        assert ways == [path]
        assert path in message.extra_headers["List-Unsubscribe"]
