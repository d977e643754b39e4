"""Views of Wagtail that would name pages and files to people who may not know of them.

The urls of the site put these before Wagtail's own.
"""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_list_or_404
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.documents.views.chooser import viewset as document_chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from network_site.core.numbers import whole_number, whole_numbers
from network_site.home.admin_guards.addresses import ADMINISTRATORS, BULK
from network_site.home.admin_guards.staff import staff_roles
from network_site.pages.known import known, knows
from network_site.pages.linking import linkable_pages

# Whoever may do one of these with a thing knows that it is there.
_ANYTHING = {"add", "change", "delete", "view", "choose", "publish", "lock", "unlock"}


def _keys(request):
    return set(whole_numbers(request.GET.getlist("id")))


@require_admin_access
def chosen_pages(request):
    """The titles of pages by their keys, for those to which one may link."""
    asked = Page.objects.filter(pk__in=_keys(request))
    if linkable_pages(asked, request.user).count() != asked.count():
        raise Http404
    return chooser.ChosenMultipleView.as_view()(request)


class _BrowseView(chooser.BrowseView):
    """It names the page it opens at, too: the nearest to which one may link."""

    def get_object_list(self):
        above = self.parent_page.get_ancestors(inclusive=True)
        nearest = linkable_pages(above, self.request.user).order_by("-depth").first()
        self.parent_page = (nearest or Page.get_first_root_node()).specific
        return super().get_object_list()


choose_page = require_admin_access(_BrowseView.as_view())


def _check_documents(request, keys):
    documents = get_document_model().objects.filter(pk__in=keys)
    policy = policy_registry.get_by_type(get_document_model())
    allowed = policy.instances_user_has_any_permission_for(
        request.user, ["choose", "change"]
    )
    if documents.exclude(pk__in=allowed.values("pk")).exists():
        raise Http404


@require_admin_access
def chosen_document(request, pk):
    """The title of a file by its key, for those who may choose it."""
    _check_documents(request, whole_numbers([pk]))
    return document_chooser.chosen_view(request, pk=pk)


@require_admin_access
def chosen_documents(request):
    """The same for several."""
    _check_documents(request, _keys(request))
    return document_chooser.chosen_multiple_view(request)


def _known_of(model, user):
    """The things of `model` of which `user` may know."""
    if issubclass(model, Page):
        return known(policy_registry.get_by_type(Page).explorable_instances(user), user)
    return policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, _ANYTHING
    )


@require_admin_access
def bulk_action(request, app_label, model_name, action):
    """Something done to several things at once, which names each of them first.

    Wagtail also names those with which one may do nothing.
    """
    who = BULK.get(f"{app_label}.{model_name}", ADMINISTRATORS)
    if not request.user.is_superuser and not who & staff_roles(request.user):
        raise PermissionDenied
    action_class = bulk_action_registry.get_bulk_action_class(
        app_label, model_name, action
    )
    if action_class is None:
        raise Http404
    model = apps.get_model(app_label, model_name)

    class OfKnownThings(action_class):
        @classmethod
        def get_queryset(cls, model, object_ids):
            things = _known_of(model, request.user)
            found = get_list_or_404(things, pk__in=object_ids)
            asked_for_all = "all" in request.GET.getlist("id")
            if not asked_for_all and len(found) != len(set(map(str, object_ids))):
                raise Http404
            return found

    parent = whole_number(request.GET.get("childOf"))
    if parent is not None:
        page = Page.objects.filter(pk=parent).first()
        if page is None or not knows(request.user, page):
            raise Http404
    return OfKnownThings(request, model).dispatch(request)
