from wagtail.models import Page

from network_site.pages.addresses import open_to, standing_of_page, stands_at
from network_site.pages.visibility import EVERYBODY

open_to(EVERYBODY, "library:record_csv")


@stands_at("library:record_permalink", "library:record_citation")
def record(pk, suffix=""):
    """The address that does not change, and how a record is cited."""
    return standing_of_page(Page.objects.filter(pk=pk).first())
