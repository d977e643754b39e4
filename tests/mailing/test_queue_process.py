"""The real worker killed while it speaks to a real mail server: nothing leaves twice."""

import signal

import pytest

from tests.support.processes import (
    database_url_for_processes,
    environment_for,
    python,
    start,
    wait_until,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    # Five starts of the site's processes.
    pytest.mark.timeout(240),
]


def statuses(environment):
    return python(
        environment,
        "import json\nfrom network_site.mailing.models import OutgoingMail\n"
        "print(json.dumps(dict(OutgoingMail.objects.values_list('key', 'status'))))",
    )


def test_a_mail_in_flight_when_the_worker_is_killed_becomes_uncertain(
    tmp_path, smtp_sink
):
    environment = {
        **environment_for(tmp_path, database_url_for_processes(tmp_path)),
        "MAIL_URL": smtp_sink.url,
    }
    python(
        environment,
        "from network_site.mailing.queue import enqueue\n"
        "for key in 'abc':\n"
        "    enqueue(key=key, kind='probe', address=f'{key}@exemple.fr')",
    )
    smtp_sink.seconds_a_message = 60
    killed = start(["run_worker"], environment)
    try:
        assert wait_until(lambda: len(smtp_sink.messages) == 1, 60)
        assert statuses(environment) == {"a": "sending", "b": "queued", "c": "queued"}
    finally:
        killed.kill()
        killed.wait()
    smtp_sink.seconds_a_message = 0
    restarted = start(["run_worker"], environment)
    try:
        assert wait_until(lambda: len(smtp_sink.messages) == 3, 60)
        assert wait_until(
            lambda: (
                statuses(environment) == {"a": "uncertain", "b": "sent", "c": "sent"}
            )
        )
        restarted.send_signal(signal.SIGTERM)
        assert restarted.wait(timeout=20) == 0
    finally:
        if restarted.poll() is None:
            restarted.kill()
        restarted.wait()
    assert [received.recipients for received in smtp_sink.messages] == [
        ["a@exemple.fr"],
        ["b@exemple.fr"],
        ["c@exemple.fr"],
    ]
