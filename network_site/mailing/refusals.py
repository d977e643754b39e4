"""What a mail server says when it refuses, and whether it speaks of the address.

Servers number their reasons (RFC 3463, RFC 5248) and explain them, and many do one of the two
badly: an unknown person under "5.0.0", a full mailbox under "5.1.1". So the words and the
numbers are read, and what says most counts: words, then the number that stands with them, then
the number of the report. An address is dead only where one of them says so and nothing beside
it speaks of the sender, the content, the quota or the network: doubt is never held against it.
"""

import re
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from network_site.core.text import fold

# More than any server explains; what goes on is a copy of a mail.
LONGEST_SAID = 4000


class Cause(models.TextChoices):
    """Why a mail came back, as far as its server says."""

    UNKNOWN = "unknown", _("the address does not exist")
    NO_DOMAIN = "no_domain", _("the domain of the address does not exist")
    MOVED = "moved", _("the person has moved")
    DISABLED = "disabled", _("the mailbox is closed")
    FULL = "full", _("the mailbox is full")
    SENDER = "sender", _("our sending is refused: sender, relay or block list")
    CONTENT = "content", _("the message is refused: its content, its size")
    NETWORK = "network", _("the server cannot be reached, or is out of order")
    COMPLAINT = "complaint", _("reported as unwanted by its reader")
    OTHER = "other", _("the server does not say why")


# Only these speak of the address itself.
DEAD = frozenset({Cause.UNKNOWN, Cause.NO_DOMAIN, Cause.MOVED, Cause.DISABLED})


class Refusal(NamedTuple):
    """`cause`, the most telling code ("5.1.1"), and whether it ends the address's life."""

    cause: Cause
    status: str
    is_hard: bool


# RFC 3463 3.2–3.8, and 5.1.10 (RFC 7505), which Exchange uses for an unknown person. What
# is missing here says nothing.
_BY_CODE = {
    "1.1": Cause.UNKNOWN,
    "1.2": Cause.NO_DOMAIN,
    "1.3": Cause.UNKNOWN,
    "1.6": Cause.MOVED,
    "1.7": Cause.SENDER,
    "1.8": Cause.SENDER,
    "1.10": Cause.UNKNOWN,
    "2.1": Cause.DISABLED,
    "2.2": Cause.FULL,
    "2.3": Cause.CONTENT,
    "3.4": Cause.CONTENT,
}
_BY_CLASS = {
    "3": Cause.NETWORK,
    "4": Cause.NETWORK,
    "5": Cause.NETWORK,
    "6": Cause.CONTENT,
    "7": Cause.SENDER,
}

# The words, folded (no accent, one blank between two words). They are looked for as they
# stand here, between blanks; "*" opens the end of a word.
_WORDS = {
    # Before all: a sender, too, can be an unknown user or have no domain.
    Cause.SENDER: """
        reply to mail from; after mail from; mail from address; mail from rejected
        sender address; sender rejected; sender was rejected; sender denied; sender domain
        sender verif*; senders not; invalid sender; bad sender; valid sender; sender id
        domain of sender; unable to verify sender; originating address; envelope from
        return address; your domain; your mail server; your address; your message was rejected
        from header; header from; from domain is invalid; not allowed to send
        not authorized to send; email address is not verified; sending ip; sending domain
        client host; ip address; reverse dns; rdns; ptr; ptr record; helo; ehlo
        spf; dkim; dmarc; authenticat*; unauthenticated; auth
        relay access; relaying; relay denied; no relay; not permitted to relay; cannot relay
        unable to relay; not relayed; we do not relay; relay not permitted
        access denied; blocked; block list; blocklist*; blacklist*; black list*; denylist*; banned
        spamhaus; spamcop; barracuda; dnsbl; rbl; reputation; is listed in; is listed on; is listed at; is listed by; are listed
        policy; prohibited; administratively; denied by; greylist*; graylist*; unsolicited
        rate limit; rate that prevents; too quickly; too fast; receiving mail; too many; throttl*; complaints
        expediteur refuse; expediteur rejete; adresse de l expediteur; relais refuse
        relais interdit; liste noire; liste de blocage; bloque par; politique
        adresse ip; trop de
    """,
    Cause.CONTENT: """
        spam; ube; virus; viruses; malware; infected; phishing; content rejected
        too large; too big; size limit; maximum size; message size; maximum message size
        exceeds size; contenu refuse; taille maximale; trop volumineux; trop gros
        pourriel; indesirable
    """,
    Cause.FULL: """
        quota; overquota; mailbox full; mailbox is full; mailbox for user is full; inbox full
        inbox is full; over the allowed size; storage limit; mailbox size; space left
        out of storage; storage space; exceeded the local limit; not enough storage
        insufficient storage; maximum allowed; exceeded storage; receiving limits
        postfach voll; postfach ist voll; buzon lleno; casella piena; caixa cheia; postvak vol
        boite pleine; boite aux lettres pleine; boite de reception pleine; bal pleine
        espace insuffisant; espace de stockage; est pleine; boite saturee
    """,
    Cause.NETWORK: """
        timed out; timeout; connection refused; connection reset; connection lost
        could not connect; unable to connect; not accept our requests to connect
        did not respond; not responding; unreachable; no route; hop count
        routing loop; mail loop; loops back; loop detected; system error
        internal error; local error; server error; server configuration; misconfigured
        configuration error; temporary failure; insufficient system; disk space; disk full
        message expired; envelope expired; queue expired; has been in the queue; giving up after; retry time
        name server; nameserver; name lookup failure; dns error; servfail; no smtp service
        procmail; maildrop; command output; command died; lock failure; couldn t create; contact ldap
        protocol violation; bad sequence; sequence of commands; not implemented; starttls
        delai depasse; connexion refusee; connexion impossible; injoignable
        erreur interne; hors service
    """,
    Cause.MOVED: """
        mailbox moved; mailbox has moved; user moved; user has moved; recipient has moved
        no forwarding address; user not local please try; address has changed
        has changed address; a change d adresse; a demenage
    """,
    Cause.NO_DOMAIN: """
        bad destination system; bad destination host; couldn t find any host
        could not find any host; illegal host; nxdomain; recipient domain must exist
        nonexistentdomain; all host address lookups failed permanently; bad domain; domain is not reachable
        point to non existent hosts; invalid domain |; answer with no data; invalid domain name
        name or service not known
    """,
    Cause.UNKNOWN: """
        no mailbox here; mailbox here by that name; no one by that name
        recipnotfound; recipientnotfound; unknown or illegal; not our customer
        not our user; not a local user; user not local; not known here
        user doesn t have; user does not have; not listed in domino; not listed in public
        not listed in the directory; not listed in directory; name is not recognized
        invalid final delivery userid; bad destination mailbox; bad destination email
        no valid recipients for; undeliverable address; unrouteable address; unroutable address
        userunknown; validrcptto; badrcptto; badrecipientto; no one at this address
        no longer accepts mail; no longer accept mail; not present in directory
        mailbox not present; not an active address; missing home directory
        recipient notfound; no mailbox found; no mail box; bad mailbox
        repertorie dans l annuaire; ne figure pas dans l annuaire; absent de l annuaire; inconnu a cette adresse; n habite pas a l adresse
    """,
}


# What an address is called, and what is said of it when nobody is there.
_SOMEBODY = (
    "users?|userids?|usernames?|recipients?|mailbox|mailboxes|accounts?|addressees?"
    "|alias|aliases|subscribers?|local part|utilisateurs?|utilisatrices?|usagers?|destinataires?"
    "|boites?|bal|comptes?|correspondants?|abonnes?"
    # Of our neighbours: German, Spanish and Portuguese, Italian, Dutch.
    "|benutzer|empfanger|postfach|konto|usuarios?|destinatarios?|buzon|cuenta|caixa postal|conta"
    "|utente|destinatari[oa]|casella|gebruiker|ontvanger|postvak"
)
_ADDRESS = "address|addresses|adresses?|direccion|endereco|indirizzo|adres"
_PLACE = "domains?|domain name|hosts?|hostname|domaines?|hotes?|dominio|domein"
_UNKNOWN = (
    "unknown|not known|(?:is )?not recogni[sz]ed|unrecogni[sz]ed|inexistent|nonexistent|non existent"
    "|no longer exists?|do(?:es)? not exist|do(?:es)?n t exist|doesnt exist|not exists?"
    "|not found|(?:wasn|isn) t found|(?:could ?not|couldn t|can ?not|can t) be found"
    "|inconnue?s?|inexistante?s?|introuvables?|non (?:trouve|reconnu)e?e?s?"
    "|n existe(?:nt)? (?:pas|plus)|n a pas (?:pu etre |ete )trouvee?|n a pu etre trouvee?"
    "|unbekannt|existiert nicht|nicht (?:gefunden|vorhanden)|desconocid[oa]|no existe|inexistente"
    "|no (?:se ha |ha sido )?encontrad[oa]|desconhecid[oa]|nao (?:existe|encontrad[oa])"
    "|sconosciut[oa]|inesistente|non (?:esiste|trovat[oa])|onbekend|bestaat niet|niet gevonden"
)
_WRONG = (
    "(?:is |est )?invalide?s?|(?:is )?not valid|(?:est )?non valides?|n est pas valide"
    "|(?:est )?erronee?s?|ungultig|no (?:es )?valid[oa]|non valid[oa]|ongeldig"
)
_CLOSED = (
    "disabled|deactivated|suspended|inactive|frozen|closed|locked|blocked|expired"
    "|discontinued|deleted|terminated|archived|not active|desactivee?|suspendue?|archivee?|ferme|fermee|cloturee?"
    "|bloquee?|inactif|inactive|supprimee?"
)
_ENDED = (
    "disabled|deactivated|discontinued|deleted|not active|inactive"
    "|no longer (?:active|valid|available|used|in use|accepting)"
    "|desactivee?|supprimee?|n est plus (?:valide|active?|utilisee?|attribuee?|en service)"
)
# Up to six words between the two, none of which turns the sentence to somebody else.
_OTHERS = (
    "sender|senders|expediteur|absender|remitente|remetente|mittente|afzender"
    "|from|relay|client|server|serveur|mx|ptr|dns"
)
_GAP = rf"(?: (?!(?:{_OTHERS}) )\w+){{0,%d}} "
# "Your address", "IP address": the sender's.
_THEIRS = r"(?<! ip )(?<! your )(?<! client )(?<! sender )(?<! votre )(?<! sending )(?<! from )"


def _said_of(whom, what, gap=6):
    return f" {_THEIRS}(?:{whom}){_GAP % gap}(?:{what})(?= )"


# By the order in which they are looked for.
_SENTENCES = (
    (Cause.DISABLED, _said_of(_SOMEBODY, _CLOSED)),
    (Cause.DISABLED, _said_of(f"{_SOMEBODY}|{_ADDRESS}", _ENDED)),
    (
        Cause.DISABLED,
        f" (?:(?:{_CLOSED}) (?:{_SOMEBODY})"
        "|(?:disabled|inactive|deactivated) (?:recipient |e ?mail |mail )?address)(?= )",
    ),
    (Cause.UNKNOWN, _said_of(f"{_SOMEBODY}|{_ADDRESS}", _UNKNOWN)),
    (Cause.UNKNOWN, _said_of(f"{_SOMEBODY}|{_ADDRESS}", _WRONG, gap=1)),
    (
        Cause.UNKNOWN,
        f" (?:unknown|no such|unbekannter?|onbekende)"
        f"{_GAP % 2}(?:{_SOMEBODY}|{_ADDRESS}|person)(?= )",
    ),
    (
        Cause.UNKNOWN,
        f" (?:invalid|nonexistent|non existent|not an? (?:known|valid|local))"
        f"{_GAP % 1}(?:{_SOMEBODY}|{_ADDRESS})(?= )",
    ),
    (
        Cause.UNKNOWN,
        r" (?:no|aucune?|pas d|pas de) (?:mailbox|user|account|utilisateur|boite|compte|bal)"
        r"(?: \w+){0,4} (?:here|by|with|called|named|nom|correspond\w*|connue?)(?= )",
    ),
    (Cause.NO_DOMAIN, _said_of(_PLACE, _UNKNOWN, gap=3)),
    (
        Cause.NO_DOMAIN,
        f" (?:unknown|no such|nonexistent|non existent) (?:{_PLACE})(?= )",
    ),
)
_DEATHS = tuple((cause, re.compile(pattern)) for cause, pattern in _SENTENCES)


def _compiled(words):
    found = []
    for phrase in words.replace("\n", ";").split(";"):
        phrase = " ".join(phrase.split())
        if phrase:
            found.append(f" {phrase[:-1]}" if phrase.endswith("*") else f" {phrase} ")
    return tuple(found)


_DEAD_WORDS = {
    cause: _compiled(words) for cause, words in _WORDS.items() if cause in DEAD
}
_ALIVE_WORDS = {
    cause: _compiled(words) for cause, words in _WORDS.items() if cause not in DEAD
}
# What is said of many troubles: it counts where nothing else does.
_FAINT = {
    Cause.UNKNOWN: _compiled(
        "mailbox unavailable; mailbox is unavailable; mailbox not available"
        "; mailbox is not available; account unavailable; account is unavailable"
        "; not in directory; not in the directory; | does not exist; | doesn t exist"
        "; | address rejected |; recipient rejected |; | unknown |; bad address"
    ),
    Cause.CONTENT: _compiled(
        "header error; headers; content; attachment*; junk; bulk; mime; bare lf; piece jointe"
    ),
    Cause.NETWORK: _compiled(
        "null mx; network; protocol; database; ldap; tls; try again; later; temporar*"
        "; reseau; reessayer; reessayez; plus tard; temporairement"
    ),
}
# Nothing is said of a person across these.
_BREAK = re.compile(r"[:;.!?]\s|\n[ \t]*\n")
# What each line of a long reply begins with, in the middle of a sentence.
_MULTILINE = re.compile(r"(?<![\w.])[45]\d\d[ -][(#]?[45]\.[0-7]\.\d{1,3}(?!\w)")
_REPLY = re.compile(r"(?<![\w.:=])([245])\d\d(?=[ -])")
_CODE = re.compile(r"(?<![\w.])([245])\.([0-7])\.(\d{1,3})(?!\w|\.\d)")
# All that is said: that there is no host of this name.
_HOST_GONE = re.compile(
    r"(?<=\b[45]\d\d )[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?= does(?: not|n.t) exist\b)",
    re.IGNORECASE,
)
# What parts addresses from what is written about them.
_BETWEEN = re.compile(r"[\s<>()\[\]\"',;]+")


def codes_in(said):
    """The codes of RFC 3463 in `said`, in order: ["5.1.1"]."""
    return [".".join(found) for found in _CODE.findall(said[:LONGEST_SAID])]


def understand(said, status="", *, is_transient=False):
    """The Refusal in what a server `said` under the code `status`, or None.

    None when neither the words nor the numbers say anything; `is_transient`: the server will
    try again, or asks to. A refusal for the moment (4.x.x, 4xx) never ends an address's life.
    """
    said = said[:LONGEST_SAID]
    codes = [code for code in codes_in(said) if _cause_of_code(code)]
    own = codes[0] if codes else ""
    words = _words_of(said)
    cause = (
        _beyond_words(own or status)
        or _cause_of_words(words)
        or _cause_of_code(own)
        or _cause_of_code(status)
        or _first_cause(words, _FAINT)
    )
    if cause is None:
        return None
    reply = _REPLY.search(said)
    telling = own or (reply[1] if reply else "") or status
    is_transient = is_transient or telling.startswith("4")
    code = own or status or next(iter(codes_in(said)), "")
    return Refusal(cause, code, cause in DEAD and not is_transient)


def _cause_of_code(code):
    """What `code` says by itself; None for "5.0.0" and others that say nothing."""
    _class, _dot, detail = code.partition(".")
    return _BY_CODE.get(detail) or (
        None if detail.endswith(".0") else _BY_CLASS.get(detail.partition(".")[0])
    )


def _beyond_words(code):
    """The cause of a code that leaves no doubt: the unknown domain of 5.1.8 is the sender's."""
    found = _BY_CODE.get(code.partition(".")[2])
    return None if found in DEAD else found


def _words_of(said):
    """The words of `said`, folded, its clauses parted by "|"."""
    said = _HOST_GONE.sub("domain", said)
    clauses = _BREAK.split(_MULTILINE.sub(" ", said))
    words = f" | {' | '.join(fold(_without_addresses(one)) for one in clauses)} | "
    # Amazon writes it before whatever the other server said.
    words = words.replace(" unknown address error ", " ")
    # A resolver out of order (getaddrinfo's "try again"): the host may well be there.
    words = words.replace(" host not found try again ", " name lookup failure ")
    if "5.4.1" in said:
        # Exchange refuses so whom its directory does not know.
        words = words.replace(
            " recipient address rejected | access denied ", " no such user "
        )
    return words


def _cause_of_words(words):
    dead, left = None, words
    for cause, pattern in _DEATHS:
        left, times = pattern.subn(" ,", left)
        dead = dead or (cause if times else None)
    dead = dead or _first_cause(left, _DEAD_WORDS)
    if dead is Cause.DISABLED and " temporar" in words:
        # What is closed for now is not gone.
        return Cause.NETWORK
    # Where both are said it is not certain.
    return _first_cause(left, _ALIVE_WORDS) or dead


def _first_cause(words, phrases_of):
    for cause, phrases in phrases_of.items():
        if any(phrase in words for phrase in phrases):
            return cause
    return None


def _without_addresses(said):
    """`said` with "recipient" for addresses and without links: their words explain nothing."""
    return " ".join(
        "recipient" if "@" in word else word
        for word in _BETWEEN.split(said)
        if "://" not in word
    )
