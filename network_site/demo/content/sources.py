"""The founding documents, and how the network cites them."""

SOURCES = {
    "editorial": {
        "citation": "Patrick Butor, « 1er édito du Réseau Intégration & Prévention des Discriminations »",
        "short": "Éditorial du réseau",
        "publisher": "dpm",
        "date": "",
        "url": "",
        "note": "Document non daté ; il annonce pour l'automne l'ouverture au public de la Cité nationale de l'histoire "
        "de l'immigration.",
    },
    "acse-note": {
        "citation": "« L'Acsé », note d'information sur les missions, les actions financées et le budget 2009",
        "short": "Note d'information sur l'Acsé",
        "publisher": "acse",
        "date": "",
        "url": "",
        "note": "Document non daté ; le dernier budget cité est celui de 2009, les résultats sont ceux de 2007.",
    },
    "acse-2012": {
        "citation": "« Acsé », Ville.gouv.fr, ministère de la Ville, 1er juin 2012",
        "short": "Ville.gouv.fr, 1er juin 2012",
        "publisher": "ministere-ville",
        "date": "2012-06-01",
        "url": "",
        "note": "Le numéro de la loi du 5 mars 2007 y est écrit « 2007-2097 » ; le numéro officiel est 2007-297.",
    },
    "drjscs-2010": {
        "citation": "« Agir pour l'égalité des chances », DRJSCS, rubrique Politique de la ville, 14 avril 2010",
        "short": "DRJSCS, 14 avril 2010",
        "publisher": "drjscs-languedoc-roussillon",
        "date": "2010-04-14",
        "url": "",
        "note": "Article présenté sous le nom DRJSCS Occitanie ; il a été publié avant la réunion des deux régions.",
    },
    "ciec-report": {
        "citation": "Comité interministériel à l'égalité et à la citoyenneté, rapport d'étape, « La République au "
        "quotidien »",
        "short": "Rapport d'étape du CIEC",
        "publisher": "ciec",
        "date": "",
        "url": "http://lab-egalite-citoyennete.cget.gouv.fr",
        "note": "Document non daté ; il fait le point à la fin de 2016 et annonce la promulgation de la loi Égalité et "
        "citoyenneté pour janvier 2017.",
    },
    "official-journal": {
        "citation": "Texte officiel, identifié par son numéro et sa date de publication au Journal officiel",
        "short": "Journal officiel",
        "publisher": "",
        "date": "",
        "url": "",
        "note": "Utilisé pour les textes que les documents fondateurs citent ou supposent ; le contenu est résumé par le "
        "réseau et reste à relire par la personne chargée de la bibliothèque.",
    },
    "network": {
        "citation": "Rédaction du réseau",
        "short": "Rédaction du réseau",
        "publisher": "",
        "date": "",
        "url": "",
        "note": "Texte écrit pour le réseau.",
    },
}


def figure(label, value, unit, year, source, qualifier="", label_en=""):
    """One figure as a source gives it.

    ``value`` is a plain decimal string; ``year`` is empty when the source does not say; ``qualifier`` keeps the
    source's own caution ("près de", "plus de").
    """
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "year": year,
        "source": source,
        "qualifier": qualifier,
        "label_en": label_en,
    }
