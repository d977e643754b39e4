"""Several people press "send" at the same moment: one sending."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from network_site.home.services import ensure_site
from network_site.mailing.models import OutgoingMail
from network_site.members import roles
from network_site.members.enums import MembershipStatus
from network_site.newsletters.enums import Audience
from network_site.newsletters.models import Dispatch
from network_site.newsletters.services import (
    AlreadyPlanned,
    plan_dispatch,
    start_dispatch,
)
from tests.newsletters.factories import make_issue

PRESSING = 6


def together(function):
    """Call `function` in PRESSING threads at once; return what each gave."""
    barrier = threading.Barrier(PRESSING)

    def run(_number):
        try:
            barrier.wait()
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSING) as pool:
        return list(pool.map(run, range(PRESSING)))


def test_one_sending_whoever_presses(shared_database, make_user):
    ensure_site()
    by = make_user(
        "a@exemple.fr",
        roles.MEMBERS,
        roles.FACILITATORS,
        status=MembershipStatus.APPROVED,
    )
    issue = make_issue(body=[("words", "Bonjour")])
    revision_id = issue.get_latest_revision().pk
    shared_database()

    def press():
        try:
            plan_dispatch(
                issue=issue, revision_id=revision_id, audience=Audience.ALL, by=by
            )
        except AlreadyPlanned:
            return 0
        return 1

    def check():
        return Dispatch.objects.count(), Dispatch.objects.get().pk

    assert sum(together(press)) == 1
    with ThreadPoolExecutor(1) as pool:
        count, pk = pool.submit(_closing(check)).result()
    assert count == 1
    # Two workers may hold the same row of the outbox after a kill: nobody is doubled.
    together(lambda: start_dispatch(dispatch_id=pk))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(_closing(OutgoingMail.objects.count)).result() == 1


def _closing(function):
    """`function`, in a thread that closes its own connection."""

    def run():
        try:
            return function()
        finally:
            connection.close()

    return run
