"""The journal of mails in the back office, for those who run the network: read, never written.

It says who was written to, what kind of mail and when; it holds no body. A subject names a
thread or a text that those who run the network may not read: administrators alone see it.
"""

import django_filters
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button
from wagtail.permission_policies.base import BasePermissionPolicy

from network_site.mailing import bounces
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    Burst,
    OutgoingMail,
)
from network_site.mailing.queue import kinds
from network_site.members.roles import FACILITATORS, is_facilitator
from network_site.registries.notifications import notification_named


class ReadByFacilitators(BasePermissionPolicy):
    """Facilitators and administrators look; nobody writes, not even an administrator."""

    def user_has_permission(self, user, action):
        return action == "view" and user.is_active and is_facilitator(user)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        if "view" not in actions:
            return get_user_model().objects.none()
        return (
            get_user_model()
            .objects.filter(is_active=True)
            .filter(Q(is_superuser=True) | Q(groups__role__code=FACILITATORS))
            .distinct()
        )


def _time_of(mail):
    return mail.sent_at or mail.created_at


def _first_line_of_error(mail):
    """What to read first: the name of an exception, the only line of anything else.

    What an exception says may quote the contents of the mail.
    """
    lines = mail.error.strip().splitlines()
    if not lines:
        return ""
    if lines[0].startswith("Traceback"):
        return lines[-1].partition(":")[0][:80]
    return gettext(lines[-1])[:160]


# On the page of a burst; the list of returned mails has them all.
MOST_SHOWN = 100

KINDS = {
    "templated": _("Message"),
    "item": _("One item"),
    "digest": _("Summary of news"),
    "newsletter": _("Newsletter"),
}


def _kind_of(mail):
    return KINDS.get(mail.kind, mail.kind)


def _what_it_is(mail):
    """What the mail is about, in general words: the declared notification's, or its kind's."""
    declared = notification_named(mail.notification)
    return declared.label if declared else _kind_of(mail)


def _kinds():
    return [(kind, KINDS.get(kind, kind)) for kind in sorted({*kinds(), "templated"})]


class MailFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=MailStatus)
    kind = django_filters.ChoiceFilter(label=_("Kind of mail"), choices=_kinds)
    sent_at = django_filters.DateFromToRangeFilter(
        label=_("Sent"), widget=DateRangePickerWidget
    )

    class Meta:
        model = OutgoingMail
        fields = ["status", "kind", "sent_at"]


class MailIndexView(IndexView):
    template_name = "notifications/admin/mail_index.html"
    show_other_searches = False

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        counts = OutgoingMail.objects.aggregate(
            **{
                status: Count("pk", filter=Q(status=status))
                for status in (
                    MailStatus.UNCERTAIN,
                    MailStatus.FAILED,
                    MailStatus.QUEUED,
                )
            }
        )
        context["counts"] = counts
        context["suspended"] = AddressHealth.objects.exclude(suspended_at=None).count()
        context["index_url"] = reverse(self.index_url_name)
        context["suspended_url"] = reverse("addresses:index")
        context["bursts"] = bounces.open_bursts()
        return context


class MailInspectView(InspectView):
    """One mail; its subject and the text of an error are the administrator's to read."""

    def get_fields(self):
        fields = super().get_fields()
        if self.request.user.is_superuser:
            return fields
        return [name for name in fields if name not in {"subject", "error"}]


class MailViewSet(ModelViewSet):
    model = OutgoingMail
    name = "mails"
    icon = "mail"
    menu_label = _("Mails sent")
    index_view_class = MailIndexView
    filterset_class = MailFilterSet
    inspect_view_enabled = True
    inspect_view_class = MailInspectView
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_fields = [
        "user",
        "address",
        "notification",
        "kind",
        "subject",
        "status",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
        "message_id",
        "error",
    ]
    search_fields = ["address", "message_id"]
    search_backend_name = None
    ordering = ["-pk"]
    list_per_page = 50
    list_display = [
        TitleColumn("address", label=_("To"), url_name="mails:inspect", width="24%"),
        Column("what", label=_("What it is"), accessor=_what_it_is),
        Column("status", label=_("Status"), accessor="get_status_display"),
        Column("time", label=_("When"), accessor=_time_of),
        Column("error", label=_("Error"), accessor=_first_line_of_error),
    ]
    form_fields = ["status"]


class BounceViewSet(ModelViewSet):
    model = Bounce
    name = "returned_mails"
    icon = "undo"
    menu_label = _("Returned mails")
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_class = InspectView
    inspect_view_fields = [
        "address",
        "mail",
        "is_hard",
        "cause",
        "status",
        "host",
        "diagnostic",
        "is_charged",
        "burst",
        "received_at",
    ]
    list_filter = ["is_hard", "is_charged", "cause", "burst"]
    search_fields = ["address", "diagnostic"]
    search_backend_name = None
    ordering = ["-pk"]
    list_per_page = 50
    list_display = [
        TitleColumn("address", label=_("Address"), url_name="returned_mails:inspect"),
        BooleanColumn("is_hard", label=_("For good")),
        BooleanColumn("is_charged", label=_("Counted against the address")),
        Column("cause", label=_("Reason"), accessor="get_cause_display"),
        Column("status", label=_("Status code")),
        Column("diagnostic", label=_("What the server said")),
        Column("received_at", label=_("When"), accessor="received_at"),
    ]
    form_fields = ["status"]


def _state_of(burst):
    if burst.settled_at is None:
        return gettext("to look at")
    return gettext("counted") if burst.is_counted else gettext("set aside")


class BurstIndexView(IndexView):
    def get_base_queryset(self):
        return bounces.with_addresses(super().get_base_queryset())

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if instance.settled_at is None:
            buttons.append(
                Button(
                    _("Settle it"),
                    url=reverse("bursts:settle", args=[instance.pk]),
                    icon_name="check",
                )
            )
        return buttons


class BurstViewSet(ModelViewSet):
    model = Burst
    name = "bursts"
    icon = "group"
    menu_label = _("Bursts of refusals")
    index_view_class = BurstIndexView
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ["host"]
    search_backend_name = None
    ordering = ["-last_at", "-pk"]
    list_per_page = 50
    list_display = [
        TitleColumn("host", label=_("Server"), url_name="bursts:settle"),
        Column("cause", label=_("Reason"), accessor="get_cause_display"),
        Column("addresses", label=_("Addresses")),
        Column("first_at", label=_("First refusal")),
        Column("last_at", label=_("Last refusal")),
        Column("state", label=_("State"), accessor=_state_of),
    ]
    form_fields = ["host"]

    @cached_property
    def settle_view(self):
        return require_http_methods(["GET", "HEAD", "POST"])(_settle)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("settle/<number:pk>/", self.settle_view, name="settle"),
        ]


def _settle(request, pk):
    """GET shows whom a burst touched; POST counts it against the addresses, or sets it aside."""
    burst = bounces.with_addresses(Burst.objects.filter(pk=pk)).first()
    if burst is None or not is_facilitator(request.user):
        raise Http404
    if request.method == "POST":
        counts = "count" in request.POST and bounces.is_about_addresses(burst)
        counted = bounces.settle_burst(burst, counts=counts)
        messages.success(
            request,
            ngettext(
                "%(n)s refusal is counted against its address.",
                "%(n)s refusals are counted against their addresses.",
                counted,
            )
            % {"n": counted}
            if counts
            else gettext("The burst is set aside: no address was counted."),
        )
        return redirect("bursts:index")
    return TemplateResponse(
        request,
        "notifications/admin/settle_burst.html",
        {
            "burst": burst,
            "bounces": burst.bounces.order_by("address", "pk")[:MOST_SHOWN],
            "can_count": bounces.is_about_addresses(burst),
            "list_url": f"{reverse('returned_mails:index')}?burst={burst.pk}",
        },
    )


class AddressFilterSet(WagtailFilterSet):
    suspended = django_filters.BooleanFilter(
        label=_("Suspended"),
        field_name="suspended_at",
        lookup_expr="isnull",
        exclude=True,
    )

    class Meta:
        model = AddressHealth
        fields = ["suspended"]


class AddressIndexView(IndexView):
    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if instance.suspended_at is not None:
            buttons.append(
                Button(
                    _("Lift the suspension"),
                    url=reverse("addresses:lift", args=[instance.pk]),
                    icon_name="check",
                )
            )
        return buttons


class AddressViewSet(ModelViewSet):
    model = AddressHealth
    name = "addresses"
    icon = "warning"
    menu_label = _("Addresses that refuse")
    index_view_class = AddressIndexView
    filterset_class = AddressFilterSet
    copy_view_enabled = False
    add_to_reference_index = False
    search_fields = ["address"]
    search_backend_name = None
    ordering = ["-last_bounced_at", "pk"]
    list_per_page = 50
    list_display = [
        "address",
        Column("hard_bounces", label=_("Refusals for good")),
        Column("last_bounced_at", label=_("Last refusal")),
        Column("complained_at", label=_("Reported as unwanted")),
        Column("suspended_at", label=_("Suspended since")),
    ]
    form_fields = ["address"]

    @cached_property
    def lift_view(self):
        return require_http_methods(["GET", "HEAD", "POST"])(_lift)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("lift/<number:pk>/", self.lift_view, name="lift"),
        ]


def _lift(request, pk):
    """GET asks, POST counts the refusals of an address from zero again."""
    if not is_facilitator(request.user):
        raise Http404
    health = AddressHealth.objects.filter(pk=pk).first()
    if health is None:
        raise Http404
    if request.method == "POST":
        bounces.reinstate(health.address)
        messages.success(
            request,
            gettext("Mails are sent to %(address)s again.")
            % {"address": health.address},
        )
        return redirect("addresses:index")
    return TemplateResponse(
        request, "notifications/admin/lift_suspension.html", {"health": health}
    )


class MailViewSetGroup(ModelViewSetGroup):
    menu_label = _("Mails")
    menu_icon = "mail"
    menu_order = 270
    items = (MailViewSet(), BounceViewSet(), BurstViewSet(), AddressViewSet())
