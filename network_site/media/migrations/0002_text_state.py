from django.db import migrations, models


def say_what_was_found(apps, schema_editor):
    """Whether there is text is known; why there is none is found out by reading again."""
    documents = apps.get_model("site_media", "SiteDocument").objects
    documents.filter(has_text_layer=True).update(text_state="text")
    documents.filter(has_text_layer=False).update(text_state="unread", text_of="")


class Migration(migrations.Migration):
    dependencies = [("site_media", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="sitedocument",
            name="text_state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("text", "Contains text"),
                    ("no_text", "No text was found in it: it is probably a scan"),
                    ("encrypted", "Protected by a password"),
                    ("damaged", "Damaged: it may not open"),
                    ("unread", "The site could not read its text"),
                ],
                max_length=9,
                verbose_name="what was found in it",
            ),
        ),
        migrations.RunPython(
            say_what_was_found, migrations.RunPython.noop, elidable=True
        ),
        migrations.RemoveField(model_name="sitedocument", name="has_text_layer"),
    ]
