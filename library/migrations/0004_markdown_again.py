from django.db import migrations


def ask_to_draw_again(apps, schema_editor):
    """The worker renders what is already there by the present rules of Markdown."""
    if apps.get_model("library", "RecordPage").objects.exists():
        apps.get_model("core", "OutboxEntry").objects.create(
            kind="markdown.changed", payload={}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_spaces_of_bodies"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(
            ask_to_draw_again, migrations.RunPython.noop, elidable=True
        ),
    ]
