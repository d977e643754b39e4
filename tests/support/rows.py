"""What every database of the site holds before anything happens in it.

Tests run without migrations, and a test with real transactions empties the tables: these
rows are made again where they are missing.
"""

from wagtail.models import Collection, Locale, Page, Site

from network_site.core.models import OutboxEntry
from network_site.home.models import HomePage
from network_site.home.services import ensure_site


def ensure_base_rows():
    """Make the language, the root of pages and files, the site and its spaces: once."""
    if Site.objects.exists():
        return
    Locale.objects.get_or_create(language_code="fr")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.add_root(title="Toutes les pages", slug="root")
    home = HomePage(title="Accueil", slug="accueil")
    root.add_child(instance=home)
    Site.objects.create(
        hostname="testserver", port=80, root_page=home, is_default_site=True
    )
    ensure_site()
    # A test counts its own effects only.
    OutboxEntry.objects.all().delete()
