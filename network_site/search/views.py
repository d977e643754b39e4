import logging

from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from network_site.core.templatetags.word_tags import number
from network_site.members import roles
from network_site.registries.search import Kind
from network_site.search import queries, services, ways_out
from network_site.search.engine import IndexUnavailable
from network_site.search.forms import SearchForm
from network_site.search.stores import get_store
from network_site.taxonomies.models import Territory, Theme

logger = logging.getLogger(__name__)

PER_PAGE = 12
OF_EACH_KIND = 3
LAST_PAGE = 1_000
MOST_PLAIN = 10
MOST_THEMES = 12
MOST_TERRITORIES = 8
LONGEST_QUESTION = 150
_WIDER = {
    "all": gettext_lazy("Without any filter"),
    "kind": gettext_lazy("Of any kind"),
    "theme": gettext_lazy("In all the themes"),
    "territory": gettext_lazy("In all the territories"),
    "words": gettext_lazy("With the words in any order, none left out"),
}


class SearchView(TemplateView):
    """Everything that a reader may find, in one list, with its counts."""

    template_name = "search/search.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = SearchForm(self.request.GET)
        criteria = form.criteria
        query = queries.clean(criteria["q"])
        context.update(query=query, hide_search=True, remarks=form.remarks)
        context["canonical_pairs"] = [
            *([("q", query)] if query else []),
            *(
                (name, value)
                for name in ("kind", "theme", "territory")
                for value in criteria[name]
            ),
        ]
        filtered = filtered_by(criteria)
        try:
            if query or filtered:
                self._add_results(context, criteria, query)
            else:
                answer = services.search(user=self.request.user, size=0)
                context["kinds"] = _kind_links(answer.facets["kind"])
        except IndexUnavailable as error:
            logger.warning("Search index unavailable: %s", error)
            context["is_unavailable"] = True
            done = get_store().progress()
            context["rebuilt"] = None if done is None else int(100 * done)
        return context

    def _add_results(self, context, criteria, query):
        by_date = SearchForm.DATE in criteria["sort"]
        asked = {
            "user": self.request.user,
            "text": query,
            "kinds": criteria["kind"],
            "themes": criteria["theme"],
            "territories": criteria["territory"],
            "by_date": by_date,
            "size": PER_PAGE,
            "plain": self._plain,
        }
        grouped = SearchForm.GROUPED in criteria["vue"]
        if grouped:
            asked |= {"size": 0, "of_each_kind": OF_EACH_KIND}
        wanted = 1 if grouped else _page_number(self.request.GET.get("page"))
        answer = services.search(start=(wanted - 1) * PER_PAGE, **asked)
        page = Paginator(range(answer.total), PER_PAGE).get_page(wanted)
        self.request.page_of_list = page.number
        if grouped:
            context["found_groups"] = self._found_groups(answer.groups)
        if page.number != wanted:
            answer = services.search(start=(page.number - 1) * PER_PAGE, **asked)
        page.elided = list(
            page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        )
        labels = _labels(answer.facets, criteria)
        context.update(
            answer=answer,
            page_obj=page,
            total_label=_total_label(answer.total),
            groups=[
                group
                for group in _groups(answer.facets, criteria, labels)
                if group["options"]
            ],
            active_filters=[
                *self._chips(answer),
                *self._active_filters(criteria, labels),
            ],
            clear_url=self._url(kind=None, theme=None, territory=None)
            if filtered_by(criteria)
            else "",
            exact_url=self._url(q=f'"{query}"'),
            save_query=self._url(sort=None, vue=None)[1:],
            kept=[
                ("q", query),
                *(("mot", word) for word in self._plain),
                *([("sort", SearchForm.DATE)] if by_date else []),
                *([("vue", SearchForm.GROUPED)] if grouped else []),
            ],
            presentations=[
                {
                    "label": label,
                    "url": self._url(
                        vue=value if value == SearchForm.GROUPED else None
                    ),
                    "is_current": grouped == (value == SearchForm.GROUPED),
                }
                for value, label in SearchForm.base_fields["vue"].choices
            ],
            orders=[
                {
                    "label": label,
                    "url": self._url(sort=value if value == SearchForm.DATE else None),
                    "is_current": by_date == (value == SearchForm.DATE),
                }
                for value, label in SearchForm.base_fields["sort"].choices
            ],
        )

        if not answer.total:
            context.update(self._ways_out(criteria, query))

    def _found_groups(self, groups):
        """What the page says of each group besides its rows."""
        labels = {str(value): label for value, label in Kind.choices}
        return [
            {
                "kind": group.kind,
                "label": labels[group.kind],
                "total": group.total,
                "results": group.results,
                "url": self._url(kind=group.kind, vue=None)
                if group.total > len(group.results)
                else "",
            }
            for group in groups
        ]

    def _ways_out(self, criteria, query):
        """What the page offers when nothing was found."""
        user = self.request.user
        without = {"all": {"kind": None, "theme": None, "territory": None}}
        without["words"] = {"q": ways_out.plain_words(query)}
        wider = ways_out.wider(
            user=user,
            text=query,
            kinds=criteria["kind"],
            themes=criteria["theme"],
            territories=criteria["territory"],
        )
        return {
            "wider": [
                {
                    "label": _WIDER[one.without],
                    "total": _total_label(one.total),
                    "url": self._url(**without.get(one.without, {one.without: None})),
                }
                for one in wider
            ],
            "themes": [
                {"label": theme.label, "count": count, "url": f"?theme={theme.slug}"}
                for theme, count in ways_out.themes_to_browse(user=user)
            ],
            "may_ask": roles.is_member(user),
            "question_query": urlencode({"titre": query[:LONGEST_QUESTION]}),
        }

    def _url(self, **changes):
        """This address with some values changed, from its first page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def _plain(self):
        """The words that the reader wants looked for as words."""
        return self.request.GET.getlist("mot")[:MOST_PLAIN]

    def _chips(self, answer):
        """The words that were taken for a kind or a moment, each with the way to undo it."""
        chips = []
        for chip in answer.chips:
            query = self.request.GET.copy()
            query.pop("page", None)
            query.appendlist("mot", chip.word)
            label = _("%(label)s (your word “%(word)s”)")
            chips.append(
                {
                    "label": label % {"label": chip.label, "word": chip.word},
                    "url": f"?{query.urlencode()}",
                }
            )
        return chips

    def _active_filters(self, criteria, labels):
        filters = []
        for name in ("kind", "theme", "territory"):
            for value in criteria[name]:
                query = self.request.GET.copy()
                query.pop("page", None)
                query.setlist(
                    name, [item for item in query.getlist(name) if item != value]
                )
                filters.append(
                    {
                        "label": labels[name].get(value, value),
                        "url": f"?{query.urlencode()}",
                    }
                )
        return filters


def filtered_by(criteria):
    """Whether a kind, a theme or a territory is chosen."""
    return bool(criteria["kind"] or criteria["theme"] or criteria["territory"])


def _page_number(value):
    """The number of a page, 1 for anything that is none."""
    try:
        return min(max(int(value), 1), LAST_PAGE)
    except (TypeError, ValueError):
        return 1


def _total_label(total):
    return ngettext("%(total)s result", "%(total)s results", total) % {
        "total": number(total)
    }


def _most(counts, chosen, most):
    """The commonest values of a facet, those already chosen first."""
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    return list(dict.fromkeys([*chosen, *ordered]))[:most]


def _labels(facets, criteria):
    """{facet: {value: words}} for what the page shows, in two queries."""
    themes = _most(facets["theme"], criteria["theme"], MOST_THEMES)
    territories = _most(facets["territory"], criteria["territory"], MOST_TERRITORIES)
    return {
        "kind": {str(value): label for value, label in Kind.choices},
        "theme": {
            theme.slug: theme.label for theme in Theme.objects.filter(slug__in=themes)
        },
        "territory": dict(
            Territory.objects.filter(slug__in=territories).values_list("slug", "name")
        ),
    }


def _groups(facets, criteria, labels):
    """The groups of filters, with counts that are this reader's."""
    titles = {"kind": _("Kind"), "theme": _("Theme"), "territory": _("Territory")}
    groups = []
    for name, title in titles.items():
        counts, chosen = facets[name], criteria[name]
        if name == "kind":
            values = [
                value for value in labels[name] if counts.get(value) or value in chosen
            ]
        else:
            most = MOST_THEMES if name == "theme" else MOST_TERRITORIES
            values = [
                value for value in _most(counts, chosen, most) if value in labels[name]
            ]
        groups.append(
            {
                "name": name,
                "label": title,
                "max": max(counts.values(), default=0),
                "options": [
                    {
                        "value": value,
                        "label": labels[name][value],
                        "count": counts.get(value, 0),
                        "checked": value in chosen,
                    }
                    for value in values
                ],
            }
        )
    return groups


def _kind_links(counts):
    """The ways in of the page without a question: each kind and how many there are."""
    return [
        {"value": value, "label": label, "count": counts[value]}
        for value, label in Kind.choices
        if counts.get(value)
    ]
