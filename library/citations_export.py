"""References of records: as a French sentence, and for reference managers.

The types follow what each format knows: a text is `legislation` (CSL, biblatex) or STAT
(RIS), a decision is a case, an agreement a document, a study a report.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.enums import DatePrecision, StudyType, TextType
from network_site.core.templatetags.date_tags import date_mid

_LEGISLATION = ("legislation", "STAT", "legislation", "statute")
_DOCUMENT = ("document", "GEN", "misc", "document")
_REPORT = ("report", "RPRT", "report", "report")
# nature: type in CSL, in RIS, in BibTeX (biblatex), in Zotero.
TYPES = {
    TextType.LAW: _LEGISLATION,
    TextType.ORDINANCE: _LEGISLATION,
    TextType.DECREE: _LEGISLATION,
    TextType.ORDER: _LEGISLATION,
    TextType.CIRCULAR: _LEGISLATION,
    TextType.EU_TEXT: _LEGISLATION,
    TextType.AGREEMENT: _DOCUMENT,
    TextType.DECISION: ("legal_case", "CASE", "jurisdiction", "case"),
    StudyType.ARTICLE: ("article-magazine", "MGZN", "article", "magazineArticle"),
    StudyType.STATISTICS: ("dataset", "DATA", "dataset", "dataset"),
    StudyType.VIDEO: ("motion_picture", "VIDEO", "video", "videoRecording"),
}


def types_of(record):
    """The (CSL, RIS, BibTeX, Zotero) types of a record."""
    return TYPES.get(record.nature, _REPORT)


def full_title(record):
    """The title that names a text wherever it is read, in the language of the text.

    « Loi pour l’égalité des chances » becomes « Loi n° 2006-396 du 31 mars 2006 pour
    l’égalité des chances »; a title that already carries its number stays as it is.
    """
    if record.is_study or (record.reference and record.reference in record.title):
        return record.title
    with translation.override(record.lang):
        nature, identity = str(record.nature_label), str(record.identity)
        if record.title.casefold().startswith(f"{nature} ".casefold()):
            return f"{capfirst(identity)} {record.title[len(nature) + 1 :]}"
        if identity == nature:
            return record.title
        return _("%(identity)s: %(title)s") % {
            "identity": capfirst(identity),
            "title": record.title,
        }


def as_text(record):
    """The reference as a sentence, in the language of the text."""
    with translation.override(record.lang):
        parts = []
        if record.is_study:
            parts += [record.authors or _publisher(record), record.title]
            if record.authors:
                parts.append(_publisher(record))
            parts += [record.date_text or _("n.d."), record.extent]
        else:
            parts.append(full_title(record))
            if record.nor:
                parts.append(_("NOR: %(nor)s") % {"nor": record.nor})
            if record.published_on:
                words = {
                    "journal": record.published_in,
                    "date": date_mid(record.published_on),
                }
                parts.append(
                    _("%(journal)s of %(date)s") % words
                    if record.published_in
                    else _("published on %(date)s") % words
                )
        return ", ".join(str(part) for part in parts if part).rstrip(".") + "."


def as_meta(record, url):
    """(name, content) pairs for <meta>, which Zotero's connector reads."""
    types = types_of(record)
    meta = [
        ("DC.type", types[3]),
        ("citation_title", full_title(record)),
        ("DC.title", full_title(record)),
        ("citation_language", record.lang),
    ]
    meta += [("citation_author", name) for name in _authors(record)]
    if date := _iso_date(record):
        meta += [
            ("citation_publication_date", date.replace("-", "/")),
            ("DC.date", date),
        ]
    if publisher := _publisher(record):
        meta += [("citation_publisher", publisher), ("DC.publisher", publisher)]
    if number := _number(record):
        meta += [
            ("citation_technical_report_number", number),
            ("DC.identifier", number),
        ]
    if url:
        meta.append(("citation_public_url", url))
    return meta


def _publisher(record):
    return record.publisher.name if record.publisher else ""


def _authors(record):
    names = (getattr(record, "authors", "") or "").replace(" et ", ", ").split(",")
    return [name.strip() for name in names if name.strip()]


def _number(record):
    return record.reference or getattr(record, "nor", "")


def _date_parts(record):
    if not record.document_date:
        return []
    date = record.document_date
    parts = [date.year, date.month, date.day]
    length = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2}.get(
        record.date_precision, 3
    )
    return parts[:length]


def _iso_date(record):
    return "-".join(f"{part:02}" for part in _date_parts(record))


def _source_url(record):
    return record.official_url or record.source_url


# BibTeX


_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def to_bibtex(record, url):
    """One entry for BibTeX or biblatex, in UTF-8."""
    date = _date_parts(record)
    authors = _authors(record)
    fields = {
        # A name of a body in braces is one name, not a person's.
        "author": " and ".join(authors)
        or (f"{{{_tex(_publisher(record))}}}" if record.publisher else ""),
        "title": f"{{{_tex(full_title(record))}}}",
        "institution": _tex(_publisher(record)),
        "number": _tex(_number(record)),
        "date": _iso_date(record),
        "year": str(date[0]) if date else "",
        "note": f"NOR {record.nor}" if getattr(record, "nor", "") else "",
        "langid": {"fr": "french", "en": "english"}.get(record.lang, ""),
        "url": _source_url(record) or url,
        "abstract": _tex(record.summary),
    }
    if authors:
        fields["author"] = _tex(fields["author"])
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = f"{record.nature}-{record.pk}"
    return "\n".join([f"@{types_of(record)[2]}{{{key},", *lines, "}", ""])


def _tex(value):
    return " ".join(str(value).split()).translate(_TEX)


# RIS


def to_ris(record, url):
    """One record of RIS, in UTF-8, lines ended as the format asks."""
    date = _date_parts(record)
    fields = [("TY", types_of(record)[1])]
    fields += [("AU", name) for name in _authors(record)]
    fields += [
        ("TI", full_title(record)),
        ("PB", _publisher(record)),
        ("M1", _number(record)),
        ("PY", str(date[0]) if date else ""),
        ("DA", _ris_date(date)),
        ("LA", record.lang),
        ("AB", record.summary),
        ("N1", f"NOR {record.nor}" if getattr(record, "nor", "") else ""),
        ("UR", _source_url(record) or url),
        ("L2", url),
    ]
    lines = [
        f"{tag}  - {' '.join(str(value).split())}" for tag, value in fields if value
    ]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_date(parts):
    """« 2006/03/31/ », with nothing between the strokes for what is not known."""
    if not parts:
        return ""
    return "/".join([*(f"{part:02}" for part in parts), "", ""][:3]) + "/"


# CSL-JSON


def to_csl(record, url):
    """A list of one item of CSL-JSON."""
    item = {
        "id": f"{record.nature}-{record.pk}",
        "type": types_of(record)[0],
        "title": full_title(record),
        "language": record.lang,
        "abstract": record.summary,
        "number": _number(record),
        "publisher": _publisher(record),
        "URL": _source_url(record) or url,
        "source": record.source_citation,
    }
    if authors := _authors(record):
        item["author"] = [{"literal": name} for name in authors]
    elif record.is_study and record.publisher:
        item["author"] = [{"literal": _publisher(record)}]
    if date := _date_parts(record):
        item["issued"] = {"date-parts": [date]}
    if getattr(record, "nor", ""):
        item["note"] = f"NOR: {record.nor}"
    if getattr(record, "published_in", ""):
        item["container-title"] = record.published_in
    return json.dumps(
        [{name: value for name, value in item.items() if value}],
        ensure_ascii=False,
        indent=2,
    )


@dataclass(frozen=True)
class Format:
    write: Callable
    content_type: str


FORMATS = {
    "bib": Format(to_bibtex, "application/x-bibtex"),
    "ris": Format(to_ris, "application/x-research-info-systems"),
    "json": Format(to_csl, "application/vnd.citationstyles.csl+json"),
}
