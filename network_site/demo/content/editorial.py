"""What the network is for: our summary of the founding editorial, with short quotations under its author's name."""

QUOTATIONS = [
    "une information complexe et foisonnante, souvent éparpillée",
    "L'intégration est un processus de longue haleine qui implique des efforts à la fois des migrants et de la société qui "
    "les accueille.",
    "progresser tous ensemble grâce au partage des difficultés comme des meilleures pratiques d'intégration",
]

EDITORIAL = {
    "slug": "edito",
    "title": "Pourquoi ce réseau",
    "title_en": "Why this network",
    "author_name": "Patrick Butor",
    "author_title": "Directeur de la population et des migrations",
    "author_title_en": "Director of Population and Migration",
    "published_on": "",
    "source": "editorial",
    "themes": ["parcours-integration", "prevention-discriminations"],
    "summary": "Réunir les textes, faire connaître ce qui se fait, échanger entre collègues, se former ensemble : ce que "
    "voulait l'éditorial qui a ouvert le réseau, résumé par la rédaction.",
    "summary_en": "Gathering texts, making known what is being done, exchanging among colleagues, learning together: what the "
    "editorial that opened the network wanted, summed up by the editors.",
    "body": f"""
*Cette page résume, avec les mots de la rédaction, l'éditorial signé par Patrick Butor à l'ouverture du réseau. Les phrases
citées sont de lui.*

## D'où vient le réseau

La direction de la population et des migrations l'a lancé avec l'Agence nationale pour la cohésion sociale et l'égalité des
chances. Elle en a confié l'animation à l'association Réseau IDEAL, qui réunit depuis longtemps des professionnelles et des
professionnels des collectivités.

## Le problème qu'il veut résoudre

Deux besoins l'ont fait naître. D'abord, disposer en continu d'une information que l'auteur décrit ainsi :

> « {QUOTATIONS[0]} »
>
> — Patrick Butor

Ensuite, mettre en commun ce que font les acteurs nationaux et locaux, et les aider à coopérer.

## L'intégration, un effort partagé

> « {QUOTATIONS[1]} »
>
> — Patrick Butor

Prévenir et combattre les discriminations liées à l'origine, réelle ou supposée, fait partie de cette politique. Dans l'emploi et
le logement surtout, elles nourrissent un sentiment d'injustice. Elles viennent souvent d'idées fausses : il faut donc aussi agir
sur la façon dont chacun se représente l'autre, ce que veut faire la Cité nationale de l'histoire de l'immigration.

## Celles et ceux qu'il réunit

L'État est responsable de cette politique, et beaucoup d'autres la font vivre : services déconcentrés, réseaux locaux des
opérateurs nationaux, régions, départements, communes et leurs centres d'action sociale, caisses de sécurité sociale,
associations. Les personnes étrangères ou immigrées, et leurs enfants, s'adressent chaque jour à tous ces services, comme les
autres habitants.

## Ce qu'on y trouve

- **une bibliothèque** de textes, d'informations et d'études, alimentée par les services nationaux et par des centres de
  ressources ;
- **un catalogue de pratiques**, pour faire connaître, repérer et mettre en commun ce qui se fait ;
- **des discussions**, pour échanger des réflexions et des méthodes ;
- **des journées d'échanges**, pour se former les uns les autres et se connaître.

Le but tient en une phrase :

> « {QUOTATIONS[2]} »
>
> — Patrick Butor
""",
    "body_en": """
*This page sums up, in the editors' words, the editorial signed by Patrick Butor when the network opened. The quoted sentences are
his, in our translation.*

## Where the network comes from

The Population and Migration Directorate launched it with the National Agency for Social Cohesion and Equal Opportunity. It
entrusted its running to the association Réseau IDEAL, long used to bringing local government professionals together.

## The problem it means to solve

Two needs gave birth to it. First, a constant supply of an information that the author describes as "complex and abundant, often
scattered". Then, pooling what national and local players do, and helping them to cooperate.

## Integration, a shared effort

> "Integration is a long process that calls for efforts both from migrants and from the society that receives them."
>
> — Patrick Butor

Preventing and fighting discrimination on grounds of origin, real or supposed, is part of this policy. In employment and housing
above all, discrimination feeds a sense of injustice. It often comes from false ideas: one must therefore also act on the way people
picture one another, as the National City of the History of Immigration intends to do.

## Those it brings together

The State is responsible for this policy, and many others make it live: decentralised services, the local networks of national
operators, regions, departments, municipalities and their welfare centres, social security funds, associations. Foreign and
immigrant people, and their children, turn to all these services every day, like everyone else.

## What you will find

- **a library** of texts, information and studies, fed by national services and resource centres;
- **a catalogue of practices**, to make known, locate and pool what is being done;
- **discussions**, to exchange thoughts and methods;
- **exchange days**, to learn from one another and get to know one another.

The aim, in one sentence:

> "to make progress together by sharing difficulties as well as the best integration practices"
>
> — Patrick Butor
""",
}
