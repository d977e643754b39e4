from django.conf import settings
from django.db import migrations, models


def ask_for_words(apps, schema_editor):
    """The worker writes the words and keys of the sheets that are already there."""
    if apps.get_model("members", "Profile").objects.exists():
        apps.get_model("core", "OutboxEntry").objects.create(
            kind="directory.words_missing", payload={}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0006_employer_checks"),
        ("core", "0001_initial"),
        ("taxonomies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="profile",
            name="language_keys",
            field=models.CharField(blank=True, editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name="profile",
            name="theme_keys",
            field=models.CharField(blank=True, editable=False, max_length=400),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(
                fields=[
                    "status",
                    "sheet_visibility",
                    "territory_visibility",
                    "organization_visibility",
                    "themes_visibility",
                    "languages_visibility",
                    "user",
                    "territory",
                    "organization",
                    "theme_keys",
                    "language_keys",
                ],
                name="members_profile_facets",
            ),
        ),
        migrations.AddIndex(
            model_name="profile",
            index=models.Index(
                fields=["-decided_at", "-id"], name="members_profile_recent"
            ),
        ),
        migrations.RunPython(ask_for_words, migrations.RunPython.noop, elidable=True),
    ]
