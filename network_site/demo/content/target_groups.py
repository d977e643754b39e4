"""The people the programmes and practices of the founding documents are meant for."""


def _group(slug, name, name_en):
    return {"slug": slug, "name": name, "name_en": name_en}


TARGET_GROUPS = [
    _group("enfants", "Enfants", "Children"),
    _group(
        "eleves-colleges-lycees",
        "Élèves de collège et de lycée",
        "Secondary school pupils",
    ),
    _group("jeunes", "Jeunes de 16 à 25 ans", "Young people aged 16 to 25"),
    _group("jeunes-diplomes", "Jeunes diplômées et diplômés", "Young graduates"),
    _group(
        "jeunes-decrocheurs",
        "Jeunes sortis de l'école sans diplôme",
        "Young people who left school early",
    ),
    _group("parents", "Parents et familles", "Parents and families"),
    _group(
        "habitants-quartiers",
        "Habitantes et habitants des quartiers prioritaires",
        "People of priority neighbourhoods",
    ),
    _group("personnes-immigrees", "Personnes immigrées", "Immigrants"),
    _group(
        "personnes-immigrees-agees", "Personnes immigrées âgées", "Older immigrants"
    ),
    _group(
        "travailleurs-migrants",
        "Résidents des foyers de travailleurs migrants",
        "Residents of migrant workers' hostels",
    ),
    _group("demandeurs-emploi", "Personnes en recherche d'emploi", "Jobseekers"),
    _group(
        "personnes-condamnees",
        "Personnes condamnées ou sous main de justice",
        "Convicted people and people under court supervision",
    ),
    _group(
        "victimes",
        "Victimes de discrimination ou de délinquance",
        "Victims of discrimination or crime",
    ),
    _group(
        "mal-logees",
        "Ménages reconnus prioritaires pour un logement",
        "Households with priority for housing",
    ),
    _group(
        "createurs-entreprise",
        "Personnes qui créent ou reprennent une entreprise",
        "People starting or taking over a business",
    ),
    _group("professionnels", "Professionnelles et professionnels", "Professionals"),
    _group("employeurs", "Employeurs", "Employers"),
]
