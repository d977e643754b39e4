from django.core.management.base import BaseCommand, CommandError

from network_site.members import sealed_secrets


class Command(BaseCommand):
    help = (
        "Seal the secrets of all second factors with the first key of"
        " MFA_ENCRYPTION_KEYS. Older keys may be taken out of the list afterwards."
    )

    def handle(self, *args, **options):
        done, unreadable = sealed_secrets.reseal()
        self.stdout.write(f"{done} sealed with the first key.")
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} cannot be read with any of the keys: put the key that"
                " sealed them back into MFA_ENCRYPTION_KEYS, or remove these second"
                f" factors (mfa.Authenticator {', '.join(map(str, unreadable))})."
            )
