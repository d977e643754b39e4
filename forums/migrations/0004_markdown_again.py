from django.db import migrations


def ask_to_draw_again(apps, schema_editor):
    """The worker renders what is already there by the present rules of Markdown."""
    if apps.get_model("forums", "Post").objects.exists():
        apps.get_model("core", "OutboxEntry").objects.create(
            kind="markdown.changed", payload={}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0003_groups_without_rights"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(
            ask_to_draw_again, migrations.RunPython.noop, elidable=True
        ),
    ]
