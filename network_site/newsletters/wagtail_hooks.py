from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem as LinkMenuItemComponent
from wagtail.admin.widgets import Button

from network_site.newsletters import admin_urls
from network_site.newsletters.enums import ContributionStatus
from network_site.newsletters.models import (
    Contribution,
    NewsletterIndexPage,
    NewsletterIssuePage,
)
from network_site.newsletters.permissions import can_decide_contributions, can_send
from network_site.newsletters.viewsets import subscription_viewset


@hooks.register("register_admin_urls")
def newsletter_urls():
    return [path("lettre/", include(admin_urls))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def send_button(page, user, next_url=None, **kwargs):
    """From an issue in the back office to its sending."""
    if issubclass(page.specific_class, NewsletterIssuePage) and can_send(user):
        yield Button(
            _("Send the newsletter…"),
            reverse("newsletters_admin:send", args=[page.pk]),
            icon_name="mail",
            priority=5,
        )


class IssuesMenuItem(MenuItem):
    """To the issues, for those who compose them."""

    def is_shown(self, request):
        return can_decide_contributions(request.user)

    def render_component(self, request):
        index = NewsletterIndexPage.objects.first()
        return LinkMenuItemComponent(
            self.name,
            str(self.label),
            reverse("wagtailadmin_explore", args=[index.pk])
            if index
            else reverse("wagtailadmin_explore_root"),
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


class ProposalsMenuItem(MenuItem):
    """Says how many proposals wait, to those who answer them."""

    def is_shown(self, request):
        return can_decide_contributions(request.user)

    def render_component(self, request):
        waiting = Contribution.objects.filter(status=ContributionStatus.WAITING).count()
        return LinkMenuItemComponent(
            self.name,
            f"{self.label} ({waiting})" if waiting else str(self.label),
            self.url,
            icon_name=self.icon_name,
            classname=self.classname,
            attrs=self.attrs,
        )


@hooks.register("register_admin_viewset")
def subscriptions_viewset():
    return subscription_viewset


@hooks.register("register_admin_menu_item")
def newsletter_menu():
    return SubmenuMenuItem(
        _("Newsletter"),
        Menu(
            items=[
                IssuesMenuItem(
                    _("Issues"),
                    "",
                    name="newsletter-issues",
                    icon_name="doc-full",
                    order=10,
                ),
                ProposalsMenuItem(
                    _("Proposals"),
                    reverse("newsletters_admin:contributions"),
                    name="newsletter-proposals",
                    icon_name="pick",
                    order=20,
                ),
                subscription_viewset.get_menu_item(order=30),
            ]
        ),
        name="newsletter",
        icon_name="mail",
        order=270,
    )


@hooks.register("register_log_actions")
def newsletter_log_actions(actions):
    """What happened to an issue stands in its history."""
    for name, label, message in (
        ("plan", _("Plan the sending"), _("Sending decided")),
        ("cancel", _("Cancel the sending"), _("Planned sending cancelled")),
        ("send", _("Send"), _("Sending begun")),
        ("stop", _("Stop the sending"), _("Sending stopped")),
        ("resume", _("Resume the sending"), _("Sending resumed")),
    ):
        actions.register_action(f"newsletters.{name}", label, message)
