from django.db import migrations

from network_site.journal import triggers


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="entry",
            options={
                "base_manager_name": "objects",
                "ordering": ["-pk"],
                "verbose_name": "entry of the journal",
                "verbose_name_plural": "entries of the journal",
            },
        ),
        migrations.RunPython(install, remove),
    ]
