"""Files that people sent: those that serve a page stay with it, the others are theirs."""

from functools import partial
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from network_site.media.models import SiteDocument, SiteImage
from network_site.media.owners import is_held
from network_site.registries.personal_data import (
    PersonalData,
    ReceiptLine,
    Section,
    personal_data,
)


@personal_data
class Files(PersonalData):
    name = "media.file"
    label = _("Files that you sent")
    purpose = _("To be read with the pages they belong to")
    models = ("site_media.SiteDocument", "site_media.SiteImage")
    kept = _("As long as the pages they belong to")
    on_leaving = _(
        "Files that no page uses are erased; the others stay with their page."
    )
    # The text of a file is that of a publication, whoever wrote it.
    published_works = ("site_media.SiteDocument",)
    order = 45
    fields = {
        "title": _("Title"),
        "kind": _("Kind"),
        "sent": _("Sent"),
        "size": _("Size in bytes"),
        "file": _("File"),
    }

    def export(self, user):
        section = Section()
        for model in (SiteDocument, SiteImage):
            for item in model.objects.filter(uploaded_by_user=user).order_by("pk"):
                name = f"{item.pk}-{PurePath(item.file.name).name}"
                section.rows.append(
                    {
                        "title": item.title,
                        "kind": model._meta.verbose_name,
                        "sent": item.created_at,
                        "size": item.file_size,
                        "file": name,
                    }
                )
                section.files[name] = partial(_read, item)
        return section

    def erase(self, leaving):
        erased = kept = 0
        for model in (SiteDocument, SiteImage):
            for item in model.objects.filter(uploaded_by_user_id=leaving.user_id):
                if is_held(item):
                    kept += 1
                    continue
                _delete(item)
                erased += 1
        yield ReceiptLine(
            self.label,
            erased,
            kept,
            _("They belong to pages that stay.") if kept else "",
        )

    def count(self):
        return SiteDocument.objects.count() + SiteImage.objects.count()


def _read(item):
    with item.file.open("rb") as file:
        return file.read()


def _delete(item):
    for rendition in getattr(item, "renditions", SiteImage.objects.none()).all():
        rendition.file.delete(save=False)
    item.file.delete(save=False)
    item.delete()
