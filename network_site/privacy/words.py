"""Finding a person's name and addresses in words that anybody may have written.

A name is known in its two orders, whatever its case, accents, spaces and escapes, and after
a title ("Mme Dupont"). A first name or a family name alone is many people's: it is left.
"""

import html
import json
import re
import unicodedata

_TITLES = "M|MM|Mr|Mme|Mmes|Mlle|Me|Dr|Monsieur|Madame|Mademoiselle|Ms|Mrs|Miss"
_GAP = r"(?:[\s\u00a0\u202f_+-]|&nbsp;|%20)+"
_QUOTES = {"'": r"(?:['’]|&#x27;|&#39;|&rsquo;)", "’": r"(?:['’]|&#x27;|&#39;|&rsquo;)"}


def _plain(sign):
    """The letter without its accent; the sign itself where it is not one letter."""
    base = unicodedata.normalize("NFD", sign)
    base = "".join(one for one in base if not unicodedata.combining(one))
    return base if len(base) == 1 else sign


def _plain_text(text):
    return "".join(map(_plain, text))


def _pattern(words):
    """The expression of a name: its letters without accents, its gaps of any kind."""
    parts = []
    for sign in _plain_text(unicodedata.normalize("NFC", words)).strip():
        if sign.isspace() or sign in "-\u2010\u2011":
            if parts and parts[-1] != _GAP:
                parts.append(_GAP)
        else:
            parts.append(_QUOTES.get(sign) or re.escape(sign))
    return "".join(parts)


class Words:
    """What must not remain of a person in words, and what stands in its place.

    >>> Words("Ada", "Zorg", ["ada@zorg.fr"], signature="Ancien membre").cleared("@Ada Zorg")
    'Ancien membre'
    """

    def __init__(
        self, first_name, last_name, addresses=(), *, signature, address_gone=""
    ):
        self.signature = signature
        self.address_gone = address_gone
        self.addresses = [one for one in dict.fromkeys(addresses) if one]
        self.first_name, self.last_name = first_name.strip(), last_name.strip()
        self._address = self._name = self._alone = None
        if self.addresses:
            known = "|".join(map(re.escape, self.addresses))
            self._address = re.compile(
                rf"(?:mailto:)?(?<![\w.+-])(?:{known})(?![\w-]|\.\w)", re.IGNORECASE
            )
        if self.first_name and self.last_name:
            first, last = _pattern(self.first_name), _pattern(self.last_name)
            self._name = re.compile(
                rf"@?(?<!\w)(?:{first}{_GAP}{last}|{last},?{_GAP}{first}"
                rf"|(?:{_TITLES})\.?{_GAP}{last}|(?<=@){last})(?!\w)",
                re.IGNORECASE,
            )
            self._alone = re.compile(rf"(?<!\w){last}(?!\w)", re.IGNORECASE)

    @classmethod
    def of(cls, leaving, address_gone=""):
        """Those of a Leaving; the name is left alone where the person lets it stand."""
        name = (
            ("", "") if leaving.keeps_name else (leaving.first_name, leaving.last_name)
        )
        return cls(
            *name,
            leaving.addresses,
            signature=leaving.signature,
            address_gone=address_gone,
        )

    @property
    def hints(self):
        """Short strings of which a text that holds one of the words holds at least one.

        For a database, which compares neither accents nor the case of letters that have
        one; [] when only reading everything will do.
        """
        hints = [one.partition("@")[0] for one in self.addresses]
        if self._name:
            runs = re.findall(r"[A-Za-z]{2,}", self.last_name)
            if not runs:
                return []
            hints.append(max(runs, key=len))
        return hints

    def cleared(self, text):
        """`text` without the words; the same object when it holds none."""
        if not text:
            return text
        new = text
        if self._address:
            new = self._address.sub(self.address_gone, new)
        if self._name:
            new = self._without_name(new)
        return text if new == text else new

    def _without_name(self, text):
        """`text` with the signature where the name stood."""
        # Letter by letter, so that what is found lies at the same place in the text.
        composed = unicodedata.normalize("NFC", text)
        parts, end = [], 0
        for found in self._name.finditer(_plain_text(composed)):
            parts += [composed[end : found.start()], self.signature]
            end = found.end()
        return "".join([*parts, composed[end:]]) if parts else text

    def family_name_in(self, text):
        """Whether the family name stands alone in `text`: perhaps somebody else's."""
        return bool(
            self._alone
            and isinstance(text, str)
            and self._alone.search(_plain_text(unicodedata.normalize("NFC", text)))
        )

    def cleared_json(self, value):
        """`value`, of what JSON keeps, without the words; texts that are JSON are opened."""
        if isinstance(value, dict):
            return {key: self.cleared_json(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.cleared_json(one) for one in value]
        if not isinstance(value, str):
            return value
        if value[:1] in ("[", "{"):
            try:
                inner = json.loads(value)
            except ValueError:
                return self.cleared(value)
            new = self.cleared_json(inner)
            return value if new == inner else json.dumps(new)
        return self.cleared(value)

    def found_in(self, text):
        """Whether `text` holds one of the words, escapes of HTML read as well."""
        return bool(text) and (
            self.cleared(text) is not text
            or self.cleared(html.unescape(text)) != html.unescape(text)
        )
