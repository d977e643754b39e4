"""What each group of the network may do in the back office: the least that its role needs.

docs/permissions.md says the same in words and, address by address, in a table that a test reads.
A body's own groups get theirs from library.services.open_body_space().
"""

from django.contrib.auth.models import Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
)

from network_site.members import roles

LIBRARY_FILES = "Bibliothèque"

# Branch of the site → rights on its pages. "add" alone lets one correct one's own drafts.
_PAGES = {
    roles.CONTRIBUTORS: {"library": ("add",)},
    roles.CURATORS: {"library": ("add", "change", "publish", "lock")},
    roles.EDITORS: {
        "library": ("add", "change", "publish", "lock"),
        "newsletter": ("add", "change"),
        "site": ("change", "publish"),
    },
    roles.REVIEWERS: {"practices": ("change", "publish")},
    roles.FACILITATORS: {
        "practices": ("add", "change", "publish", "lock"),
        "events": ("add", "change", "publish", "lock"),
        "newsletter": ("add", "change", "publish", "lock"),
    },
}

_LEGAL_STATUS = [
    ("library", "legalstatusentry", ("add", "change", "view")),
    ("library", "provision", ("add", "change", "delete", "view")),
]

# App, model, actions.
_MODELS = {
    roles.CONTRIBUTORS: [],
    roles.CURATORS: [
        *_LEGAL_STATUS,
        # What readers looked for in vain is what the library lacks.
        ("site_search", "querycount", ("view",)),
    ],
    roles.EDITORS: [
        *_LEGAL_STATUS,
        ("members", "organization", ("add", "change", "view")),
        ("taxonomies", "theme", ("view",)),
        ("newsletters", "contribution", ("decide",)),
        ("site_search", "synonym", ("add", "change", "delete", "view")),
        ("site_search", "querycount", ("view",)),
    ],
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

_DOCUMENTS = ("add_document", "choose_document")
# The logos of organisations, and of the site.
_IMAGES = ("add_image", "choose_image")
# (whole site or the library's collection alone, rights)
_FILES = {
    roles.CONTRIBUTORS: ("library", _DOCUMENTS),
    roles.CURATORS: ("library", _DOCUMENTS),
    roles.EDITORS: ("site", (*_DOCUMENTS, *_IMAGES)),
    roles.FACILITATORS: ("site", _IMAGES),
}


def grant_rights(groups, branches):
    """Bring the rights of `groups` ({name: Group}) back to the tables above.

    `branches` names the pages of each branch: library, practices, events, newsletter, site.
    """
    _grant_pages(groups, branches)
    _grant_models(groups)
    _grant_files(groups)


def _grant_pages(groups, branches):
    permissions = {
        one.codename.removesuffix("_page"): one
        for one in Permission.objects.filter(
            content_type__app_label="wagtailcore", content_type__model="page"
        )
    }
    GroupPagePermission.objects.filter(group__in=groups.values()).delete()
    GroupPagePermission.objects.bulk_create(
        # By its key: Wagtail's frame of the page, whatever its type.
        GroupPagePermission(
            group=groups[name], page_id=page.pk, permission=permissions[right]
        )
        for name, of_branch in _PAGES.items()
        for branch, rights in of_branch.items()
        for page in branches[branch]
        for right in rights
    )


def _grant_models(groups):
    access = Permission.objects.get(
        codename="access_admin", content_type__app_label="wagtailadmin"
    )
    for name in roles.STAFF:
        wanted = [access]
        for app, model, actions in _MODELS[name]:
            wanted += Permission.objects.filter(
                content_type__app_label=app,
                content_type__model=model,
                codename__in=[f"{action}_{model}" for action in actions],
            )
        groups[name].permissions.set(wanted)


def _grant_files(groups):
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    # The library's is the one that its contributors were given, whatever it is called by now.
    library = Collection.objects.filter(
        group_permissions__group=groups[roles.CONTRIBUTORS], depth__gt=1
    ).first()
    collections = {
        "site": root,
        "library": library or root.add_child(name=LIBRARY_FILES),
    }
    # Wagtail asks for the rights on its own models, whatever replaces them.
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtaildocs", "wagtailimages"]
    )
    by_code = {one.codename: one for one in permissions}
    GroupCollectionPermission.objects.filter(group__in=groups.values()).delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(
            group=groups[name],
            collection=collections[place],
            permission=by_code[codename],
        )
        for name, (place, rights) in _FILES.items()
        for codename in rights
    )
