"""A real mail server on loopback: the fixture `smtp_sink`, at hand in every test.

    def test_a_mail_arrives(smtp_sink):
        deliver_due()
        (received,) = smtp_sink.messages
        assert received.recipients == ["a@exemple.fr"]
        parsed = received.parsed          # mailparser.MailParser, an independent parser
        assert parsed.subject == "…"

While the fixture is in use, MAILERS of the settings send both entries there.

- `smtp_sink.messages`: what was accepted, in order of arrival.
- `smtp_sink.refuse("a@exemple.fr", "550 5.1.1 No such user")`: what RCPT TO answers.
- `smtp_sink.answer_data = "451 4.3.0 Later"`: what the last dot answers, nothing kept.
- `smtp_sink.hang_up_after_data = True`: the message is kept and the connection cut without
  an answer; `smtp_sink.hang_up_on_rcpt = True`: cut before anything was said of it.
- `smtp_sink.seconds_a_message = 0.5`: how long the answer to a message that is kept takes.
- `smtp_sink.connections`: how many were opened. `smtp_sink.stop()`: nobody answers any more.
- `smtp_sink.url`: for MAIL_URL of another process.
"""

import asyncio
from dataclasses import dataclass, field

import mailparser
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"


@dataclass
class Received:
    sender: str
    recipients: list
    content: bytes

    @property
    def parsed(self):
        """The message as the package mail-parser reads it."""
        return mailparser.parse_from_bytes(self.content)


class _Server(SMTP):
    """Counts connections, and lets the handler hang up."""

    def connection_made(self, transport):
        self.event_handler.connections += 1
        super().connection_made(transport)


@dataclass
class Sink:
    messages: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    answer_data: str = ""
    hang_up_after_data: bool = False
    hang_up_on_rcpt: bool = False
    seconds_a_message: float = 0.0
    connections: int = 0
    port: int = 0
    stop: object = None

    @property
    def url(self):
        return f"smtp://{HOST}:{self.port}"

    @property
    def mailers(self):
        """The setting MAILERS that sends here."""
        entry = {
            "BACKEND": "network_site.mailing.smtp.EmailBackend",
            "OPTIONS": {"host": HOST, "port": self.port, "timeout": 5},
        }
        return {"default": entry, "bulk": entry}

    def refuse(self, address, answer="550 5.1.1 No such user here"):
        self.answers[address] = answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.hang_up_on_rcpt:
            server.transport.abort()
            return "421 4.3.2 Closing"
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer_data:
            return self.answer_data
        self.messages.append(
            Received(envelope.mail_from, list(envelope.rcpt_tos), envelope.content)
        )
        if self.seconds_a_message:
            await asyncio.sleep(self.seconds_a_message)
        if self.hang_up_after_data:
            server.transport.abort()
        return "250 2.0.0 Accepted"


class _Controller(Controller):
    def factory(self):
        return _Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self):
        """The port is chosen by the system: known once the server listens."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def smtp_sink(settings):
    """A Sink that listens; the site's two mailers send to it."""
    sink = Sink()
    controller = _Controller(sink, hostname=HOST, port=0)
    controller.start()
    is_running = True

    def stop():
        nonlocal is_running
        if is_running:
            is_running = False
            controller.stop()

    sink.stop = stop
    sink.port = controller.port
    # The controller itself knocked once.
    sink.connections = 0
    settings.MAILERS = sink.mailers
    yield sink
    stop()
