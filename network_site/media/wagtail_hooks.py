from django.http import Http404
from wagtail import hooks

from network_site.media.permissions import can_view_document


@hooks.register("before_serve_document", order=-100)
def refuse_document(document, request):
    """A document that this reader may not open does not exist for them."""
    if not can_view_document(request.user, document):
        raise Http404
