"""The search in the back office, beside its lists: what a line of synonyms moves."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from network_site.search.engine import IndexUnavailable
from network_site.search.models import Synonym
from network_site.search.try_synonyms import compare
from network_site.search.viewsets import TryForm


@require_admin_access
@require_POST
def try_synonym(request):
    """The first results of a question with and without the line being written."""
    if not any(
        request.user.has_perm(f"site_search.{action}_synonym")
        for action in ("add", "change")
    ):
        raise PermissionDenied
    form = TryForm(request.POST)
    form.is_valid()
    data = form.cleaned_data
    words = data.get("words", "")
    # Without a question the line's own first words are tried.
    question = data.get("question") or next(iter(Synonym(words=words).forms), "")
    context = {"question": question, "words": words}
    if question:
        try:
            context["before"], context["after"] = compare(
                user=request.user,
                question=question,
                words=words,
                is_one_way=data.get("is_one_way", False),
                line_pk=data.get("line"),
            )
        except IndexUnavailable:
            context["is_unavailable"] = True
    return render(request, "search/admin/try_synonym.html", context)
