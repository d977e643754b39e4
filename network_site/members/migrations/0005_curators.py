from django.db import migrations

# The name stands in members/roles.py; a migration keeps its own copy.
NAME = "Curation"


def create_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name=NAME)


class Migration(migrations.Migration):
    dependencies = [("members", "0004_name_key")]

    operations = [migrations.RunPython(create_group, migrations.RunPython.noop)]
