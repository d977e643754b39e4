"""A box left empty says what to do there, whoever made the form."""

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override

pytestmark = pytest.mark.django_db
USUAL = ("Ce champ est obligatoire", "Champ requis", "This field is required")


class Everything(forms.Form):
    title = forms.CharField(label="Titre de la question")
    nor = forms.CharField(label="NOR :")
    why = forms.CharField(label="Pourquoi ce choix ?")
    kind = forms.ChoiceField(label="Type", choices=[("a", "A")])
    themes = forms.MultipleChoiceField(label="Thèmes", choices=[("a", "A")])
    file = forms.FileField(label="Pièce")
    day = forms.DateField(label="Date du texte")
    consent = forms.BooleanField(label="J’accepte <a href='/'>les règles</a>")
    long = forms.BooleanField(label="Un très long engagement " * 5)
    unnamed = forms.CharField(label="")
    own = forms.CharField(error_messages={"required": "À vous."})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_kind_of_box_has_its_sentence(language):
    with override(language):
        errors = {name: str(words[0]) for name, words in Everything({}).errors.items()}
    expected = {
        "fr": {
            "title": "Écrivez ici\u00a0: titre de la question.",
            "nor": "Écrivez ici\u00a0: NOR.",
            "why": "Répondez ici\u00a0: pourquoi ce choix ?",
            "kind": "Choisissez ici\u00a0: type.",
            "themes": "Choisissez-en au moins un ici\u00a0: thèmes.",
            "file": "Choisissez un fichier\u00a0: pièce.",
            "day": "Écrivez ici une date, par exemple 03/03/2018\u00a0: date du texte.",
            "consent": "Cochez cette case\u00a0: j’accepte les règles.",
            "long": "Cochez cette case.",
            "unnamed": "Écrivez ici.",
            "own": "À vous.",
        },
        "en": {
            "title": "Write here: titre de la question.",
            "why": "Answer here: pourquoi ce choix ?",
            "consent": "Tick this box: j’accepte les règles.",
            "unnamed": "Write here.",
        },
    }[language]
    assert expected.items() <= errors.items()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_forms_of_the_site_say_it(client, member_client, admin_client, prefix):
    for reader, name in (
        (client, "account_login"),
        (client, "account_signup"),
        (client, "newsletters:subscribe"),
        (member_client, "forums:new"),
        (member_client, "newsletters:propose"),
        (admin_client, "wagtailusers_users:add"),
    ):
        with override("fr"):
            path = prefix + reverse(name)
        answer = reader.post(path, {})
        html = answer.content.decode()
        assert not [words for words in USUAL if words in html], path
        form = answer.context["form"]
        assert any(
            error.code == "required"
            for errors in form.errors.as_data().values()
            for error in errors
        ), path
