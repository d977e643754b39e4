"""What servers say, in the words of many: only what speaks of the address ends its life."""

import pytest

from network_site.mailing.refusals import (
    Cause,
    understand,
)

DEAD = """
550 utilisateur inconnu
550 Utilisateur « personne » inconnu à cette adresse
550 5.1.1 <a@b.fr>: Adresse inconnue
550 Cette adresse n'existe pas
550 Cette adresse électronique n’existe plus
550 La boîte aux lettres de a@b.fr n'existe pas
550 Boite inexistante
550 destinataire inconnu
554 destinataire introuvable dans l'annuaire
550 Ce compte a été supprimé
550 Compte clôturé
550 adresse invalide
550 aucune boîte à ce nom
550 pas d'utilisateur de ce nom
le destinataire n'a pas été trouvé
L'adresse de messagerie n'a pas été trouvée dans le domaine de destination
550 5.1.1 L'adresse de messagerie que vous avez entrée est introuvable
550 domaine inexistant
550 unknown user personne
550 no such user here
550 mailbox not found
550 <a@b.fr>: Recipient address rejected: User unknown in relay recipient table
550 a@b.fr does not exist
550 Unknown local part personne in <personne@ville.exemple>
550-5.1.1 The account that you tried to reach does 550-5.1.1 not exist.
553 5.3.0 <a@b.fr>... No such user
554 5.7.1 <a@b.fr>: user unknown
550 5.4.1 Recipient address rejected: Access denied. [x.prod.outlook.com]
550 this account has been disabled
550 5.5.0 The recipient account is blocked
550 5.1.6 moved, no forwarding address
550 5.1.2 Host unknown
553 mairie.exemple.fr does not exist
550 Benutzer unbekannt
550 Unbekannter Empfänger
550 Das Postfach existiert nicht
550 usuario desconocido
550 El buzón no existe
550 utente sconosciuto
550 destinatario inesistente
550 L'indirizzo non esiste
550 gebruiker onbekend
550 utilizador: destinatário desconhecido
550 5.1.3 bad syntax
550 5.1.10 recipient has null MX
550 5.2.1 not accepting messages
550 Requested action not taken: mailbox unavailable
""".strip().splitlines()

ALIVE = """
501 5.1.8 sender domain does not resolve
553 5.1.8 <x@y.fr>: Sender address rejected: Domain not found
550 5.1.7 sender unknown user
550 unknown sender
550 expéditeur inconnu
550 Absender unbekannt
550 remitente desconocido
550 dominio del mittente inesistente
553 sender domain mairie.exemple.fr does not exist
552 Postfach ist voll
550 buzón lleno
550 5.1.1 adresse de l'expéditeur inconnue
550 domaine de l'expéditeur inexistant
550 Sender verify failed: unknown user
550 From address unknown
550 HELO host unknown
554 your IP address is not found in reverse DNS
554 refused, your relay is on a block list
554 5.7.1 client host blocked using zen.example.org
550 Votre adresse IP est sur liste noire
550 relay access denied
550 relais refusé
550 SPF check failed
554 5.7.1 <x@y.fr>: Recipient address rejected: blocked by policy
550 5.7.1 mailbox unavailable
550 5.7.1 contenu refusé par la politique
522 5.2.0 the mailbox is over quota
550 5.1.1 mailbox full
550 5.2.1 user over quota
552 la boîte du destinataire est pleine
550 user unknown, quota exceeded
550-5.2.1 receiving mail at a rate that 550-5.2.1 prevents more
550 account temporarily disabled
550 5.1.1 spam refused
554 5.6.0 message content rejected
552 5.3.4 message too big
550 message trop volumineux
421 too many connections
450 4.1.1 user unknown
450 user unknown
450 4.2.0 greylisted, try again later
550 5.4.4 no route to host
550 4.4.7 message expired
550 host not found, try again
550 rejected
554 transaction failed
""".strip().splitlines()


@pytest.mark.parametrize("said", DEAD)
def test_what_speaks_of_the_address_is_for_good(said):
    refusal = understand(said, "5.0.0")
    assert refusal.is_hard, refusal


@pytest.mark.parametrize("said", ALIVE)
def test_what_speaks_of_anything_else_never_is(said):
    refusal = understand(said, "5.0.0")
    assert refusal is None or not refusal.is_hard, refusal


@pytest.mark.parametrize(
    ("said", "status", "cause", "code"),
    [
        ("550 User unknown", "5.0.0", Cause.UNKNOWN, "5.0.0"),
        ("550 5.7.1 blocked, see our list", "5.1.1", Cause.SENDER, "5.7.1"),
        ("552 5.2.2 no", "5.1.1", Cause.FULL, "5.2.2"),
        ("550 5.1.1 no", "5.0.0", Cause.UNKNOWN, "5.1.1"),
        ("failed", "5.1.1", Cause.UNKNOWN, "5.1.1"),
        ("550 5.0.0 the mailbox is full", "5.1.1", Cause.FULL, "5.1.1"),
    ],
)
def test_the_most_precise_thing_said_wins(said, status, cause, code):
    refusal = understand(said, status)
    assert (refusal.cause, refusal.status) == (cause, code)


def test_what_will_be_tried_again_is_not_for_good():
    assert not understand("550 5.1.1 user unknown", is_transient=True).is_hard


def test_what_says_nothing_is_not_guessed():
    assert understand("550 no", "5.0.0") is None
    assert understand("", "") is None


def test_the_words_in_links_and_addresses_are_nobodys():
    said = "550 refused <userunknown@b.fr> https://aide.example/user unknown-user"
    refusal = understand(said.replace(" unknown-user", ""), "5.0.0")
    assert refusal is None or not refusal.is_hard
