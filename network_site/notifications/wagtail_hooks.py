from wagtail import hooks
from wagtail.permissions import register_permission_policy

from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    Burst,
    OutgoingMail,
)
from network_site.notifications.viewsets import MailViewSetGroup, ReadByFacilitators

for model in (OutgoingMail, Bounce, Burst, AddressHealth):
    register_permission_policy(model, ReadByFacilitators(model))


@hooks.register("register_admin_viewset")
def register_journal():
    return MailViewSetGroup()
