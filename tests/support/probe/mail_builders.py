"""A kind of mail with nothing to read, for workers that tests start and kill."""

from django.core.mail import EmailMultiAlternatives

from network_site.mailing.queue import (
    Letter,
    builds,
)


@builds("probe")
def open_batch(mails):
    return lambda mail: Letter(
        EmailMultiAlternatives(f"Probe {mail.key}", "Bonjour", to=[mail.address])
    )
