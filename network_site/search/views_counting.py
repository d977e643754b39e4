"""What is counted of the searches: those that found nothing, and what the others led to."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from network_site.core.limits import place_of
from network_site.core.own_forms import without_token
from network_site.pages.reader_cache import READERS
from network_site.pages.visibility import tokens_for
from network_site.search import queries, trends
from network_site.search.asking import ANY_WORD
from network_site.search.engine import IndexUnavailable
from network_site.search.services import Among, tokens_in
from network_site.search.views import SearchView

_page = SearchView.as_view()


def search_page(request):
    """The page of results, kept for its readers; one without an answer is counted instead."""
    response = _page(request)
    response.shared_by = READERS
    answer = response.context_data.get("answer")
    # Nothing holds all the words, and no correction did better.
    is_unanswered = (
        answer is not None
        and answer.mode == ANY_WORD
        and not response.context_data["active_filters"]
        and response.context_data["page_obj"].number == 1
    )
    if is_unanswered:
        # A kept page would not come back here: each person must be counted.
        response.shared_by = None
        if _may_be_counted(request):
            trends.count_unanswered(text=answer.question.text, **_who_asks(request))
    return response


class OpenedForm(forms.Form):
    """Which result was opened, and for which question."""

    q = forms.CharField(max_length=queries.LONGEST_QUERY)
    key = forms.CharField(
        max_length=100, validators=[RegexValidator(r"\A[a-z_]+\.[a-z_]+:\w+\Z")]
    )


@without_token
@require_POST
def result_opened(request):
    """A result was opened: sent by the page itself as one leaves it, answered by nothing.

    It changes a counter only, and only for what the question really finds for this reader.
    """
    form = OpenedForm(request.POST)
    if form.is_valid() and _may_be_counted(request):
        text, key = form.cleaned_data["q"], form.cleaned_data["key"]
        try:
            if _finds(request.user, text, key):
                trends.count_opened(text=text, object_key=key, **_who_asks(request))
        except IndexUnavailable:
            pass
    return HttpResponse(status=204)


def _finds(user, text, key):
    lang = (get_language() or settings.LANGUAGE_CODE)[:2]
    tokens = tokens_in(tokens_for(user), lang)
    return bool(Among([key]).answering(tokens=tokens, text=text))


def _may_be_counted(request):
    """Whoever says that they do not want to be measured is not."""
    return (
        request.method in {"GET", "POST"} and request.headers.get("Sec-GPC", "") != "1"
    )


def _who_asks(request):
    """What tells a person from another within a week; never written down as it is."""
    user = request.user
    return {
        "person": str(user.pk) if user.is_authenticated else "",
        "place": place_of(request),
    }
