"""What the sheet of an organisation shows to one reader, in a constant number of queries."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from events.models import EventPage
from good_practices.models import GoodPracticePage
from library.models import RecordPage
from network_site.core.markdown import render_markdown
from network_site.crossings import items
from network_site.directory import querysets
from network_site.directory.people import card_of
from network_site.members.delegation import can_edit_sheet
from network_site.members.siret import format_siret

SHOWN = 6
# A sheet is a page: past this, a list is looked for in its own space.
MOST = 300
MEMBERS = "membres"


@dataclass
class Gathered:
    """One list of the sheet: its lines, how many there are in all, where the rest is."""

    key: str
    title: str
    mark: str
    items: list
    count: int
    all_url: str = ""


def context_of(request, organization):
    """The context of templates/directory/organization_detail.html for the reader.

    `?tout=textes` (pratiques, journees) shows the whole of one list; anything else is ignored.
    """
    whole = request.GET.get("tout", "")
    budget = list(organization.budget_lines.all())
    year = budget[0].year if budget else None
    lines = [line for line in budget if line.year == year]
    people = querysets.members_of(organization, request.user)
    members = [card_of(profile) for profile in people[:SHOWN]]
    total = people.count() if len(members) == SHOWN else len(members)
    return {
        "organization": organization,
        "siret": format_siret(organization.siret),
        "body_html": render_markdown(organization.text_body),
        "budget_year": year,
        "budget_rows": [
            {
                "label": line.text,
                "value": line.amount,
                "text": f"{localize(line.amount.normalize())}\N{NO-BREAK SPACE}M€",
            }
            for line in lines
        ],
        "budget_source": lines[0].source if lines else "",
        "members": members,
        "member_count": total,
        "members_url": f"{reverse('people')}?organization={organization.slug}"
        if total > len(members)
        else "",
        "gathered": _gathered(request, organization, whole),
        "contact_points": organization.contact_points.order_by("label", "pk"),
        # A partnership told from both sides is shown once, as this body tells it.
        "partners_in": organization.partnerships_in.exclude(
            organization__in=[
                link.partner_id for link in organization.partnerships.all()
            ]
        )
        .select_related("organization")
        .order_by("organization__name", "pk"),
        "former_names": [alias.name for alias in organization.aliases.all()],
        "may_edit": request.user.is_authenticated
        and can_edit_sheet(request.user, organization),
    }


def _gathered(request, organization, whole):
    user = request.user
    return [
        _list(
            "textes",
            _("Texts and studies it issued"),
            "texte",
            RecordPage.objects.visible_to(user)
            .filter(publisher=organization)
            .order_by("-document_date", "-pk")
            .select_related("publisher", "regulatorytextpage"),
            lambda page: items.text_item(page, request),
            whole,
        ),
        _list(
            "pratiques",
            _("Practices it carries"),
            "pratique",
            GoodPracticePage.objects.visible_to(user)
            .filter(organization=organization)
            .select_related("state", "measure")
            .prefetch_related("territory_links__territory__parent")
            .order_by("-started_year", "title", "pk"),
            lambda page: items.practice_item(page, request),
            whole,
        ),
        _list(
            "journees",
            _("Days it organises"),
            "journee",
            EventPage.objects.visible_to(user)
            .filter(organizer=organization)
            .select_related("state")
            .order_by("-starts_at", "-pk"),
            lambda page: items.event_item(page, request),
            whole,
        ),
    ]


def _list(key, title, mark, queryset, item, whole):
    is_whole = whole == key
    shown = list(queryset[: MOST if is_whole else SHOWN])
    count = queryset.count() if len(shown) == SHOWN else len(shown)
    return Gathered(
        key=key,
        title=title,
        mark=mark,
        items=[item(page) for page in shown],
        count=count,
        all_url="" if is_whole or count <= len(shown) else f"?tout={key}#{key}",
    )
