"""The views of e-mail domains in the back office: which addresses admit is a right."""

from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView

from network_site.journal.admin_objects import WatchedDelete, WatchedSave
from network_site.journal.enums import Action
from network_site.journal.services import record


def _rights(domain):
    if domain is None:
        return None
    return [domain.domain, domain.admits_at_once, domain.organization_id]


def _write(domain, before, after, by):
    record(
        Action.RIGHTS_CHANGED, actor=by, about=domain, before=before or [], after=after
    )


def write_domain_removed(domain, by):
    """Write that the addresses of `domain` admit nobody any more."""
    record(
        Action.RIGHTS_CHANGED,
        actor=by,
        about=domain,
        deleted=True,
        before=_rights(domain),
    )


class _Watched(WatchedSave):
    snapshot = staticmethod(_rights)
    write = staticmethod(_write)


class DomainCreateView(_Watched, CreateView):
    pass


class DomainEditView(_Watched, EditView):
    pass


class DomainDeleteView(WatchedDelete, DeleteView):
    write_deletion = staticmethod(write_domain_removed)
