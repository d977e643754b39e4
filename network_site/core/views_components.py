"""The gallery of components: every piece of the interface on one page, with samples.

The samples are invented; they exist to be looked at and enter no database.
"""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from network_site.core.date_fields import DateField
from network_site.core.icons import ICONS

LEVELS = ["Signalée", "Décrite", "Vérifiée", "Reprise ailleurs"]

PLACES = [
    ("Paris", 9, 314, 146, "end", False, False),
    ("Marseille", 7, 432, 472, "below", False, True),
    ("Lyon", 5, 412, 328, "end", False, False),
    ("Bordeaux", 4, 189, 378, "start", False, True),
    ("Strasbourg", 4, 543, 152, "below", False, True),
    ("Toulouse", 4, 276, 460, "end", True, False),
    ("Lille", 4, 346, 36, "end", False, True),
    ("Nancy", 3, 474, 148, "start", True, False),
    ("Nantes", 3, 148, 244, "end", True, False),
    ("Châteauroux", 2, 280, 268, "end", False, False),
    ("Redon", 2, 135, 214, "end", False, True),
    ("Perpignan", 2, 328, 512, "end", True, True),
    ("Grenoble", 2, 447, 362, "end", True, True),
    ("Poitiers", 1, 232, 282, "end", True, False),
    ("Brest", 1, 30, 180, "", True, False),
    ("Reims", 1, 386, 130, "", True, False),
]


class SampleForm(forms.Form):
    """One field of each kind, as members meet them."""

    title = forms.CharField(
        label="Titre", help_text="Une phrase qui se comprend seule."
    )
    email = forms.EmailField(label="Adresse électronique", required=False)
    kind = forms.ChoiceField(
        label="Nature",
        choices=[("", "Choisir…"), ("law", "Loi"), ("circular", "Circulaire")],
    )
    day = DateField(label="Date de signature", required=False)
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        choices=[("1", "Emploi"), ("2", "Éducation"), ("3", "Logement")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Trois au plus.",
    )
    workshop = forms.ChoiceField(
        label="Votre atelier",
        choices=[("a", "Parler avec une entreprise"), ("b", "Monter un parrainage")],
        widget=forms.RadioSelect,
    )
    body = forms.CharField(
        label="Ce que vous savez, ce que vous avez essayé", widget=forms.Textarea
    )
    file = forms.FileField(label="Pièce jointe", required=False)
    warn = forms.BooleanField(
        label="Me prévenir des réponses par courriel, une fois par jour au plus",
        required=False,
    )


def _results():
    today = timezone.now()
    return [
        {
            "type": "texte",
            "title": "Loi pour l’égalité des chances",
            "url": "#",
            "kind_label": "Loi",
            "ref": "n° 2006-396",
            "year": 2006,
            "day": "31 mars",
            "passage": mark_safe(
                "… donne une base légale aux épreuves de discrimination et à l’"
                "<mark>égalité des chances</mark> …"
            ),
            "status": {"kind": "changed", "label": "En vigueur", "note": "modifiée"},
            "links": [
                {"mark": "pratique", "count": 12, "label": "Pratiques liées"},
                {"mark": "discussion", "count": 4, "label": "Questions liées"},
            ],
        },
        {
            "type": "pratique",
            "title": "Ouvrir les bureaux de la mairie aux peines de travail d’intérêt général",
            "url": "#",
            "territory": "Châteauroux, Indre",
            "year": 2016,
            "level": 4,
            "level_label": "Reprise ailleurs",
            "passage": "Une convention entre la métropole, la commune et le service pénitentiaire.",
            "links": [{"mark": "texte", "count": 2, "label": "Textes liés"}],
        },
        {
            "type": "journee",
            "title": "Parrainage vers l’emploi : ce que les entreprises attendent",
            "url": "#",
            "starts_at": today + timedelta(days=18),
            "ends_at": today + timedelta(days=18, hours=7),
            "place": "Dijon, et à distance",
            "seats_left": 12,
            "passage": "Trois missions locales racontent ce qu’elles ont essayé.",
        },
        {
            "type": "discussion",
            "title": "Qui assure une personne accueillie en travail d’intérêt général ?",
            "url": "#",
            "answers": 0,
            "forum": "Justice et citoyenneté",
            "author": "Claire M., chargée d’insertion",
            "last_at": today - timedelta(days=6),
        },
        {
            "type": "organisation",
            "title": "Agence nationale pour la cohésion sociale et l’égalité des chances",
            "acronym": "Acsé",
            "url": "#",
            "kind_label": "Établissement public",
            "territory": "France",
            "passage": "A financé les programmes sociaux des quartiers prioritaires.",
            "status": {
                "kind": "ended",
                "label": "Dissoute",
                "note": "missions reprises",
            },
        },
        {
            "type": "personne",
            "title": "Samira Benali",
            "url": "#",
            "function": "chargée de mission égalité",
            "organisation": "communauté d’agglomération",
            "territory": "Val-d’Oise",
            "private": "Membres",
        },
        {
            "type": "page",
            "mark": "theme",
            "title": "Prévention des discriminations",
            "url": "#",
            "kind_label": "Thème",
            "line": "17 textes, 9 pratiques, 1 journée",
        },
    ]


def _facets():
    natures = [
        ("Loi", 38),
        ("Décret, arrêté", 41),
        ("Circulaire, instruction", 57),
        ("Accord, convention", 19),
        ("Étude, rapport", 44),
        ("Note, document", 27),
        ("Décision", 12),
        ("Guide", 9),
        ("Statistiques", 6),
        ("Vidéo", 2),
    ]
    return [
        {
            "name": "nature",
            "label": "Nature",
            "max": 57,
            "options": [
                {"value": str(i), "label": label, "count": n, "checked": i == 0}
                for i, (label, n) in enumerate(natures)
            ],
        },
        {
            "name": "statut",
            "label": "Statut",
            "max": 124,
            "options": [
                {"value": "force", "label": "En vigueur", "count": 124},
                {"value": "ended", "label": "Abrogé ou échu", "count": 35},
            ],
        },
    ]


@require_safe
def components_gallery(request):
    """Every component with a sample, light and dark, for eyes and for axe."""
    now = timezone.now()
    page_obj = Paginator(range(460), 20).get_page(request.GET.get("page"))
    page_obj.elided = list(
        page_obj.paginator.get_elided_page_range(
            page_obj.number, on_each_side=1, on_ends=1
        )
    )
    bad = SampleForm(
        {"title": "", "email": "pas une adresse", "workshop": "a"}, prefix="bad"
    )
    context = {
        "crumbs": [{"title": "Développement", "url": "#"}],
        "levels": LEVELS,
        "results": _results(),
        "facets": _facets(),
        "filters": [
            {"label": "« égalité des chances »", "url": "#"},
            {"label": "De 2001 à 2017", "url": "#"},
        ],
        "orders": [
            {"label": "pertinence", "url": "#", "is_current": True},
            {"label": "les plus récents", "url": "#"},
        ],
        "exports": [{"label": "tableau (CSV)", "url": "#"}],
        "page_obj": page_obj,
        "form": SampleForm(prefix="ok"),
        "bad_form": bad,
        "facts": [
            {"label": "Nature", "value": "Loi ordinaire"},
            {"label": "Signée", "value": "31 mars 2006"},
            {
                "label": "Thèmes",
                "links": [
                    {"title": "Emploi", "url": "#"},
                    {"title": "Éducation", "url": "#"},
                ],
            },
            {"label": "Numéro NOR", "unsaid": True},
        ],
        "tabs": [
            {"label": "Tout", "url": "#", "is_current": True, "count": 31},
            {"label": "Textes", "url": "#", "count": 12, "mark": "texte"},
            {"label": "Pratiques", "url": "#", "count": 9, "mark": "pratique"},
        ],
        "heads": ["Programme", "2009", "2010"],
        "rows": [
            ["Réussite éducative", "92,4", "88,1"],
            ["Ville vie vacances", "11,2", "10,9"],
        ],
        "heads2": ["Article", "Ce qu’il prévoit", "Aujourd’hui"],
        "provisions": [
            ["Art. 8", "Contrat première embauche", "Supprimé"],
            ["Art. 24", "Candidature anonyme", "Facultatif"],
        ],
        "budget": [
            {"label": "Éducation", "value": 122.4, "text": "122,4 M€"},
            {
                "label": "Emploi et développement économique",
                "value": 61,
                "text": "61 M€",
            },
            {"label": "Santé", "value": 27.5, "text": "27,5 M€"},
            {"label": "Lien social", "value": 44, "text": "44 M€"},
        ],
        "places": [
            {
                "name": name,
                "count": count,
                "x": x,
                "y": y,
                "url": "#",
                "label_side": side,
                "minor": minor,
                "out": out,
            }
            for name, count, x, y, side, minor, out in PLACES
        ],
        "overseas": [
            {"name": "Guadeloupe", "count": 2, "url": "#"},
            {"name": "Martinique", "count": 1, "url": "#"},
            {"name": "Guyane", "count": 1, "url": "#"},
            {"name": "La Réunion", "count": 3, "url": "#"},
            {"name": "Mayotte", "count": 0, "url": ""},
        ],
        "starts_at": now + timedelta(days=18),
        "ends_at": now + timedelta(days=18, hours=7),
        "history": [
            {
                "kind": "changed",
                "label": "Modifiée",
                "date": date(2015, 8, 17),
                "text": "L’anonymat des candidatures devient facultatif.",
            },
            {"kind": "ok", "label": "En vigueur", "date": date(2006, 4, 2)},
        ],
        "nodes": [
            {
                "title": "Neuf conventions nationales",
                "note": "2016",
                "kind": "src",
                "text": "Mesure nationale du premier comité interministériel.",
                "children": [
                    {
                        "title": "Châteauroux",
                        "note": "2016, cette fiche",
                        "kind": "here",
                        "text": "Ajoute les missions administratives.",
                        "children": [
                            {"title": "Bourges", "url": "#", "note": "2018"},
                            {
                                "title": "Guéret",
                                "url": "#",
                                "note": "2020, arrêtée en 2022",
                                "kind": "off",
                            },
                        ],
                    },
                    {"title": "Vierzon", "url": "#", "note": "2021"},
                ],
            }
        ],
        "figures": [
            {"value": "500", "label": "projets de réussite éducative"},
            {"value": "4 000", "label": "postes d’adultes-relais", "note": "fin 2010"},
            {"value": "94 %", "label": "du budget va aux programmes"},
        ],
        "entries": [
            {"id": "type", "label": "Lettres et titres"},
            {"id": "marks", "label": "Marques"},
            {"id": "results", "label": "Résultats", "count": 7},
        ],
        "steps": [
            {
                "title": "Recenser les missions possibles",
                "text": "service par service.",
            },
            {
                "title": "Écrire une fiche de poste",
                "text": "horaires, tutrice ou tuteur.",
            },
        ],
        "slots": [
            {"time": now.replace(hour=8, minute=30), "title": "Accueil, café"},
            {
                "time": now.replace(hour=9, minute=0),
                "title": "Ce que disent les tests de situation",
                "text": "Résultats et limites.",
            },
        ],
        "posts": [
            {
                "id": 1,
                "author": "Samira Benali",
                "function": "chargée de mission égalité, Val-d’Oise",
                "posted_at": now - timedelta(days=6),
                "permalink": "#message-1",
                "body": mark_safe(
                    "<p>Une entreprise de 120 personnes me demande si elle doit anonymiser les candidatures.</p>"
                    "<p>Que puis-je lui répondre sans risque ?</p>"
                ),
            },
            {
                "id": 2,
                "author": "Hélène Roux",
                "function": "juriste, Occitanie",
                "posted_at": now - timedelta(days=5),
                "body": mark_safe(
                    "<p>Depuis 2015, le code du travail en fait une faculté.</p>"
                ),
                "is_certified": True,
                "certified_by": "par la correspondante juridique du réseau",
            },
            {
                "id": 3,
                "author": "Julien Lambert",
                "posted_at": now - timedelta(days=4),
                "is_hidden": True,
                "hidden_reason": "Il citait une personne par son nom.",
            },
        ],
        "related": [
            {
                "title": "Un programme de réussite éducative qui part des parents",
                "url": "#",
                "aside": "Saint-Benoît, 2016",
                "text": "Avec les acteurs du sport, de la santé et de la culture.",
            },
            {"title": "Parrainer des jeunes autour de leur projet", "url": "#"},
        ],
        "margin_items": [
            {"title": "L’Acsé, fiche de l’organisme", "url": "#", "before": "A créé"},
            {
                "title": "Code du travail, art. L. 1221-7",
                "url": "#",
                "note": "En vigueur",
            },
        ],
        "statuses": [
            ("ok", "En vigueur", "vérifié le 4 novembre 2026"),
            ("changed", "Modifiée", ""),
            ("ended", "Abrogée", "le 1er mai 2011"),
            ("doubt", "Réputée abrogée ?", "à vérifier"),
            ("past", "Échu", ""),
            ("wait", "Liste d’attente", "3e position"),
            ("open", "Ouverte", ""),
            ("locked", "Membres", ""),
            ("hidden", "Masqué", ""),
            ("draft", "Brouillon", ""),
            ("data", "Étude", "64 pages"),
            ("alert", "À reprendre", ""),
        ],
        "mark_names": [
            "texte",
            "pratique",
            "journee",
            "discussion",
            "organisation",
            "personne",
            "page",
            "annuaire",
            "theme",
            "territoire",
            "programme",
            "mesure",
        ],
        "icon_names": sorted(ICONS),
    }
    return render(request, "core/components_gallery.html", context)
