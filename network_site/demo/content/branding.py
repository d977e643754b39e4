"""The name and the words of the site, and the titles of the pages that hold the four spaces."""

BRANDING = {
    "name": "Intégration & prévention des discriminations",
    "name_en": "Integration & prevention of discrimination",
    "overline": "Réseau national",
    "overline_en": "National network",
    "tagline": "Un réseau de professionnelles et de professionnels : les textes, les pratiques, les journées et les discussions "
    "au même endroit.",
    "tagline_en": "A network of professionals: texts, practices, exchange days and discussions in one place.",
    "contact_email": "contact@reseau.example",
    "footer_links": [
        ("a-propos", "À propos", "About"),
        ("mentions-legales", "Mentions légales", "Legal notice"),
        ("donnees-personnelles", "Données personnelles", "Personal data"),
        (
            "accessibilite",
            "Accessibilité : non conforme",
            "Accessibility: not compliant",
        ),
        ("contact", "Nous écrire", "Contact us"),
    ],
}

HOME = {
    "title": "Intégration & prévention des discriminations",
    "summary": "Le réseau des professionnelles et des professionnels de l'intégration et de la prévention des discriminations.",
}

INDEX_PAGES = {
    "library": {
        "slug": "bibliotheque",
        "title": "Bibliothèque",
        "summary": "Textes officiels, accords, études et guides, avec leur date, leur source et ce qui les relie.",
    },
    "practices": {
        "slug": "bonnes-pratiques",
        "title": "Bonnes pratiques",
        "summary": "Ce qui se fait dans les territoires, et ce que les sources n'en disent pas.",
    },
    "measures": {
        "slug": "mesures-nationales",
        "title": "Mesures nationales",
        "summary": "Les mesures du Comité interministériel à l'égalité et à la citoyenneté, par axe, avec leurs pratiques locales.",
    },
    "events": {
        "slug": "journees",
        "title": "Journées d'échanges",
        "summary": "Se former ensemble et se connaître : les journées à venir et ce qui est sorti des précédentes.",
    },
}
