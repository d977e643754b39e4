"""The space of a resource centre in the library: who works there, and what it holds.

The centre is that of the founding documents; the people and the two records are invented, and
say so.
"""

BODY = "centre-interculturel-documentation"
CONTRIBUTOR = "contribution-centre"
CURATOR = "curation-centre"

_SUMMARY = "Fiche écrite pour la démonstration : elle montre comment un centre de ressources publie sous son nom."

PUBLISHED = {
    "slug": "reperes-prevention-discriminations",
    "title": "Repères pour un plan territorial de prévention des discriminations (fiche de démonstration)",
    "summary": _SUMMARY,
    "body": "Une personne du centre a rédigé cette fiche, une autre l'a relue et publiée. Celles et ceux qui la lisent voient "
    "que le centre en est la source. (Texte de démonstration.)",
    "see_also": "article-drjscs-egalite-des-chances-2010",
    "themes": ["prevention-discriminations", "plans-territoriaux"],
    "territories": ["region:76"],
}

SUBMITTED = {
    "slug": "bibliographie-discriminations-emploi",
    "title": "Bibliographie sur les discriminations dans l'emploi (fiche de démonstration)",
    "summary": "Fiche écrite pour la démonstration, qui attend la réponse de la curation du centre.",
    "body": "Personne d'autre que le centre, et celles et ceux qui veillent sur toute la bibliothèque, ne voit cette fiche avant "
    "sa publication. (Texte de démonstration.)",
    "see_also": "article-drjscs-egalite-des-chances-2010",
    "themes": ["prevention-discriminations", "emploi-developpement-economique"],
    "territories": [],
}
