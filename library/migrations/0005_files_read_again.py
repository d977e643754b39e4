from django.db import migrations


def have_files_read(apps, schema_editor):
    """The worker finds out why some files have no text."""
    pages = (
        apps.get_model("library", "RecordFile")
        .objects.filter(document__text_state="unread")
        .order_by("page")
        .values_list("page", flat=True)
        .distinct()
    )
    apps.get_model("core", "OutboxEntry").objects.bulk_create(
        apps.get_model("core", "OutboxEntry")(
            kind="page.saved", payload={"model": "wagtailcore.page", "pk": pk}
        )
        for pk in pages
    )


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_markdown_again"),
        ("site_media", "0002_text_state"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(have_files_read, migrations.RunPython.noop, elidable=True)
    ]
