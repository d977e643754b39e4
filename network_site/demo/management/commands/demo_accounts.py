from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from network_site.demo.content.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    """Prints the address of each named member, those of the roles first, and the password."""

    help = "List the demonstration's accounts, one per role first, with their password."

    def handle(self, *args, **options):
        known = set(
            get_user_model()
            .objects.filter(email__in=[person["email"] for person in PEOPLE])
            .values_list("email", flat=True)
        )
        for person in sorted(PEOPLE, key=lambda one: not one["is_role_account"]):
            if person["email"] in known:
                name = f"{person['first_name']} {person['last_name']}"
                words = person["role_label"] or f"{name}, {person['job_title']}"
                self.stdout.write(f"{person['email']:<34} {words}")
        if known:
            self.stdout.write(f"Mot de passe commun : {PASSWORD}")
