"""Where to write about a theme: a unit's address, as the regional directorate's article gives it; nothing else is known."""

CONTACT_POINTS = [
    {
        "slug": "drjscs-cohesion-sociale",
        "label": "Pôle Cohésion sociale territoriale",
        "email": "DRJSCS34-COHESION-SOCIALE@drjscs.gouv.fr",
        "organization": "drjscs-languedoc-roussillon",
        "territory": "region:76",
        "themes": [
            "education",
            "emploi-developpement-economique",
            "prevention-discriminations",
        ],
        "source": "drjscs-2010",
        "note": "Adresse publiée en 2010 ; elle est à vérifier avant usage.",
    },
]
