"""The frame of the site: its pages, groups, rights and workflows; idempotent."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from events.models import EventIndexPage
from good_practices.models import MeasureIndexPage, PracticeIndexPage
from library.models import LibraryIndexPage
from network_site.core.spaces import SLUGS
from network_site.home.models import HomePage
from network_site.home.naming import FIRST_TITLE, name_what_wagtail_made
from network_site.home.rights import grant_rights
from network_site.members import roles
from network_site.newsletters.models import NewsletterIndexPage
from network_site.pages.models import EditorialPage, StandardPage

MEASURES_SLUG = "mesures"


@transaction.atomic
def ensure_site(*, hostname="localhost", port=80, name=""):
    """Create what every installation needs and return the home page.

    Running it again changes nothing that an administrator has since decided, except that
    the rights of the network's own groups are brought back to docs/permissions.md.
    """
    home = _ensure_home(hostname, port, name)
    library = _ensure_child(home, LibraryIndexPage, "Bibliothèque", SLUGS["library"])
    practices = _ensure_child(
        home, PracticeIndexPage, "Bonnes pratiques", SLUGS["practices"]
    )
    events = _ensure_child(home, EventIndexPage, "Journées d’échanges", SLUGS["events"])
    _ensure_child(practices, MeasureIndexPage, "Mesures nationales", MEASURES_SLUG)
    newsletter = _ensure_child(home, NewsletterIndexPage, "Lettre", SLUGS["newsletter"])
    groups = roles.create_groups()
    branches = {
        "library": [library],
        "practices": [practices],
        "events": [events],
        "newsletter": [newsletter],
        # Those that stand: an administrator opens a new one.
        "site": [
            page
            for model in (StandardPage, EditorialPage)
            for page in model.objects.child_of(home)
        ],
    }
    grant_rights(groups, branches)
    name_what_wagtail_made()
    _ensure_workflow(
        "Publication dans la bibliothèque",
        library,
        [groups[roles.EDITORS], groups[roles.CURATORS]],
    )
    _ensure_workflow(
        "Relecture des pratiques",
        practices,
        [groups[roles.REVIEWERS], groups[roles.FACILITATORS]],
    )
    return home


def _ensure_home(hostname, port, name):
    Locale.objects.get_or_create(language_code="fr")
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(
            title=FIRST_TITLE, slug="root"
        )
        # What Wagtail brings gives up its place: groups, workflow, the page's own address.
        Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
        Workflow.objects.filter(name="Moderators approval").delete()
        Page.objects.filter(depth=2, slug="home").exclude(
            content_type__model="homepage"
        ).delete()
        root = Page.objects.get(pk=root.pk)
        home = root.add_child(
            instance=HomePage(title="Accueil", slug="home", show_in_menus=False)
        )
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(
            hostname=hostname,
            port=port,
            root_page=home,
            is_default_site=True,
            site_name=name,
        )
    elif site.root_page_id != home.pk:
        site.root_page = home
        site.save()
    # The back office greets with this name; without one it says the host's.
    Site.objects.filter(is_default_site=True, site_name="").update(
        site_name=name or settings.WAGTAIL_SITE_NAME
    )
    return home


def _ensure_child(parent, model, title, slug):
    page = model.objects.first()
    if page is None:
        parent = Page.objects.get(pk=parent.pk)
        page = parent.add_child(instance=model(title=title, slug=slug))
    return page


def _ensure_workflow(name, page, approvers):
    """Who answers for what is sent to be published under `page`; what was chosen since stays."""
    if WorkflowPage.objects.filter(page=page).exists():
        return
    workflow = Workflow.objects.create(name=name)
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page=page, workflow=workflow)
