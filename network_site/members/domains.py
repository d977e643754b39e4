"""E-mail domains: how they are written, whose they are, and which admit at once.

A domain is compared in one form only: lower-case ASCII, as the mail servers read it (RFC 5890).
What looks like another domain without being it is told apart here too.
"""

import contextlib
import unicodedata

from network_site.members.models import EmailDomain

# Mailboxes that anybody opens: they say nothing of an employer.
PUBLIC_MAILBOXES = frozenset(
    [
        "aol.com",
        "bbox.fr",
        "club-internet.fr",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.fr",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "icloud.com",
        "laposte.net",
        "live.com",
        "live.fr",
        "mac.com",
        "mailo.com",
        "me.com",
        "msn.com",
        "neuf.fr",
        "noos.fr",
        "numericable.fr",
        "orange.fr",
        "outlook.com",
        "outlook.fr",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "sfr.fr",
        "tutanota.com",
        "wanadoo.fr",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
        "zoho.com",
    ]
)
# Letters drawn like others, which no decomposition brings back to them.
_DRAWN_ALIKE = str.maketrans(
    {
        "ı": "i",
        "ɩ": "i",
        "ɪ": "i",
        "ɡ": "g",
        "ɢ": "g",
        "ɑ": "a",
        "ł": "l",
        "ɫ": "l",
        "ʟ": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ƀ": "b",
        "ɴ": "n",
        "ŋ": "n",
        "ʀ": "r",
        "ʏ": "y",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
    }
)
# As the eye runs over them: "rn" is read "m", and so on.
_READ_ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"))


class LookAlikeDomain(ValueError):
    """A domain written with letters made to be taken for others."""


def normalize_domain(value):
    """Return `value` as a bare lower-case ASCII domain ("@Ville.fr." → "ville.fr").

    Raises ValueError on what cannot be a domain: a single label would admit a whole
    top-level domain.
    """
    domain = value.strip().strip(".").rpartition("@")[2].lower()
    try:
        domain = domain.encode("idna").decode("ascii").lower().strip(".")
        # A label that pretends to be encoded, and would be written otherwise, is refused.
        domain.encode("ascii").decode("idna")
    except UnicodeError as error:
        raise ValueError(value) from error
    labels = domain.split(".")
    if (
        len(labels) < 2
        or len(domain) > 253
        or labels[-1].isdigit()
        or not all(map(_is_label, labels))
    ):
        raise ValueError(value)
    return domain


def _is_label(label):
    return (
        0 < len(label) <= 63
        and label.isascii()
        and label.replace("-", "").isalnum()
        and not label.startswith("-")
        and not label.endswith("-")
    )


def domain_of(email):
    """The domain of the address `email`, in its one form; "" when there is none."""
    try:
        return normalize_domain(email)
    except ValueError:
        return ""


def candidate_domains(email):
    """The domains that admit `email`: its own, then each parent of two labels or more.

    Whole labels only: evilgouv.fr is not below gouv.fr.
    """
    domain = domain_of(email)
    if not domain:
        return []
    labels = domain.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]


def known_domain_of(email):
    """The most precise EmailDomain above `email`, whether it admits or not; or None."""
    found = EmailDomain.objects.select_related("organization").filter(
        domain__in=candidate_domains(email)
    )
    return max(found, key=lambda one: len(one.domain), default=None)


def approved_domain_of(email):
    """The EmailDomain that admits `email`, or None.

    The most precise one decides: a sub-domain that is known not to admit does not, even
    below a domain that does.
    """
    known = known_domain_of(email)
    return known if known is not None and known.admits_at_once else None


def is_public_mailbox(domain):
    """Whether anybody may open a mailbox at `domain`."""
    return domain in PUBLIC_MAILBOXES


def drawn(domain):
    """The plain letters that those of `domain` (in any form) are drawn like."""
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    bare = unicodedata.normalize("NFKD", domain.lower().translate(_DRAWN_ALIKE))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _read(domain):
    domain = drawn(domain)
    for written, seen in _READ_ALIKE:
        domain = domain.replace(written, seen)
    return domain


def check_letters(domain):
    """Raise LookAlikeDomain when `domain` is written to be taken for another.

    That is: with letters of another alphabet than Latin, among which many are drawn like
    Latin ones (Unicode Technical Standard 39), or with rare letters that make it look like a
    domain we know, or like a parent of it.
    """
    written = normalize_domain(domain).encode("ascii").decode("idna")
    for char in written:
        if not char.isascii() and not unicodedata.name(char, "").startswith("LATIN "):
            raise LookAlikeDomain(domain)
    if written.isascii():
        return
    plain = candidate_domains(drawn(written))
    own = set(candidate_domains(domain))
    if set(plain) & PUBLIC_MAILBOXES or (
        EmailDomain.objects.filter(domain__in=plain).exclude(domain__in=own).exists()
    ):
        raise LookAlikeDomain(domain)


def resembled_domain(email, known):
    """The domain of `known` that the one of `email` could be taken for, or ""."""
    own = candidate_domains(email)
    seen = {_read(domain) for domain in own}
    return next((one for one in known if one not in own and _read(one) in seen), "")


def normalize_email(email):
    """`email` in lower case, its domain in its one form. Raises ValueError without a domain."""
    local, _at, domain = email.strip().rpartition("@")
    if not local or not local.isascii():
        raise ValueError(email)
    return f"{local.lower()}@{normalize_domain(domain)}"
