"""Two issues of the newsletter made of what the founding content holds: one sent, one being written.

A block is ("heading", words), ("words", Markdown), ("page", slug, own sentence or "") or
("thread", title of the thread, text).
"""

NEWSLETTER = {
    "summary": "Les textes qui arrivent, les pratiques qui marchent, les journées à venir et ce que proposent les membres. "
    "Chaque numéro peut être relu ici.",
}

ISSUES = [
    {
        "slug": "numero-1",
        "number": 1,
        "days_ago": 12,
        "title": "Travail d'intérêt général : trois façons d'accueillir, et les textes qui les encadrent",
        "summary": "Ce premier numéro rapproche des pratiques, leurs textes, une journée à venir et les questions posées entre collègues.",
        "intro": """
Bonjour,

Ce premier numéro part d'une question concrète : comment accueillir des personnes condamnées à un travail d'intérêt général ?
Trois lieux l'ont fait, chacun à sa manière. *Ce numéro est écrit pour la démonstration, à partir des fiches du site.*
""",
        "body": [
            ("heading", "Ce qui se fait"),
            ("page", "emmaus-travail-interet-general", ""),
            ("page", "paris-cite-de-refuge", ""),
            (
                "page",
                "chateauroux-travail-interet-general",
                "Des missions de secrétariat et d'archivage : la preuve qu'une mairie peut confier autre chose que l'entretien.",
            ),
            ("heading", "Les textes"),
            ("page", "conventions-nationales-tig", ""),
            ("page", "note-de-travail-groupe-plans-territoriaux", ""),
            ("heading", "Se retrouver"),
            ("page", "accueillir-des-personnes-condamnees", ""),
            ("heading", "Entre collègues"),
            (
                "thread",
                "Travail d'intérêt général : quelles missions administratives confier sans risque ?",
                "La discussion est ouverte : que confiez-vous, et avec quelles précautions ?",
            ),
            (
                "thread",
                "Calendrier du groupe et prochaine journée",
                "Pour les membres du groupe de travail : dites quelles dates vous conviennent.",
            ),
        ],
    },
    {
        "slug": "numero-2",
        "number": 2,
        "days_ago": None,
        "title": "Parrainage : trouver des marraines et des parrains",
        "summary": "Deux plateformes, un guide, et ce que la journée de Chalon-sur-Saône en a retenu.",
        "intro": """
Bonjour,

Deux territoires racontent comment ils font se rencontrer des jeunes et des actifs. *Ce numéro est écrit pour la
démonstration, à partir des fiches du site.*
""",
        "body": [
            ("heading", "Ce qui se fait"),
            ("page", "bourgogne-vingt-printemps-parrainage", ""),
            ("page", "haute-garonne-coup-de-pouce-31", ""),
            ("heading", "Pour aller plus loin"),
            ("page", "guide-pratique-parrainage", ""),
            (
                "page",
                "parrainage-et-deuxieme-chance",
                "Ce qui est sorti de la journée.",
            ),
            (
                "words",
                "Une pratique à faire connaître ? **Proposez-la** : le prochain numéro l'attend.",
            ),
        ],
    },
]
