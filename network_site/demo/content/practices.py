"""The local practices the founding documents illustrate their measures with, and nothing more.

What the source does not say (most often obstacles and resources, sometimes results) stays empty and is shown as "not
stated". ``started`` is a year or empty. ``measure`` is empty for the practices of the regional directorate's article,
which hang on no national measure.
"""

from network_site.demo.content.sources import figure


def _practice(slug, title, summary, measure, territories, **more):
    """A local practice; everything a source does not say stays empty."""
    entry = {
        "slug": slug,
        "title": title,
        "summary": summary,
        "measure": measure,
        "territories": territories,
        "context": "",
        "actions": "",
        "results": "",
        "resources": "",
        "partners": "",
        "obstacles": "",
        "organisations": [],
        "carrier": "",
        "carriers": "",
        "started": "",
        "ended": "",
        "themes": [],
        "grounds": [],
        "target_groups": [],
        "programmes": [],
        "records": [],
        "figures": [],
        "source": "ciec-report",
    }
    unknown = set(more) - set(entry)
    if unknown:
        raise ValueError(f"unknown fields for {slug}: {sorted(unknown)}")
    entry.update(more)
    return entry


PRACTICES = [
    # ----- 1. alternatives to prison -----
    _practice(
        "emmaus-travail-interet-general",
        "Emmaüs France accueille des personnes en travail d'intérêt général",
        "Collecter, réparer et vendre des objets d'occasion : des missions confiées chaque année à plus de huit cents "
        "personnes condamnées.",
        "alternatives-a-l-incarceration",
        [],
        context="Une des conventions nationales signées avec le ministère de la Justice engage Emmaüs France à accueillir des "
        "personnes condamnées.",
        actions="Dans ses différentes structures, l'association confie des missions de collecte, de réparation et de vente "
        "de produits de seconde main.",
        results="Plus de 800 personnes accueillies chaque année.",
        partners="Ministère de la Justice.",
        organisations=["emmaus-france"],
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        records=["conventions-nationales-tig"],
        figures=[
            figure(
                "Personnes accueillies chaque année",
                "800",
                "personnes",
                "",
                "ciec-report",
                "plus de",
            )
        ],
        carrier="emmaus-france",
    ),
    _practice(
        "paris-tu-casses-tu-repares",
        "« Tu casses, tu répares » : l'atelier plutôt que le tribunal à Paris",
        "Des mineurs qui ont abîmé des vélos en libre-service suivent un stage dans les ateliers où on les répare ; la "
        "nouvelle convention ouvre le dispositif aux majeurs.",
        "alternatives-a-l-incarceration",
        ["commune:75056"],
        context="Une alternative aux poursuites judiciaires pour des mineurs qui ont dégradé des vélos en libre-service.",
        actions="Les mineurs suivent un stage de sensibilisation dans les ateliers de réparation de la société. La nouvelle "
        "convention étend le dispositif aux majeurs, par une réparation pénale ou un travail d'intérêt général.",
        results="Le rapport parle d'un succès et d'une extension aux majeurs ; il ne donne pas de chiffres.",
        partners="JC Decaux, Mairie de Paris, procureur de la République, Protection judiciaire de la jeunesse.",
        organisations=["jc-decaux"],
        started="2013",
        themes=["alternatives-incarceration", "prevention-delinquance"],
        target_groups=["personnes-condamnees", "jeunes"],
        records=["conventions-nationales-tig"],
        carrier="jc-decaux",
    ),
    _practice(
        "paris-cite-de-refuge",
        "À la Cité de Refuge, exécuter une peine et découvrir un métier",
        "La fondation de l'Armée du Salut accueille depuis 1984 des personnes condamnées ; à Paris, elles entretiennent les "
        "locaux et le mobilier d'un centre.",
        "alternatives-a-l-incarceration",
        ["commune:75056"],
        context="Au-delà de l'exécution de la peine, la fondation veut que chaque personne puisse découvrir un métier ou s'y "
        "former, en vue d'une réinsertion.",
        actions="À la Cité de Refuge – Centre Espoir, les personnes assurent la maintenance des locaux et du mobilier.",
        organisations=["armee-du-salut"],
        partners="Ministère de la Justice.",
        started="1984",
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        records=["conventions-nationales-tig"],
        carrier="armee-du-salut",
    ),
    _practice(
        "chateauroux-travail-interet-general",
        "À Châteauroux, des missions administratives pour les peines alternatives",
        "La ville, l'agglomération et le service pénitentiaire ouvrent le secrétariat et l'archivage aux personnes condamnées "
        "à un travail d'intérêt général.",
        "alternatives-a-l-incarceration",
        ["commune:36044", "epci:243600327"],
        context="Jusque-là, les personnes étaient affectées aux services techniques de la commune, à la propreté notamment.",
        actions="Une convention de partenariat, signée en présence du préfet, ouvre des missions administratives dans la "
        "commune et dans l'agglomération : secrétariat, archivage.",
        partners="Châteauroux Métropole, commune de Châteauroux, service pénitentiaire d'insertion et de probation de "
        "l'Indre.",
        organisations=["spip-indre"],
        started="2016",
        themes=["alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        records=["convention-tig-chateauroux", "conventions-nationales-tig"],
        carriers="Châteauroux Métropole, commune de Châteauroux, service pénitentiaire d'insertion et de probation de l'Indre",
    ),
    # ----- 2 to 4. housing -----
    _practice(
        "dreux-vernouillet-renouvellement-urbain",
        "Dreux et Vernouillet préparent ensemble le renouvellement de deux quartiers",
        "Un protocole commun aux Bâtes et à la Tabellionne finance les études du futur projet urbain.",
        "nouveau-programme-renouvellement-urbain",
        ["commune:28134", "commune:28404", "epci:200040277"],
        context="Deux quartiers de deux communes voisines, dans une même agglomération, retenus par le nouveau programme "
        "national de renouvellement urbain.",
        actions="Le protocole de préfiguration, signé en novembre 2016, lance les études d'élaboration du projet.",
        resources="346 000 euros de l'Anru, 106 000 euros de la Caisse des dépôts ; les deux villes et l'agglomération "
        "financent la moitié du budget.",
        partners="Anru, Caisse des dépôts, communes de Dreux et de Vernouillet, agglomération du Pays de Dreux.",
        organisations=["anru", "caisse-des-depots"],
        started="2016",
        themes=["renouvellement-urbain"],
        target_groups=["habitants-quartiers"],
        programmes=["npnru"],
        records=["protocole-npnru-dreux-vernouillet"],
        figures=[
            figure("Financement de l'Anru", "346000", "euros", "2016", "ciec-report"),
            figure(
                "Financement de la Caisse des dépôts",
                "106000",
                "euros",
                "2016",
                "ciec-report",
            ),
            figure(
                "Part des deux villes et de l'agglomération",
                "50",
                "%",
                "2016",
                "ciec-report",
            ),
        ],
        carriers="Communes de Dreux et de Vernouillet, agglomération du Pays de Dreux",
    ),
    _practice(
        "pays-de-la-loire-occupation-parc-social",
        "En Pays de la Loire, connaître l'occupation du parc social avant d'agir",
        "Une étude régionale pour disposer d'un état des lieux partagé et d'outils de suivi.",
        "repartition-du-parc-social",
        ["region:52"],
        context="Renforcer la mixité au sein du parc locatif social suppose de savoir qui l'occupe.",
        actions="Une étude engagée en septembre 2016 prépare un état des lieux partagé et des outils de suivi.",
        started="2016",
        themes=["mixite-habitat"],
        records=["etude-occupation-parc-social-pays-de-la-loire"],
    ),
    _practice(
        "attributions-territoires-volontaires",
        "Attributions de logements sociaux : quatre territoires avancent sans attendre la loi",
        "Strasbourg, Lorient, Poitiers et Grenoble ont présenté leurs travaux sur la réforme des attributions en 2016.",
        "attributions-et-loyers",
        ["commune:67482", "commune:56121", "commune:86194", "commune:38185"],
        context="La loi Égalité et citoyenneté, qui réforme les attributions, n'était pas encore promulguée.",
        actions="Des territoires volontaires mettent déjà la réforme en œuvre et en ont présenté les travaux au congrès de "
        "l'Union sociale pour l'habitat de 2016. Le rapport ne décrit pas ce que chacun a fait.",
        organisations=["ush"],
        partners="Union sociale pour l'habitat.",
        themes=["mixite-habitat"],
        target_groups=["mal-logees"],
        records=["loi-2017-86-egalite-citoyennete"],
    ),
    # ----- 6. schools -----
    _practice(
        "redon-secteur-multi-colleges",
        "À Redon, un secteur commun pour mêler les élèves",
        "Depuis la rentrée 2016, un secteur de recrutement élargi rapproche les collèges du territoire.",
        "secteurs-multi-colleges",
        ["commune:35236"],
        actions="Le secteur de recrutement des collèges a été élargi, et l'objectif de mixité sociale est entré dans la "
        "procédure d'affectation.",
        results="Les collèges accueillent des élèves de milieux plus divers, et les différences entre établissements "
        "s'atténuent.",
        started="2016",
        themes=["mixite-scolaire"],
        target_groups=["eleves-colleges-lycees"],
    ),
    _practice(
        "nancy-secteur-et-section-bilingue",
        "À Nancy, un secteur commun et une filière bilingue",
        "La création d'un secteur multi-collèges va de pair avec un dispositif franco-anglais dans le collège le plus "
        "défavorisé.",
        "secteurs-multi-colleges",
        ["commune:54395"],
        actions="Un dispositif bilingue franco-anglais est installé dans le collège le plus défavorisé du nouveau secteur "
        "multi-collèges.",
        themes=["mixite-scolaire"],
        target_groups=["eleves-colleges-lycees"],
    ),
    # ----- 7. conservatories -----
    _practice(
        "bordeaux-demos",
        "Démos à Bordeaux : un orchestre de cent vingt enfants",
        "Pendant trois ans, des enfants de la ville, de la métropole et du département reçoivent un instrument et forment un "
        "orchestre.",
        "reseau-des-conservatoires",
        ["commune:33063", "epci:243300316", "department:33"],
        actions="120 enfants de 7 à 12 ans, répartis en huit groupes, se voient confier un instrument à partir d'octobre 2016 "
        "et pour trois ans.",
        started="2016",
        ended="2019",
        themes=["education-artistique"],
        target_groups=["enfants"],
        programmes=["demos"],
        figures=[
            figure("Enfants", "120", "enfants", "2016", "ciec-report"),
            figure("Groupes", "8", "groupes", "2016", "ciec-report"),
        ],
    ),
    # ----- 8. early schooling -----
    _practice(
        "marseille-classes-moins-de-trois-ans",
        "À Marseille, trente-cinq classes pour les moins de trois ans et un guide pour les parents",
        "En trois ans, la ville a vu s'ouvrir trente-cinq classes ; un guide aide familles et équipes à se parler.",
        "scolarisation-precoce",
        ["commune:13055"],
        actions="Des classes ont été créées depuis trois ans, et un guide informe les parents et renforce la coopération "
        "entre toutes les équipes concernées.",
        results="35 classes créées en trois ans.",
        themes=["scolarisation-precoce"],
        target_groups=["enfants", "parents", "professionnels"],
        records=["guide-scolarisation-moins-de-trois-ans-marseille"],
        figures=[
            figure(
                "Classes créées depuis trois ans",
                "35",
                "classes",
                "2016",
                "ciec-report",
            )
        ],
    ),
    _practice(
        "argenteuil-ecole-anne-frank",
        "À Argenteuil, une classe dès deux ans à l'école Anne Frank",
        "Une classe de vingt élèves au plus, qui fait partie du projet de l'école.",
        "scolarisation-precoce",
        ["commune:95018"],
        actions="L'école accueille des enfants dès l'âge de deux ans dans une classe limitée à 20 élèves, inscrite dans le "
        "projet pédagogique et éducatif de l'école.",
        started="2013",
        themes=["scolarisation-precoce"],
        target_groups=["enfants"],
        figures=[figure("Élèves, au plus", "20", "élèves", "", "ciec-report")],
        carriers="École Anne Frank",
    ),
    # ----- 9. educational success -----
    _practice(
        "saint-benoit-programme-reussite-educative",
        "À Saint-Benoît de La Réunion, un programme de réussite éducative pour tout un territoire",
        "Décrochage, sport, loisirs, culture, santé, mobilité : le programme réunit tous les acteurs et s'adresse aussi aux "
        "parents.",
        "extension-reussite-educative",
        ["commune:97410"],
        context="Le territoire connaît le décrochage scolaire, des difficultés d'accès au sport, aux loisirs et à la culture, "
        "aux soins et aux transports.",
        actions="Le programme s'appuie sur l'ensemble des acteurs et des ressources du territoire, et accompagne les parents "
        "dans leur rôle de premiers éducateurs.",
        started="2016",
        themes=["reussite-educative", "sante"],
        target_groups=["enfants", "parents"],
        programmes=["programme-reussite-educative"],
    ),
    # ----- 10. pathways of excellence -----
    _practice(
        "strasbourg-reussir-plus-fort",
        "« Réussir plus fort » : des étudiants d'IUT aux côtés de collégiens à Strasbourg",
        "Chaque semaine, deux heures d'atelier réunissent une étudiante ou un étudiant et trois collégiens ; une immersion à "
        "l'IUT complète le parcours.",
        "parcours-d-excellence",
        ["commune:67482", "commune:67180"],
        actions="Trois IUT (Schuman, Pasteur et Haguenau) travaillent avec les collèges participants. Les ateliers portent "
        "sur la méthode de travail, l'orientation et la confiance en soi. Une immersion dans l'IUT fait rencontrer "
        "enseignants, étudiants et professionnels.",
        results="Près de 200 collégiens et lycéens ont participé en 2015.",
        organisations=["iut-strasbourg"],
        partners="Collèges participants ; enseignants, étudiants et professionnels.",
        themes=["orientation-ambition"],
        target_groups=["eleves-colleges-lycees"],
        programmes=["parcours-excellence", "cordees-de-la-reussite"],
        figures=[
            figure(
                "Collégiens et lycéens participants",
                "200",
                "élèves",
                "2015",
                "ciec-report",
                "près de",
            ),
            figure("Durée hebdomadaire d'un atelier", "2", "heures", "", "ciec-report"),
            figure("Collégiens par étudiant", "3", "collégiens", "", "ciec-report"),
        ],
        carrier="iut-strasbourg",
    ),
    # ----- 11. early school leaving -----
    _practice(
        "chalon-lycee-nouvelle-chance",
        "À Chalon-sur-Saône, un lycée de la nouvelle chance",
        "Le lycée Hilaire de Chardonnet permet à des jeunes décrocheurs de préparer un baccalauréat.",
        "lutte-contre-le-decrochage",
        ["commune:71076"],
        actions="Le lycée accueille des élèves qui avaient décroché et leur permet de revenir en formation.",
        started="2015",
        themes=["decrochage-scolaire"],
        target_groups=["jeunes-decrocheurs"],
        records=["plan-vaincre-decrochage"],
        carriers="Lycée Hilaire de Chardonnet",
    ),
    # ----- 12. youth guarantee -----
    _practice(
        "bourgogne-franche-comte-garantie-jeunes",
        "La Garantie jeunes en Bourgogne-Franche-Comté",
        "Vingt missions locales de la région la proposent ; près d'un quart des jeunes viennent d'un quartier prioritaire.",
        "generalisation-garantie-jeunes",
        ["region:27"],
        actions="Vingt des vingt-six missions locales de la région portent le dispositif.",
        results="Les jeunes des quartiers prioritaires s'y engagent volontiers, grâce aux mises en situation professionnelle "
        "; ils représentent près d'un quart des jeunes accompagnés.",
        organisations=["missions-locales-bourgogne-franche-comte"],
        themes=["insertion-des-jeunes"],
        target_groups=["jeunes"],
        programmes=["garantie-jeunes"],
        figures=[
            figure(
                "Missions locales qui portent le dispositif",
                "20",
                "missions locales",
                "2016",
                "ciec-report",
            ),
            figure(
                "Missions locales de la région",
                "26",
                "missions locales",
                "2016",
                "ciec-report",
            ),
            figure(
                "Part des jeunes issus d'un quartier prioritaire",
                "25",
                "%",
                "2016",
                "ciec-report",
                "près de",
            ),
        ],
        carrier="missions-locales-bourgogne-franche-comte",
    ),
    # ----- 13. mentoring -----
    _practice(
        "bourgogne-vingt-printemps-parrainage",
        "Le tour de Bourgogne des vingt printemps du parrainage",
        "Près de six cents personnes ont partagé leurs valeurs autour du parrainage vers l'emploi, au printemps 2016.",
        "parrainage-par-des-actifs",
        ["region:27"],
        actions="Du 21 mars au 7 avril 2016, un tour de la Bourgogne a réuni les personnes qui font vivre le parrainage.",
        results="Près de 600 personnes ont participé.",
        started="2016",
        ended="2016",
        themes=["parrainage-emploi"],
        target_groups=["jeunes"],
        programmes=["parrainage"],
        figures=[
            figure("Personnes", "600", "personnes", "2016", "ciec-report", "près de")
        ],
    ),
    _practice(
        "haute-garonne-coup-de-pouce-31",
        "« Coup de pouce 31 » : parrainer des jeunes autour de leur projet en Haute-Garonne",
        "Une plateforme associative accompagne le projet social des jeunes et mobilise les réseaux d'entreprises.",
        "parrainage-par-des-actifs",
        ["department:31"],
        actions="L'association développe des actions autour de l'engagement des jeunes et mobilise les réseaux locaux "
        "d'entreprises pour le parrainage vers l'emploi.",
        partners="Réseaux d'entreprises locaux.",
        organisations=["coup-de-pouce-31"],
        themes=[
            "parrainage-emploi",
            "insertion-des-jeunes",
            "citoyennete-service-civil",
        ],
        target_groups=["jeunes"],
        programmes=["parrainage"],
        carrier="coup-de-pouce-31",
    ),
    # ----- 14. second chance -----
    _practice(
        "epide-deux-centres-dans-le-sud",
        "L'Épide annonce deux centres dans le sud de la France",
        "Deux ouvertures annoncées pour 2017, pour que davantage de jeunes trouvent un centre près de chez eux.",
        "dispositifs-deuxieme-chance",
        [],
        context="Entre 2015 et 2016, les dix-huit centres existants avaient déjà augmenté leurs places de plus d'un quart.",
        actions="Deux nouveaux centres complètent la couverture du territoire. Le rapport ne dit pas dans quelles villes.",
        organisations=["epide"],
        started="2017",
        themes=["insertion-des-jeunes", "decrochage-scolaire"],
        target_groups=["jeunes-decrocheurs"],
        figures=[
            figure("Nouveaux centres", "2", "centres", "2017", "ciec-report"),
            figure(
                "Hausse des places des centres existants",
                "25",
                "%",
                "2016",
                "ciec-report",
                "plus de",
            ),
        ],
        carrier="epide",
    ),
    # ----- 15. twinning -----
    _practice(
        "ile-de-france-jumelages-culturels",
        "En Île-de-France, vingt-trois établissements culturels jumelés aux quartiers",
        "L'Opéra de Paris, le Louvre ou le musée d'Orsay : toutes les zones de sécurité prioritaires de la région sont "
        "couvertes.",
        "jumelages-culturels",
        ["region:11"],
        actions="Des conventions de jumelage lient les établissements culturels et les zones de sécurité prioritaires ; elles "
        "laissent place à des initiatives variées.",
        results="Toutes les zones de sécurité prioritaires de la région sont couvertes.",
        partners="Opéra de Paris, Louvre, musée d'Orsay, musée du quai Branly, châteaux de Fontainebleau et de Versailles, "
        "entre autres.",
        themes=["culture-memoires", "education-artistique"],
        target_groups=["habitants-quartiers"],
        figures=[
            figure(
                "Établissements culturels engagés",
                "23",
                "établissements",
                "2016",
                "ciec-report",
            )
        ],
    ),
    _practice(
        "rhone-jumelages-culturels",
        "Dans le Rhône, des jumelages culturels dans toutes les zones de sécurité prioritaires",
        "Comme en Île-de-France, aucune zone n'est laissée de côté.",
        "jumelages-culturels",
        ["department:69"],
        results="Toutes les zones de sécurité prioritaires du département sont concernées.",
        themes=["culture-memoires"],
        target_groups=["habitants-quartiers"],
    ),
    # ----- 16 and 17. employment -----
    _practice(
        "rhone-jeunes-diplomes-recus",
        "Dans le Rhône, chaque jeune diplômé des quartiers a été reçu",
        "À partir de bac + 2, toutes et tous ont rencontré une structure d'accompagnement vers l'emploi.",
        "emploi-des-jeunes-diplomes",
        ["department:69"],
        actions="Chaque personne diplômée de niveau bac + 2 et au-delà a été reçue par une structure d'accompagnement, pour "
        "entrer directement en emploi ou en formation.",
        themes=["insertion-des-jeunes"],
        target_groups=["jeunes-diplomes"],
    ),
    _practice(
        "val-d-oise-conseillers-accompagnement-intensif",
        "Dans le Val-d'Oise, seize conseillers pour un accompagnement intensif",
        "Une équipe de Pôle emploi se consacre aux jeunes des quartiers prioritaires ; chaque conseiller suit environ "
        "soixante-dix personnes.",
        "politique-de-l-emploi-dans-les-quartiers",
        ["department:95"],
        actions="Chaque conseillère ou conseiller accompagne la recherche d'emploi et mobilise toute l'offre de Pôle emploi : "
        "prestations, formations, mesures, offres et réseau d'entreprises.",
        resources="Une équipe de 16 personnes.",
        organisations=["pole-emploi"],
        themes=["service-public-emploi", "insertion-des-jeunes"],
        target_groups=["jeunes", "demandeurs-emploi"],
        figures=[
            figure("Conseillers dédiés", "16", "conseillers", "2016", "ciec-report"),
            figure(
                "Personnes suivies par conseiller",
                "70",
                "personnes",
                "2016",
                "ciec-report",
                "environ",
            ),
        ],
        carrier="pole-emploi",
    ),
    # ----- 18. government delegates -----
    _practice(
        "marseille-nord-deleguee-sante",
        "À Marseille Nord, une déléguée du Gouvernement pour la santé",
        "Directrice d'hôpital, elle conduit dix-neuf projets, dont une maison de santé et la reconstruction d'un centre "
        "social.",
        "delegues-du-gouvernement",
        ["commune:13055"],
        context="La déléguée a pour mission de répondre aux difficultés de santé du territoire.",
        actions="Elle pilote 19 projets structurants, comme la création d'une maison de santé ou la reconstruction d'un "
        "centre social de quartier, et participe à l'appel à projets national « laboratoire d'innovation ».",
        started="2016",
        themes=["sante", "lien-social-mediation"],
        target_groups=["habitants-quartiers"],
        figures=[figure("Projets pilotés", "19", "projets", "2016", "ciec-report")],
        carriers="Déléguée du Gouvernement à Marseille Nord",
    ),
    # ----- 20. overseas -----
    _practice(
        "guadeloupe-garage-solidaire-les-abeilles",
        "En Guadeloupe, « les Abeilles », premier garage solidaire",
        "Un projet lauréat, porté par un réseau qui accompagne des personnes sous main de justice, isolées ou en exclusion.",
        "economie-sociale-et-solidaire-outre-mer",
        ["region:01"],
        context="Un des projets retenus par l'appel à projets d'avril 2016 pour l'économie sociale et solidaire en outre-mer.",
        actions="Le réseau de suivi et d'accompagnement des personnes sous main de justice, isolées ou en exclusion porte le "
        "premier garage solidaire.",
        themes=["creation-entreprise-ess", "alternatives-incarceration"],
        target_groups=["personnes-condamnees"],
        carriers="Réseau de suivi et d'accompagnement des personnes sous main de justice, isolées ou en exclusion",
    ),
    # ----- from the regional directorate's article -----
    _practice(
        "gard-pyrenees-orientales-plans-de-lutte",
        "Dans le Gard et les Pyrénées-Orientales, des plans départementaux contre les discriminations",
        "La direction régionale accompagne et anime ces plans, et aide d'autres départements à lancer le leur.",
        "",
        ["department:30", "department:66"],
        context="L'Acsé agit sur les critères liés à l'origine et à l'appartenance supposée à une ethnie, une religion ou une "
        "prétendue race ; elle travaille aussi sur l'adresse.",
        actions="La direction régionale accompagne et anime les plans des deux départements et soutient l'émergence de "
        "nouveaux plans. Elle s'appuie sur la formation des acteurs et sur des diagnostics de territoire.",
        partners="Acsé, acteurs locaux.",
        organisations=["drjscs-languedoc-roussillon", "acse"],
        themes=["plans-territoriaux", "prevention-discriminations"],
        grounds=["origine", "race", "ethnie", "religion"],
        target_groups=["professionnels", "victimes"],
        records=["article-drjscs-egalite-des-chances-2010"],
        source="drjscs-2010",
        carrier="drjscs-languedoc-roussillon",
    ),
    _practice(
        "centre-de-ressources-lutte-contre-les-discriminations",
        "Un centre de ressources régional pour les acteurs de la lutte contre les discriminations",
        "Le Centre interculturel de documentation garde la mémoire des actions, diffuse les stratégies et construit des "
        "outils, avec le soutien de la direction régionale.",
        "",
        ["region:76"],
        context="Qualifier et appuyer les acteurs suppose de garder la trace de ce qui a été essayé.",
        actions="Le centre recueille et diffuse les stratégies et les actions marquantes, construit des outils et anime les "
        "échanges.",
        partners="Direction régionale, Acsé.",
        organisations=[
            "centre-interculturel-documentation",
            "drjscs-languedoc-roussillon",
        ],
        themes=["prevention-discriminations", "plans-territoriaux"],
        target_groups=["professionnels"],
        records=["article-drjscs-egalite-des-chances-2010"],
        source="drjscs-2010",
        carrier="centre-interculturel-documentation",
    ),
]

# Sent by an invented contributor, not public: what facilitators find in their list to examine.
DRAFT = {
    "author": "contribution",
    "title": "Un petit-déjeuner des parents à l'école (fiche de démonstration)",
    "summary": "Fiche écrite pour la démonstration, qui attend d'être examinée : elle ne décrit aucun lieu réel.",
    "context": "Des parents n'osaient pas entrer dans l'école. (Récit de démonstration.)",
    "actions": "Une fois par mois, une salle est ouverte avant la classe, avec une personne qui accueille et une qui traduit. "
    "(Récit de démonstration.)",
    "lessons_learned": "L'horaire ne convient pas aux parents qui travaillent tôt. (Récit de démonstration.)",
    "themes": ["reussite-educative", "parcours-integration"],
    "target_groups": ["parents"],
    "programmes": [],
    "territories": [],
}
