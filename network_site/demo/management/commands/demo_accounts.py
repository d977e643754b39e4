from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from network_site.demo.content.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    """Prints the address of one account per role, and their password."""

    help = "List one demonstration account per role, with the password."

    def handle(self, *args, **options):
        roles = [person for person in PEOPLE if person["is_role_account"]]
        known = set(
            get_user_model()
            .objects.filter(email__in=[person["email"] for person in roles])
            .values_list("email", flat=True)
        )
        for person in roles:
            if person["email"] in known:
                self.stdout.write(f"{person['email']:<34} {person['role_label']}")
        if known:
            self.stdout.write(f"Mot de passe commun : {PASSWORD}")
