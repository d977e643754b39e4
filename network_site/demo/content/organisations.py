"""The actors the founding documents name, and the kinds of actors they count on.

``is_type`` marks a sheet that describes a kind of body (the departmental directorates, the town welfare centres) and not
one body. ``later`` says what became of a body since, when it is established; it is our own note, to be checked by the
librarian, and never taken from the founding documents.
"""

from network_site.demo.content.sources import figure


def _organisation(slug, kind, name, name_en, summary, summary_en, sources, **more):
    """A directory sheet; everything a source does not say stays empty."""
    entry = {
        "slug": slug,
        "kind": kind,
        "name": name,
        "name_en": name_en,
        "acronym": "",
        "is_type": False,
        "territory": "",
        "summary": summary,
        "summary_en": summary_en,
        "body": "",
        "body_en": "",
        "missions": [],
        "missions_en": [],
        "principles": [],
        "principles_en": [],
        "partners": [],
        "themes": [],
        "figures": [],
        "budget": None,
        "website": "",
        "contact_label": "",
        "contact_email": "",
        "later": "",
        "later_en": "",
        "founded": "",
        "dissolved": "",
        "sources": sources,
    }
    unknown = set(more) - set(entry)
    if unknown:
        raise ValueError(f"unknown fields for {slug}: {sorted(unknown)}")
    entry.update(more)
    return entry


ORGANISATIONS = [
    # ----- directorate and national agencies -----
    _organisation(
        "dpm",
        "ministry",
        "Direction de la population et des migrations",
        "Population and Migration Directorate",
        "La direction d'administration centrale qui a lancé le réseau, avec la participation de l'Acsé, et qui coordonne "
        "au niveau national les acteurs de l'intégration.",
        "The central government directorate that launched the network, with the Acsé, and coordinates the players of "
        "integration at national level.",
        ["editorial"],
        acronym="DPM",
        body="""
L'éditorial la place sous l'autorité conjointe de deux ministres : celui chargé de l'immigration, de l'intégration, de
l'identité nationale et du codéveloppement, et celui chargé du travail, des relations sociales et de la solidarité.

Elle coordonne les acteurs de l'intégration avec l'appui de deux établissements publics qu'elle anime, l'Anaem et l'Acsé, et,
dans les territoires, avec les services déconcentrés de l'État. Elle a confié l'animation du réseau à l'association Réseau
IDEAL.
""",
        body_en="""
The editorial places it under two ministers jointly: the minister for immigration, integration, national identity and
co-development, and the minister for labour, industrial relations and solidarity.

It coordinates the players of integration with two public bodies it leads, Anaem and Acsé, and locally with the decentralised
services of the State. It entrusted the running of the network to the association Réseau IDEAL.
""",
        missions=[
            "Coordonner au niveau national les acteurs de l'intégration",
            "Animer les établissements publics qui mettent cette politique en œuvre",
            "Lancer et soutenir le réseau",
        ],
        missions_en=[
            "Coordinate the players of integration at national level",
            "Lead the public bodies that carry out this policy",
            "Launch and support the network",
        ],
        partners=["acse", "anaem", "reseau-ideal", "cnhi"],
        themes=["parcours-integration", "prevention-discriminations"],
    ),
    _organisation(
        "acse",
        "agency",
        "Agence nationale pour la cohésion sociale et l'égalité des chances",
        "National Agency for Social Cohesion and Equal Opportunity",
        "L'opérateur de l'État pour le volet humain de la politique de la ville, l'intégration des populations immigrées et "
        "la prévention des discriminations liées à l'origine.",
        "The State's operator for the human side of urban policy, the integration of immigrants and the prevention of "
        "discrimination on grounds of origin.",
        ["acse-note", "acse-2012", "drjscs-2010"],
        acronym="Acsé",
        body="""
## Une agence créée par la loi

L'agence est née de la loi du 31 mars 2006 pour l'égalité des chances. Elle gère les moyens des programmes sociaux destinés
aux quartiers prioritaires, en organise le suivi, les formations et les évaluations. Sa responsabilité est double : apporter
vite et clairement l'argent aux opérateurs locaux, et rendre un compte précis de son emploi aux autorités.

## Comment elle est organisée

La note d'information indique deux ministères de tutelle, celui de l'immigration et celui du logement et de la ville, et un
contrat pluriannuel avec l'État. L'article de 2012 la dit placée sous la tutelle du secrétariat général du Comité
interministériel des villes, et cite le contrat d'objectifs et de performance du 14 octobre 2010.

Son conseil d'administration réunit des représentants de l'État, des partenaires sociaux, des élus et des personnalités
qualifiées. Les préfets de département sont ses délégués départementaux ; les préfets de région, avec les directions
régionales de la jeunesse, des sports et de la cohésion sociale, ses délégués régionaux.

## Ce qu'elle finance

- les parcours d'intégration des personnes immigrées : langue, logement, emploi, accès aux droits ;
- la cohésion sociale dans les quartiers prioritaires : réussite éducative, santé, médiation, vacances ;
- l'accès à l'emploi des habitants de ces quartiers ;
- la prévention des discriminations liées à l'origine et l'égalité de traitement ;
- l'accès à la culture et la diversité comme part de la culture commune ;
- l'engagement, la citoyenneté et la vie associative ;
- la lutte contre l'illettrisme ;
- la prévention de la délinquance.
""",
        body_en="""
## An agency created by law

The agency was born of the law of 31 March 2006 on equal opportunity. It manages the funds of the social programmes for
priority neighbourhoods and organises their monitoring, training and evaluation. Its duty is twofold: to bring money quickly
and clearly to local operators, and to account precisely for its use.

## How it is organised

The information note names two supervising ministries, immigration on one side, housing and cities on the other, and a
multi-year contract with the State. The article of 2012 places it under the general secretariat of the Interministerial
Committee for Cities and cites the performance contract of 14 October 2010.

Its board brings together representatives of the State, social partners, elected officials and qualified persons. The prefects
of the departments are its local delegates; the prefects of the regions, with the regional directorates for youth, sports and
social cohesion, its regional delegates.

## What it funds

- integration pathways for immigrants: language, housing, employment, access to rights;
- social cohesion in priority neighbourhoods: educational success, health, mediation, holidays;
- access to employment for the people of these neighbourhoods;
- prevention of discrimination on grounds of origin, and equal treatment;
- access to culture, and diversity as part of a common culture;
- commitment, citizenship and associations;
- the fight against illiteracy;
- crime prevention.
""",
        missions=[
            "Favoriser l'intégration des personnes immigrées ou issues de l'immigration, et leur accès au savoir et à la "
            "culture",
            "Lutter contre les discriminations",
            "Lutter contre l'illettrisme",
            "Mettre en œuvre le service civil volontaire",
            "Prendre part à la politique de la ville",
            "Gérer le fonds interministériel de prévention de la délinquance",
        ],
        missions_en=[
            "Foster the integration of immigrants and their descendants, and their access to knowledge and culture",
            "Fight discrimination",
            "Fight illiteracy",
            "Carry out voluntary civic service",
            "Take part in urban policy",
            "Manage the interministerial fund for crime prevention",
        ],
        principles=[
            "Intervenir en complément des autres, en partenariat, pour les personnes qui cumulent exclusion sociale et "
            "discrimination liée à l'origine ou au lieu d'habitation",
            "Soutenir des actions ajustées aux difficultés réelles des personnes",
            "Contribuer à la formation des actrices et des acteurs",
            "Mesurer et faire connaître les effets, pour plus de clarté et d'efficacité",
        ],
        principles_en=[
            "Act in addition to others, in partnership, for people who face both social exclusion and discrimination due to "
            "their origin or their place of residence",
            "Support actions fitted to the real difficulties of people",
            "Contribute to the training of practitioners",
            "Measure effects and make them known, for clarity and effectiveness",
        ],
        partners=[
            (
                "anru",
                "Réussite scolaire, emploi, développement économique, gestion urbaine de proximité ; accord-cadre du 18 octobre 2010.",
                "School success, employment, economic development, neighbourhood management; framework agreement of 18 October 2010.",
            ),
            (
                "halde",
                "À la haute autorité le droit ; à l'agence la connaissance, l'appui aux projets et le financement.",
                "Law for the authority; knowledge, project support and funding for the agency.",
            ),
            (
                "cnhi",
                "Études régionales sur l'histoire de l'immigration.",
                "Regional studies on the history of immigration.",
            ),
            (
                "drjscs-languedoc-roussillon",
                "Appui au délégué régional de l'agence : programmes régionaux, coordination, animation.",
                "Support to the agency's regional delegate: regional programmes, coordination, leadership.",
            ),
            "ministere-ville",
            "centre-interculturel-documentation",
        ],
        themes=[
            "education",
            "emploi-developpement-economique",
            "sante",
            "logement",
            "lien-social-mediation",
            "prevention-discriminations",
            "culture-memoires",
            "langue-illettrisme",
            "citoyennete-service-civil",
            "prevention-delinquance",
        ],
        figures=[
            figure(
                "Contrats urbains de cohésion sociale",
                "497",
                "contrats",
                "2012",
                "acse-2012",
                label_en="Urban social cohesion contracts",
            ),
            figure(
                "Communes représentées dans les contrats",
                "3000",
                "communes",
                "2012",
                "acse-2012",
                "plus de",
                label_en="Municipalities represented in the contracts",
            ),
            figure(
                "Actions en faveur des habitants",
                "30000",
                "actions",
                "2012",
                "acse-2012",
                "près de",
                label_en="Actions for inhabitants",
            ),
            figure(
                "Enfants en programme de réussite éducative",
                "120000",
                "enfants",
                "2011",
                "acse-2012",
                label_en="Children in educational success programmes",
            ),
            figure(
                "Places en internats d'excellence",
                "3000",
                "places",
                "",
                "acse-2012",
                label_en="Places in boarding schools of excellence",
            ),
            figure(
                "Stagiaires des écoles de la deuxième chance",
                "11400",
                "stagiaires",
                "2010",
                "acse-2012",
                label_en="Trainees in second-chance schools",
            ),
            figure(
                "Enfants accueillis par Ville, vie, vacances",
                "390000",
                "enfants",
                "",
                "acse-2012",
                label_en="Children hosted by City, life, holidays",
            ),
            figure(
                "Personnes parrainées chaque année",
                "9300",
                "personnes",
                "",
                "acse-2012",
                label_en="People mentored every year",
            ),
            figure(
                "Actions culturelles soutenues",
                "3000",
                "actions",
                "",
                "acse-2012",
                label_en="Cultural actions supported",
            ),
            figure(
                "Budget",
                "346",
                "millions d'euros",
                "2012",
                "acse-2012",
                label_en="Budget",
            ),
            figure(
                "Budget d'intervention",
                "400",
                "millions d'euros",
                "2011",
                "acse-2012",
                "environ",
                label_en="Intervention budget",
            ),
            figure(
                "Stagiaires en formation intensive de français",
                "20000",
                "stagiaires",
                "2007",
                "acse-note",
                label_en="Trainees in intensive French courses",
            ),
            figure(
                "Œuvres audiovisuelles pour promouvoir la diversité",
                "109",
                "œuvres",
                "",
                "acse-note",
                label_en="Audiovisual works promoting diversity",
            ),
            figure(
                "Études régionales sur l'histoire de l'immigration",
                "22",
                "études",
                "",
                "acse-note",
                label_en="Regional studies on the history of immigration",
            ),
        ],
        budget={
            "year": "2009",
            "unit": "millions d'euros",
            "unit_en": "million euros",
            "source": "acse-note",
            "note": "La note précise que 94 % du budget 2009 est consacré à ces quatre programmes d'intervention.",
            "note_en": "The note states that 94% of the 2009 budget goes to these four programmes.",
            "share_of_total": "94",
            "lines": [
                {
                    "label": "Politique de la ville et lutte contre les discriminations",
                    "label_en": "Urban policy and fight against discrimination",
                    "value": "383.2",
                },
                {
                    "label": "Fonds interministériel de prévention de la délinquance",
                    "label_en": "Interministerial fund for crime prevention",
                    "value": "34.7",
                },
                {
                    "label": "Intégration des populations immigrées",
                    "label_en": "Integration of immigrants",
                    "value": "13",
                },
                {
                    "label": "Service civil volontaire",
                    "label_en": "Voluntary civic service",
                    "value": "9",
                },
            ],
        },
        website="http://www.lacse.fr",
        later="L'agence n'existe plus ; le Commissariat général à l'égalité des territoires a repris ses missions de "
        "politique de la ville.",
        later_en="The agency no longer exists; the General Commission for Territorial Equality took over its urban policy "
        "missions.",
        founded="2006",
    ),
    _organisation(
        "anaem",
        "agency",
        "Agence nationale de l'accueil des étrangers et des migrations",
        "National Agency for the Reception of Foreigners and Migration",
        "L'un des deux établissements publics avec lesquels la direction de la population et des migrations coordonne "
        "l'intégration.",
        "One of the two public bodies with which the Population and Migration Directorate coordinates integration.",
        ["editorial"],
        acronym="Anaem",
        partners=["dpm", "acse"],
        themes=["parcours-integration"],
        later="L'agence est devenue en 2009 l'Office français de l'immigration et de l'intégration (Ofii).",
        later_en="In 2009 the agency became the French Office for Immigration and Integration (Ofii).",
        dissolved="2009",
    ),
    _organisation(
        "anpe",
        "employment",
        "Agence nationale pour l'emploi",
        "National Employment Agency",
        "Cité par l'éditorial parmi les opérateurs nationaux dont les réseaux locaux prennent part à l'intégration.",
        "Named by the editorial among the national operators whose local networks take part in integration.",
        ["editorial"],
        acronym="ANPE",
        themes=["emploi-developpement-economique"],
        later="L'agence a été remplacée par Pôle emploi, créé par une loi de 2008.",
        later_en="The agency was replaced by Pôle emploi, created by a law of 2008.",
        dissolved="2008",
    ),
    _organisation(
        "pole-emploi",
        "employment",
        "Pôle emploi",
        "Pôle emploi (national employment service)",
        "Le service public de l'emploi, qui a renforcé ses équipes auprès des habitantes et des habitants des quartiers "
        "prioritaires.",
        "The public employment service, which strengthened its teams for the people of priority neighbourhoods.",
        ["ciec-report"],
        body="""
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté détaille les équipes déployées : conseillers
chargés des relations avec les entreprises, accompagnement intensif des jeunes, accompagnement global dans les agences des
quartiers. Des jeunes en service civique y sont accueillis.
""",
        body_en="""
The progress report of the Interministerial Committee on Equality and Citizenship details the teams deployed: advisers in
charge of relations with employers, intensive support for young people, global support in neighbourhood agencies. Young people
in civic service are hosted there.
""",
        partners=["apec"],
        themes=["service-public-emploi", "insertion-des-jeunes"],
        figures=[
            figure(
                "Conseillers chargés des relations avec les entreprises",
                "4200",
                "conseillers",
                "",
                "ciec-report",
                label_en="Advisers for relations with employers",
            ),
            figure(
                "Conseillers en accompagnement intensif des jeunes",
                "278",
                "conseillers",
                "",
                "ciec-report",
                label_en="Advisers giving young people intensive support",
            ),
            figure(
                "Conseillers en accompagnement global",
                "274",
                "conseillers",
                "",
                "ciec-report",
                label_en="Advisers giving global support",
            ),
            figure(
                "Jeunes accueillis en service civique",
                "1800",
                "jeunes",
                "2016",
                "ciec-report",
                label_en="Young people hosted in civic service",
            ),
        ],
        later="Pôle emploi est devenu France Travail le 1er janvier 2024.",
        later_en="Pôle emploi became France Travail on 1 January 2024.",
        dissolved="2024",
    ),
    _organisation(
        "halde",
        "agency",
        "Haute autorité de lutte contre les discriminations et pour l'égalité",
        "High Authority for the Fight against Discrimination and for Equality",
        "L'autorité chargée du volet juridique de la lutte contre les discriminations, avec laquelle l'Acsé travaille.",
        "The authority in charge of the legal side of the fight against discrimination, with which the Acsé works.",
        ["acse-note"],
        acronym="Halde",
        missions=["Lutter contre les discriminations par le droit"],
        missions_en=["Fight discrimination by legal means"],
        partners=["acse"],
        themes=["prevention-discriminations"],
        later="Le Défenseur des droits a repris ses missions en 2011.",
        later_en="The Defender of Rights took over its missions in 2011.",
        dissolved="2011",
    ),
    _organisation(
        "anru",
        "agency",
        "Agence nationale pour la rénovation urbaine",
        "National Agency for Urban Renewal",
        "L'agence qui finance le renouvellement urbain des quartiers, liée à l'Acsé par un accord-cadre de 2010.",
        "The agency that funds urban renewal, bound to the Acsé by a framework agreement of 2010.",
        ["acse-note", "acse-2012", "ciec-report"],
        acronym="Anru",
        body="""
L'Acsé et l'Anru travaillent ensemble sur la réussite scolaire, l'emploi et le développement économique, la gestion urbaine de
proximité et l'accompagnement des personnes relogées. Leur accord-cadre du 18 octobre 2010 fixe une stratégie commune.

L'agence porte le nouveau programme national de renouvellement urbain, dont les financements ont été augmentés d'un milliard
d'euros par la loi de finances pour 2017.
""",
        body_en="""
Acsé and Anru work together on school success, employment and economic development, neighbourhood management and support to
rehoused people. Their framework agreement of 18 October 2010 sets a common strategy.

The agency carries the new national urban renewal programme, whose funding was raised by one billion euros by the Finance Act
for 2017.
""",
        partners=["acse", "caisse-des-depots"],
        themes=["renouvellement-urbain", "mixite-habitat"],
        figures=[
            figure(
                "Financements du renouvellement urbain",
                "6",
                "milliards d'euros",
                "2017",
                "ciec-report",
                label_en="Funding for urban renewal",
            ),
            figure(
                "Montant dégagé dès 2017",
                "100",
                "millions d'euros",
                "2017",
                "ciec-report",
                label_en="Amount released from 2017",
            ),
        ],
    ),
    _organisation(
        "cnhi",
        "agency",
        "Cité nationale de l'histoire de l'immigration",
        "National City of the History of Immigration",
        "Une institution qui veut changer les regards réciproques, et qui travaille avec les territoires par un réseau de "
        "partenaires.",
        "An institution that seeks to change how people see one another, working with the territories through a network of "
        "partners.",
        ["editorial", "acse-note"],
        acronym="CNHI",
        body="""
L'éditorial annonce son ouverture au public pour l'automne et signale les contacts qu'elle noue déjà avec les acteurs des
territoires. Les études régionales sur l'histoire de l'immigration soutenues par l'Acsé ont été conduites en lien avec elle.
""",
        body_en="""
The editorial announces that it will open to the public in the autumn and notes the contacts it already makes with local
players. The regional studies on the history of immigration supported by the Acsé were carried out in connection with it.
""",
        partners=["acse", "dpm"],
        themes=["histoire-immigration", "culture-memoires"],
        figures=[
            figure(
                "Études régionales menées en lien avec la Cité",
                "22",
                "études",
                "",
                "acse-note",
                label_en="Regional studies carried out with the institution",
            )
        ],
        later="Elle porte aujourd'hui le nom de Musée national de l'histoire de l'immigration.",
        later_en="It is now called the National Museum of the History of Immigration.",
    ),
    _organisation(
        "reseau-ideal",
        "association",
        "Réseau IDEAL",
        "Réseau IDEAL",
        "L'association à laquelle l'animation du réseau a été confiée, forte de son expérience des réseaux de "
        "professionnels des collectivités locales.",
        "The association entrusted with running the network, experienced in networks of local government professionals.",
        ["editorial"],
        body="""
L'éditorial cite les clubs qu'elle anime déjà : insertion, petite enfance, personnes âgées.
""",
        body_en="""
The editorial names the clubs it already runs: social inclusion, early childhood, older people.
""",
        missions=["Animer le réseau"],
        missions_en=["Run the network"],
        partners=["dpm", "acse"],
    ),
    _organisation(
        "ministere-ville",
        "ministry",
        "Ministère de la Ville",
        "Ministry for Cities",
        "Le ministère qui a publié sur Ville.gouv.fr, le 1er juin 2012, l'article consacré à l'Acsé.",
        "The ministry that published the article on the Acsé on Ville.gouv.fr on 1 June 2012.",
        ["acse-2012"],
        partners=["acse"],
        themes=["lien-social-mediation"],
    ),
    _organisation(
        "ciec",
        "ministry",
        "Comité interministériel à l'égalité et à la citoyenneté",
        "Interministerial Committee on Equality and Citizenship",
        "Le comité qui a décidé, en plusieurs sessions, les mesures nationales que le catalogue présente par axe.",
        "The committee that decided, over several sessions, the national measures the catalogue shows by axis.",
        ["ciec-report"],
        acronym="CIEC",
        body="""
Son rapport d'étape range les mesures en trois axes : « Vivre dans la République », « La République au quotidien » et « La
République pour tous ». Le document dont nous disposons ne détaille que le deuxième. Chaque mesure porte le numéro de la
session qui l'a décidée ; certaines en portent deux.
""",
        body_en="""
Its progress report sorts the measures along three axes: "Living in the Republic", "The Republic in daily life" and "The
Republic for all". The document we hold details only the second. Each measure bears the number of the session that decided it;
some bear two.
""",
        partners=["cget"],
        website="http://lab-egalite-citoyennete.cget.gouv.fr",
    ),
    _organisation(
        "cget",
        "ministry",
        "Commissariat général à l'égalité des territoires",
        "General Commission for Territorial Equality",
        "Il héberge le Lab Égalité et Citoyenneté, auquel renvoie le rapport d'étape du Comité interministériel.",
        "It hosts the Equality and Citizenship Lab, to which the Interministerial Committee's progress report refers.",
        ["ciec-report"],
        acronym="CGET",
        partners=["ciec", "lab-egalite-citoyennete"],
        later="Ses missions ont rejoint l'Agence nationale de la cohésion des territoires, créée le 1er janvier 2020.",
        later_en="Its missions joined the National Agency for Territorial Cohesion, created on 1 January 2020.",
        dissolved="2020",
    ),
    _organisation(
        "lab-egalite-citoyennete",
        "resource_centre",
        "Lab Égalité et Citoyenneté",
        "Equality and Citizenship Lab",
        "Le site où consulter les trois axes du Comité interministériel à l'égalité et à la citoyenneté.",
        "The site where the three axes of the Interministerial Committee can be read.",
        ["ciec-report"],
        partners=["cget", "ciec"],
        website="http://lab-egalite-citoyennete.cget.gouv.fr",
    ),
    _organisation(
        "epide",
        "employment",
        "Établissement pour l'insertion dans l'emploi",
        "Establishment for Integration into Employment",
        "Un établissement dont les centres accueillent des jeunes sortis de l'école sans diplôme.",
        "A body whose centres host young people who left school without a qualification.",
        ["ciec-report"],
        acronym="Épide",
        themes=["insertion-des-jeunes", "decrochage-scolaire"],
        figures=[
            figure(
                "Centres", "18", "centres", "2016", "ciec-report", label_en="Centres"
            ),
            figure(
                "Hausse du nombre de places entre 2015 et 2016",
                "25",
                "%",
                "2016",
                "ciec-report",
                "plus de",
                label_en="Rise in places between 2015 and 2016",
            ),
            figure(
                "Nouveaux centres annoncés",
                "2",
                "centres",
                "2017",
                "ciec-report",
                label_en="New centres announced",
            ),
        ],
    ),
    _organisation(
        "afpa",
        "employment",
        "Afpa",
        "Afpa (adult vocational training)",
        "L'organisme de formation qui propose « Déclic pour l'action », pour découvrir et essayer des métiers.",
        'The training body that offers "Déclic pour l\'action", for discovering and trying out trades.',
        ["ciec-report"],
        themes=["insertion-des-jeunes"],
        figures=[
            figure(
                "Jeunes accueillis en formation de deuxième chance",
                "2000",
                "jeunes",
                "2016",
                "ciec-report",
                label_en="Young people in second-chance training",
            )
        ],
    ),
    _organisation(
        "apec",
        "employment",
        "Association pour l'emploi des cadres",
        "Association for the Employment of Executives",
        "Elle accompagne, sur mesure et dans la durée, des jeunes diplômées et diplômés des quartiers prioritaires.",
        "It gives young graduates of priority neighbourhoods tailored support over time.",
        ["ciec-report"],
        acronym="Apec",
        partners=["pole-emploi"],
        themes=["insertion-des-jeunes"],
        figures=[
            figure(
                "Jeunes issus de l'enseignement supérieur accompagnés",
                "3455",
                "jeunes",
                "2015",
                "ciec-report",
                label_en="Higher-education graduates supported",
            ),
            figure(
                "Jeunes des quartiers prioritaires accompagnés",
                "1675",
                "jeunes",
                "2015",
                "ciec-report",
                label_en="Young people of priority neighbourhoods supported",
            ),
            figure(
                "Part résidant en quartier prioritaire",
                "45",
                "%",
                "2015",
                "ciec-report",
                label_en="Share living in a priority neighbourhood",
            ),
        ],
    ),
    _organisation(
        "agence-france-entrepreneur",
        "agency",
        "Agence France entrepreneur",
        "Agence France Entrepreneur",
        "Créée le 13 avril 2016 pour renforcer et mieux coordonner le soutien à la création d'entreprise, d'abord dans les "
        "territoires fragiles.",
        "Created on 13 April 2016 to strengthen and better coordinate support for new businesses, first of all in fragile "
        "territories.",
        ["ciec-report"],
        acronym="AFE",
        body="""
Elle agit d'abord pour les quartiers prioritaires, les zones rurales et les outre-mer. Outre son site ouvert à tous, elle
anime un site pour les créatrices et créateurs des quartiers (www.entreprisesdesquartiers.fr) et un autre consacré à
l'entrepreneuriat des femmes (www.ellesentreprennent.fr).
""",
        body_en="""
It acts first for priority neighbourhoods, rural areas and overseas territories. Besides its public site, it runs one for
founders from the neighbourhoods (www.entreprisesdesquartiers.fr) and one on women's entrepreneurship
(www.ellesentreprennent.fr).
""",
        missions=[
            "Favoriser les créations et les reprises d'entreprises durables, par un meilleur accompagnement",
            "Aider les petites et moyennes entreprises qui créent de l'emploi",
            "Innover pour rendre le cadre plus favorable à l'initiative",
        ],
        missions_en=[
            "Foster lasting business creations and takeovers through better support",
            "Help small and medium-sized businesses that create jobs",
            "Innovate to make the framework friendlier to initiative",
        ],
        themes=["creation-entreprise-ess"],
        website="http://www.afecreation.fr",
        later="Ses missions ont été reprises par Bpifrance en 2019.",
        later_en="Its missions were taken over by Bpifrance in 2019.",
        founded="2016",
        dissolved="2019",
    ),
    _organisation(
        "caisse-des-depots",
        "agency",
        "Caisse des dépôts",
        "Caisse des dépôts",
        "Elle finance une part des études du projet de renouvellement urbain de Dreux et de Vernouillet.",
        "It funds part of the studies for the urban renewal project of Dreux and Vernouillet.",
        ["ciec-report"],
        partners=["anru"],
        themes=["renouvellement-urbain"],
        figures=[
            figure(
                "Part des études de renouvellement urbain à Dreux et Vernouillet",
                "106000",
                "euros",
                "2016",
                "ciec-report",
                label_en="Share of the urban renewal studies in Dreux and Vernouillet",
            )
        ],
    ),
    _organisation(
        "ush",
        "housing",
        "Union sociale pour l'habitat",
        "Social Union for Housing",
        "Son congrès de 2016 a accueilli les travaux des territoires volontaires sur la réforme des attributions de "
        "logements sociaux.",
        "Its 2016 congress hosted the work of the territories that volunteered for the reform of social housing allocations.",
        ["ciec-report"],
        acronym="USH",
        themes=["mixite-habitat"],
    ),
    # ----- decentralised services of the State -----
    _organisation(
        "drass",
        "state_service",
        "Directions régionales des affaires sanitaires et sociales",
        "Regional directorates for health and social affairs",
        "Services déconcentrés de l'État, cités par l'éditorial parmi les appuis locaux de la politique d'intégration.",
        "Decentralised services of the State, named by the editorial among the local supports of integration policy.",
        ["editorial"],
        acronym="DRASS",
        is_type=True,
        partners=["dpm"],
        later="Ces services n'existent plus sous ce nom depuis la réorganisation de 2010.",
        later_en="These services have not existed under this name since the reorganisation of 2010.",
        dissolved="2010",
    ),
    _organisation(
        "ddass",
        "state_service",
        "Directions départementales des affaires sanitaires et sociales",
        "Departmental directorates for health and social affairs",
        "Services de l'État dans les départements, cités par l'éditorial parmi les appuis locaux de la politique "
        "d'intégration.",
        "Services of the State in the departments, named by the editorial among the local supports of integration policy.",
        ["editorial"],
        acronym="DDASS",
        is_type=True,
        partners=["dpm"],
        later="Ces services n'existent plus sous ce nom depuis la réorganisation de 2010.",
        later_en="These services have not existed under this name since the reorganisation of 2010.",
        dissolved="2010",
    ),
    _organisation(
        "drtefp",
        "state_service",
        "Directions régionales du travail, de l'emploi et de la formation professionnelle",
        "Regional directorates for labour, employment and vocational training",
        "Services déconcentrés chargés du travail et de l'emploi, cités par l'éditorial.",
        "Decentralised services in charge of labour and employment, named by the editorial.",
        ["editorial"],
        acronym="DRTEFP",
        is_type=True,
        partners=["dpm"],
        themes=["emploi-developpement-economique"],
        later="Ces services n'existent plus sous ce nom depuis la réorganisation de 2010.",
        later_en="These services have not existed under this name since the reorganisation of 2010.",
        dissolved="2010",
    ),
    _organisation(
        "ddtefp",
        "state_service",
        "Directions départementales du travail, de l'emploi et de la formation professionnelle",
        "Departmental directorates for labour, employment and vocational training",
        "Services de l'État dans les départements chargés du travail et de l'emploi, cités par l'éditorial.",
        "Services of the State in the departments in charge of labour and employment, named by the editorial.",
        ["editorial"],
        acronym="DDTEFP",
        is_type=True,
        partners=["dpm"],
        themes=["emploi-developpement-economique"],
        later="Ces services n'existent plus sous ce nom depuis la réorganisation de 2010.",
        later_en="These services have not existed under this name since the reorganisation of 2010.",
        dissolved="2010",
    ),
    _organisation(
        "drjscs-languedoc-roussillon",
        "state_service",
        "DRJSCS Occitanie",
        "DRJSCS Occitanie (regional directorate for youth, sports and social cohesion)",
        "La direction régionale qui décrit, en 2010, son action pour l'égalité des chances : éducation, emploi, prévention "
        "des discriminations.",
        "The regional directorate that describes, in 2010, its action for equal opportunity: education, employment, "
        "prevention of discrimination.",
        ["drjscs-2010"],
        acronym="DRJSCS",
        territory="region:76",
        body="""
La direction régionale siège au comité de pilotage d'École ouverte, suit « Ouvrir l'école aux parents », aide au démarrage les
écoles de la deuxième chance, soutient le parrainage et promeut la charte ou le label diversité.

Pour prévenir les discriminations, elle forme les acteurs, soutient des diagnostics de territoire, anime les plans du Gard et
des Pyrénées-Orientales, finance la sensibilisation et l'accueil des victimes, et suit le centre de ressources porté par le
Centre interculturel de documentation.

L'article, daté du 14 avril 2010, est présenté sous le nom de la DRJSCS Occitanie, plus récent.
""",
        body_en="""
The regional directorate sits on the steering committee of the Open School programme, follows "Opening schools to parents",
helps second-chance schools to start, supports mentoring and promotes the diversity charter or label.

To prevent discrimination, it trains practitioners, supports local diagnoses, runs the plans of the Gard and of the
Pyrénées-Orientales, funds awareness-raising and the reception of victims, and follows the resource centre run by the Centre
interculturel de documentation.

The article, dated 14 April 2010, is shown under the later name DRJSCS Occitanie.
""",
        missions=[
            "Appuyer les acteurs locaux et les former",
            "Animer le partenariat régional",
            "Financer des actions d'éducation, d'emploi et de prévention des discriminations",
        ],
        missions_en=[
            "Support and train local players",
            "Lead the regional partnership",
            "Fund action on education, employment and the prevention of discrimination",
        ],
        partners=["acse", "centre-interculturel-documentation"],
        themes=[
            "education",
            "emploi-developpement-economique",
            "prevention-discriminations",
        ],
        contact_label="Pôle Cohésion sociale territoriale",
        contact_email="DRJSCS34-COHESION-SOCIALE@drjscs.gouv.fr",
        later="Les directions régionales de ce nom ont disparu lors de la réorganisation de 2021 ; l'adresse est celle que "
        "donne l'article de 2010.",
        later_en="The regional directorates of this name disappeared in the reorganisation of 2021; the address is the one "
        "given by the article of 2010.",
        dissolved="2021",
    ),
    _organisation(
        "spip-indre",
        "justice",
        "Service pénitentiaire d'insertion et de probation de l'Indre",
        "Prison service for integration and probation of the Indre",
        "Signataire, en octobre 2016, d'une convention d'accueil de personnes condamnées avec Châteauroux et son "
        "agglomération.",
        "Signatory, in October 2016, of an agreement with Châteauroux and its urban area to host convicted people.",
        ["ciec-report"],
        acronym="SPIP de l'Indre",
        territory="department:36",
        themes=["alternatives-incarceration"],
    ),
    # ----- local authorities and social security -----
    _organisation(
        "regions",
        "region",
        "Régions",
        "Regions",
        "Collectivités territoriales, dont l'éditorial attend la mobilisation et la coopération.",
        "Local authorities, whose involvement and cooperation the editorial calls for.",
        ["editorial"],
        is_type=True,
    ),
    _organisation(
        "departements",
        "department",
        "Départements",
        "Departments",
        "Leurs services sociaux sont de ceux auxquels les personnes étrangères ou immigrées ont recours chaque jour.",
        "Their social services are among those that foreign and immigrant people use every day.",
        ["editorial"],
        is_type=True,
        themes=["acces-aux-droits"],
    ),
    _organisation(
        "communes",
        "municipality",
        "Communes et intercommunalités",
        "Municipalities and their groupings",
        "Premières au contact des habitantes et des habitants ; plus de trois mille étaient parties à un contrat urbain de "
        "cohésion sociale en 2012.",
        "Closest to the inhabitants; more than three thousand were party to an urban social cohesion contract in 2012.",
        ["editorial", "acse-2012"],
        is_type=True,
        themes=["acces-aux-droits", "logement"],
        figures=[
            figure(
                "Communes représentées dans les contrats",
                "3000",
                "communes",
                "2012",
                "acse-2012",
                "plus de",
                label_en="Municipalities represented in the contracts",
            )
        ],
    ),
    _organisation(
        "ccas",
        "municipality",
        "Centres communaux d'action sociale",
        "Municipal welfare centres",
        "Les services sociaux des communes, où chacune et chacun peut être accueilli et orienté.",
        "The social services of the municipalities, where anyone can be received and guided.",
        ["editorial"],
        acronym="CCAS",
        is_type=True,
        themes=["acces-aux-droits"],
    ),
    _organisation(
        "caf",
        "social_security",
        "Caisses d'allocations familiales",
        "Family allowance funds",
        "Organismes de sécurité sociale dont l'éditorial attend la coopération avec les autres acteurs locaux.",
        "Social security bodies whose cooperation with other local players the editorial calls for.",
        ["editorial"],
        acronym="CAF",
        is_type=True,
        themes=["acces-aux-droits"],
    ),
    _organisation(
        "cpam",
        "social_security",
        "Caisses primaires d'assurance maladie",
        "Primary health insurance funds",
        "Organismes de sécurité sociale cités par l'éditorial parmi les acteurs de l'intégration au quotidien.",
        "Social security bodies named by the editorial among the players of integration in daily life.",
        ["editorial"],
        acronym="CPAM",
        is_type=True,
        themes=["sante", "acces-aux-droits"],
    ),
    _organisation(
        "missions-locales-bourgogne-franche-comte",
        "employment",
        "Missions locales de Bourgogne-Franche-Comté",
        "Youth employment centres of Bourgogne-Franche-Comté",
        "Vingt des vingt-six missions locales de la région portent la Garantie jeunes.",
        "Twenty of the region's twenty-six youth employment centres run the Youth Guarantee.",
        ["ciec-report"],
        is_type=True,
        territory="region:27",
        themes=["insertion-des-jeunes"],
        figures=[
            figure(
                "Missions locales",
                "26",
                "missions locales",
                "2016",
                "ciec-report",
                label_en="Youth employment centres",
            ),
            figure(
                "Missions locales portant la Garantie jeunes",
                "20",
                "missions locales",
                "2016",
                "ciec-report",
                label_en="Centres running the Youth Guarantee",
            ),
        ],
    ),
    # ----- associations, resource centres, companies -----
    _organisation(
        "associations",
        "association",
        "Associations",
        "Associations",
        "Partenaires des services publics sur le terrain, cités par l'éditorial et soutenus par l'Acsé.",
        "Partners of public services on the ground, named by the editorial and supported by the Acsé.",
        ["editorial", "acse-note"],
        is_type=True,
        themes=["lien-social-mediation"],
    ),
    _organisation(
        "centre-interculturel-documentation",
        "resource_centre",
        "Centre interculturel de documentation",
        "Intercultural Documentation Centre",
        "Le centre de ressources sur la lutte contre les discriminations que soutient et suit la direction régionale.",
        "The resource centre on fighting discrimination, supported and followed by the regional directorate.",
        ["drjscs-2010"],
        territory="region:76",
        body="""
L'article de 2010 en attend un appui aux actrices et acteurs de la lutte contre les discriminations : garder la mémoire des
actions et des stratégies marquantes, les diffuser, construire des outils et animer. Il ne précise pas la ville où se trouve le
centre.
""",
        body_en="""
The article of 2010 expects it to support those who fight discrimination: keeping the memory of notable actions and
strategies, spreading them, building tools and leading exchanges. It does not say in which town the centre is.
""",
        missions=["Capitaliser, diffuser, outiller et animer"],
        missions_en=["Keep, spread, equip and lead"],
        partners=["drjscs-languedoc-roussillon", "acse"],
        themes=["prevention-discriminations", "plans-territoriaux"],
    ),
    _organisation(
        "emmaus-france",
        "association",
        "Emmaüs France",
        "Emmaüs France",
        "Ses structures accueillent chaque année des personnes qui effectuent un travail d'intérêt général.",
        "Its branches host people doing community service every year.",
        ["ciec-report"],
        themes=["alternatives-incarceration"],
        figures=[
            figure(
                "Personnes accueillies chaque année en travail d'intérêt général",
                "800",
                "personnes",
                "",
                "ciec-report",
                "plus de",
                label_en="People hosted in community service every year",
            )
        ],
    ),
    _organisation(
        "armee-du-salut",
        "association",
        "Fondation de l'Armée du Salut",
        "Salvation Army Foundation",
        "Elle accueille depuis 1984 des personnes condamnées à un travail d'intérêt général.",
        "It has hosted people sentenced to community service since 1984.",
        ["ciec-report"],
        themes=["alternatives-incarceration"],
    ),
    _organisation(
        "jc-decaux",
        "company",
        "JC Decaux",
        "JC Decaux",
        "L'entreprise ouvre ses ateliers de réparation à des personnes qui ont dégradé des vélos en libre-service.",
        "The company opens its repair workshops to people who damaged shared bicycles.",
        ["ciec-report"],
        themes=["alternatives-incarceration"],
    ),
    _organisation(
        "orchestre-a-l-ecole",
        "association",
        "Orchestre à l'École",
        "Orchestre à l'École",
        "Une association citée pour ses pratiques musicales collectives dans les quartiers prioritaires.",
        "An association named for its collective music practice in priority neighbourhoods.",
        ["ciec-report"],
        themes=["education-artistique"],
    ),
    _organisation(
        "coup-de-pouce-31",
        "association",
        "Coup de pouce 31",
        "Coup de pouce 31",
        "En Haute-Garonne, l'association développe l'engagement des jeunes et mobilise les entreprises pour le parrainage.",
        "In Haute-Garonne, the association develops young people's commitment and brings businesses to mentoring.",
        ["ciec-report"],
        territory="department:31",
        themes=["parrainage-emploi"],
    ),
    _organisation(
        "iut-strasbourg",
        "education",
        "IUT de Strasbourg (Schuman, Pasteur et Haguenau)",
        "University institutes of technology of Strasbourg (Schuman, Pasteur and Haguenau)",
        "Trois instituts universitaires de technologie engagés auprès de collèges.",
        "Three university institutes of technology working with lower secondary schools.",
        ["ciec-report"],
        territory="department:67",
        themes=["orientation-ambition"],
    ),
]
