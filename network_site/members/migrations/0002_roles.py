from django.db import migrations

# The names stand in members/roles.py; a migration keeps its own copy.
NAMES = ["Membres", "Contributeurs", "Rédaction nationale", "Relecture", "Animation"]


def create_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in NAMES:
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
