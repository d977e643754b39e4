"""What applications and recovery codes are made from is sealed with a key of the settings."""

from django.db import migrations

from network_site.members.sealed_secrets import each_secret, seal, unseal


def _change(apps, change):
    Authenticator = apps.get_model("mfa", "Authenticator")
    for row in Authenticator.objects.order_by("pk").iterator():
        if each_secret(row.data, change):
            row.save(update_fields=["data"])


def seal_all(apps, schema_editor):
    _change(apps, seal)


def unseal_all(apps, schema_editor):
    _change(apps, unseal)


class Migration(migrations.Migration):

    dependencies = [
        ("members", "0012_address_proven_elsewhere"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, unseal_all)]
