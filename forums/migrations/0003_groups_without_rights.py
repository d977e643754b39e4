from django.db import migrations
from django.db.models import Exists, OuterRef, Q

# As in members/groups.py; a migration keeps its own copy.
RIGHTS = [
    ("auth", "Group_permissions"),
    ("wagtailcore", "GroupPagePermission"),
    ("wagtailcore", "GroupCollectionPermission"),
    ("wagtailcore", "GroupSitePermission"),
    ("wagtailcore", "GroupApprovalTask_groups"),
]


def give_groups_of_their_own(apps, schema_editor):
    """A private space whose group gives a role or rights gets another with the same people.

    Whoever looks after the space chooses its people: they would give away what the group may do.
    """
    Forum = apps.get_model("forums", "Forum")
    Group = apps.get_model("auth", "Group")
    SpaceGrant = apps.get_model("members", "SpaceGrant")
    may_do = Q(role__isnull=False) | Q(body_group__isnull=False)
    for app, name in RIGHTS:
        model = apps.get_model(app, name)
        may_do |= Q(Exists(model.objects.filter(group=OuterRef("pk"))))
    groups = Group.objects.filter(may_do, forums__isnull=False)
    for old in groups.distinct().order_by("pk"):
        spaces = Forum.objects.filter(group=old).order_by("pk")
        name = spaces.first().name
        if Group.objects.filter(name=name).exists():
            name = f"{name} ({spaces.first().pk})"
        new = Group.objects.create(name=name)
        new.user_set.set(old.user_set.all())
        SpaceGrant.objects.filter(group=old).update(group=new)
        spaces.update(group=new)


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0002_mails_and_mentions"),
        ("members", "0010_roles_by_code"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(give_groups_of_their_own, migrations.RunPython.noop)
    ]
