"""Acronyms that the founding content uses, with what they stand for: facts, not quotations."""

# (words, whether only the first leads to the others)
SYNONYMS = [
    ("PRE, programme de réussite éducative", False),
    ("ASV, atelier santé ville", False),
    ("FIPD, fonds interministériel de prévention de la délinquance", False),
    ("NPNRU, nouveau programme national de renouvellement urbain", False),
    ("Cucs, contrat urbain de cohésion sociale", False),
    ("FLE, français langue étrangère", False),
    (
        "DRJSCS, direction régionale de la jeunesse des sports et de la cohésion sociale",
        False,
    ),
    ("REP, réseau d’éducation prioritaire", False),
    ("VVV, ville vie vacances", False),
    ("CCAS, centre communal d’action sociale", False),
    ("Acsé, agence nationale pour la cohésion sociale et l’égalité des chances", False),
    (
        "Halde, haute autorité de lutte contre les discriminations et pour l’égalité",
        False,
    ),
    ("primo-arrivant, nouvel arrivant", False),
    ("politique de la ville, quartiers prioritaires", True),
]
