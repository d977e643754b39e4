"""The directory of people of a large network: what a page costs, for each reader.

    python -m tests.benchmarks.directory --members 50000 --json

Members have varied fields and visibilities; a sixth of them are in private spaces. Each page is
asked of the application without any page kept in memory, by a visitor, a member, and a
member of three spaces, with and without words and facets. Prints the queries, the CPU
(milliseconds, p50 and p95: on PostgreSQL, the server's own work is not in them) and how many
people were found, with the calibration loop. Works over a database of its own (a new file,
or a new database on the PostgreSQL of DATABASE_URL). Ends with an error when a page takes
more than 15 queries, or when a count of a facet is not that of the list it leads to.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from itertools import batched
from pathlib import Path

from tests.benchmarks import server
from tests.benchmarks.registrations import database_of_its_own

MOST_QUERIES = 15
WORDS = [
    word
    for line in (
        "accueil insertion logement jeunesse emploi médiation formation",
        "apprentissage droits citoyenneté quartier projet éducation santé",
        "culture numérique parentalité langue accompagnement prévention",
        "discrimination égalité femmes recrutement entreprise association",
        "collectivité évaluation partenariat permanence juridique écoute",
        "réussite stage mobilité handicap",
    )
    for word in line.split()
]
PAGES = {
    "all": "",
    "recent": "sort=recent",
    "word": "q=médiation",
    "name": "q=martin+claire",
    "theme": "theme=theme-3",
    "region": "territory=region-4",
    "kind and language": "kind=association&language=ar",
    "all facets": "theme=theme-1&theme=theme-2&territory=region-4&territory=region-5"
    "&kind=association&kind=agency&language=ar&language=en&language=tr",
    "word and facets": "q=logement&theme=theme-1&territory=region-4",
    "last page": "page=100000",
}


def set_up():
    import django
    from django.conf import settings

    # The files of the pages are not measured here, nor collected.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup()
    settings.READER_CACHE_SECONDS = 0
    # The tables as they are now, without replaying their history.
    settings.MIGRATION_MODULES = {
        config.label: None for config in django.apps.apps.get_app_configs()
    }


def _terms(rng):
    """The vocabularies: themes on two levels, régions, départements and communes, bodies."""
    from network_site.members.enums import OrganizationKind
    from network_site.members.models import Organization
    from network_site.taxonomies.enums import TerritoryKind
    from network_site.taxonomies.models import Territory, Theme

    for number in range(10):
        root = Theme.add_root(slug=f"theme-{number}", name=f"Thème {number}")
        for inner in range(2):
            Theme.objects.get(pk=root.pk).add_child(
                slug=f"theme-{number}-{inner}", name=f"Thème {number} {inner}"
            )

    def places(kind, names, parents):
        return Territory.objects.bulk_create(
            Territory(
                kind=kind,
                insee_code=f"{number}",
                name=name,
                slug=name.lower(),
                parent=rng.choice(parents) if parents else None,
            )
            for number, name in enumerate(names)
        )

    regions = places(TerritoryKind.REGION, [f"Region-{n}" for n in range(18)], None)
    departments = places(
        TerritoryKind.DEPARTMENT, [f"Departement-{n}" for n in range(101)], regions
    )
    communes = places(
        TerritoryKind.COMMUNE, [f"Commune-{n}" for n in range(5000)], departments
    )
    bodies = Organization.objects.bulk_create(
        Organization(
            name=f"Organisme {n}",
            slug=f"organisme-{n}",
            kind=rng.choice(OrganizationKind.values),
        )
        for n in range(1500)
    )
    return list(Theme.objects.all()), regions, departments, communes, bodies


def prepare(members):
    """Tables and people; returns (a member, a member of three spaces)."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from django.core.management import call_command
    from django.utils import timezone

    from network_site.members import roles
    from network_site.members.enums import FieldVisibility, MembershipStatus
    from network_site.members.models import Profile, SpokenLanguage
    from network_site.members.permissions import FIELDS
    from network_site.members.words import set_words
    from tests.support.rows import ensure_base_rows

    call_command("migrate", run_syncdb=True, verbosity=0)
    ensure_base_rows()
    rng = random.Random(7)
    themes, regions, departments, communes, bodies = _terms(rng)
    group = roles.group_of(roles.MEMBERS)
    spaces = Group.objects.bulk_create(Group(name=f"Espace {n}") for n in range(40))
    first_names = ["Claire", "Élodie", "Youssef", "Inès", "Jean-Marc", "Noémie", "Ali"]
    last_names = ["Martin", "Bernard", "Haddad", "N’Diaye", "Lefèvre", "Öztürk", "Roy"]
    user_model, now = get_user_model(), timezone.now()
    mostly = [FieldVisibility.MEMBERS] * 6 + list(FieldVisibility)
    through = user_model.groups.through
    for numbers in batched(range(members), 2000):
        users = user_model.objects.bulk_create(
            user_model(
                email=f"p{number}@exemple.fr",
                first_name=rng.choice(first_names),
                last_name=f"{rng.choice(last_names)} {number}",
                password="!",
            )
            for number in numbers
        )
        through.objects.bulk_create(
            [through(user=user, group=group) for user in users]
            + [
                through(user=user, group=space)
                for user in users
                if rng.random() < 1 / 6
                for space in rng.sample(spaces, 2)
            ]
        )
        profiles, chosen, spoken = [], [], []
        for user in users:
            place = rng.choice([communes, communes, departments, regions])
            profile = Profile(
                user=user,
                status=MembershipStatus.APPROVED,
                decided_at=now - timezone.timedelta(minutes=rng.randint(0, 900_000)),
                job_title=f"{rng.choice(WORDS)} {rng.choice(WORDS)}",
                organization=rng.choice(bodies),
                territory=rng.choice(place),
                help_topics=" ".join(rng.choices(WORDS, k=15)),
                presentation=" ".join(rng.choices(WORDS, k=60)),
                **{
                    f"{field}_visibility": rng.choice(mostly)
                    for field in ("sheet", *FIELDS)
                },
            )
            profiles.append(profile)
            chosen.append(rng.sample(themes, rng.randint(0, 4)))
            spoken.append(rng.sample(["fr", "en", "ar", "tr", "es"], rng.randint(1, 3)))
        for profile, its_themes, codes in zip(profiles, chosen, spoken, strict=True):
            profile._prefetched_objects_cache = {
                "themes": its_themes,
                "languages": [SpokenLanguage(code=code) for code in codes],
            }
            # What it says is known before it has a row.
            profile.pk = -1
            set_words(profile)
            profile.pk, profile._prefetched_objects_cache = None, {}
        Profile.objects.bulk_create(profiles)
        links = Profile.themes.through
        links.objects.bulk_create(
            links(profile=profile, theme=theme)
            for profile, its_themes in zip(profiles, chosen, strict=True)
            for theme in its_themes
        )
        SpokenLanguage.objects.bulk_create(
            SpokenLanguage(profile=profile, code=code)
            for profile, codes in zip(profiles, spoken, strict=True)
            for code in codes
        )
    people = user_model.objects.order_by("pk")
    plain, peer = people[0], people[1]
    plain.groups.set([group])
    peer.groups.set([group, *spaces[:3]])
    _gather_statistics()
    return plain, peer


def _gather_statistics():
    """What the database gathers by itself in life (PostgreSQL) or at the night's job."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(readers, times):
    """{reader: {page: figures}}."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    headers = {"X-Forwarded-Proto": "https", "Host": server.PROXY["Host"]}
    report = {}
    for name, user in readers.items():
        client = Client(headers=headers)
        if user is not None:
            client.force_login(
                user, backend="django.contrib.auth.backends.ModelBackend"
            )
        report[name] = {}
        for page, query in PAGES.items():
            address = f"{reverse('people')}?{query}"
            client.get(address)
            queries = []

            def note(execute, sql, params, many, context, queries=queries):
                queries.append(sql)
                return execute(sql, params, many, context)

            with connection.execute_wrapper(note):
                response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            spent = []
            for _time in range(times):
                started = time.process_time()
                client.get(address)
                spent.append((time.process_time() - started) * 1000)
            spent.sort()
            report[name][page] = {
                "found": len(filters_of(query, user).object_ids),
                "queries": len(queries),
                "cpu_ms_p50": round(statistics.median(spent), 1),
                "cpu_ms_p95": round(spent[int(len(spent) * 0.95) - 1], 1),
            }
        check_counts(user)
    return report


def filters_of(query, user):
    """The filters of an address, for a reader who has just come."""
    from django.contrib.auth.models import AnonymousUser
    from django.http import QueryDict

    from network_site.directory.people import people_asked

    reader = type(user).objects.get(pk=user.pk) if user else AnonymousUser()
    return people_asked(QueryDict(query), reader)


def check_counts(user):
    """Each count of a facet is the number of people found by choosing it alone."""
    for group in filters_of("", user).groups:
        for option in group.options[:4]:
            found = len(filters_of(f"{group.name}={option.value}", user).object_ids)
            if found != option.count:
                sys.exit(
                    f"{group.name}={option.value}: {option.count} announced,"
                    f" {found} found"
                )


def main():
    parser = argparse.ArgumentParser(description="The directory of a large network.")
    parser.add_argument("--members", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args()
    if options.members < 2 or options.times < 1:
        parser.error("--members begins at 2, --times at 1")
    with tempfile.TemporaryDirectory(prefix="bench-directory-") as folder:
        server.use_production_settings(Path(folder))
        with database_of_its_own():
            set_up()
            plain, peer = prepare(options.members)
            calibration = server.calibrate()
            report = measure(
                {"visitor": None, "member": plain, "member of spaces": peer},
                options.times,
            )
    if options.json:
        sys.stdout.write(
            json.dumps({"calibration_s": calibration, "pages": report}, indent=1) + "\n"
        )
    else:
        sys.stdout.write(
            f"{options.members} members, calibration {calibration:.3f} s\n"
        )
        for reader, pages in report.items():
            for page, figures in pages.items():
                line = "  ".join(f"{key} {value:>7}" for key, value in figures.items())
                sys.stdout.write(f"{reader:18} {page:18} {line}\n")
    most = max(one["queries"] for pages in report.values() for one in pages.values())
    if most > MOST_QUERIES:
        sys.exit(f"{most} queries: {MOST_QUERIES} are the most.")


if __name__ == "__main__":
    main()
