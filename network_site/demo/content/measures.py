"""The national measures of the progress report, by axis.

``sessions`` are the numbers of the committee's sessions that decided the measure; a measure may come from two. Two axes
have no measure: the document we hold names them and details the third only. They are shown, empty.
"""

from network_site.demo.content.sources import figure


def _measure(number, slug, title, sessions, summary, body, **more):
    """A national measure, all under the only axis the report details."""
    entry = {
        "order": number,
        "slug": slug,
        "title": title,
        "axis": "daily",
        "sessions": sessions,
        "summary": summary,
        "body": body,
        "themes": [],
        "target_groups": [],
        "programmes": [],
        "records": [],
        "organisations": [],
        "figures": [],
        "links": [],
        "source": "ciec-report",
    }
    unknown = set(more) - set(entry)
    if unknown:
        raise ValueError(f"unknown fields for {slug}: {sorted(unknown)}")
    entry.update(more)
    return entry


MEASURES = [
    _measure(
        1,
        "alternatives-a-l-incarceration",
        "Développer les mesures judiciaires alternatives à l'incarcération",
        [1],
        "Associer la société civile à l'exécution des travaux d'intérêt général et des réparations pénales.",
        """
Neuf conventions nationales lient des partenaires au ministère de la Justice. Ils accueillent des personnes condamnées, de leur
initiative et sous leur responsabilité, pour les aider à se réinsérer et faire reculer la récidive. Ces conventions doivent être
déclinées dans les territoires.
""",
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        records=["conventions-nationales-tig", "convention-tig-chateauroux"],
        organisations=["emmaus-france", "armee-du-salut", "jc-decaux", "spip-indre"],
        figures=[
            figure(
                "Conventions nationales signées",
                "9",
                "conventions",
                "2016",
                "ciec-report",
            )
        ],
    ),
    _measure(
        2,
        "nouveau-programme-renouvellement-urbain",
        "Accélérer le déploiement du nouveau programme national de renouvellement urbain",
        [1, 2],
        "Investir de 2014 à 2024 dans les quartiers les plus marqués, et avancer de deux ans démolitions et reconstructions.",
        """
Le programme concerne de grands ensembles comme des centres-bourgs. La loi de finances pour 2017 augmente d'un milliard d'euros
les financements de l'Anru. Les premières conventions étaient annoncées pour le premier trimestre 2017.
""",
        themes=["renouvellement-urbain"],
        target_groups=["habitants-quartiers"],
        programmes=["npnru"],
        records=[
            "loi-2016-1917-finances-2017",
            "loi-2014-173-ville",
            "protocole-npnru-dreux-vernouillet",
        ],
        organisations=["anru", "caisse-des-depots"],
        figures=[
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
        ],
    ),
    _measure(
        3,
        "repartition-du-parc-social",
        "Mieux répartir le parc social sur les territoires",
        [1, 2],
        "Produire du logement social partout, et appuyer les préfets face aux communes qui s'y refusent.",
        """
Un délégué interministériel à la mixité sociale dans l'habitat aide les préfets à appliquer la loi. Des contrats de mixité
sociale précisent ce que la commune en défaut s'engage à faire pour atteindre ses objectifs.

La loi Égalité et citoyenneté doit clarifier à qui s'applique la loi SRU, rendre homogènes les arrêtés de carence et rendre les
outils plus opérationnels.
""",
        themes=["mixite-habitat"],
        records=[
            "loi-2000-1208-sru",
            "loi-2017-86-egalite-citoyennete",
            "etude-occupation-parc-social-pays-de-la-loire",
        ],
        figures=[
            figure(
                "Contrats de mixité sociale prévus",
                "200",
                "contrats",
                "",
                "ciec-report",
            )
        ],
    ),
    _measure(
        4,
        "attributions-et-loyers",
        "Revoir les politiques d'attribution et de loyers dans le parc social en faveur de la mixité sociale",
        [1, 2],
        "Conduire les attributions à l'échelle des quartiers et des immeubles, pour corriger les déséquilibres.",
        """
Le rapport juge la politique d'attribution trop cloisonnée, trop rigide et menée à une mauvaise échelle ; les règles
d'attribution et de loyer peuvent prolonger les inégalités entre territoires.

La loi Égalité et citoyenneté confie aux groupements de communes la définition d'une politique d'attribution, partage l'effort
de relogement des ménages prioritaires, fixe des objectifs hors des quartiers prioritaires et assouplit l'adaptation des loyers.
L'État s'est engagé à accompagner collectivités et bailleurs.
""",
        themes=["mixite-habitat"],
        target_groups=["mal-logees"],
        records=["loi-2017-86-egalite-citoyennete"],
        organisations=["ush"],
    ),
    _measure(
        5,
        "patrimoine-scolaire-des-quartiers",
        "Mobiliser des financements pour le patrimoine scolaire des quartiers",
        [3],
        "Soutenir la création et la réhabilitation d'écoles dans les quartiers en renouvellement urbain.",
        """
Une partie du milliard d'euros ajouté au renouvellement urbain soutient les bâtiments scolaires, mais aussi les équipements
culturels et sportifs et les lieux de médiation. D'autres fonds peuvent s'y ajouter : soutien à l'investissement local,
dotation politique de la ville et, par avance, investissements d'avenir.

Olivier Klein, maire de Clichy-sous-Bois et vice-président du Conseil national des villes, est chargé d'accompagner les
partenaires, les équipes éducatives et les élus, pour que cet argent serve une stratégie de réussite éducative. Son rapport
était annoncé pour le premier trimestre 2017.
""",
        themes=["education", "renouvellement-urbain"],
        target_groups=["enfants"],
        programmes=["npnru"],
        records=["loi-2016-1917-finances-2017", "rapport-mission-patrimoine-scolaire"],
        organisations=["anru"],
        figures=[
            figure(
                "Dotation supplémentaire",
                "1",
                "milliard d'euros",
                "2017",
                "ciec-report",
            ),
            figure(
                "Montant dégagé dès 2017",
                "100",
                "millions d'euros",
                "2017",
                "ciec-report",
            ),
        ],
    ),
    _measure(
        6,
        "secteurs-multi-colleges",
        "Créer des secteurs communs à plusieurs collèges pour favoriser la mixité sociale",
        [1, 2],
        "Agir sur les secteurs, l'affectation et l'offre de formation des collèges.",
        """
Lancée dans vingt-cinq territoires pilotes, l'expérimentation a connu ses premières réalisations à la rentrée 2016. Un
séminaire de l'Éducation nationale a réuni territoires et chercheurs pour en partager les premiers enseignements. Le nombre de
territoires pilotes devait doubler à la rentrée 2017.
""",
        themes=["mixite-scolaire"],
        target_groups=["eleves-colleges-lycees"],
        figures=[
            figure("Projets engagés", "82", "projets", "2016", "ciec-report"),
            figure(
                "Départements concernés", "46", "départements", "2016", "ciec-report"
            ),
            figure(
                "Territoires pilotes au départ", "25", "territoires", "", "ciec-report"
            ),
        ],
    ),
    _measure(
        7,
        "reseau-des-conservatoires",
        "Un réseau des conservatoires pour la formation artistique des jeunes",
        [2],
        "Aider les conservatoires qui s'engagent pour la jeunesse, la diversité et la pratique collective.",
        """
Le « plan Conservatoires », mis en place en 2016, soutient les conservatoires dont le projet est ambitieux pour la jeunesse, la
diversité artistique et culturelle, la présence dans les territoires et la pratique collective. Il complète ce qui existe dans
les quartiers prioritaires, comme Orchestre à l'École et Démos.
""",
        themes=["education-artistique"],
        target_groups=["enfants"],
        programmes=["demos"],
        organisations=["orchestre-a-l-ecole"],
        figures=[
            figure("Nouveaux orchestres", "19", "orchestres", "2016", "ciec-report"),
            figure("Objectif d'orchestres", "30", "orchestres", "2018", "ciec-report"),
            figure("Jeunes visés", "3000", "jeunes", "2018", "ciec-report"),
        ],
    ),
    _measure(
        8,
        "scolarisation-precoce",
        "Renforcer la scolarisation précoce",
        [1],
        "Accueillir davantage d'enfants de moins de trois ans à l'école, pour réduire les inégalités.",
        """
En éducation prioritaire, la part des moins de trois ans scolarisés est le double de ce qu'elle est ailleurs. Les moyens sont
renforcés et l'information des parents se poursuit, avec une meilleure coordination entre l'Éducation nationale et les acteurs
sociaux et familiaux.
""",
        themes=["scolarisation-precoce"],
        target_groups=["enfants", "parents"],
        records=["guide-scolarisation-moins-de-trois-ans-marseille"],
        figures=[
            figure(
                "Enfants de moins de trois ans scolarisés en REP+",
                "20",
                "%",
                "2016",
                "ciec-report",
                "plus de",
            )
        ],
    ),
    _measure(
        9,
        "extension-reussite-educative",
        "Étendre les programmes de réussite éducative",
        [1],
        "Ouvrir de nouveaux programmes, surtout en éducation prioritaire renforcée, et mieux associer les parents.",
        """
Les programmes prennent en charge des enfants repérés comme fragiles, le plus souvent par un parcours individualisé. Près de la
moitié des nouveaux projets concerne des élèves des réseaux d'éducation prioritaire renforcée.
""",
        themes=["reussite-educative"],
        target_groups=["enfants", "parents"],
        programmes=["programme-reussite-educative"],
        figures=[
            figure("Nouveaux projets", "52", "projets", "2016", "ciec-report"),
            figure(
                "Enfants pris en charge chaque année",
                "100000",
                "enfants",
                "2016",
                "ciec-report",
                "près de",
            ),
            figure("Part en parcours individualisé", "80", "%", "2016", "ciec-report"),
        ],
    ),
    _measure(
        10,
        "parcours-d-excellence",
        "Créer des parcours d'excellence",
        [3],
        "Accompagner les élèves volontaires, de la troisième à la terminale, vers des études ou un emploi ambitieux.",
        """
Les parcours prolongent les cordées de la réussite. L'accompagnement est d'abord collectif, avec des visites, notamment
culturelles ; il devient individuel au lycée. Tous les collèges REP+ sont concernés en 2016-2017, les collèges REP ensuite.
""",
        themes=["orientation-ambition"],
        target_groups=["eleves-colleges-lycees"],
        programmes=["parcours-excellence", "cordees-de-la-reussite"],
    ),
    _measure(
        11,
        "lutte-contre-le-decrochage",
        "Renforcer la lutte contre le décrochage scolaire",
        [1],
        "Prévenir les sorties sans diplôme et rendre effectif le droit de revenir en formation.",
        """
Le nombre d'élèves qui sortent sans qualification a baissé sans interruption pendant six ans, plus vite depuis 2015. Des
parcours aménagés et des alliances éducatives, essayés depuis la rentrée 2015, devaient s'étendre à toutes les académies en 2017.

Le droit au retour en formation existe depuis la rentrée 2015 ; des bourses l'accompagnent. Le décret du 26 octobre 2015 aide à
préparer de nouveau un examen. Des clauses de formation sous statut scolaire étaient annoncées dans les marchés publics.
""",
        themes=["decrochage-scolaire"],
        target_groups=["jeunes-decrocheurs", "eleves-colleges-lycees"],
        records=["decret-2015-1351-preparation-examens", "plan-vaincre-decrochage"],
        figures=[
            figure(
                "Jeunes décrocheurs",
                "100000",
                "jeunes",
                "2016",
                "ciec-report",
                "moins de",
            ),
            figure("Bourses disponibles", "12500", "bourses", "2016", "ciec-report"),
            figure(
                "Structures de retour à l'école",
                "44",
                "structures",
                "2016",
                "ciec-report",
            ),
            figure(
                "Structures de retour à l'école, cinq ans plus tôt",
                "12",
                "structures",
                "",
                "ciec-report",
            ),
        ],
    ),
    _measure(
        12,
        "generalisation-garantie-jeunes",
        "Généraliser la Garantie jeunes",
        [1],
        "Ouvrir à chaque jeune précaire, sans emploi ni formation, douze mois d'accompagnement intensif.",
        """
Généralisée à tout le territoire le 1er janvier 2017, la Garantie jeunes est un droit pour les 16-25 ans qui en remplissent les
conditions. Les mises en situation professionnelle expliquent en partie l'intérêt qu'elle suscite dans les quartiers.
""",
        themes=["insertion-des-jeunes"],
        target_groups=["jeunes"],
        programmes=["garantie-jeunes"],
        figures=[
            figure(
                "Jeunes bénéficiaires depuis trois ans",
                "97000",
                "jeunes",
                "2016",
                "ciec-report",
            )
        ],
    ),
    _measure(
        13,
        "parrainage-par-des-actifs",
        "Déployer le parrainage des jeunes par des actifs et d'anciens actifs",
        [1, 3],
        "Un plan pour que davantage de jeunes trouvent une marraine ou un parrain dans le monde du travail.",
        """
Le plan s'appuie sur des plans régionaux concertés, qui mobilisent notamment les entreprises, sur un guide pratique pour créer
et animer le parrainage en entreprise, et sur une plateforme nationale ouverte en ligne.
""",
        themes=["parrainage-emploi", "insertion-des-jeunes"],
        target_groups=["jeunes", "employeurs"],
        programmes=["parrainage"],
        records=["guide-pratique-parrainage"],
        organisations=["coup-de-pouce-31"],
        figures=[
            figure(
                "Jeunes parrainés", "25000", "jeunes", "2016", "ciec-report", "près de"
            ),
            figure(
                "Moyens consacrés", "7.5", "millions d'euros", "2017", "ciec-report"
            ),
        ],
    ),
    _measure(
        14,
        "dispositifs-deuxieme-chance",
        "Développer les dispositifs de deuxième chance pour les jeunes décrocheurs",
        [1],
        "Permettre aux jeunes sortis sans diplôme de reprendre une scolarité ou une formation et d'entrer dans la vie active.",
        """
Trois voies sont renforcées : les centres de l'Épide, dont la capacité augmente ; « Réussite apprentissage », qui accompagne
douze mois les jeunes avant et pendant le début d'un apprentissage ; « Déclic pour l'action », de l'Afpa, qui fait découvrir et
essayer des métiers.
""",
        themes=["decrochage-scolaire", "insertion-des-jeunes"],
        target_groups=["jeunes-decrocheurs"],
        programmes=["reussite-apprentissage", "ecole-deuxieme-chance"],
        organisations=["epide", "afpa"],
        figures=[
            figure("Centres de l'Épide", "18", "centres", "2016", "ciec-report"),
            figure(
                "Hausse des places entre 2015 et 2016",
                "25",
                "%",
                "2016",
                "ciec-report",
                "plus de",
            ),
            figure(
                "Jeunes passés par « Réussite apprentissage »",
                "9000",
                "jeunes",
                "",
                "ciec-report",
                "près de",
            ),
            figure(
                "Jeunes accueillis par l'Afpa", "2000", "jeunes", "2016", "ciec-report"
            ),
        ],
    ),
    _measure(
        15,
        "jumelages-culturels",
        "Jumeler les établissements culturels de l'État et les zones de sécurité prioritaires",
        [3],
        "Nouer des liens durables entre de grands établissements culturels et les quartiers.",
        """
Les jumelages sont renforcés pour les habitantes et les habitants des communes qui comptent une zone de sécurité prioritaire.
""",
        themes=["culture-memoires", "education-artistique"],
        target_groups=["habitants-quartiers"],
    ),
    _measure(
        16,
        "emploi-des-jeunes-diplomes",
        "Favoriser l'accès à l'emploi des jeunes diplômés des quartiers prioritaires",
        [3],
        "Un appui particulier de Pôle emploi et de l'Apec à des jeunes qui, à diplôme égal, trouvent plus difficilement.",
        """
L'Apec propose un accompagnement sur mesure et dans la durée, en rendez-vous individuels ou en ateliers. Les agences de Pôle
emploi reçoivent les jeunes de moins de trente ans, de niveau bac + 3 et au-delà, inscrits et habitant un quartier prioritaire.
""",
        themes=["insertion-des-jeunes", "service-public-emploi"],
        target_groups=["jeunes-diplomes", "habitants-quartiers"],
        organisations=["apec", "pole-emploi"],
        figures=[
            figure(
                "Jeunes des quartiers accompagnés par l'Apec",
                "1675",
                "jeunes",
                "2015",
                "ciec-report",
            ),
            figure(
                "Jeunes accompagnés par l'Apec en tout",
                "3455",
                "jeunes",
                "2015",
                "ciec-report",
            ),
            figure(
                "Jeunes diplômés des quartiers reçus en entretien",
                "68",
                "%",
                "2016",
                "ciec-report",
            ),
        ],
    ),
    _measure(
        17,
        "politique-de-l-emploi-dans-les-quartiers",
        "Garantir l'accès des habitants des quartiers prioritaires à la politique de l'emploi",
        [1],
        "Des équipes et des aides tournées vers les quartiers prioritaires.",
        """
Depuis octobre 2015, des conseillers de Pôle emploi se consacrent aux relations avec les entreprises, ce qui sert surtout les
personnes sans réseau. D'autres assurent, depuis juillet 2015, un accompagnement intensif des jeunes, ou un accompagnement
global dans les agences des quartiers. Des jeunes en service civique y sont accueillis ; 2 200 étaient prévus en décembre 2016.

Le contrat starter aide les entreprises qui recrutent des jeunes en difficulté, jusqu'à trente ans ; un quart des contrats
profite à des jeunes des quartiers.
""",
        themes=["service-public-emploi", "insertion-des-jeunes"],
        target_groups=["habitants-quartiers", "demandeurs-emploi", "jeunes"],
        programmes=["contrat-starter"],
        organisations=["pole-emploi"],
        figures=[
            figure(
                "Conseillers chargés des relations avec les entreprises",
                "4200",
                "conseillers",
                "",
                "ciec-report",
            ),
            figure(
                "Conseillers en accompagnement intensif des jeunes",
                "278",
                "conseillers",
                "",
                "ciec-report",
            ),
            figure(
                "Conseillers en accompagnement global",
                "274",
                "conseillers",
                "",
                "ciec-report",
            ),
            figure(
                "Jeunes en service civique", "1800", "jeunes", "2016", "ciec-report"
            ),
            figure("Contrats starter signés", "38105", "contrats", "", "ciec-report"),
        ],
    ),
    _measure(
        18,
        "delegues-du-gouvernement",
        "Dix délégués du Gouvernement au cœur des quartiers",
        [2],
        "Rendre l'État présent là où les difficultés se concentrent, avec des méthodes nouvelles.",
        """
Depuis l'été 2016, ces déléguées et délégués cherchent, à titre expérimental, des résultats rapides, durables et visibles. Ils
montent des actions partenariales avec les habitantes et les habitants et soutiennent les démarches nouvelles. Sylvie Feucher,
préfète, coordonne le dispositif. Deux recrutements supplémentaires étaient en cours.
""",
        themes=["lien-social-mediation"],
        target_groups=["habitants-quartiers"],
        figures=[
            figure("Délégués désignés", "10", "délégués", "2016", "ciec-report"),
            figure("Moyens pour leurs actions", "400000", "euros", "", "ciec-report"),
        ],
    ),
    _measure(
        19,
        "agence-de-developpement-economique",
        "Créer une agence de développement économique des territoires",
        [1],
        "L'Agence France entrepreneur, née le 13 avril 2016, renforce et coordonne le soutien à l'entrepreneuriat.",
        """
Ses priorités : des créations et des reprises d'entreprises plus durables, le développement des petites et moyennes entreprises
qui créent de l'emploi, un cadre plus favorable à l'initiative. Elle vise d'abord les quartiers prioritaires, les zones rurales
et les outre-mer, et anime un site pour les quartiers et un autre sur l'entrepreneuriat des femmes.
""",
        themes=["creation-entreprise-ess", "egalite-femmes-hommes"],
        target_groups=["createurs-entreprise", "habitants-quartiers"],
        organisations=["agence-france-entrepreneur"],
        links=[
            (
                "Site de l'agence, ouvert à toutes et à tous",
                "http://www.afecreation.fr",
            ),
            ("Entreprises des quartiers", "http://www.entreprisesdesquartiers.fr"),
            ("Elles entreprennent", "http://www.ellesentreprennent.fr"),
        ],
    ),
    _measure(
        20,
        "economie-sociale-et-solidaire-outre-mer",
        "Soutenir l'économie sociale et solidaire en outre-mer par l'innovation",
        [3],
        "Deux appels à projets pour une économie qui compte déjà outre-mer 51 000 emplois.",
        """
Quarante-quatre projets ont été retenus en avril 2016. Le second appel porte sur huit secteurs, de l'habitat coopératif aux
circuits courts, et sur un neuvième axe : l'intégration des territoires d'outre-mer dans leur région du monde.
""",
        themes=["creation-entreprise-ess"],
        target_groups=["createurs-entreprise"],
        figures=[
            figure("Projets retenus", "44", "projets", "2016", "ciec-report"),
            figure(
                "Emplois de l'économie sociale et solidaire",
                "51000",
                "emplois",
                "",
                "ciec-report",
            ),
            figure("Employeurs", "4000", "employeurs", "", "ciec-report", "plus de"),
        ],
    ),
]
