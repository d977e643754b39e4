"""The frame of the site: its pages, groups, rights and workflows; idempotent."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
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
from network_site.home.models import HomePage
from network_site.members import roles
from network_site.newsletters.models import NewsletterIndexPage

LIBRARY_SLUG = "bibliotheque"
PRACTICES_SLUG = "bonnes-pratiques"
EVENTS_SLUG = "journees"
MEASURES_SLUG = "mesures"
NEWSLETTER_SLUG = "lettre"


@transaction.atomic
def ensure_site(*, hostname="localhost", port=80, name=""):
    """Create what every installation needs and return the home page.

    Running it again changes nothing that an administrator has since decided, except that
    the rights of the network's own groups are brought back to docs/permissions.md.
    """
    home = _ensure_home(hostname, port, name)
    library = _ensure_child(home, LibraryIndexPage, "Bibliothèque", LIBRARY_SLUG)
    practices = _ensure_child(
        home, PracticeIndexPage, "Bonnes pratiques", PRACTICES_SLUG
    )
    events = _ensure_child(home, EventIndexPage, "Journées d’échanges", EVENTS_SLUG)
    _ensure_child(practices, MeasureIndexPage, "Mesures nationales", MEASURES_SLUG)
    newsletter = _ensure_child(home, NewsletterIndexPage, "Lettre", NEWSLETTER_SLUG)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in roles.ALL}
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()
    _grant_pages(groups, library, practices, events, newsletter)
    _grant_models(groups)
    _ensure_workflow(
        "Publication dans la bibliothèque", library, [groups[roles.EDITORS]]
    )
    _ensure_workflow(
        "Relecture des pratiques",
        practices,
        [groups[roles.REVIEWERS], groups[roles.FACILITATORS]],
    )
    Workflow.objects.filter(name="Moderators approval").delete()
    return home


def _ensure_home(hostname, port, name):
    Locale.objects.get_or_create(language_code="fr")
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(
            title="Root", slug="root"
        )
        # Wagtail's welcome page gives up its place and its address.
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


_PAGE_RIGHTS = {
    "add": "add_page",
    "change": "change_page",
    "publish": "publish_page",
    "lock": "lock_page",
}


def _grant_pages(groups, library, practices, events, newsletter):
    wanted = {
        (roles.EDITORS, library): ("add", "change", "publish", "lock"),
        (roles.CONTRIBUTORS, library): ("add",),
        (roles.REVIEWERS, practices): ("change", "publish"),
        (roles.FACILITATORS, practices): ("add", "change", "publish", "lock"),
        (roles.FACILITATORS, events): ("add", "change", "publish", "lock"),
        (roles.EDITORS, newsletter): ("add", "change"),
        (roles.FACILITATORS, newsletter): ("add", "change", "publish", "lock"),
    }
    permissions = {
        right: Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        for right, codename in _PAGE_RIGHTS.items()
    }
    GroupPagePermission.objects.filter(group__in=groups.values()).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(
            group=groups[name], page=page, permission=permissions[right]
        )
        for (name, page), rights in wanted.items()
        for right in rights
    )


# app label, model, actions: what each group does in the back office beside pages.
_MODEL_RIGHTS = {
    roles.EDITORS: [
        ("library", "legalstatusentry", ("add", "change", "view")),
        ("library", "provision", ("add", "change", "delete", "view")),
        ("members", "organization", ("add", "change", "view")),
        ("taxonomies", "theme", ("view",)),
        ("newsletters", "contribution", ("decide",)),
        ("site_search", "synonym", ("add", "change", "delete", "view")),
        ("site_search", "querycount", ("view",)),
    ],
    roles.CONTRIBUTORS: [],
    roles.REVIEWERS: [],
    roles.FACILITATORS: [
        ("members", "organization", ("add", "change", "view")),
        ("members", "contactpoint", ("add", "change", "delete", "view")),
        ("members", "emaildomain", ("add", "change", "delete", "view")),
        ("forums", "forum", ("add", "change", "view")),
        ("site_search", "querycount", ("view",)),
        ("taxonomies", "theme", ("add", "change", "view")),
        ("taxonomies", "programme", ("add", "change", "view")),
        ("taxonomies", "targetgroup", ("add", "change", "view")),
        ("taxonomies", "ground", ("view",)),
        ("taxonomies", "territory", ("view",)),
        ("newsletters", "contribution", ("decide",)),
        ("newsletters", "dispatch", ("send",)),
        ("newsletters", "subscription", ("view", "delete")),
    ],
}
_STAFF = (roles.EDITORS, roles.CONTRIBUTORS, roles.REVIEWERS, roles.FACILITATORS)


def _grant_models(groups):
    access = Permission.objects.get(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    for name in _STAFF:
        wanted = [access]
        for app, model, actions in _MODEL_RIGHTS[name]:
            wanted += Permission.objects.filter(
                content_type__app_label=app,
                content_type__model=model,
                codename__in=[f"{action}_{model}" for action in actions],
            )
        groups[name].permissions.set(wanted)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    # Wagtail asks for the rights on its own models, whatever replaces them.
    files = Permission.objects.filter(
        content_type__app_label__in=["wagtaildocs", "wagtailimages"],
        codename__in=["add_document", "choose_document", "add_image", "choose_image"],
    )
    GroupCollectionPermission.objects.filter(group__in=groups.values()).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=groups[name], collection=root, permission=permission
        )
        for name in (roles.EDITORS, roles.CONTRIBUTORS, roles.FACILITATORS)
        for permission in files
    )


def _ensure_workflow(name, page, approvers):
    workflow, _created = Workflow.objects.get_or_create(name=name)
    task = GroupApprovalTask.objects.filter(name=name).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=name)
    task.groups.set(approvers)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return workflow
