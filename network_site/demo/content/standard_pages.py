"""The pages of the site: about, legal notice, privacy, accessibility, contact. Honest about what is not known yet."""

STANDARD_PAGES = [
    {
        "slug": "a-propos",
        "title": "À propos du réseau",
        "title_en": "About the network",
        "summary": "Ce que le site réunit, d'où vient son contenu et comment il est vérifié.",
        "summary_en": "What the site gathers, where its content comes from and how it is checked.",
        "body": """
## Quatre espaces, un seul réseau

La bibliothèque garde les textes et les études. Le catalogue montre ce qui se fait dans les territoires. Les journées d'échanges
réunissent les personnes. Les discussions permettent de demander et de répondre. Les thèmes, les territoires et les programmes
relient les quatre.

## D'où vient le contenu

Le premier contenu vient de cinq documents fondateurs : l'éditorial du réseau, une note d'information sur l'Acsé, un article de
Ville.gouv.fr de 2012, un article de la DRJSCS de 2010 et le rapport d'étape du Comité interministériel à l'égalité et à la
citoyenneté. Les faits, les chiffres et les noms sont les leurs ; les phrases sont les nôtres. Chaque fiche cite sa source.

## Ce que les sources ne disent pas

Quand une source se tait, la fiche l'écrit : « non renseigné ». Nous ne complétons pas de mémoire. Un texte officiel porte la
mention « non vérifié » tant que personne n'a contrôlé son état en vigueur.

## Ce qui est inventé, et le dit

Les membres, leurs messages et les journées d'échanges ont été écrits pour la démonstration du site. Les membres fictifs portent la
mention « membre fictif » ou « membre fictive » ; les journées portent la mention « journée de démonstration ».
""",
        "body_en": """
## Four spaces, one network

The library keeps texts and studies. The catalogue shows what is done locally. Exchange days bring people together. Discussions let
people ask and answer. Themes, territories and programmes tie the four together.

## Where the content comes from

The first content comes from five founding documents: the network's editorial, an information note on the Acsé, an article of
Ville.gouv.fr from 2012, an article of the DRJSCS from 2010 and the progress report of the Interministerial Committee on Equality
and Citizenship. Facts, figures and names are theirs; the sentences are ours. Every record cites its source.

## What the sources do not say

Where a source is silent, the record says so: "not stated". We do not fill in from memory. An official text is marked "not
checked" until someone has verified where it stands.

## What is invented, and says so

Members, their messages and the exchange days were written for the demonstration of the site. Invented members are marked "membre
fictif" or "membre fictive"; the days are marked "journée de démonstration".
""",
    },
    {
        "slug": "mentions-legales",
        "title": "Mentions légales",
        "title_en": "Legal notice",
        "summary": "Qui publie le site, qui l'héberge, à quelles conditions réutiliser son contenu.",
        "summary_en": "Who publishes the site, who hosts it, and on what terms its content may be reused.",
        "body": """
## Éditeur

Ce site est une démonstration. L'organisme qui l'exploite, sa directrice ou son directeur de la publication et son adresse sont à
indiquer ici avant toute mise en service.

## Hébergement

À indiquer par l'organisme exploitant : nom, adresse et téléphone de l'hébergeur.

## Contenu et réutilisation

Les fiches sont rédigées par le réseau à partir de documents cités ; elles sont réutilisables sous Licence Ouverte 2.0, sauf
mention contraire. Les citations courtes restent celles de leurs auteurs. Le logiciel est libre, sous licence MIT.

## Signaler une erreur

Écrivez à contact@reseau.example (adresse de démonstration), ou utilisez le lien de signalement placé sous chaque message.
""",
        "body_en": """
## Publisher

This site is a demonstration. The body that runs it, its publication director and its address are to be stated here before any
opening.

## Hosting

To be stated by the operator: name, address and telephone of the host.

## Content and reuse

Records are written by the network from cited documents; they may be reused under the Licence Ouverte 2.0, unless stated
otherwise. Short quotations remain their authors'. The software is free, under the MIT licence.

## Reporting an error

Write to contact@reseau.example (a demonstration address), or use the report link under each message.
""",
    },
    {
        "slug": "donnees-personnelles",
        "title": "Données personnelles",
        "title_en": "Personal data",
        "summary": "Ce que le site sait de vous, pourquoi, combien de temps, et comment le faire corriger ou effacer.",
        "summary_en": "What the site knows about you, why, for how long, and how to have it corrected or erased.",
        "body": """
## L'essentiel

On peut tout lire de ce qui est public sans compte. Le site ne mesure pas l'audience, ne charge rien depuis un autre site et ne
dépose que les cookies dont il a besoin : la session après la connexion, la protection des formulaires, la langue et la taille du
texte si vous les changez.

## Ce que nous gardons, pourquoi et combien de temps

| Données | Pourquoi | Durée |
|---|---|---|
| Adresse électronique, nom, mot de passe chiffré | vous connecter | tant que le compte existe |
| Organisme, fonction, territoire, thèmes, présentation | vous faire connaître des autres membres | tant que le compte existe ; vous pouvez les effacer vous-même |
| Demande d'adhésion, décision et raison | instruire la demande | tant que le compte existe |
| Inscription à une journée, question posée | organiser la journée | tant que la journée est au calendrier ; sans vos mots après votre départ |
| Besoins d'accessibilité indiqués à l'inscription | vous accueillir | trente jours après la journée ; effacés ensuite automatiquement |
| Messages des discussions | répondre et garder la mémoire des réponses | tant que la discussion existe ; le nom peut en être retiré |
| Signalements et raisons de modération | traiter les signalements | tant que le message existe |
| Ce que vous suivez, rythme et pause des courriels | ne vous envoyer que ce que vous avez choisi | tant que le compte existe ; vous pouvez tout changer vous-même |
| Nouveautés qui vous ont été signalées, lues ou non | ne jamais vous signaler deux fois la même | quatre cents jours ; effacées ensuite automatiquement |
| Journal des courriels : adresse, objet, date, état, sans le texte | savoir ce qui est parti, répondre à qui n'a rien reçu | cent quatre-vingts jours ; effacé ensuite automatiquement |
| Adresse abonnée à la lettre sans compte, date de la confirmation | envoyer la lettre | jusqu'au désabonnement et trente jours de plus, pour pouvoir y revenir ; sept jours si elle n'est pas confirmée |

Pour savoir ce que le réseau ne trouve pas et ce qui mène aux fiches, le site compte combien de personnes posent une même question
dans la semaine. Une empreinte, calculée avec une clé détruite en fin de semaine, sert à ne compter chaque personne qu'une fois ; les
questions posées par moins de trois personnes ne sont montrées à personne, puis sont effacées.

Les courriels ne contiennent ni image suivie ni lien qui vous désigne, à part ceux qui servent à régler ou arrêter les envois.

La [liste complète de ce qui est gardé, pourquoi et combien de temps](/mes-donnees/durees/) est tirée des règles par lesquelles le site
lui-même oublie. Sur [votre page](/mes-donnees/), vous récupérez une copie de vos données et vous pouvez quitter le réseau : votre compte
est effacé quatorze jours plus tard, et un reçu vous dit ce qui est parti, ce qui reste et pourquoi. Un compte dont personne ne s'est
servi depuis vingt-quatre mois est effacé après deux avis.

## Qui voit quoi

Votre profil n'est vu que des membres. Vos messages sont lus par celles et ceux qui lisent l'espace où vous écrivez. La liste des
personnes inscrites à une journée n'est vue que de l'équipe d'animation.

## Vos droits

Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne, ou vous y opposer, en écrivant à contact@reseau.example
(adresse de démonstration). Vous pouvez aussi saisir la Cnil.

## Parler d'autrui

Ne décrivez jamais une personne accompagnée de façon qu'on puisse la reconnaître. Si un message le fait, signalez-le.
""",
        "body_en": """
## In short

Everything public can be read without an account. The site does not measure its audience, loads nothing from other sites and sets
only the cookies it needs: the session after login, the protection of forms, the language and the text size if you change them.

## What we keep, why and for how long

| Data | Why | How long |
|---|---|---|
| E-mail address, name, hashed password | letting you log in | as long as the account exists |
| Organisation, function, territory, themes, presentation | making you known to other members | as long as the account exists; you may erase them yourself |
| Membership request, decision and reason | examining the request | as long as the account exists |
| Registration for a day, question asked | organising the day | until you ask for erasure |
| Access needs given at registration | receiving you | thirty days after the day; then erased automatically |
| Discussion messages | answering and keeping answers | as long as the thread exists; the name may be removed |
| Reports and reasons for moderation | handling reports | as long as the message exists |
| What you follow, rhythm and pause of mails | sending you only what you chose | as long as the account exists; you may change all of it yourself |
| News you were told of, read or not | never telling you the same thing twice | four hundred days; then erased automatically |
| Journal of mails: address, subject, date, outcome, without the text | knowing what left, answering who received nothing | one hundred and eighty days; then erased automatically |
| Address subscribed to the newsletter without an account, date of its confirmation | sending the newsletter | until unsubscribed and thirty days more, so that one may come back; seven days when not confirmed |

To know what the network does not find and what leads to its records, the site counts how many people ask the same question in a
week. A mark, computed with a key destroyed at the end of the week, keeps each person from being counted twice; questions asked by
fewer than three people are shown to nobody, then erased.

Mails hold no tracking image and no link that tells who you are, except those that change or stop what is sent.

The [whole list of what is kept, why and how long](/en/mes-donnees/durees/) is read from the rules by which the site itself forgets. On
[your own page](/en/mes-donnees/) you fetch a copy of your data, and you may leave the network: your account is erased fourteen days
later, and a receipt tells you what went, what stays and why. An account that nobody has used for twenty-four months is erased after
two notices.

## Who sees what

Your profile is seen by members only. Your messages are read by those who read the space where you write. The list of people
registered for a day is seen by the facilitators only.

## Your rights

You may ask to see, correct or erase what concerns you, or object, by writing to contact@reseau.example (a demonstration address).
You may also turn to the Cnil, the French data protection authority.

## Speaking of others

Never describe a person you support so that they could be recognised. If a message does, report it.
""",
    },
    {
        "slug": "accessibilite",
        "title": "Accessibilité : non conforme à ce jour",
        "title_en": "Accessibility: not compliant to date",
        "summary": "Ce qui a été vérifié, ce qui ne l'a pas été, et comment nous signaler un obstacle.",
        "summary_en": "What has been checked, what has not, and how to tell us about an obstacle.",
        "body": """
## État

Aucun audit complet n'a été mené selon le référentiel général d'amélioration de l'accessibilité (RGAA). Faute d'audit, le site se
déclare **non conforme**, même si beaucoup de critères sont pris en compte.

## Ce qui est vérifié

- à chaque version, un contrôle automatique (axe) des pages principales, en clair et en sombre, sur petit et grand écran ;
- la lecture, la recherche, l'inscription et l'écriture sans JavaScript ;
- les textes sont dans la page : ni image de texte, ni information donnée par la seule couleur ; chaque graphique a son tableau.

## Ce qui ne l'est pas encore

- la lecture complète avec un lecteur d'écran ;
- l'agrandissement du texte à 200 % sur toutes les pages ;
- les couleurs imposées par le système et le navigateur Firefox ;
- les fichiers joints, dont l'accessibilité dépend de leur éditeur ;
- l'interface de rédaction, qui est celle du logiciel Wagtail.

## Signaler un obstacle

Écrivez à contact@reseau.example (adresse de démonstration) : nous vous répondrons et vous proposerons une autre façon d'accéder
au contenu. Si vous n'obtenez pas de réponse, vous pouvez saisir le Défenseur des droits.
""",
        "body_en": """
## Status

No full audit has been carried out against the French accessibility framework (RGAA). Without an audit the site declares itself
**not compliant**, although many criteria are taken into account.

## What is checked

- with each version, an automatic check (axe) of the main pages, light and dark, on small and large screens;
- reading, searching, registering and writing without JavaScript;
- text is in the page: no image of text, no information given by colour alone; every chart has its table.

## What is not checked yet

- full reading with a screen reader;
- text enlarged to 200% on every page;
- colours forced by the system, and the Firefox browser;
- attached files, whose accessibility depends on their publishers;
- the editing interface, which is that of the Wagtail software.

## Reporting an obstacle

Write to contact@reseau.example (a demonstration address): we will answer and offer another way to the content. If you get no
answer, you may turn to the Defender of Rights.
""",
    },
    {
        "slug": "contact",
        "title": "Nous écrire",
        "title_en": "Contact us",
        "summary": "À qui écrire, selon ce que vous cherchez.",
        "summary_en": "Whom to write to, depending on what you need.",
        "body": """
## L'équipe d'animation

Pour une adhésion, une journée, un message à signaler ou une erreur : contact@reseau.example (adresse de démonstration, qui ne
reçoit pas de courrier).

## Une question de fond

Posez-la dans les discussions : d'autres ont sans doute la même. Les membres répondent, et la réponse reste.

## Un point de contact par thème

Quand un service a publié une adresse pour un thème, elle figure sur la page du thème. Ce sont des adresses de services, jamais
celles de personnes.

## Une situation urgente

Ce site n'accompagne pas de situation individuelle. Si vous êtes victime ou témoin d'une discrimination, vous pouvez saisir le
Défenseur des droits.
""",
        "body_en": """
## The facilitators

For membership, an exchange day, a message to report or an error: contact@reseau.example (a demonstration address, which receives no
mail).

## A matter of substance

Ask it in the discussions: others surely wonder too. Members answer, and the answer remains.

## A contact point for each theme

Where a service has published an address for a theme, it stands on the theme's page. These are addresses of services, never of
persons.

## An urgent situation

This site does not handle individual cases. If you are a victim or a witness of discrimination, you may turn to the Defender of
Rights.
""",
    },
]
