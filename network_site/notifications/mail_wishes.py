from network_site.mailing.wishes import knows_wishes
from network_site.notifications.models import MailSettings


@knows_wishes
def is_not_switched_off(user, notification):
    switched_off = MailSettings.objects.filter(user=user).values_list(
        "switched_off", flat=True
    )
    return notification.name not in (switched_off.first() or [])
