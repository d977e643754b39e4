"""The scene of the roles in a body's space of the library, for every_mail."""

from library.services import give_body_role, open_body_space, withdraw_body_role
from network_site.core.outbox import drain
from network_site.members import roles
from network_site.members.enums import BodyRole
from network_site.members.models import Organization, Profile


def body_roles(people):
    """A contributor and a curator, named then thanked."""
    body = Organization.objects.create(name="Zorgbib", slug="zorgbib", kind="other")
    open_body_space(organization=body, by=people.bob)
    kit = people.one("Kit", roles.MEMBERS)
    Profile.objects.filter(user=kit).update(organization=body)
    kit.refresh_from_db()
    for role in BodyRole:
        about = {"user": kit, "organization": body, "role": role, "by": people.bob}
        give_body_role(**about)
        drain()
        withdraw_body_role(**about)
        drain()
