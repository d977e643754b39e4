"""Whether an address is proven stands in allauth's table alone.

What the profile said is carried there; a request begins to wait when its address is proven.
Those who had proven theirs by a log-in code were shown to nobody: facilitators are told.
"""

from django.db import migrations
from django.utils import timezone


def carry_over(apps, schema_editor):
    Profile = apps.get_model("members", "Profile")
    EmailAddress = apps.get_model("account", "EmailAddress")
    OutboxEntry = apps.get_model("core", "OutboxEntry")
    said = Profile.objects.exclude(email_confirmed_at=None).select_related("user")
    for profile in said.iterator():
        email = profile.user.email.lower()
        rows = EmailAddress.objects.filter(email=email)
        if email and not rows.filter(verified=True).exists():
            has_primary = EmailAddress.objects.filter(user=profile.user, primary=True)
            row = rows.filter(user=profile.user).first() or EmailAddress(
                user=profile.user, email=email, primary=not has_primary.exists()
            )
            row.verified = True
            row.save()
        if profile.email_confirmed_at > profile.requested_at:
            profile.requested_at = profile.email_confirmed_at
            profile.save(update_fields=["requested_at"])
    unseen = Profile.objects.filter(status="pending", email_confirmed_at=None)
    for profile in unseen.select_related("user").iterator():
        if EmailAddress.objects.filter(
            user=profile.user, email=profile.user.email.lower(), verified=True
        ).exists():
            profile.requested_at = timezone.now()
            profile.save(update_fields=["requested_at"])
            OutboxEntry.objects.create(
                kind="membership.requested", payload={"profile_id": profile.pk}
            )


def give_back(apps, schema_editor):
    Profile = apps.get_model("members", "Profile")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for profile in Profile.objects.select_related("user").iterator():
        if EmailAddress.objects.filter(
            user=profile.user, email=profile.user.email.lower(), verified=True
        ).exists():
            profile.email_confirmed_at = profile.requested_at
            profile.save(update_fields=["email_confirmed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0010_roles_by_code"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("core", "0001_initial"),
    ]

    operations = [migrations.RunPython(carry_over, give_back)]
