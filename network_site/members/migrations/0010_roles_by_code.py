import django.db.models.deletion
from django.db import migrations, models

# Which group holds which role: until here it was told by the name that the migrations gave.
NAMES = {
    "member": "Membres",
    "contributor": "Contributeurs",
    "curator": "Curation",
    "editor": "Rédaction nationale",
    "reviewer": "Relecture",
    "facilitator": "Animation",
}


def name_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Role = apps.get_model("members", "Role")
    for code, name in NAMES.items():
        group = Group.objects.get_or_create(name=name)[0]
        Role.objects.get_or_create(code=code, defaults={"group": group})


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("members", "0009_help_offered"),
    ]

    operations = [
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(choices=[("member", "member"), ("contributor", "contributor of the network"), ("curator", "curator of the network"), ("editor", "national editor"), ("reviewer", "reviewer"), ("facilitator", "facilitator of the network")], max_length=20, unique=True, verbose_name="role")),
                ("group", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="role", to="auth.group", verbose_name="group")),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["pk"],
            },
        ),
        migrations.RunPython(name_roles, migrations.RunPython.noop),
    ]
