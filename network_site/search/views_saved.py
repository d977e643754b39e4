"""The searches that a member keeps: save one, see them, delete one."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from network_site.members.roles import is_member
from network_site.registries.search import Kind
from network_site.search import saved, services
from network_site.search.asking import CORRECTED
from network_site.search.engine import IndexUnavailable
from network_site.search.forms import SavedSearchForm, SearchForm
from network_site.search.models import SavedSearch
from network_site.taxonomies.models import Territory, Theme


def for_members(view):
    """A visitor is sent to the log-in, whoever waits for admission is refused."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not request.user.is_authenticated:
            following = reverse("saved_searches")
            if request.method in {"GET", "HEAD"}:
                following = request.get_full_path()
            return redirect_to_login(following)
        if not is_member(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapped


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def save_search(request):
    """Give a name to the search of the address, and keep it."""
    criteria = saved.kept_criteria(SearchForm(request.GET).criteria)
    search_url = f"{reverse('search')}?{request.GET.urlencode()}"
    if not saved.asks_something(criteria):
        messages.error(
            request,
            _("There is nothing to keep yet: look for words, or choose a filter."),
        )
        return HttpResponseRedirect(search_url)
    typed, criteria = criteria, _as_corrected(request.user, criteria)
    words = words_of([criteria])[0]
    form = SavedSearchForm(
        request.POST if request.method == "POST" else None,
        initial={"name": Truncator(", ".join(words)).chars(80)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved.save_search(
                user=request.user, name=form.cleaned_data["name"], criteria=criteria
            )
        except saved.AlreadySaved:
            messages.info(request, _("You keep this search already."))
            return HttpResponseRedirect(reverse("saved_searches"))
        except saved.TooManySaved:
            form.add_error(
                None,
                _(
                    "You keep %(number)d searches, as many as one may: delete one of them"
                    " before you save another."
                )
                % {"number": saved.MOST_SAVED},
            )
        else:
            messages.success(
                request,
                _("The search is saved. What newly answers it comes in your summary."),
            )
            return HttpResponseRedirect(reverse("saved_searches"))
    return render(
        request,
        "search/save_search.html",
        {
            "form": form,
            "words": words,
            "search_url": search_url,
            "typed": typed["q"] if typed["q"] != criteria["q"] else "",
        },
        status=422 if form.errors else 200,
    )


def _as_corrected(user, criteria):
    """The criteria with the words as the search corrected them: nothing new will have the
    mistyped ones."""
    try:
        answer = services.search(
            user=user,
            text=criteria["q"],
            kinds=criteria["kind"],
            themes=criteria["theme"],
            territories=criteria["territory"],
            size=0,
        )
    except IndexUnavailable:
        return criteria
    if answer.mode != CORRECTED:
        return criteria
    return {**criteria, "q": answer.correction}


@for_members
@require_http_methods(["GET", "HEAD"])
def saved_searches(request):
    """The searches of the reader, each with what is asked of it."""
    searches = list(request.user.saved_searches.all())
    for search, words in zip(
        searches, words_of([one.criteria for one in searches]), strict=True
    ):
        search.described = ", ".join(words)
    return render(
        request,
        "search/saved_searches.html",
        {"searches": searches, "most": saved.MOST_SAVED},
    )


@for_members
@require_POST
def delete_search(request, pk):
    """Keep a search no longer; those of others do not exist."""
    search = get_object_or_404(SavedSearch, pk=pk, user=request.user)
    saved.delete_search(saved=search)
    messages.success(
        request,
        _("The search “%(name)s” is no longer kept.") % {"name": search.name},
    )
    return HttpResponseRedirect(reverse("saved_searches"))


def words_of(many):
    """What each of some criteria asks, as a list of words, in two queries."""
    kinds = {str(value): str(label) for value, label in Kind.choices}
    themes = _labels(Theme.objects, many, "theme", lambda theme: theme.label)
    places = _labels(Territory.objects, many, "territory", lambda place: place.name)
    return [
        [
            *([_("“%(words)s”") % {"words": one["q"]}] if one["q"] else []),
            *(kinds.get(value, value) for value in one["kind"]),
            *(themes.get(value, value) for value in one["theme"]),
            *(places.get(value, value) for value in one["territory"]),
        ]
        for one in many
    ]


def _labels(rows, many, name, label):
    slugs = {slug for one in many for slug in one[name]}
    return {row.slug: label(row) for row in rows.filter(slug__in=slugs)}
