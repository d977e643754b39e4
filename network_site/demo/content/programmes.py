"""The programmes the founding documents name, each with the figures they give.

A figure of one document is never carried over to another year: two documents may give two figures for two years.
"""

from network_site.demo.content.sources import figure

PROGRAMMES = [
    {
        "slug": "programme-reussite-educative",
        "acronym": "PRE",
        "name": "Programme de réussite éducative",
        "name_en": "Educational success programme",
        "operator": "acse",
        "themes": ["reussite-educative"],
        "target_groups": ["enfants", "parents"],
        "sources": ["acse-2012", "acse-note", "ciec-report"],
        "summary": "Un accompagnement pour les enfants repérés en situation de fragilité et pour leurs familles, le "
        "plus souvent sous la forme d'un parcours individualisé.",
        "body": """
Le programme de réussite éducative prend en charge des enfants que plusieurs signes désignent comme fragiles : leur santé
physique, leur développement psychique et psychologique, leur contexte familial, leur environnement social et économique.

L'Agence nationale pour la cohésion sociale et l'égalité des chances en a géré les moyens. Le rapport d'étape du Comité
interministériel à l'égalité et à la citoyenneté annonce ensuite une extension à de nouveaux projets, presque la moitié en
réseau d'éducation prioritaire renforcée, et une attention plus grande à la place des parents.
""",
        "figures": [
            figure("Enfants accompagnés", "130000", "enfants", "2007", "acse-note"),
            figure("Enfants bénéficiaires", "120000", "enfants", "2011", "acse-2012"),
            figure(
                "Programmes sur l'ensemble du territoire",
                "510",
                "programmes",
                "2011",
                "acse-2012",
            ),
            figure(
                "Enfants pris en charge chaque année",
                "100000",
                "enfants",
                "2016",
                "ciec-report",
                "près de",
            ),
            figure(
                "Part des prises en charge en parcours individualisé",
                "80",
                "%",
                "2016",
                "ciec-report",
            ),
            figure("Nouveaux projets", "52", "projets", "2016", "ciec-report"),
        ],
    },
    {
        "slug": "atelier-sante-ville",
        "acronym": "ASV",
        "name": "Atelier santé ville",
        "name_en": "City health workshop",
        "operator": "acse",
        "themes": ["sante"],
        "target_groups": ["habitants-quartiers"],
        "sources": ["acse-2012", "acse-note"],
        "summary": "Un cadre pour bâtir des programmes de santé à l'échelle des quartiers prioritaires.",
        "body": """
L'atelier santé ville fait partie des programmes de développement social des quartiers dont l'Acsé a géré les moyens et
organisé le suivi. La note d'information de l'agence parle de programmes locaux de santé et compte trois cents ateliers.
""",
        "figures": [figure("Ateliers", "300", "ateliers", "", "acse-note")],
    },
    {
        "slug": "ville-vie-vacances",
        "acronym": "VVV",
        "name": "Ville, vie, vacances",
        "name_en": "City, life, holidays",
        "operator": "acse",
        "themes": ["lien-social-mediation", "prevention-delinquance"],
        "target_groups": ["enfants", "jeunes"],
        "sources": ["acse-2012", "acse-note", "drjscs-2010"],
        "summary": "Des activités proposées aux enfants et aux jeunes des quartiers pendant les vacances.",
        "body": """
L'opération est citée par les deux documents qui décrivent l'Acsé, avec deux décomptes très éloignés : le premier parle de
2007, le second, publié en 2012, ne précise pas l'année. Ils ne mesurent peut-être pas la même chose ; nous donnons les deux.

En région, la direction régionale compare les projets soutenus avec ceux du programme École ouverte.
""",
        "figures": [
            figure("Enfants concernés", "800000", "enfants", "2007", "acse-note"),
            figure("Enfants pris en charge", "390000", "enfants", "", "acse-2012"),
            figure(
                "Départements où l'opération est conduite",
                "95",
                "départements",
                "",
                "acse-2012",
            ),
        ],
    },
    {
        "slug": "adulte-relais",
        "acronym": "",
        "name": "Adulte-relais",
        "name_en": "Community mediator (adulte-relais)",
        "operator": "acse",
        "themes": ["lien-social-mediation"],
        "target_groups": ["habitants-quartiers"],
        "sources": ["acse-2012", "acse-note"],
        "summary": "Des postes de médiation dans les quartiers prioritaires, financés pour soutenir la vie sociale.",
        "body": """
Le programme finance des postes de médiation. La note d'information de l'Acsé le range parmi les moyens de développer la vie
sociale des quartiers, à côté du soutien aux associations.
""",
        "figures": [figure("Postes financés", "4200", "postes", "", "acse-note")],
    },
    {
        "slug": "ecole-deuxieme-chance",
        "acronym": "E2C",
        "name": "École de la deuxième chance",
        "name_en": "Second-chance school",
        "operator": "acse",
        "themes": ["decrochage-scolaire", "insertion-des-jeunes"],
        "target_groups": ["jeunes-decrocheurs"],
        "sources": ["acse-2012", "drjscs-2010"],
        "summary": "Une école pour des jeunes sortis du système scolaire, avec le statut de stagiaire.",
        "body": """
L'Acsé a compté les écoles de la deuxième chance parmi les programmes qu'elle finançait. En région, la direction régionale
attribuait une aide au démarrage ; le suivi des projets se faisait dans les départements.
""",
        "figures": [figure("Stagiaires", "11400", "stagiaires", "2010", "acse-2012")],
    },
    {
        "slug": "internat-excellence",
        "acronym": "",
        "name": "Internat d'excellence",
        "name_en": "Boarding school of excellence",
        "operator": "acse",
        "themes": ["orientation-ambition"],
        "target_groups": ["eleves-colleges-lycees"],
        "sources": ["acse-2012", "drjscs-2010"],
        "summary": "Des places d'internat pour des élèves des quartiers prioritaires.",
        "body": """
Les internats d'excellence figurent parmi les programmes de développement social financés par l'Acsé. En région, ils
relevaient de la Dynamique Espoir Banlieues, mise en œuvre par les délégués départementaux de l'agence.
""",
        "figures": [
            figure(
                "Places occupées par des jeunes issus des quartiers prioritaires",
                "3000",
                "places",
                "",
                "acse-2012",
            )
        ],
    },
    {
        "slug": "cordees-de-la-reussite",
        "acronym": "",
        "name": "Cordées de la réussite",
        "name_en": "Roped together for success",
        "operator": "",
        "themes": ["orientation-ambition"],
        "target_groups": ["eleves-colleges-lycees"],
        "sources": ["drjscs-2010", "ciec-report"],
        "summary": "Un dispositif d'accompagnement des élèves vers des études ambitieuses, que les parcours "
        "d'excellence viennent renforcer.",
        "body": """
La direction régionale les cite en 2010 parmi les dispositifs dont les comités techniques régionaux faisaient le point. Le
rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté présente les parcours d'excellence comme leur
prolongement, plus ambitieux et plus long.
""",
        "figures": [],
    },
    {
        "slug": "parcours-excellence",
        "acronym": "",
        "name": "Parcours d'excellence",
        "name_en": "Pathways of excellence",
        "operator": "",
        "themes": ["orientation-ambition"],
        "target_groups": ["eleves-colleges-lycees"],
        "sources": ["ciec-report"],
        "summary": "De la troisième à la terminale, un accompagnement des élèves volontaires des collèges REP+.",
        "body": """
Dès la troisième, les élèves bénéficient d'un accompagnement collectif et de visites, notamment culturelles ; au lycée, le
suivi devient individuel. Le dispositif est étendu à tous les collèges REP+ pendant l'année scolaire 2016-2017 ; les collèges
REP doivent suivre.
""",
        "figures": [],
    },
    {
        "slug": "contrat-urbain-cohesion-sociale",
        "acronym": "Cucs",
        "name": "Contrat urbain de cohésion sociale",
        "name_en": "Urban social cohesion contract",
        "operator": "acse",
        "themes": ["lien-social-mediation", "prevention-discriminations", "logement"],
        "target_groups": ["habitants-quartiers"],
        "sources": ["acse-2012", "acse-note"],
        "summary": "Le cadre contractuel de la politique de la ville, dans lequel l'Acsé finançait les actions locales.",
        "body": """
Le contrat lie l'État et les communes ou leurs groupements. Les préfets de département, délégués de l'Acsé, y inscrivaient
l'action de l'agence, qui y plaçait l'intégration et la lutte contre les discriminations. La durée des contrats a été
prolongée jusqu'en 2014.
""",
        "figures": [
            figure("Contrats", "497", "contrats", "2012", "acse-2012"),
            figure(
                "Communes représentées",
                "3000",
                "communes",
                "2012",
                "acse-2012",
                "plus de",
            ),
            figure(
                "Actions en faveur des habitants",
                "30000",
                "actions",
                "2012",
                "acse-2012",
                "près de",
            ),
            figure(
                "Actions culturelles menées dans les contrats",
                "2855",
                "actions",
                "2012",
                "acse-2012",
            ),
        ],
    },
    {
        "slug": "fonds-prevention-delinquance",
        "acronym": "FIPD",
        "name": "Fonds interministériel de prévention de la délinquance",
        "name_en": "Interministerial fund for crime prevention",
        "operator": "acse",
        "themes": ["prevention-delinquance"],
        "target_groups": ["victimes", "jeunes"],
        "sources": ["acse-2012", "acse-note"],
        "summary": "Le fonds qui soutient les actions éducatives et sociales de prévention, confié à l'Acsé par la loi "
        "du 5 mars 2007.",
        "body": """
L'Acsé gère ce fonds en vertu de la loi relative à la prévention de la délinquance. Il finance des actions éducatives et
sociales contre le passage à l'acte et la récidive, une meilleure prise en compte des victimes, et la prévention dite
situationnelle, dont la vidéoprotection.
""",
        "figures": [figure("Budget", "34.7", "millions d'euros", "2009", "acse-note")],
    },
    {
        "slug": "parrainage",
        "acronym": "",
        "name": "Parrainage vers l'emploi",
        "name_en": "Mentoring into work",
        "operator": "",
        "themes": [
            "parrainage-emploi",
            "insertion-des-jeunes",
            "prevention-discriminations",
        ],
        "target_groups": ["jeunes", "demandeurs-emploi"],
        "sources": ["acse-2012", "acse-note", "drjscs-2010", "ciec-report"],
        "summary": "Une personne en activité, ou qui l'a été, accompagne un jeune et lui ouvre ses relations.",
        "body": """
L'Acsé soutenait le parrainage parmi ses actions de prévention des discriminations. En 2010, la direction régionale siégeait
au comité régional du parrainage, piloté par la Direccte, et finançait certains projets.

Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté décrit un plan de développement : des plans
régionaux qui mobilisent notamment les entreprises, un guide pratique à leur intention et une plateforme nationale en ligne.
""",
        "figures": [
            figure(
                "Personnes parrainées chaque année avec le soutien de l'Acsé",
                "9300",
                "personnes",
                "",
                "acse-2012",
            ),
            figure("Retour vers l'emploi ou en formation", "54", "%", "", "acse-2012"),
            figure(
                "Jeunes parrainés", "25000", "jeunes", "2016", "ciec-report", "près de"
            ),
            figure("Moyens annoncés", "7.5", "millions d'euros", "2017", "ciec-report"),
        ],
    },
    {
        "slug": "garantie-jeunes",
        "acronym": "",
        "name": "Garantie jeunes",
        "name_en": "Youth Guarantee",
        "operator": "",
        "themes": ["insertion-des-jeunes"],
        "target_groups": ["jeunes"],
        "sources": ["ciec-report"],
        "summary": "Douze mois d'accompagnement intensif et collectif pour des jeunes sans emploi, sans formation et "
        "sans études.",
        "body": """
La Garantie jeunes s'adresse aux 16-25 ans en situation de précarité. L'accompagnement dure douze mois et comprend des mises
en situation professionnelle. Depuis le 1er janvier 2017, elle est ouverte sur tout le territoire, comme un droit pour chaque
jeune qui remplit les conditions.
""",
        "figures": [
            figure(
                "Jeunes bénéficiaires depuis trois ans",
                "97000",
                "jeunes",
                "2016",
                "ciec-report",
            ),
            figure("Durée de l'accompagnement", "12", "mois", "", "ciec-report"),
        ],
    },
    {
        "slug": "npnru",
        "acronym": "NPNRU",
        "name": "Nouveau programme national de renouvellement urbain",
        "name_en": "New national urban renewal programme",
        "operator": "anru",
        "themes": ["renouvellement-urbain"],
        "target_groups": ["habitants-quartiers"],
        "sources": ["ciec-report"],
        "summary": "Des investissements, de 2014 à 2024, dans les quartiers qui connaissent les difficultés urbaines "
        "les plus fortes.",
        "body": """
Le programme vise les quartiers dont les dysfonctionnements urbains sont les plus marqués, grands ensembles ou centres-bourgs.
La loi de finances pour 2017 a ajouté un milliard d'euros aux financements de l'Anru ; une partie doit aller aux bâtiments
scolaires, aux équipements culturels et sportifs et aux lieux de médiation.
""",
        "figures": [
            figure(
                "Protocoles de préfiguration signés",
                "40",
                "protocoles",
                "2016",
                "ciec-report",
                "plus de",
            ),
            figure("Démolitions actées", "7000", "démolitions", "2016", "ciec-report"),
            figure(
                "Financements de l'Anru",
                "6",
                "milliards d'euros",
                "2017",
                "ciec-report",
            ),
            figure(
                "Financement supplémentaire",
                "1",
                "milliard d'euros",
                "2017",
                "ciec-report",
            ),
        ],
    },
    {
        "slug": "ecole-ouverte",
        "acronym": "",
        "name": "École ouverte",
        "name_en": "Open school",
        "operator": "",
        "themes": ["reussite-educative"],
        "target_groups": ["enfants", "eleves-colleges-lycees"],
        "sources": ["drjscs-2010"],
        "summary": "Un programme dont le comité de pilotage régional attribue les subventions et dresse le bilan.",
        "body": """
Dans la région décrite par l'article de 2010, la direction régionale siège au comité de pilotage, qui se réunit deux fois par
an, et finance certains projets. Les services départementaux sont informés des projets retenus, pour les comparer à ceux du
programme Ville, vie, vacances.
""",
        "figures": [],
    },
    {
        "slug": "ouvrir-ecole-aux-parents",
        "acronym": "",
        "name": "Ouvrir l'école aux parents pour réussir l'intégration",
        "name_en": "Opening schools to parents for successful integration",
        "operator": "",
        "themes": ["parcours-integration", "reussite-educative"],
        "target_groups": ["parents", "personnes-immigrees"],
        "sources": ["drjscs-2010"],
        "summary": "Un dispositif suivi par un comité de pilotage régional et financé en lien avec le siège de l'Acsé.",
        "body": """
L'article de 2010 indique que la direction régionale siège au comité de pilotage régional et fait le lien avec le siège de
l'Acsé pour le financement des projets. Il ne décrit pas le contenu des ateliers.
""",
        "figures": [],
    },
    {
        "slug": "demos",
        "acronym": "Démos",
        "name": "Dispositif d'éducation musicale et orchestrale à vocation sociale",
        "name_en": "Orchestral music education with a social purpose",
        "operator": "",
        "themes": ["education-artistique"],
        "target_groups": ["enfants"],
        "sources": ["ciec-report"],
        "summary": "Des enfants reçoivent un instrument et forment un orchestre.",
        "body": """
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté cite Démos parmi les pratiques artistiques
collectives que le plan Conservatoires vient compléter. À la fin de 2016, dix-neuf orchestres nouveaux avaient été créés.
""",
        "figures": [
            figure(
                "Nouveaux orchestres créés", "19", "orchestres", "2016", "ciec-report"
            ),
            figure("Objectif d'orchestres", "30", "orchestres", "2018", "ciec-report"),
            figure(
                "Jeunes visés par l'objectif", "3000", "jeunes", "2018", "ciec-report"
            ),
        ],
    },
    {
        "slug": "service-civil-volontaire",
        "acronym": "",
        "name": "Service civil volontaire",
        "name_en": "Voluntary civic service",
        "operator": "acse",
        "themes": ["citoyennete-service-civil"],
        "target_groups": ["jeunes"],
        "sources": ["acse-note"],
        "summary": "L'engagement de jeunes volontaires, avec une formation civique.",
        "body": """
La note d'information de l'Acsé annonce la poursuite du service civil volontaire et une meilleure formation civique.
""",
        "figures": [
            figure("Jeunes volontaires", "3000", "jeunes", "", "acse-note"),
            figure("Budget", "9", "millions d'euros", "2009", "acse-note"),
        ],
    },
    {
        "slug": "charte-diversite",
        "acronym": "",
        "name": "Charte de la diversité et label diversité",
        "name_en": "Diversity charter and diversity label",
        "operator": "",
        "themes": ["promotion-diversite"],
        "target_groups": ["employeurs"],
        "sources": ["acse-note", "drjscs-2010"],
        "summary": "Deux démarches proposées aux employeurs et promues par l'Acsé et par la direction régionale.",
        "body": """
L'Acsé accompagnait le développement de la charte de la diversité. La direction régionale promouvait la charte ou le label,
dans son action pour l'accès à l'emploi.
""",
        "figures": [],
    },
    {
        "slug": "reussite-apprentissage",
        "acronym": "",
        "name": "Réussite apprentissage",
        "name_en": "Apprenticeship success",
        "operator": "",
        "themes": ["insertion-des-jeunes"],
        "target_groups": ["jeunes-decrocheurs"],
        "sources": ["ciec-report"],
        "summary": "Douze mois d'accompagnement avant et pendant les premiers mois d'un apprentissage.",
        "body": """
Le dispositif prévient les ruptures de contrat en accompagnant les jeunes avant leur entrée en apprentissage puis pendant les
premiers mois.
""",
        "figures": [
            figure("Jeunes visés", "10000", "jeunes", "", "ciec-report"),
            figure(
                "Jeunes bénéficiaires", "9000", "jeunes", "", "ciec-report", "près de"
            ),
        ],
    },
    {
        "slug": "contrat-starter",
        "acronym": "",
        "name": "Contrat starter",
        "name_en": "Starter contract",
        "operator": "",
        "themes": ["insertion-des-jeunes", "service-public-emploi"],
        "target_groups": ["jeunes", "employeurs"],
        "sources": ["ciec-report"],
        "summary": "Une aide aux entreprises qui recrutent des jeunes en difficulté d'insertion, jusqu'à trente ans.",
        "body": """
L'aide représente 45 % du Smic. Un quart des contrats signés bénéficie à des jeunes qui résident en quartier prioritaire.
""",
        "figures": [
            figure("Contrats signés", "38105", "contrats", "", "ciec-report"),
            figure(
                "Contrats signés dans l'année",
                "22552",
                "contrats",
                "2016",
                "ciec-report",
            ),
            figure("Aide, en part du Smic", "45", "%", "", "ciec-report"),
        ],
    },
]
