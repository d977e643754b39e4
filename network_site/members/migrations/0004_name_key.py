from django.db import migrations, models

from network_site.core.text import fold


def fill(apps, schema_editor):
    """The order of the directory for the people already there."""
    Profile = apps.get_model("members", "Profile")
    changed = []
    for profile in Profile.objects.select_related("user").iterator(chunk_size=500):
        user = profile.user
        profile.name_key = fold(f"{user.last_name} {user.first_name}")[:310]
        changed.append(profile)
    Profile.objects.bulk_update(changed, ["name_key"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("members", "0003_known_and_found")]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="name_key",
            field=models.CharField(
                blank=True, db_index=True, editable=False, max_length=310
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
