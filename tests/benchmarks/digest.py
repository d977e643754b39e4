"""The daily summary of a large network: from what happens to the mails, and the memory it takes.

    python -m tests.benchmarks.digest --members 50000 --workers 2 --json

Members each follow three to eight things; one item reaches all of them, some thirty reach
those who follow their themes; then every summary is queued and built, first by one process
(a sample), then by several. Each step is a process of its own over a database of its own
(SQLite, or a new database on the PostgreSQL of DATABASE_URL), so that its peak of memory is
its own. Mails are written to the last byte and dropped; --smtp sends them to a server on
loopback instead. Ends with an error when a mail is missing.
"""

import argparse
import json
import os
import random
import resource
import socket
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import batched
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend

from tests.benchmarks import server
from tests.benchmarks.registrations import database_of_its_own

THEMES = 40
SAMPLE = 5000


class Sink(BaseEmailBackend):
    """Writes each message as it would leave, and forgets it."""

    bytes = 0

    def send_messages(self, messages):
        from network_site.mailing.smtp import POLICY

        for message in messages:
            Sink.bytes += len(message.message(policy=POLICY).as_bytes())
        return len(messages)


def set_up():
    import django
    from django.conf import settings

    django.setup()
    settings.MAIL_RATES = {}
    if not os.environ.get("BENCH_SMTP"):
        here = {"BACKEND": "tests.benchmarks.digest.Sink"}
        settings.MAILERS = {"default": here, "bulk": here}
    # The tables as they are now, without replaying their history.
    settings.MIGRATION_MODULES = {
        config.label: None for config in django.apps.apps.get_app_configs()
    }


def due_at():
    """The next time at which daily summaries are due."""
    from django.utils import timezone

    from network_site.notifications.rhythm import next_slot

    return next_slot("daily", None, timezone.now())


# The steps: each runs alone in its process and returns what it found.


def prepare(members, items):
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils import timezone

    from network_site.home.models import HomePage
    from network_site.members import roles
    from network_site.notifications.announce import announce
    from network_site.notifications.models import (
        DigestSchedule,
        Follow,
        Item,
        MailSettings,
    )
    from network_site.taxonomies.models import Theme
    from tests.events.factories import make_event
    from tests.forums.factories import make_forum, make_thread
    from tests.library.factories import make_library, make_text
    from tests.support.rows import ensure_base_rows

    call_command("migrate", run_syncdb=True, verbosity=0)
    ensure_base_rows()
    rng = random.Random(1)
    for number in range(THEMES - Theme.objects.count()):
        Theme.add_root(slug=f"theme-{number}", name=f"Thème {number}")
    themes = list(Theme.objects.all()[:THEMES])
    group = roles.group_of(roles.MEMBERS)
    user_model, due = get_user_model(), due_at()
    for numbers in batched(range(members), 2000):
        users = user_model.objects.bulk_create(
            user_model(
                email=f"p{number}@exemple.fr",
                first_name="Camille",
                last_name=f"Martin {number}",
                password="!",
                language="en" if number % 10 == 0 else "fr",
            )
            for number in numbers
        )
        group.user_set.add(*users)
        MailSettings.objects.bulk_create(
            MailSettings(user=user, rhythm="daily") for user in users
        )
        DigestSchedule.objects.bulk_create(
            DigestSchedule(user=user, rhythm="daily", due_at=due) for user in users
        )
        Follow.objects.bulk_create(
            Follow(user=user, kind=kind, target=target, level="summary")
            for user in users
            for kind, target in [
                ("space", "events"),
                *(
                    ("theme", str(theme.pk))
                    for theme in rng.sample(themes, rng.randint(2, 7))
                ),
            ]
        )
    now = timezone.now()
    event = make_event(capacity=80, summary="Une journée pour tout le réseau.")
    announce("events.day", event.pk, occurred_at=now, path=event.url)
    library, forum = make_library(HomePage.objects.get()), make_forum()
    for number in range(items - 1):
        chosen = rng.sample(themes, 2)
        if number % 3:
            text = make_text(
                library,
                title=f"Circulaire n° {number} relative à l’accès aux droits",
                summary="Ce que le texte change pour les services, en une phrase.",
                themes=chosen,
            )
            announce("library.record", text.pk, occurred_at=now, path=text.url)
        else:
            thread = make_thread(forum, title=f"Qui a déjà tenté cela ? ({number})")
            thread.themes.set(chosen)
            post = thread.posts.first()
            announce("forums.post", post.pk, occurred_at=now)
    return {"follows": Follow.objects.count(), "items": Item.objects.count()}


def fan_out(limit):
    """Tell the first item to all, or the others to those who follow them."""
    from network_site.notifications.audience import fan_out as tell
    from network_site.notifications.models import Delivery, Item

    items = Item.objects.order_by("pk").values_list("pk", flat=True)
    for pk in items[:1] if limit else items[1:]:
        tell(pk)
    return {"deliveries": Delivery.objects.count()}


def queue(_limit):
    from network_site.notifications.digest import queue_due_digests

    return {"mails": queue_due_digests(due_at())}


def deliver(limit):
    from network_site.mailing.queue import deliver_due
    from tests.benchmarks.digest import Sink

    now = due_at() + timedelta(minutes=5)
    mails = deliver_due(
        limit=limit or None, claimed_by=f"worker-{os.getpid()}", now=now
    )
    return {"mails": mails, "bytes": Sink.bytes}


def check(_limit):
    from network_site.mailing.models import OutgoingMail

    return {"sent": OutgoingMail.objects.filter(kind="digest", status="sent").count()}


STEPS = {"fan_out": fan_out, "queue": queue, "deliver": deliver, "check": check}


def run_step(name, *arguments):
    """In a process of its own: do one step; print seconds, CPU and peak memory with it."""
    set_up()
    started, spent = time.perf_counter(), time.process_time()
    found = prepare(*arguments) if name == "prepare" else STEPS[name](*arguments)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = {
        **found,
        "seconds": round(time.perf_counter() - started, 1),
        "cpu_seconds": round(time.process_time() - spent, 1),
        "peak_mb": round(peak / 1024),
    }
    sys.stdout.write(json.dumps(report) + "\n")


def start(name, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.digest", "--step", name]
        + [str(argument) for argument in arguments],
        cwd=server.ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def outcome(process):
    output, _errors = process.communicate()
    if process.returncode:
        sys.exit(f"A step of the benchmark failed ({process.returncode}).")
    return json.loads(output.splitlines()[-1])


def do(name, *arguments):
    return outcome(start(name, *arguments))


def run(members, items, workers):
    before = server.calibrate()
    prepared = do("prepare", members, items)
    one_to_all, others = do("fan_out", 1), do("fan_out", 0)
    queued = do("queue", 0)
    sample = do("deliver", min(SAMPLE, max(members // 5, 1)))
    started = time.perf_counter()
    parts = [outcome(one) for one in [start("deliver", 0) for _one in range(workers)]]
    seconds = time.perf_counter() - started
    mails = sum(part["mails"] for part in parts)
    together = mails / seconds if mails else 0
    calibration = (before + server.calibrate()) / 2
    return {
        "members": members,
        **prepared,
        "deliveries": others["deliveries"],
        "one_item_to_all_s": one_to_all["seconds"],
        "other_items_s": others["seconds"],
        "fan_out_peak_mb": max(one_to_all["peak_mb"], others["peak_mb"]),
        "mails_queued": queued["mails"],
        "queue_s": queued["seconds"],
        "queue_peak_mb": queued["peak_mb"],
        "mails_sent": do("check", 0)["sent"],
        "one_process_mails_a_s": round(sample["mails"] / sample["seconds"], 1),
        "one_process_ms_cpu_a_mail": round(
            sample["cpu_seconds"] * 1000 / sample["mails"], 2
        ),
        "workers": workers,
        "together_mails_a_s": round(together, 1),
        "together_s": round(seconds, 1),
        "all_summaries_s": round(queued["seconds"] + members / together, 1),
        "deliver_peak_mb": max(part["peak_mb"] for part in [sample, *parts]),
        "kb_a_mail": round(sample["bytes"] / sample["mails"] / 1024, 1),
        "calibration_s": round(calibration, 3),
    }


def receive():
    """A mail server on loopback that takes everything and keeps nothing."""
    from aiosmtpd.controller import Controller

    class Handler:
        async def handle_DATA(self, server, session, envelope):
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def main():
    parser = argparse.ArgumentParser(
        description="The daily summary of a large network."
    )
    parser.add_argument("--members", type=int, default=50_000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--smtp", action="store_true", help="send over SMTP, to loopback"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, *arguments = options.step
        run_step(name, *(int(argument) for argument in arguments))
        return
    if min(options.members, options.items, options.workers) < 1:
        parser.error("--members, --items and --workers begin at 1")
    with tempfile.TemporaryDirectory(prefix="bench-digest-") as folder:
        server.use_production_settings(Path(folder))
        controller = receive() if options.smtp else None
        if controller:
            os.environ["MAIL_URL"] = f"smtp://127.0.0.1:{controller.port}"
            os.environ["BENCH_SMTP"] = "1"
        with database_of_its_own():
            report = run(options.members, options.items, options.workers)
        if controller:
            controller.stop()
    if options.json:
        sys.stdout.write(json.dumps(report, indent=1) + "\n")
    else:
        sys.stdout.write(
            "\n".join(f"{name:26} {value}" for name, value in report.items()) + "\n"
        )
    if report["mails_sent"] < report["mails_queued"]:
        sys.exit("A mail is missing.")


if __name__ == "__main__":
    main()
