from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def write_down_readings(apps, schema_editor):
    """From the examinations that took place; a draft is read by nobody, and the day of an
    examination is no confirmation."""
    states = apps.get_model("good_practices", "PracticeState").objects
    states.filter(confirmed_on=F("examined_on")).update(confirmed_on=None)
    approvals = (
        apps.get_model("wagtailcore", "TaskState")
        .objects.filter(
            status="approved",
            workflow_state__content_type__app_label="good_practices",
            workflow_state__content_type__model="goodpracticepage",
        )
        .exclude(finished_by=None)
        .exclude(finished_at=None)
        .order_by("finished_at")
        .values_list("workflow_state__object_id", "finished_by", "finished_at")
    )
    pages = dict(
        apps.get_model("good_practices", "GoodPracticePage").objects.values_list(
            "pk", "owner"
        )
    )
    for key, reader, at in approvals:
        pk = int(key)
        if pk in pages and reader != pages[pk]:
            states.filter(page=pk).update(read_on=timezone.localdate(at))
    states.filter(level="described", read_on=None, page__live=False).update(
        level="testimony"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("good_practices", "0002_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="practicestate",
            name="read_on",
            field=models.DateField(
                blank=True, null=True, verbose_name="read before publication on"
            ),
        ),
        migrations.RunPython(
            write_down_readings, migrations.RunPython.noop, elidable=True
        ),
    ]
