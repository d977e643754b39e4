from django.conf import settings
from django.db import migrations

SPACES = ("library", "practices", "events", "forums")


def follow_the_spaces(apps, schema_editor):
    """Members admitted before there were notifications begin as those admitted since."""
    User = apps.get_model(settings.AUTH_USER_MODEL)
    MailSettings = apps.get_model("notifications", "MailSettings")
    Follow = apps.get_model("notifications", "Follow")
    members = User.objects.filter(
        profile__status="approved", mail_settings=None
    ).values_list("pk", flat=True)
    for pk in list(members):
        MailSettings.objects.create(user_id=pk)
        if not Follow.objects.filter(user_id=pk).exists():
            Follow.objects.bulk_create(
                Follow(user_id=pk, kind="space", target=space, level="summary")
                for space in SPACES
            )


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0002_follows_items_mails"),
        ("members", "0002_roles"),
    ]
    operations = [
        migrations.RunPython(
            follow_the_spaces, migrations.RunPython.noop, elidable=True
        )
    ]
