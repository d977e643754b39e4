"""Discussion spaces and threads written for the demonstration by the invented members.

The messages ask and answer as colleagues would; they tell no fact about a real place beyond what the record or practice
they are about says. ``days_ago`` counts from the day of loading. ``about`` is (kind, slug): record, practice, measure or
event.
"""

FORUMS = [
    {
        "slug": "questions-ouvertes",
        "name": "Questions ouvertes",
        "name_en": "Open questions",
        "description": "Lisible par tout le monde : les questions que chacune et chacun peut se poser, et les réponses des "
        "membres. (Messages de démonstration.)",
        "description_en": "Readable by everyone: questions anyone may have, and members' answers. (Demonstration messages.)",
        "visibility": "public",
        "group": "",
        "facilitators": ["animation"],
    },
    {
        "slug": "entre-membres",
        "name": "Entre membres",
        "name_en": "Among members",
        "description": "Réservé aux membres du réseau : méthodes, difficultés, retours d'expérience. (Messages de "
        "démonstration.)",
        "description_en": "For members of the network: methods, difficulties, lessons. (Demonstration messages.)",
        "visibility": "members",
        "group": "",
        "facilitators": ["animation"],
    },
    {
        "slug": "plans-territoriaux",
        "name": "Groupe de travail Plans territoriaux",
        "name_en": "Working group on local plans",
        "description": "Un espace privé pour celles et ceux qui préparent un plan local de lutte contre les discriminations. "
        "(Messages de démonstration.)",
        "description_en": "A private space for those preparing a local plan against discrimination. (Demonstration messages.)",
        "visibility": "group",
        "group": "Groupe Plans territoriaux",
        "facilitators": ["animation"],
    },
]


def _thread(slug, forum, kind, title, author, days_ago, body, **more):
    """A thread with its answers."""
    entry = {
        "slug": slug,
        "forum": forum,
        "kind": kind,
        "title": title,
        "author": author,
        "days_ago": days_ago,
        "body": body,
        "about": None,
        "themes": [],
        "answers": [],
        "accepted": None,
        "locked": "",
    }
    unknown = set(more) - set(entry)
    if unknown:
        raise ValueError(f"unknown fields for {slug}: {sorted(unknown)}")
    entry.update(more)
    return entry


def _answer(author, days_ago, body, report=None):
    return {"author": author, "days_ago": days_ago, "body": body, "report": report}


THREADS = [
    _thread(
        "tig-missions-administratives",
        "questions-ouvertes",
        "question",
        "Travail d'intérêt général : quelles missions administratives confier sans risque ?",
        "membre",
        19,
        """
Bonjour. La fiche de Châteauroux parle de secrétariat et d'archivage. Nous aimerions proposer la même chose, mais nos services
s'inquiètent de la confidentialité des dossiers.

Comment choisissez-vous les missions ? Qui encadre la personne au quotidien ?
""",
        about=("practice", "chateauroux-travail-interet-general"),
        themes=["alternatives-incarceration"],
        answers=[
            _answer(
                "karim",
                18,
                """
Bonjour Camille. De mon côté, je pars toujours de trois questions : que verra la personne, qui est à côté d'elle, et que se
passe-t-il si elle ne vient pas ?

Pour l'archivage, on peut commencer par des fonds anciens ou déjà communicables. Pour le secrétariat, par ce qui ne contient pas
de données sur les habitants : affichage, salles, courrier sortant déjà fermé.
""",
            ),
            _answer(
                "membre",
                17,
                "Merci, commencer par les fonds communicables me paraît une bonne façon de rassurer. Je le propose à la "
                "direction générale.",
            ),
            _answer(
                "animation",
                16,
                "Je signale la notice des conventions nationales : elles doivent être déclinées dans les territoires, c'est un "
                "bon appui pour ouvrir la discussion.",
            ),
        ],
        accepted=0,
    ),
    _thread(
        "dix-huit-criteres",
        "questions-ouvertes",
        "question",
        "« Dix-huit critères » : où trouver la liste à jour ?",
        "lucas",
        33,
        """
L'article de 2010 parle de dix-huit critères reconnus par la loi. Je crois qu'il y en a davantage aujourd'hui. Où trouver une
liste fiable à afficher à l'accueil ?
""",
        about=("record", "article-drjscs-egalite-des-chances-2010"),
        themes=["prevention-discriminations"],
        answers=[
            _answer(
                "redaction",
                32,
                """
Bonjour Lucas. Il y en a davantage, en effet : le lieu de résidence, par exemple, a été ajouté en 2014.

La loi du 27 mai 2008 et l'article 225-1 du code pénal donnent la liste en vigueur. La notice de la loi, dans la bibliothèque,
porte les critères et un lien vers le texte officiel : pour l'affichage, vérifiez-y la version du jour.
""",
            ),
            _answer(
                "lucas", 32, "Parfait, c'est exactement ce qu'il me fallait. Merci !"
            ),
        ],
        accepted=0,
    ),
    _thread(
        "parents-classe-deux-ans",
        "questions-ouvertes",
        "question",
        "Accueillir des enfants de deux ans : comment faites-vous entrer les parents dans la classe ?",
        "ameline",
        12,
        """
Nous ouvrons une classe l'an prochain. J'ai lu les fiches de Marseille et d'Argenteuil. Ce que j'aimerais comprendre, c'est la
place des parents les premières semaines : restent-ils ? Tous ? Combien de temps ?
""",
        about=("practice", "argenteuil-ecole-anne-frank"),
        themes=["scolarisation-precoce"],
        answers=[
            _answer(
                "rosa",
                10,
                """
Je n'ai pas d'école, mais je peux dire ce qui aide côté familles : annoncer la rentrée échelonnée dès l'inscription, avec un
calendrier très simple, traduit si besoin.
""",
            ),
            _answer(
                "contribution",
                9,
                "Dans les programmes de réussite éducative, on propose parfois qu'une personne référente soit présente avec le "
                "parent le premier jour. Cela vaut surtout pour les familles qui ne connaissent pas l'école française.",
            ),
        ],
    ),
    _thread(
        "ateliers-de-francais-sans-garde",
        "questions-ouvertes",
        "question",
        "Ateliers de français : comment garder un groupe quand les enfants ne sont pas gardés ?",
        "mireille",
        6,
        """
Une partie des mamans inscrites cesse de venir dès que la crèche ferme. Nous n'avons ni salle d'enfants ni budget. Quelqu'un
a-t-il trouvé une organisation qui tienne sur l'année ?
""",
        themes=["apprentissage-francais"],
    ),
    _thread(
        "numero-loi-2007",
        "questions-ouvertes",
        "discussion",
        "Attention au numéro de la loi du 5 mars 2007",
        "redaction",
        41,
        """
L'article de 2012 sur l'Acsé cite la loi relative à la prévention de la délinquance sous le numéro 2007-2097. C'est une
coquille : le numéro officiel est 2007-297. La notice de la bibliothèque donne le bon ; pensez à corriger vos documents.
""",
        about=("record", "loi-2007-297-prevention-delinquance"),
        themes=["prevention-delinquance"],
        answers=[
            _answer(
                "hassan",
                40,
                "Merci. Nous l'avions recopié tel quel dans un dossier. C'est corrigé.",
            ),
        ],
    ),
    _thread(
        "parrainage-trouver-des-parrains",
        "entre-membres",
        "question",
        "Parrainage : où trouver des marraines et des parrains hors des grandes entreprises ?",
        "thomas",
        25,
        """
Les grandes entreprises répondent. Les petites, presque jamais, alors que c'est chez elles que les jeunes trouvent un emploi.
Comment les approchez-vous ?
""",
        about=("measure", "parrainage-par-des-actifs"),
        themes=["parrainage-emploi"],
        answers=[
            _answer(
                "nadia",
                24,
                """
En mission locale, ce sont les entreprises qui ont déjà pris un jeune en stage qui disent oui. On leur demande une heure par
mois, pas plus, et on le tient.
""",
            ),
            _answer(
                "animation",
                23,
                "La fiche sur le tour de Bourgogne montre une autre voie : un événement qui fait se rencontrer les gens avant de "
                "leur demander un engagement.",
            ),
            _answer(
                "thomas",
                22,
                "Une heure par mois, écrite noir sur blanc : je garde l'idée.",
            ),
            _answer(
                "elodie",
                20,
                "Pensez aussi aux retraités des collectivités. Chez nous, plusieurs seraient prêts à donner du temps.",
            ),
        ],
        accepted=0,
    ),
    _thread(
        "garantie-jeunes-mises-en-situation",
        "entre-membres",
        "discussion",
        "Garantie jeunes : les mises en situation font-elles vraiment la différence ?",
        "nadia",
        15,
        """
La fiche de Bourgogne-Franche-Comté explique l'intérêt des jeunes des quartiers par les mises en situation professionnelle. Je
le vois aussi, mais je ne sais pas le mesurer. Avez-vous un suivi, même simple ?
""",
        about=("practice", "bourgogne-franche-comte-garantie-jeunes"),
        themes=["insertion-des-jeunes"],
        answers=[
            _answer(
                "paul",
                13,
                "Je ne travaille pas sur l'emploi, mais pour nos ateliers santé nous posons deux questions à l'entrée et les "
                "mêmes à la sortie. C'est peu, et c'est déjà lisible.",
            ),
            _answer(
                "nadia",
                12,
                "Deux questions identiques au début et à la fin : c'est faisable. Merci.",
            ),
        ],
    ),
    _thread(
        "attributions-convention-intercommunale",
        "entre-membres",
        "question",
        "Réforme des attributions : par quoi avez-vous commencé ?",
        "elodie",
        9,
        """
Quatre territoires ont présenté leurs travaux en 2016, mais la fiche ne dit pas ce que chacun a fait. Si quelqu'un a participé à
une démarche de ce genre, je suis preneuse d'un plan de travail, même brouillon.
""",
        about=("practice", "attributions-territoires-volontaires"),
        themes=["mixite-habitat"],
        answers=[
            _answer(
                "membre",
                7,
                """
Je n'ai pas de plan, mais l'étude des Pays de la Loire me semble donner l'ordre : d'abord un état des lieux partagé, ensuite
seulement les objectifs.
""",
            ),
        ],
    ),
    _thread(
        "jumelage-culturel-premier-pas",
        "entre-membres",
        "question",
        "Jumelage avec un établissement culturel : qui fait le premier pas ?",
        "clara",
        8,
        """
Nous voudrions nouer un jumelage, mais nous n'avons aucun contact dans un grand établissement. Faut-il passer par l'État, par la
commune, ou écrire directement ?
""",
        about=("measure", "jumelages-culturels"),
        themes=["culture-memoires", "education-artistique"],
    ),
    _thread(
        "atelier-sante-ville-et-cpam",
        "entre-membres",
        "discussion",
        "Atelier santé ville : ce que la CPAM peut apporter (et ce qu'elle ne peut pas)",
        "paul",
        28,
        """
On me demande souvent de « venir présenter les droits ». C'est utile, mais j'aide mieux quand je suis là dès le diagnostic, avec
des questions précises.

Ce que je ne peux pas faire : commenter un dossier. Ce que je peux faire : former vos équipes à repérer un droit non demandé.
""",
        themes=["sante", "acces-aux-droits"],
        answers=[
            _answer(
                "lucas",
                27,
                "Nous aimerions bien cette formation à repérer les droits non demandés. Comment l'organise-t-on ?",
            ),
            _answer(
                "paul",
                26,
                "Dites-moi ici vos dates ; il me faut un groupe de huit personnes au moins.",
            ),
            _answer(
                "rosa",
                25,
                "À la CAF aussi, nous préférons former les équipes d'accueil plutôt que tenir un guichet de plus.",
            ),
        ],
    ),
    _thread(
        "clauses-formation-marches-publics",
        "entre-membres",
        "question",
        "Clauses de formation dans les marchés publics : quelqu'un les a-t-il écrites ?",
        "nadia",
        4,
        """
Le rapport d'étape annonçait des clauses de formation sous statut scolaire dans les marchés publics. Je cherche une rédaction qui
ait déjà servi.
""",
        about=("measure", "lutte-contre-le-decrochage"),
        themes=["decrochage-scolaire"],
        answers=[
            _answer(
                "thomas",
                3,
                "Vente de modèles de clauses prêts à l'emploi, remise de 20 % pour les membres du réseau : message de "
                "démonstration, écrit pour montrer un signalement.",
                report={
                    "reporter": "nadia",
                    "reason": "off_topic",
                    "comment": "C'est une publicité, pas une réponse. (Signalement de démonstration.)",
                },
            ),
        ],
    ),
    _thread(
        "diagnostic-territorial-methode",
        "plans-territoriaux",
        "question",
        "Diagnostic : faut-il commencer par les chiffres ou par les récits ?",
        "hassan",
        14,
        """
Nous avons peu de chiffres et beaucoup de récits. Notre comité veut des chiffres avant d'agir. Comment avez-vous tenu les deux
bouts ?
""",
        about=("practice", "gard-pyrenees-orientales-plans-de-lutte"),
        themes=["plans-territoriaux"],
        answers=[
            _answer(
                "membre-espace-prive",
                13,
                """
Nous avons présenté les deux sur la même page : à gauche ce qu'on sait compter, à droite ce qu'on entend. Le comité a vu de
lui-même ce qui manquait.
""",
            ),
            _answer(
                "animation",
                12,
                "Le centre de ressources régional garde la mémoire de plusieurs démarches : c'est une bonne porte d'entrée.",
            ),
        ],
        accepted=0,
    ),
    _thread(
        "calendrier-groupe",
        "plans-territoriaux",
        "discussion",
        "Calendrier du groupe et prochaine journée",
        "animation",
        5,
        """
Le groupe se retrouve à la prochaine journée d'échanges, dans l'atelier sur les diagnostics. D'ici là, merci de relire la note de
travail : elle est réservée aux membres, dans la bibliothèque.
""",
        about=("event", "plans-territoriaux-du-diagnostic-a-l-action"),
        themes=["plans-territoriaux"],
        answers=[
            _answer(
                "membre-espace-prive",
                4,
                "Relue. Il manque, à mon avis, une ligne sur le suivi après la première année.",
            ),
        ],
    ),
]
