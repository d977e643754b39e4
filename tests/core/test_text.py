"""Text as it is kept: composed, without what nobody sees, with what a script needs."""

import json
import sys
import unicodedata

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import UploadedFile

from forums.models import Thread
from network_site.core.incoming import TidyTextMiddleware
from network_site.core.text import one_line, tidy
from network_site.pages.models import StandardPage
from tests.forums.factories import make_forum
from tests.forums.test_writing import thread_data
from tests.library.test_editor import INLINES

PERSIAN = "می\u200cخواهم"
NFD = unicodedata.normalize("NFD", "Évaluation « été »")


@pytest.mark.parametrize(
    "text",
    [
        PERSIAN,
        "کار\u200cها",
        # The year of the Hegira: a letter alone in the form it has inside a word.
        "۱۴۰۲ ه\u200d.ش",
        "क्\u200dष",
        "ภาษา\u200bไทย",
        "👩\u200d👩\u200d👧",
        "👩🏽\u200d🚀",
        "🏳️\u200d🌈",
        "🙂\u200d↔️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "deux\nlignes\tet une tabulation\r\n",
        "10\u202f000\u00a0€",
    ],
)
def test_what_a_script_needs_stays(text):
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jean\u200c-Luc", "Jean-Luc"),
        ("\u202eabc", "abc"),
        ("Anne\u200d Marie", "Anne Marie"),
        ("du dis\u00adpo\u00adsi\u00adtif", "du dispositif"),
        ("a\u2066b\u2069c\ufeffd\u2060e\u200ef\u061cg", "abcdefg"),
        ("a\x00b\x1bc\x9bd", "abcd"),
        ("une\u2028autre", "une autre"),
        ("\u3164", ""),
        ("سلام\u200b\u200c\u200c", "سلام"),
        ("a\ud800b", "ab"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_what_nobody_sees_goes(typed, kept):
    assert tidy(typed) == kept


def test_a_line_has_no_blank_but_single_ones():
    assert one_line("  Jean\u200c\tLuc\n") == "Jean Luc"


@given(
    st.text(
        st.sampled_from(
            "ae\u0301\u200c\u200d\u200bم ک👩🏽\U0001f3f4\U000e0067\U000e007f\u202e\ufe0f"
        ),
        max_size=12,
    )
)
def test_tidy_text_stays_as_it_is(text):
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_no_unseen_sign_of_unicode_is_forgotten():
    drawn = {
        "\t",
        "\n",
        "\r",
        *"\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd",
    }
    left = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and chr(code) not in drawn
        and chr(code) in tidy(f"a{chr(code)}b")
    ]
    assert not left


# Where it enters


def test_a_member_writes_in_a_discussion(member_client):
    forum = make_forum()
    member_client.post(
        reverse("forums:new"),
        thread_data(
            forum,
            title=f"\u202e{NFD}",
            body=f"{NFD}\n\n{PERSIAN} 👩\u200d🚀\u2069",
        ),
    )
    thread = Thread.objects.get()
    assert thread.title == "Évaluation « été »"
    assert thread.posts.get().body == f"Évaluation « été »\n\n{PERSIAN} 👩\u200d🚀"


def test_an_editor_writes_a_page_and_sends_a_file(admin_client, home_page):
    url = reverse(
        "wagtailadmin_pages:add", args=["pages", "standardpage", home_page.pk]
    )
    empty = {
        f"{name}-{part}": 0
        for name in INLINES
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    admin_client.post(
        url,
        {
            **empty,
            "title": NFD,
            "slug": "evaluation",
            "lang": "fr",
            "body": f"**{NFD}**",
        },
    )
    page = StandardPage.objects.get(slug="evaluation")
    assert page.title == "Évaluation « été »"
    assert page.get_latest_revision_as_object().body == "**Évaluation « été »**"
    name = unicodedata.normalize("NFD", "Résumé\u202etxt.txt")
    # Wagtail keeps the file first, and asks for the rest after.
    admin_client.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": SimpleUploadedFile(name, b"Des mots.")},
    )
    assert "Résumétxt" in UploadedFile.objects.get().file.name


def test_what_is_asked_in_an_address_is_tidied(rf):
    request = rf.get("/recherche/", {"q": NFD, "kind": ["texte", "page"]})
    TidyTextMiddleware(None).process_view(request, None, (), {})
    assert request.GET.getlist("q") == ["Évaluation « été »"]
    assert request.GET.getlist("kind") == ["texte", "page"]


def test_the_bold_words_of_a_rich_text_stay_the_same_words(rf):
    """The ranges of Wagtail's editor count the units of UTF-16."""
    typed = f"👩 e\u0301te\u0301\u202e et {NFD}"
    kept = tidy(typed)

    def units(text):
        return len(text.encode("utf-16-le")) // 2

    content = {
        "blocks": [
            {
                "text": typed,
                "inlineStyleRanges": [
                    {
                        "style": "BOLD",
                        "offset": units(typed[: typed.index(NFD)]),
                        "length": units(NFD),
                    }
                ],
                "entityRanges": [
                    {"key": 0, "offset": 0, "length": units("👩 e\u0301te\u0301")}
                ],
            }
        ],
        "entityMap": {
            "0": {
                "type": "LINK",
                "data": {"url": f"https://exemple.fr/{NFD}", "alt": NFD},
            }
        },
    }
    # Written with escapes or not: the form is read as JSON.
    for is_escaped in (True, False):
        value = json.dumps(content, ensure_ascii=is_escaped)
        request = rf.post("/", {"intro": value})
        TidyTextMiddleware(None).process_view(request, None, (), {})
        sent = json.loads(request.POST["intro"])
        block = sent["blocks"][0]
        assert block["text"] == kept
        bold, link = block["inlineStyleRanges"][0], block["entityRanges"][0]
        assert kept.encode("utf-16-le")[
            2 * bold["offset"] : 2 * (bold["offset"] + bold["length"])
        ].decode("utf-16-le") == tidy(NFD)
        assert (link["offset"], link["length"]) == (0, units("👩 été"))
        data = sent["entityMap"]["0"]["data"]
        assert data == {"url": f"https://exemple.fr/{NFD}", "alt": tidy(NFD)}


@pytest.mark.parametrize(
    "value", ['{"blocks"', '{"blocks": 3}', '{"blocks": [{"x": 1}]}']
)
def test_what_only_looks_like_rich_text_is_text(rf, value):
    request = rf.post("/", {"body": f"{value} e\u0301"})
    TidyTextMiddleware(None).process_view(request, None, (), {})
    assert request.POST["body"] == f"{value} é"
