"""Pages of a list."""

import warnings

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class UnstableOrderWarning(RuntimeWarning):
    """A paginated queryset may show a row twice, or never (an error in tests)."""


def paginate(queryset, request, per_page=20) -> Page:
    """Return the page of `queryset` that `?page=` asks for.

    Anything that is not a page number is page one, a number past the end is the last
    page. `page.elided` lists the page numbers to link to, with an ellipsis between.
    """
    if isinstance(queryset, QuerySet) and not queryset.totally_ordered:
        warnings.warn(
            f"{queryset.model.__name__}: a paginated list must end its ordering with"
            " a unique column",
            UnstableOrderWarning,
            stacklevel=2,
        )
    page = Paginator(queryset, per_page).get_page(request.GET.get("page"))
    # For the address of the page (core.canonical).
    request.page_of_list = page.number
    page.elided = list(
        page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    )
    return page
