"""Addresses subscribed without an account: seen, and erased when somebody asks by telephone."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from network_site.newsletters.models import Subscription


class SeeOrErase(ModelPermissionPolicy):
    """Nobody, not even an administrator, subscribes an address: its owner alone consents."""

    def user_has_permission(self, user, action):
        if action in {"add", "change"}:
            return False
        return super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class SubscriptionViewSet(ModelViewSet):
    model = Subscription
    icon = "mail"
    menu_label = _("Subscriptions")
    name = "newsletter_subscriptions"
    url_prefix = "lettre/abonnements"
    form_fields = ["email"]
    list_display = [
        "email",
        "language",
        "created_at",
        "confirmed_at",
        "unsubscribed_at",
    ]
    list_filter = ["language"]
    search_fields = ["email"]
    ordering = ["-created_at", "-pk"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "email",
        "language",
        "consent",
        "created_at",
        "confirmed_at",
        "unsubscribed_at",
    ]
    copy_view_enabled = False


register_permission_policy(Subscription, SeeOrErase(Subscription))
subscription_viewset = SubscriptionViewSet("newsletter_subscriptions")
