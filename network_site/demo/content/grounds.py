"""The grounds on which French law forbids discrimination.

The regional directorate's article of 2010 speaks of eighteen grounds recognised by law without listing them; they are
those of article 225-1 of the penal code as it then stood (``in_2010``). The others were added since; ``since`` is the
year of the law that added them. Article 1 of loi n° 2008-496 names the same grounds in civil matters.
"""


def _ground(slug, name, name_en, since=None):
    return {
        "slug": slug,
        "name": name,
        "name_en": name_en,
        "in_2010": since is None,
        "since": since,
    }


GROUNDS = [
    _ground("origine", "Origine", "Origin"),
    _ground("sexe", "Sexe", "Sex"),
    _ground("situation-de-famille", "Situation de famille", "Family status"),
    _ground("grossesse", "Grossesse", "Pregnancy"),
    _ground("apparence-physique", "Apparence physique", "Physical appearance"),
    _ground("patronyme", "Nom de famille", "Surname"),
    _ground("etat-de-sante", "État de santé", "State of health"),
    _ground("handicap", "Handicap", "Disability"),
    _ground(
        "caracteristiques-genetiques",
        "Caractéristiques génétiques",
        "Genetic characteristics",
    ),
    _ground("moeurs", "Mœurs", "Way of life"),
    _ground("orientation-sexuelle", "Orientation sexuelle", "Sexual orientation"),
    _ground("age", "Âge", "Age"),
    _ground("opinions-politiques", "Opinions politiques", "Political opinions"),
    _ground("activites-syndicales", "Activités syndicales", "Trade union activities"),
    _ground(
        "ethnie",
        "Ethnie (appartenance ou non, vraie ou supposée)",
        "Ethnic group, real or supposed",
    ),
    _ground(
        "nation",
        "Nation (appartenance ou non, vraie ou supposée)",
        "Nation, real or supposed",
    ),
    _ground(
        "race",
        "Prétendue race (appartenance ou non, vraie ou supposée)",
        "So-called race, real or supposed",
    ),
    _ground(
        "religion",
        "Religion (appartenance ou non, vraie ou supposée)",
        "Religion, real or supposed",
    ),
    _ground("identite-de-genre", "Identité de genre", "Gender identity", since=2012),
    _ground("lieu-de-residence", "Lieu de résidence", "Place of residence", since=2014),
    _ground("perte-d-autonomie", "Perte d'autonomie", "Loss of autonomy", since=2015),
    _ground(
        "vulnerabilite-economique",
        "Vulnérabilité résultant de la situation économique",
        "Vulnerability due to economic situation",
        since=2016,
    ),
    _ground(
        "langue",
        "Capacité à s'exprimer dans une autre langue que le français",
        "Ability to speak a language other than French",
        since=2016,
    ),
    _ground(
        "domiciliation-bancaire",
        "Domiciliation bancaire",
        "Bank domiciliation",
        since=2017,
    ),
]
