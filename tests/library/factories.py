"""Records for tests: quick to make, with nothing at random in what is asserted."""

import datetime
from itertools import count

from django.core.files.base import ContentFile

from library.models import LibraryIndexPage, RegulatoryTextPage, StudyPage
from library.services import set_legal_status
from network_site.core.models import OutboxEntry
from network_site.media.models import SiteDocument
from network_site.pages.models import PageTerritory, PageTheme, RelatedPage
from network_site.taxonomies.models import Territory, Theme

_numbers = count(1)


def make_library(home):
    """The index of the library under `home`."""
    index = LibraryIndexPage.objects.first()
    if index is None:
        index = LibraryIndexPage(title="Bibliothèque", slug="bibliotheque", live=True)
        home.add_child(instance=index)
    return index


def _make(model, index, *, themes=(), territories=(), files=(), replaces=(), **fields):
    number = next(_numbers)
    fields.setdefault("title", f"Fiche {number}")
    fields.setdefault("slug", f"fiche-{number}")
    fields.setdefault("document_date", datetime.date(2006, 3, 31))
    page = model(live=True, **fields)
    page.theme_links.set([PageTheme(theme=theme) for theme in themes])
    page.territory_links.set(
        [PageTerritory(territory=territory) for territory in territories]
    )
    page.related_links.set(
        [RelatedPage(target=target, kind="replaces") for target in replaces]
    )
    page.files.set(
        [
            model.files.rel.related_model(document=document, label=document.title)
            for document in files
        ]
    )
    index.add_child(instance=page)
    return page


def make_text(index, *, status=None, **fields):
    """A published law, or what `fields` say; `status` writes a line of its history."""
    page = _make(RegulatoryTextPage, index, **fields)
    if status:
        set_legal_status(page=page, status=status)
    return page


def make_study(index, **fields):
    """A published study, or what `fields` say."""
    return _make(StudyPage, index, **fields)


def make_theme(slug, name, parent=None):
    if parent is not None:
        return parent.add_child(slug=slug, name=name)
    return Theme.add_root(slug=slug, name=name)


def make_territory(kind, code, name, parent=None):
    return Territory.objects.create(
        kind=kind, insee_code=code, name=name, slug=f"{kind}-{code}", parent=parent
    )


def make_document(name="texte.txt", content=b"Le texte du fichier.", **fields):
    document = SiteDocument(title=fields.pop("title", name), **fields)
    document.file.save(name, ContentFile(content), save=False)
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    return document


def forget_effects():
    """Drop the outbox rows of what was made, when a test is not about them."""
    OutboxEntry.objects.all().delete()
