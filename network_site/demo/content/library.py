"""The library's first records: the texts, agreements, studies and articles the founding documents cite or are.

Identifiers (number, NOR, dates) are given only when established; ``to_complete`` lists what the librarian still has to
find. ``legal_status`` stays "not_checked" until someone checks it and says when: the network does not guess.

Relations name another record: ``implements``, ``amends``, ``cites`` where a source founds them, ``see_also`` where the
editors bring two records together. ``creates`` names an organisation.
"""

from network_site.demo.content.grounds import GROUNDS

REGULATORY = "regulatory_text"
STUDY = "study"


def _record(slug, page_type, kind, title, summary, source, **more):
    """A library record; everything a source does not say stays empty."""
    entry = {
        "slug": slug,
        "page_type": page_type,
        "kind": kind,
        "title": title,
        "short_title": "",
        "number": "",
        "nor": "",
        "signed_on": "",
        "published_on": "",
        "legal_status": "not_checked" if page_type == REGULATORY else "",
        "publisher": "",
        "authors": "",
        "summary": summary,
        "body": "",
        "themes": [],
        "grounds": [],
        "target_groups": [],
        "programmes": [],
        "territories": [],
        "relations": [],
        "files": [],
        "creates": [],
        "official_url": "",
        "source": source,
        "to_complete": [],
        "visibility": "public",
        "lang": "fr",
    }
    unknown = set(more) - set(entry)
    if unknown:
        raise ValueError(f"unknown fields for {slug}: {sorted(unknown)}")
    entry.update(more)
    return entry


RECORDS = [
    # ----- laws and decree -----
    _record(
        "loi-2000-1208-sru",
        REGULATORY,
        "law",
        "Loi n° 2000-1208 du 13 décembre 2000 relative à la solidarité et au renouvellement urbains",
        "La loi dite SRU, à laquelle se rattache l'obligation faite à certaines communes de disposer de logements sociaux.",
        "official-journal",
        short_title="Loi SRU",
        number="2000-1208",
        signed_on="2000-12-13",
        published_on="2000-12-14",
        body="""
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté cite cette loi à propos de la répartition du
logement social : le délégué interministériel à la mixité sociale dans l'habitat appuie les préfets face aux communes qui
n'appliquent pas leurs obligations, et la loi relative à l'égalité et à la citoyenneté en clarifie le périmètre.
""",
        themes=["mixite-habitat", "logement"],
        to_complete=["nor", "official_url", "legal_status"],
    ),
    _record(
        "loi-2001-1066-lutte-discriminations",
        REGULATORY,
        "law",
        "Loi n° 2001-1066 du 16 novembre 2001 relative à la lutte contre les discriminations",
        "Un texte de référence de l'égalité de traitement, notamment dans l'emploi.",
        "official-journal",
        number="2001-1066",
        signed_on="2001-11-16",
        published_on="2001-11-17",
        body="""
Cette loi précède de quelques années la création de la Halde et celle de l'Acsé. Elle est signalée ici pour situer les textes
que les documents fondateurs du réseau citent ; son résumé détaillé reste à rédiger par la bibliothèque.
""",
        themes=["prevention-discriminations", "emploi-developpement-economique"],
        to_complete=["nor", "official_url", "legal_status", "body"],
    ),
    _record(
        "loi-2004-1486-halde",
        REGULATORY,
        "law",
        "Loi n° 2004-1486 du 30 décembre 2004 portant création de la haute autorité de lutte contre les discriminations et "
        "pour l'égalité",
        "La loi qui a créé la Halde, chargée du volet juridique de la lutte contre les discriminations.",
        "official-journal",
        short_title="Loi créant la Halde",
        number="2004-1486",
        signed_on="2004-12-30",
        published_on="2004-12-31",
        body="""
La note d'information sur l'Acsé présente la Halde comme l'un de ses deux grands partenaires : à la haute autorité le droit, à
l'agence l'appui aux projets, la connaissance et le financement.

La haute autorité a depuis laissé la place au Défenseur des droits.
""",
        themes=["prevention-discriminations"],
        creates=["halde"],
        official_url="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000000423967",
        to_complete=["nor", "legal_status"],
    ),
    _record(
        "loi-2006-396-egalite-des-chances",
        REGULATORY,
        "law",
        "Loi n° 2006-396 du 31 mars 2006 pour l'égalité des chances",
        "La loi qui a créé l'Agence nationale pour la cohésion sociale et l'égalité des chances.",
        "acse-2012",
        short_title="Loi pour l'égalité des chances",
        number="2006-396",
        nor="SOCX0500298L",
        signed_on="2006-03-31",
        published_on="2006-04-02",
        body="""
L'article publié par Ville.gouv.fr en 2012 rappelle que l'Acsé a été créée par cette loi. L'agence a reçu pour charge de
renforcer la cohésion sociale des territoires de la politique de la ville, et de contribuer à l'égalité des chances et à la
prévention des discriminations liées à l'origine.

Elle a aussi introduit dans le code du travail le CV anonyme (curriculum vitae anonyme) pour les entreprises de cinquante salariés
et plus ; une loi de 2015 l'a rendu facultatif.
""",
        themes=[
            "prevention-discriminations",
            "lien-social-mediation",
            "citoyennete-service-civil",
        ],
        programmes=["service-civil-volontaire"],
        creates=["acse"],
        to_complete=["official_url", "legal_status"],
    ),
    _record(
        "loi-2007-297-prevention-delinquance",
        REGULATORY,
        "law",
        "Loi n° 2007-297 du 5 mars 2007 relative à la prévention de la délinquance",
        "La loi en vertu de laquelle l'Acsé gère le fonds interministériel de prévention de la délinquance.",
        "acse-2012",
        short_title="Loi de prévention de la délinquance",
        number="2007-297",
        nor="INTX0600091L",
        signed_on="2007-03-05",
        published_on="2007-03-07",
        body="""
Le fonds interministériel de prévention de la délinquance finance des actions éducatives et sociales, l'aide aux victimes et
la prévention situationnelle. La loi en confie la gestion à l'Acsé.

L'article de 2012 qui la cite écrit son numéro « 2007-2097 » : c'est une coquille, le numéro officiel est 2007-297.
""",
        themes=["prevention-delinquance"],
        programmes=["fonds-prevention-delinquance"],
        relations=[("cites", "loi-2006-396-egalite-des-chances")],
        to_complete=["official_url", "legal_status"],
    ),
    _record(
        "loi-2008-496-discriminations",
        REGULATORY,
        "law",
        "Loi n° 2008-496 du 27 mai 2008 portant diverses dispositions d'adaptation au droit communautaire dans le domaine de "
        "la lutte contre les discriminations",
        "Elle définit la discrimination directe et indirecte et énumère, avec l'article 225-1 du code pénal, les critères "
        "interdits.",
        "official-journal",
        short_title="Loi de 2008 sur les discriminations",
        number="2008-496",
        nor="MTSX0769280L",
        signed_on="2008-05-27",
        published_on="2008-05-28",
        body="""
Son article premier distingue la discrimination directe, qui traite une personne moins bien qu'une autre dans une situation
comparable, et la discrimination indirecte, qui résulte d'une règle neutre en apparence.

L'article de la direction régionale de 2010 parle de dix-huit critères reconnus par la loi ; d'autres ont été ajoutés depuis,
dont le lieu de résidence en 2014. Les fiches du réseau sont classées selon ces critères.

Elle complète la transposition des directives 2000/43/CE, 2000/78/CE, 2002/73/CE, 2004/113/CE et 2006/54/CE.
""",
        themes=["prevention-discriminations"],
        grounds=[ground["slug"] for ground in GROUNDS],
        relations=[
            ("see_also", "loi-2001-1066-lutte-discriminations"),
            ("see_also", "loi-2004-1486-halde"),
        ],
        official_url="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000018877783",
        to_complete=["legal_status"],
    ),
    _record(
        "loi-2014-173-ville",
        REGULATORY,
        "law",
        "Loi n° 2014-173 du 21 février 2014 de programmation pour la ville et la cohésion urbaine",
        "La loi qui fonde les quartiers prioritaires et le nouveau programme national de renouvellement urbain, et ajoute le "
        "lieu de résidence aux critères de discrimination.",
        "official-journal",
        short_title="Loi ville de 2014",
        number="2014-173",
        nor="VILX1315170L",
        signed_on="2014-02-21",
        published_on="2014-02-22",
        body="""
Les contrats de ville y succèdent aux contrats urbains de cohésion sociale, dont la durée avait été prolongée jusqu'en 2014.

En 2010, l'article de la direction régionale notait que l'adresse et le quartier ne figuraient pas parmi les critères reconnus
par la loi, alors que l'Acsé y travaillait déjà : cette loi a comblé le manque.
""",
        themes=[
            "renouvellement-urbain",
            "lien-social-mediation",
            "prevention-discriminations",
        ],
        grounds=["lieu-de-residence"],
        programmes=["npnru", "contrat-urbain-cohesion-sociale"],
        relations=[("amends", "loi-2008-496-discriminations")],
        official_url="https://www.legifrance.gouv.fr/loda/id/JORFTEXT000028636804",
        to_complete=["legal_status"],
    ),
    _record(
        "decret-2015-1351-preparation-examens",
        REGULATORY,
        "decree",
        "Décret n° 2015-1351 du 26 octobre 2015 modifiant les dispositions du code de l'éducation relatives à la préparation "
        "aux examens des voies générale, professionnelle et technologique des lycées et à la délivrance du baccalauréat",
        "Il permet aux élèves qui ont échoué à un examen de le préparer de nouveau dans leur établissement.",
        "ciec-report",
        short_title="Décret sur la nouvelle préparation aux examens",
        number="2015-1351",
        nor="MENE1518430D",
        signed_on="2015-10-26",
        published_on="2015-10-27",
        body="""
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté cite le décret du 26 octobre 2015, sans son
numéro, parmi les moyens de lutter contre le décrochage : il encourage les élèves qui ont échoué à se présenter à nouveau.
""",
        themes=["decrochage-scolaire"],
        target_groups=["eleves-colleges-lycees", "jeunes-decrocheurs"],
        official_url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000031386414",
        to_complete=["legal_status"],
    ),
    _record(
        "loi-2016-1917-finances-2017",
        REGULATORY,
        "law",
        "Loi n° 2016-1917 du 29 décembre 2016 de finances pour 2017",
        "La loi de finances qui a ajouté un milliard d'euros aux financements de l'Agence nationale pour la rénovation urbaine.",
        "ciec-report",
        short_title="Loi de finances pour 2017",
        number="2016-1917",
        signed_on="2016-12-29",
        published_on="2016-12-30",
        body="""
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté signale l'effet de cette loi sur le nouveau
programme national de renouvellement urbain, dont les financements atteignent ainsi six milliards d'euros.
""",
        themes=["renouvellement-urbain"],
        programmes=["npnru"],
        to_complete=["nor", "official_url", "legal_status"],
    ),
    _record(
        "loi-2017-86-egalite-citoyennete",
        REGULATORY,
        "law",
        "Loi n° 2017-86 du 27 janvier 2017 relative à l'égalité et à la citoyenneté",
        "Elle porte notamment sur le logement : attributions, loyers, objectifs de relogement et périmètre de la loi SRU.",
        "ciec-report",
        short_title="Loi Égalité et citoyenneté",
        number="2017-86",
        signed_on="2017-01-27",
        published_on="2017-01-28",
        body="""
Le rapport d'étape du Comité interministériel à l'égalité et à la citoyenneté, rédigé avant la promulgation, en décrit le
volet logement :

- les groupements de communes définissent une politique d'attribution en faveur de la mixité sociale ;
- l'effort de relogement des ménages prioritaires est partagé entre tous ceux qui disposent de logements réservés ;
- des objectifs sont fixés pour loger des ménages pauvres hors des quartiers prioritaires ;
- les bailleurs ont plus de souplesse pour adapter les loyers ;
- le périmètre d'application de la loi SRU et les conditions des arrêtés de carence sont clarifiés.

Le texte promulgué est à lire avant tout usage : le rapport n'en donne que les intentions.
""",
        themes=[
            "mixite-habitat",
            "citoyennete-service-civil",
            "prevention-discriminations",
        ],
        target_groups=["mal-logees"],
        relations=[("amends", "loi-2000-1208-sru")],
        to_complete=["nor", "official_url", "legal_status"],
    ),
    # ----- agreements -----
    _record(
        "contrat-objectifs-performance-acse-2010",
        REGULATORY,
        "agreement",
        "Contrat d'objectifs et de performance entre l'État et l'Acsé, 14 octobre 2010",
        "Le contrat par lequel l'État et l'agence renforcent le pilotage de celle-ci, en accord avec les priorités de la "
        "politique de la ville.",
        "acse-2012",
        signed_on="2010-10-14",
        publisher="acse",
        body="""
L'article de Ville.gouv.fr n'en donne que la date et l'intention : renforcer la conduite stratégique de l'établissement. La
durée, les objectifs et les indicateurs ne sont pas indiqués.
""",
        themes=["lien-social-mediation"],
        relations=[("see_also", "loi-2006-396-egalite-des-chances")],
        to_complete=["official_url", "body"],
    ),
    _record(
        "accord-cadre-anru-acse-2010",
        REGULATORY,
        "agreement",
        "Accord-cadre entre l'Anru et l'Acsé, 18 octobre 2010",
        "Un cadre commun aux deux agences, pour que l'action sociale et la rénovation urbaine avancent ensemble.",
        "acse-2012",
        signed_on="2010-10-18",
        publisher="acse",
        body="""
L'accord coordonne le volet social de la politique de la ville et les opérations de rénovation urbaine. Il fixe un cadre
stratégique, précise comment les deux agences collaborent et veut rendre leurs actions communes plus lisibles et plus
efficaces : la gestion urbaine de proximité et l'accompagnement des personnes relogées, par exemple.
""",
        themes=["renouvellement-urbain", "lien-social-mediation"],
        relations=[
            ("see_also", "loi-2006-396-egalite-des-chances"),
            ("see_also", "contrat-objectifs-performance-acse-2010"),
        ],
        to_complete=["official_url", "body"],
    ),
    _record(
        "conventions-nationales-tig",
        REGULATORY,
        "agreement",
        "Conventions nationales sur le travail d'intérêt général et la réparation pénale",
        "Neuf conventions signées avec le ministère de la Justice, à décliner dans les territoires.",
        "ciec-report",
        body="""
Les partenaires s'engagent à accueillir des personnes condamnées, de leur propre initiative et sous leur responsabilité, pour
aider à leur réinsertion et prévenir la récidive. Le rapport d'étape illustre ces conventions par Emmaüs France, JC Decaux et
l'Armée du Salut. Il ne donne pas la liste des neuf signataires, ni les dates.
""",
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        to_complete=["signed_on", "official_url"],
    ),
    _record(
        "convention-tig-chateauroux",
        REGULATORY,
        "agreement",
        "Convention de partenariat pour l'accueil de personnes exécutant un travail d'intérêt général à Châteauroux",
        "Signée en octobre 2016 par la commune, l'agglomération et le service pénitentiaire d'insertion et de probation de "
        "l'Indre.",
        "ciec-report",
        signed_on="2016-10",
        publisher="spip-indre",
        body="""
La convention, signée en présence du préfet, ouvre des missions administratives au sein de la commune et de la métropole ;
jusque-là, les personnes étaient accueillies par les services techniques de la commune.

Le rapport d'étape dit qu'elle a été signée « le 10 octobre dernier » : l'année 2016 se déduit de la date du rapport.
""",
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        territories=["commune:36044", "epci:243600327"],
        relations=[("implements", "conventions-nationales-tig")],
        to_complete=["signed_on", "official_url"],
    ),
    _record(
        "protocole-npnru-dreux-vernouillet",
        REGULATORY,
        "agreement",
        "Protocole de préfiguration du renouvellement urbain : les Bâtes à Dreux et la Tabellionne à Vernouillet",
        "Signé en novembre 2016, il finance les études préalables au projet des deux quartiers.",
        "ciec-report",
        signed_on="2016-11",
        body="""
L'Anru finance les études à hauteur de 346 000 euros et la Caisse des dépôts de 106 000 euros ; les deux villes et
l'agglomération du Pays de Dreux apportent le reste, soit la moitié du budget.

Le rapport d'étape dit qu'il a été signé « le 10 novembre dernier » : l'année 2016 se déduit de la date du rapport.
""",
        themes=["renouvellement-urbain"],
        programmes=["npnru"],
        territories=["commune:28134", "commune:28404", "epci:200040277"],
        publisher="anru",
        relations=[("see_also", "loi-2014-173-ville")],
        to_complete=["signed_on", "official_url"],
    ),
    # ----- the founding documents themselves -----
    _record(
        "note-information-acse",
        STUDY,
        "note",
        "L'Acsé : note d'information sur ses missions, ses actions et son budget 2009",
        "Missions, partenaires, principes d'intervention, huit champs d'action et budget 2009 de l'agence.",
        "acse-note",
        body="""
La note présente l'agence en cinq parties. Elle décrit ses missions et ses liens avec l'Anru et la Halde ; elle énonce ses
principes : agir en complément, au plus près des difficultés, former, mesurer. Elle énumère ensuite les actions financées dans
huit champs, souvent avec un chiffre, et termine par le budget 2009.

Sur ce budget, quatre lignes sont données : 383,2 millions d'euros pour la politique de la ville et la lutte contre les
discriminations, 34,7 millions pour la prévention de la délinquance, 13 millions pour l'intégration des populations immigrées
et 9 millions pour le service civil volontaire.
""",
        publisher="acse",
        themes=[
            "parcours-integration",
            "apprentissage-francais",
            "foyers-travailleurs-migrants",
            "acces-aux-droits",
            "reussite-educative",
            "sante",
            "prevention-discriminations",
            "histoire-immigration",
            "langue-illettrisme",
            "citoyennete-service-civil",
            "prevention-delinquance",
        ],
        programmes=[
            "programme-reussite-educative",
            "atelier-sante-ville",
            "adulte-relais",
            "ville-vie-vacances",
            "contrat-urbain-cohesion-sociale",
            "fonds-prevention-delinquance",
            "service-civil-volontaire",
            "charte-diversite",
            "parrainage",
        ],
        target_groups=[
            "personnes-immigrees",
            "personnes-immigrees-agees",
            "habitants-quartiers",
            "travailleurs-migrants",
        ],
        to_complete=["published_on"],
        files=[
            {
                "name": "acse-resume-de-la-note.odt",
                "title": "Résumé de la note d'information sur l'Acsé, par la rédaction",
            }
        ],
    ),
    _record(
        "article-acse-ville-gouv-2012",
        STUDY,
        "article",
        "L'Acsé, opérateur des programmes sociaux de la politique de la ville (Ville.gouv.fr, 2012)",
        "Création, organisation et chiffres de l'agence, vus par le ministère de la Ville en juin 2012.",
        "acse-2012",
        published_on="2012-06-01",
        publisher="ministere-ville",
        body="""
L'article expose les missions de l'agence, son partenariat avec l'Anru, son organisation autour des préfets et ses chiffres :
497 contrats urbains de cohésion sociale, plus de 3 000 communes, près de 30 000 actions, un budget de 346 millions d'euros en
2012.

Le numéro qu'il donne de la loi du 5 mars 2007 comporte une coquille (2007-2097 au lieu de 2007-297).
""",
        themes=["lien-social-mediation", "education", "prevention-discriminations"],
        programmes=[
            "programme-reussite-educative",
            "internat-excellence",
            "ecole-deuxieme-chance",
            "atelier-sante-ville",
            "adulte-relais",
            "ville-vie-vacances",
            "parrainage",
            "contrat-urbain-cohesion-sociale",
            "fonds-prevention-delinquance",
        ],
        relations=[
            ("cites", "loi-2006-396-egalite-des-chances"),
            ("cites", "loi-2007-297-prevention-delinquance"),
            ("cites", "accord-cadre-anru-acse-2010"),
            ("cites", "contrat-objectifs-performance-acse-2010"),
        ],
        to_complete=["official_url"],
    ),
    _record(
        "article-drjscs-egalite-des-chances-2010",
        STUDY,
        "article",
        "Agir pour l'égalité des chances en région : éducation, emploi, prévention des discriminations (DRJSCS, 2010)",
        "Ce que fait une direction régionale avec l'Acsé, du comité École ouverte aux plans de lutte contre les "
        "discriminations.",
        "drjscs-2010",
        published_on="2010-04-14",
        publisher="drjscs-languedoc-roussillon",
        body="""
L'article range l'action régionale en trois domaines. Pour l'éducation : École ouverte, l'ouverture de l'école aux parents et
la Dynamique Espoir Banlieues. Pour l'emploi : le parrainage, les écoles de la deuxième chance, la charte ou le label
diversité. Pour la prévention des discriminations : la formation, les diagnostics de territoire, les plans du Gard et des
Pyrénées-Orientales, le partenariat régional, le financement d'actions et un centre de ressources.

Il rappelle que la loi reconnaissait alors dix-huit critères ; l'Acsé agissait sur ceux liés à l'origine et à l'appartenance
supposée à une ethnie, à une religion ou à une prétendue race, et travaillait aussi sur l'adresse, qui n'en était pas un.

Pour en savoir plus, l'article donne l'adresse électronique d'un service, que le réseau reprend comme point de contact.
""",
        themes=[
            "education",
            "emploi-developpement-economique",
            "prevention-discriminations",
            "plans-territoriaux",
        ],
        grounds=["origine", "race", "ethnie", "religion"],
        programmes=[
            "ecole-ouverte",
            "ouvrir-ecole-aux-parents",
            "internat-excellence",
            "cordees-de-la-reussite",
            "parrainage",
            "ecole-deuxieme-chance",
            "charte-diversite",
            "ville-vie-vacances",
        ],
        territories=["region:76", "department:30", "department:66"],
        relations=[("see_also", "loi-2008-496-discriminations")],
        to_complete=["official_url"],
    ),
    _record(
        "rapport-etape-ciec",
        STUDY,
        "report",
        "Comité interministériel à l'égalité et à la citoyenneté : rapport d'étape, « La République au quotidien »",
        "Vingt mesures nationales, leur avancement à la fin de 2016 et plus de vingt exemples locaux.",
        "ciec-report",
        publisher="ciec",
        body="""
Le document présente l'un des trois axes du comité. Chaque mesure porte le numéro de la session qui l'a décidée, un point
d'avancement et, le plus souvent, un exemple pris dans un territoire. Le catalogue du réseau reprend chaque mesure et chaque
exemple, dans nos mots.

Les deux autres axes, « Vivre dans la République » et « La République pour tous », ne sont que nommés.
""",
        themes=[
            "alternatives-incarceration",
            "renouvellement-urbain",
            "mixite-habitat",
            "mixite-scolaire",
            "scolarisation-precoce",
            "reussite-educative",
            "orientation-ambition",
            "decrochage-scolaire",
            "insertion-des-jeunes",
            "parrainage-emploi",
            "education-artistique",
            "service-public-emploi",
            "creation-entreprise-ess",
        ],
        programmes=[
            "npnru",
            "programme-reussite-educative",
            "parcours-excellence",
            "cordees-de-la-reussite",
            "garantie-jeunes",
            "parrainage",
            "demos",
            "reussite-apprentissage",
            "contrat-starter",
        ],
        relations=[
            ("cites", "loi-2000-1208-sru"),
            ("cites", "loi-2016-1917-finances-2017"),
            ("cites", "loi-2017-86-egalite-citoyennete"),
            ("cites", "decret-2015-1351-preparation-examens"),
            ("cites", "conventions-nationales-tig"),
            ("cites", "convention-tig-chateauroux"),
            ("cites", "protocole-npnru-dreux-vernouillet"),
        ],
        official_url="http://lab-egalite-citoyennete.cget.gouv.fr",
        to_complete=["published_on"],
    ),
    _record(
        "editorial-reseau",
        STUDY,
        "article",
        "Premier éditorial du réseau Intégration et prévention des discriminations",
        "Pourquoi ce réseau, avec qui et pour quoi faire : le texte qui l'a ouvert.",
        "editorial",
        authors="Patrick Butor",
        publisher="dpm",
        body="""
L'éditorial donne deux raisons d'ouvrir un réseau : une information complexe, abondante et dispersée, et l'envie de mettre en
commun ce que font les acteurs nationaux et locaux. Il nomme ces acteurs et fixe quatre objectifs : partager les textes et les
études, faire connaître les pratiques, échanger réflexions et méthodes, se former et se connaître.
""",
        themes=["parcours-integration", "prevention-discriminations"],
        grounds=["origine"],
        target_groups=["professionnels", "personnes-immigrees"],
        to_complete=["published_on"],
    ),
    # ----- studies, guides and plans announced by the report -----
    _record(
        "etude-occupation-parc-social-pays-de-la-loire",
        STUDY,
        "study",
        "Étude sur l'occupation du parc social en Pays de la Loire",
        "Engagée en septembre 2016 pour établir un état des lieux partagé et des outils de suivi.",
        "ciec-report",
        published_on="",
        body="""
L'étude doit aider à renforcer la mixité dans le parc locatif social de la région. Le rapport d'étape ne dit pas qui la
conduit, ni quand ses résultats seront publiés.
""",
        themes=["mixite-habitat"],
        territories=["region:52"],
        relations=[("see_also", "loi-2000-1208-sru")],
        to_complete=["publisher", "official_url", "published_on"],
    ),
    _record(
        "guide-scolarisation-moins-de-trois-ans-marseille",
        STUDY,
        "guide",
        "Guide de la scolarisation des élèves de moins de trois ans (Marseille)",
        "Un guide pour informer les parents et aider les professionnelles et professionnels à travailler ensemble.",
        "ciec-report",
        body="""
Le rapport d'étape cite ce guide à propos des trente-cinq classes créées en trois ans à Marseille pour les moins de trois ans.
Il n'en donne ni l'éditeur ni la date.
""",
        themes=["scolarisation-precoce"],
        target_groups=["parents", "enfants", "professionnels"],
        territories=["commune:13055"],
        to_complete=["publisher", "official_url", "published_on"],
    ),
    _record(
        "guide-pratique-parrainage",
        STUDY,
        "guide",
        "Guide pratique pour créer et animer le parrainage en entreprise",
        "Un outil annoncé pour les professionnelles et professionnels, dans le plan de développement du parrainage.",
        "ciec-report",
        body="""
Le plan de développement du parrainage prévoit ce guide à côté de plans d'action régionaux et d'une plateforme nationale en
ligne. Le rapport d'étape n'en donne pas les références.
""",
        themes=["parrainage-emploi"],
        target_groups=["professionnels", "employeurs"],
        programmes=["parrainage"],
        to_complete=["publisher", "official_url", "published_on"],
    ),
    _record(
        "rapport-mission-patrimoine-scolaire",
        STUDY,
        "report",
        "Rapport de la mission d'accompagnement sur le patrimoine scolaire des quartiers",
        "Confiée à Olivier Klein, maire de Clichy-sous-Bois ; la remise du rapport était annoncée pour le premier "
        "trimestre 2017.",
        "ciec-report",
        authors="Olivier Klein",
        body="""
La mission accompagne les partenaires de la rénovation urbaine, la communauté éducative et les élus, pour que l'argent dégagé
serve vraiment les bâtiments scolaires et s'inscrive dans une stratégie de réussite éducative. Nous ne disposons pas du rapport
lui-même.
""",
        themes=["renouvellement-urbain", "education"],
        programmes=["npnru"],
        relations=[("see_also", "loi-2016-1917-finances-2017")],
        to_complete=["publisher", "official_url", "published_on"],
    ),
    _record(
        "etudes-regionales-histoire-immigration",
        STUDY,
        "study",
        "Études régionales sur l'histoire de l'immigration",
        "Vingt-deux études soutenues par l'Acsé, en lien avec la Cité nationale de l'histoire de l'immigration.",
        "acse-note",
        publisher="acse",
        body="""
Ces études font partie des actions qui valorisent les mémoires, les histoires et les patrimoines issus de la diversité. La note
d'information ne donne pas leurs titres ; chaque étude aura sa propre notice lorsqu'elle sera versée à la bibliothèque.
""",
        themes=["histoire-immigration"],
        to_complete=["published_on", "official_url", "authors"],
    ),
    _record(
        "plan-vaincre-decrochage",
        STUDY,
        "note",
        "Plan d'action « Tous mobilisés pour vaincre le décrochage scolaire »",
        "Son objectif : diviser par deux le nombre de jeunes qui quittent l'école sans diplôme.",
        "ciec-report",
        body="""
Le rapport d'étape décrit son amplification pendant l'année scolaire 2016-2017 : parcours aménagés, alliances éducatives,
bourses pour celles et ceux qui reprennent une formation. Il compte moins de 100 000 jeunes décrocheurs en 2016.
""",
        themes=["decrochage-scolaire"],
        target_groups=["jeunes-decrocheurs", "eleves-colleges-lycees"],
        relations=[("see_also", "decret-2015-1351-preparation-examens")],
        to_complete=["publisher", "official_url", "published_on"],
    ),
    _record(
        "note-de-travail-groupe-plans-territoriaux",
        STUDY,
        "note",
        "Note de travail du groupe « Plans territoriaux » (document de démonstration)",
        "Une note réservée aux membres, écrite pour la démonstration : elle montre comment une notice se partage entre "
        "membres seulement.",
        "network",
        body="""
Cette note a été écrite pour la démonstration du site. Elle propose une grille de lecture d'un plan local de lutte contre les
discriminations : le diagnostic, les partenaires, les publics, les actions, le suivi. Elle ne décrit aucun plan réel.
""",
        themes=["plans-territoriaux"],
        target_groups=["professionnels"],
        relations=[("see_also", "article-drjscs-egalite-des-chances-2010")],
        visibility="member",
        files=[
            {
                "name": "grille-de-lecture-plan-territorial.odt",
                "title": "Grille de lecture d'un plan territorial (document de démonstration)",
            }
        ],
    ),
]
