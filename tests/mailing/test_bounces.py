"""Mails that come back: counted once, only on our word, and two for good suspend."""

import io
import mailbox
import subprocess
import sys
import types
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from network_site.mailing import (
    bounces,
    reports,
)
from network_site.mailing.addresses import (
    envelope_sender,
    returned_mail_id,
)
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    AddressHealth,
    Bounce,
    OutgoingMail,
)
from tests.support.processes import (
    ROOT,
    database_url_for_processes,
    environment_for,
)

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "returned"


@pytest.fixture(autouse=True)
def bounce_address(settings):
    settings.MAIL_BOUNCE_ADDRESS = "retours@exemple.fr"


def sent(key="a", address="partie@mairie-exemple.fr"):
    return OutgoingMail.objects.create(
        key=key, kind="test", address=address, status=MailStatus.SENT
    )


def returned(name, mail, to=None):
    to = to or envelope_sender(mail.pk)
    return (FOLDER / f"{name}.eml").read_bytes().replace(b"@TO@", to.encode())


def pipe(monkeypatch, raw, **options):
    """Run the command with `raw` on its standard input; return what it says."""
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(raw)))
    out, err = io.StringIO(), io.StringIO()
    call_command("receive_bounces", stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


@pytest.mark.parametrize(
    ("name", "status", "is_hard", "words"),
    [
        ("postfix", "5.1.1", True, "User unknown"),
        ("exchange", "5.1.10", True, "RecipientNotFound"),
        ("qmail", "5.0.0", True, ""),
        ("zimbra", "5.2.2", False, "Over quota"),
        ("delayed", "4.4.1", False, "timed out"),
    ],
)
def test_the_report_of_a_server_is_read(monkeypatch, name, status, is_hard, words):
    mail = sent()
    assert mail.address in pipe(monkeypatch, returned(name, mail))
    bounce = Bounce.objects.get()
    assert (bounce.mail, bounce.address) == (mail, mail.address)
    assert (bounce.status, bounce.is_hard) == (status, is_hard)
    assert words in bounce.diagnostic
    assert AddressHealth.objects.filter(hard_bounces=1).count() == int(is_hard)


def test_an_out_of_office_reply_is_not_held_against_its_writer(monkeypatch):
    said = pipe(monkeypatch, returned("out_of_office", sent()))
    assert "not a report" in said
    assert not Bounce.objects.exists()


def test_a_forged_report_counts_for_nothing(monkeypatch):
    mail, other = sent(), sent("b", "autre@exemple.fr")
    stolen = envelope_sender(other.pk).replace(f"+{other.pk}.", f"+{mail.pk}.")
    for to in ("retours@exemple.fr", f"retours+{mail.pk}.aaaa@exemple.fr", stolen):
        said = pipe(monkeypatch, returned("postfix", mail, to))
        assert "not sent to an address signed by this site" in said
    assert not Bounce.objects.exists()


def test_the_address_of_the_journal_counts_not_the_one_the_report_names(monkeypatch):
    mail = sent(address="vraie@exemple.fr")
    pipe(monkeypatch, returned("postfix", mail))
    assert Bounce.objects.get().address == "vraie@exemple.fr"
    assert bounces.health_of("partie@mairie-exemple.fr") is None


def test_two_mails_refused_for_good_suspend_and_the_same_one_counts_once(monkeypatch):
    first, second = sent("a"), sent("b")
    raw = returned("postfix", first)
    pipe(monkeypatch, raw)
    assert "Known already" in pipe(monkeypatch, raw)
    again = raw.replace(b"4C1F22A0B5@mx", b"other-id@mx")
    assert "Known already" in pipe(monkeypatch, again)
    assert not bounces.is_suspended(first.address)
    pipe(monkeypatch, returned("exchange", second))
    assert bounces.is_suspended(first.address)
    assert bounces.health_of(first.address).suspended_at is not None
    bounces.reinstate(first.address)
    assert not bounces.is_suspended(first.address)
    pipe(monkeypatch, returned("postfix", sent("c")))
    assert not bounces.is_suspended(first.address)


def test_delays_never_suspend(monkeypatch):
    mail = sent()
    for number in range(4):
        raw = returned("delayed", mail).replace(b"AA11@mx", b"%d@mx" % number)
        pipe(monkeypatch, raw)
    assert Bounce.objects.count() == 4
    assert not bounces.is_suspended(mail.address)


def test_an_address_told_by_the_mail_server_alone_is_enough(monkeypatch):
    mail = sent()
    raw = returned("postfix", mail, "postmaster@exemple.fr")
    pipe(monkeypatch, raw, recipient=envelope_sender(mail.pk).upper())
    assert Bounce.objects.get().mail == mail


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe\x01" * 50, b"\n\nbonjour"])
def test_what_is_not_a_mail_is_said_with_an_exit_code(monkeypatch, raw):
    with pytest.raises(CommandError, match="not a mail") as raised:
        pipe(monkeypatch, raw)
    assert raised.value.returncode == 65


def test_a_database_that_is_away_asks_for_the_report_again_later(monkeypatch):
    mail = sent()

    def locked(**values):
        raise OperationalError("database is locked")

    monkeypatch.setattr(bounces, "note_bounce", locked)
    with pytest.raises(CommandError, match="locked") as raised:
        pipe(monkeypatch, returned("postfix", mail))
    assert raised.value.returncode == 75


def test_a_truncated_or_mangled_report_never_breaks_the_reader():
    mail = sent()
    raw = returned("postfix", mail)
    for length in range(0, len(raw), 97):
        try:
            reports.receive(raw[:length])
        except (reports.NotOurs, reports.UnreadableReport):
            continue


def test_a_maildir_is_read_once_and_nothing_is_deleted(tmp_path, capsys):
    box = mailbox.Maildir(tmp_path / "retours")
    box.add(returned("postfix", sent()))
    box.add(returned("out_of_office", sent("b")))
    box.add(b"")
    with pytest.raises(CommandError, match="1 messages are not mails"):
        call_command("receive_bounces", maildir=str(tmp_path / "retours"))
    assert (
        "1 counted, 0 known already, 1 other, 1 unreadable" in capsys.readouterr().out
    )
    call_command("receive_bounces", maildir=str(tmp_path / "retours"))
    assert "0 counted, 0 known already, 0 other, 0 unreadable" in (
        capsys.readouterr().out
    )
    box = mailbox.Maildir(tmp_path / "retours")
    assert sorted(message.get_flags() for message in box) == ["FS", "S", "S"]
    with pytest.raises(CommandError, match="No Maildir"):
        call_command("receive_bounces", maildir=str(tmp_path / "nowhere"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_pipe_of_a_mail_server_works_in_a_process_of_its_own(tmp_path):
    mail = sent()
    environment = {
        **environment_for(tmp_path, database_url_for_processes(tmp_path)),
        "MAIL_BOUNCE_ADDRESS": "retours@exemple.fr",
        "SECRET_KEY": "tests-only-not-a-secret",
    }

    def run(raw):
        return subprocess.run(
            [sys.executable, "manage.py", "receive_bounces"],
            cwd=ROOT,
            env=environment,
            input=raw,
            capture_output=True,
            check=False,
        )

    good = run(returned("postfix", mail))
    assert good.returncode == 0, good.stderr
    assert b"Counted: partie@mairie-exemple.fr" in good.stdout
    broken = run(b"")
    assert broken.returncode == 65
    assert b"this is not a mail" in broken.stderr
    assert len(broken.stderr.strip().splitlines()) == 1


def test_addresses_that_are_signed_are_read_back_and_no_others():
    address = envelope_sender(123456789)
    assert len(address.partition("@")[0]) <= 64
    assert returned_mail_id(address.upper()) == 123456789
    assert returned_mail_id("") is None
    assert returned_mail_id("retours+12.é@exemple.fr") is None
    assert returned_mail_id(address.replace("123456789", "123456788")) is None


def test_without_the_settings_there_is_no_signed_address(settings):
    settings.MAIL_BOUNCE_ADDRESS = ""
    assert envelope_sender(1) is None
