"""Three exchange days written for the demonstration, in towns the content names.

They are not real meetings: the titles of their pages and their texts say so. ``day_offset`` counts from the day of
loading, moved to the next weekday. What is not known of a venue's accessibility stays empty, and is shown as unknown.
"""

DEMO_NOTE = (
    "Journée de démonstration : elle montre le fonctionnement du site et n'a pas lieu."
)
DEMO_NOTE_PAST = "Journée de démonstration : elle montre le fonctionnement du site et n'a pas eu lieu."


def _session(starts, title, description="", is_break=False):
    return {
        "starts": starts,
        "title": title,
        "description": description,
        "is_break": is_break,
    }


def _access(label, description=""):
    return {"label": label, "description": description}


EVENTS = [
    {
        "slug": "parrainage-et-deuxieme-chance",
        "title": "Parrainage et deuxième chance : ce que l'on apprend des territoires",
        "summary": "Une journée pour comparer les façons de trouver des marraines et des parrains, et d'accompagner les jeunes "
        "qui reprennent un chemin.",
        "day_offset": -40,
        "starts": "09:30",
        "ends": "16:30",
        "mode": "on_site",
        "venue": "Salle de démonstration, quartier de la gare",
        "address": "71100 Chalon-sur-Saône",
        "territories": ["commune:71076"],
        "capacity": 40,
        "closes_days_before": 5,
        "organizer": "reseau-ideal",
        "contact_email": "journees@reseau.example",
        "themes": ["parrainage-emploi", "decrochage-scolaire", "insertion-des-jeunes"],
        "programmes": ["parrainage", "garantie-jeunes"],
        "target_groups": ["jeunes", "professionnels"],
        "related": [
            ("practice", "bourgogne-vingt-printemps-parrainage"),
            ("practice", "chalon-lycee-nouvelle-chance"),
            ("measure", "parrainage-par-des-actifs"),
            ("record", "guide-pratique-parrainage"),
        ],
        "body": f"""
*{DEMO_NOTE_PAST}*

La journée part de deux fiches du catalogue : le tour de Bourgogne du parrainage et le lycée de la nouvelle chance de
Chalon-sur-Saône. Chaque participante, chaque participant vient avec une question écrite.
""",
        "sessions": [
            _session("09:30", "Accueil"),
            _session(
                "10:00",
                "Ce que disent les fiches",
                "Lecture commune de deux pratiques du catalogue.",
            ),
            _session("11:15", "Pause", is_break=True),
            _session(
                "11:30",
                "Trouver des marraines et des parrains",
                "Échange à partir des questions posées à l'inscription.",
            ),
            _session("12:45", "Déjeuner libre", is_break=True),
            _session(
                "14:15",
                "Reprendre une formation : ateliers",
                "Deux ateliers en parallèle : avant, et après la reprise.",
            ),
            _session("16:00", "Ce que nous gardons", "Tour de table et suites."),
        ],
        "access": [
            _access("Entrée de plain-pied", "Oui, par la porte principale."),
            _access("Toilettes adaptées", "Oui, au même niveau que la salle."),
            _access("Boucle magnétique"),
            _access("Stationnement réservé à proximité", "Deux places."),
            _access(
                "Interprétation en langue des signes", "Sur demande, dix jours avant."
            ),
        ],
        "outcome": """
*Suites écrites pour la démonstration.*

Trois idées reviennent dans les notes des ateliers :

- demander peu à une marraine ou à un parrain, l'écrire, et le tenir ;
- faire se rencontrer les personnes avant de leur demander un engagement ;
- poser les deux mêmes questions à chaque jeune, au début et à la fin.

Une question est restée ouverte et a rejoint les discussions : comment approcher les petites entreprises ?
""",
        "registrations": [
            "animation",
            "nadia",
            "thomas",
            "elodie",
            "rosa",
            "paul",
            "contribution",
            "clara",
        ],
        "question_by": {},
    },
    {
        "slug": "accueillir-des-personnes-condamnees",
        "title": "Accueillir des personnes en travail d'intérêt général : du premier rendez-vous au bilan",
        "summary": "Une journée en petit groupe pour préparer l'accueil dans une commune, une association ou une entreprise.",
        "day_offset": 18,
        "starts": "09:30",
        "ends": "16:45",
        "mode": "on_site",
        "venue": "Salle de démonstration, centre-ville",
        "address": "36000 Châteauroux",
        "territories": ["commune:36044"],
        "capacity": 18,
        "closes_days_before": 2,
        "organizer": "reseau-ideal",
        "contact_email": "journees@reseau.example",
        "themes": ["alternatives-incarceration", "prevention-delinquance"],
        "programmes": [],
        "target_groups": ["personnes-condamnees", "professionnels"],
        "related": [
            ("practice", "chateauroux-travail-interet-general"),
            ("practice", "emmaus-travail-interet-general"),
            ("practice", "paris-cite-de-refuge"),
            ("measure", "alternatives-a-l-incarceration"),
            ("record", "conventions-nationales-tig"),
        ],
        "body": f"""
*{DEMO_NOTE}*

Le matin, lecture de quatre fiches du catalogue ; l'après-midi, deux ateliers au choix. Le groupe est volontairement petit.
""",
        "sessions": [
            _session("09:30", "Accueil"),
            _session(
                "10:00",
                "Quatre façons d'accueillir",
                "Emmaüs France, JC Decaux, l'Armée du Salut, Châteauroux : ce que disent les fiches.",
            ),
            _session("11:15", "Pause", is_break=True),
            _session(
                "11:30",
                "Choisir une mission",
                "Que verra la personne, qui est à côté d'elle, que faire en cas d'absence ?",
            ),
            _session("12:45", "Déjeuner libre", is_break=True),
            _session(
                "14:15",
                "Atelier 1 : écrire la convention",
                "À partir d'une page blanche et de la notice des conventions nationales.",
            ),
            _session(
                "14:15",
                "Atelier 2 : préparer l'équipe",
                "Dire à une équipe qui vient, pourquoi, et ce qui reste confidentiel.",
            ),
            _session("16:15", "Bilan et suites"),
        ],
        "access": [
            _access("Entrée de plain-pied", "Oui."),
            _access("Ascenseur", "Sans objet : tout est au rez-de-chaussée."),
            _access("Toilettes adaptées"),
            _access("Boucle magnétique"),
            _access("Transport en commun", "Arrêt à moins de trois minutes à pied."),
            _access("Transcription écrite", "Sur demande à l'inscription."),
        ],
        "outcome": "",
        "registrations": [
            "animation",
            "karim",
            "elodie",
            "nadia",
            "thomas",
            "lucas",
            "mireille",
            "hassan",
            "clara",
            "paul",
            "rosa",
            "ameline",
            "contribution",
            "redaction",
            "membre-espace-prive",
        ],
        "question_by": {
            "karim": "Comment présenter la mesure à une équipe qui n'a jamais accueilli personne ?",
            "elodie": "Faut-il une délibération pour signer la convention ?",
            "lucas": "Quelles limites pour les dossiers des usagers ?",
        },
    },
    {
        "slug": "plans-territoriaux-du-diagnostic-a-l-action",
        "title": "Plans territoriaux de lutte contre les discriminations : du diagnostic à l'action",
        "summary": "Une journée ouverte à tous les membres, sur place ou à distance, avec un atelier du groupe de travail.",
        "day_offset": 52,
        "starts": "10:00",
        "ends": "17:00",
        "mode": "mixed",
        "venue": "Salle de démonstration, près de la gare Saint-Roch",
        "address": "34000 Montpellier",
        "territories": ["commune:34172", "region:76"],
        "capacity": 80,
        "closes_days_before": 7,
        "organizer": "reseau-ideal",
        "contact_email": "journees@reseau.example",
        "themes": ["plans-territoriaux", "prevention-discriminations"],
        "programmes": [],
        "target_groups": ["professionnels"],
        "related": [
            ("practice", "gard-pyrenees-orientales-plans-de-lutte"),
            ("practice", "centre-de-ressources-lutte-contre-les-discriminations"),
            ("record", "loi-2008-496-discriminations"),
            ("record", "article-drjscs-egalite-des-chances-2010"),
        ],
        "body": f"""
*{DEMO_NOTE}*

Comment passer d'un diagnostic à des actions suivies ? La journée part des plans du Gard et des Pyrénées-Orientales, tels que la
direction régionale les décrit, et du centre de ressources régional.
""",
        "sessions": [
            _session("10:00", "Accueil et café"),
            _session(
                "10:30",
                "Les mots de la loi",
                "Discrimination directe, indirecte, critères : relire les textes ensemble.",
            ),
            _session(
                "11:30",
                "Chiffres et récits",
                "Ce qu'un diagnostic peut dire, et ce qu'il ne peut pas dire.",
            ),
            _session("12:30", "Déjeuner libre", is_break=True),
            _session(
                "14:00",
                "Atelier du groupe Plans territoriaux",
                "Ouvert à toutes et à tous.",
            ),
            _session(
                "15:30",
                "Former les équipes d'accueil",
                "Partage de supports apportés par les participantes et participants.",
            ),
            _session("16:30", "Suites"),
        ],
        "access": [
            _access("Entrée de plain-pied", "Oui, par la rampe de droite."),
            _access("Ascenseur", "Oui, jusqu'à la salle."),
            _access("Toilettes adaptées", "Oui."),
            _access("Boucle magnétique"),
            _access("Suivre à distance", "Oui, avec sous-titres automatiques."),
            _access("Interprétation en langue des signes"),
        ],
        "outcome": "",
        "registrations": [
            "animation",
            "hassan",
            "membre-espace-prive",
            "lucas",
            "rosa",
        ],
        "question_by": {
            "hassan": "Comment faire accepter un diagnostic sans chiffres ?"
        },
    },
]
