"""The mailbox of returned mails, by a small IMAP server on loopback."""

import re
import socketserver
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from network_site.mailing import timetable
from network_site.mailing.addresses import envelope_sender
from network_site.mailing.enums import MailStatus
from network_site.mailing.models import (
    Bounce,
    OutgoingMail,
)

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "returned"


class Session(socketserver.StreamRequestHandler):
    """The few commands of IMAP4rev1 that the reader uses, over a dict of messages."""

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, _space, command = line.decode().strip().partition(" ")
            self.answer(command)
            self.say(f"{tag} {self.closing(command)}")
            if command.upper() == "LOGOUT":
                return

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def closing(self, command):
        if command.startswith("LOGIN") and '"secret word"' not in command:
            return "NO wrong password"
        if command.startswith("SELECT") and "INBOX" not in command:
            return "NO no such mailbox"
        return "OK done"

    def answer(self, command):
        mails, flags = self.server.mails, self.server.flags
        if command.upper() == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif command.startswith("SELECT"):
            self.say(f"* {len(mails)} EXISTS")
        elif command.upper().startswith("UID SEARCH"):
            unseen = [str(n) for n in mails if "\\Seen" not in flags.get(n, "")]
            self.say(" ".join(["* SEARCH", *unseen]))
        elif found := re.match(r"UID FETCH (\d+)", command, re.IGNORECASE):
            raw = mails[int(found[1])]
            self.say(
                f"* {found[1]} FETCH (UID {found[1]} BODY[] {{{len(raw)}}}\r\n"
                + raw.decode("latin-1")
                + ")"
            )
        elif found := re.match(r"UID STORE (\d+) \S+ (.*)", command, re.IGNORECASE):
            flags[int(found[1])] = found[2]


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.mails, self.flags = {}, {}


@pytest.fixture
def box(settings):
    settings.MAIL_BOUNCE_ADDRESS = "retours@exemple.fr"
    with Server() as server:
        port = server.server_address[1]
        settings.MAIL_BOUNCE_URL = f"imap://moi:secret%20word@127.0.0.1:{port}/INBOX"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_mailbox_is_read_once_and_marked(box, capsys):
    mail = OutgoingMail.objects.create(
        key="a", kind="test", address="a@exemple.fr", status=MailStatus.SENT
    )
    report = (FOLDER / "postfix.eml").read_bytes()
    box.mails.update(
        {
            1: report.replace(b"@TO@", envelope_sender(mail.pk).encode()),
            2: report.replace(b"@TO@", b"retours@exemple.fr"),
            3: b"\r\nnothing of a mail\r\n",
        }
    )
    timetable.read_returned_mails()
    assert Bounce.objects.get().mail == mail
    assert box.flags == {1: r"(\Seen)", 2: r"(\Seen)", 3: r"(\Seen \Flagged)"}
    call_command("receive_bounces", imap=True)
    assert "0 counted" in capsys.readouterr().out


def test_a_mailbox_that_cannot_be_read_says_why(box, settings):
    good = settings.MAIL_BOUNCE_URL
    for url, words in {
        good.replace("secret", "wrong"): "wrong password",
        good.replace("INBOX", "nowhere"): "no such mailbox",
        "imap://moi:x@127.0.0.1:1/INBOX": "Connection refused",
        "pop://moi@exemple.fr": "MAIL_BOUNCE_URL must be",
    }.items():
        settings.MAIL_BOUNCE_URL = url
        with pytest.raises(CommandError, match=words):
            call_command("receive_bounces", imap=True)
    settings.MAIL_BOUNCE_URL = ""
    with pytest.raises(CommandError, match="not set"):
        call_command("receive_bounces", imap=True)
