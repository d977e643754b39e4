"""Every link of every mail, followed to its end as its reader does: from the mail, logged out."""

import html
import re

import pytest
from django.contrib.auth import get_user_model

from tests.crawl.selection import kind_of
from tests.notifications.every_mail import play
from tests.support.client import SiteClient

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]
HREF = re.compile(r'href="([^"]*)"')
# What stands after an address in a sentence is not part of it.
IN_TEXT = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
LOG_IN = re.compile(r"/comptes/(login|reauthenticate)/")


def addresses_in(message):
    """Every address of the two parts of a mail; a relative one leads nowhere from there."""
    found = set(IN_TEXT.findall(message.body))
    for content, kind in getattr(message, "alternatives", ()):
        if kind == "text/html":
            hrefs = {html.unescape(href) for href in HREF.findall(content)}
            found |= {href for href in hrefs if not href.startswith(("#", "mailto:"))}
    return found


def main_of(answer):
    """What stands in the middle of a page; nothing for a file."""
    if answer.streaming:
        return ""
    return answer.content.decode(errors="replace").partition("<main")[2]


def press_the_main_button(page):
    """Send the form of an action page as somebody would; the status, None without a form."""
    form = page.locator("main form[method=post]").first
    if not form.count():
        return None
    for box in form.locator("input[type=email]").all():
        box.fill("yan@zorg.example")
    for box in form.locator("input[name=consent]").all():
        box.check()
    for box in form.locator("textarea[required], input[type=text][required]").all():
        if not box.input_value():
            box.fill("Zorg zorg.")
    with page.expect_navigation() as answer:
        form.locator("button:not([type=button])").first.click()
    return answer.value.status


class Followed:
    """The links of the mails that were followed, one of each kind in the browser."""

    def __init__(self, page, base):
        self.page, self.base, self.pressed = page, base, set()
        self.kinds, self.wrong, self.known = set(), [], set()

    def mails(self, written):
        """Follow what is new in {template: [messages]}."""
        for template, messages in written.items():
            for message in messages:
                for address in sorted(addresses_in(message) - self.known):
                    self.known.add(address)
                    self._follow(template, message, address)

    def _follow(self, template, message, address):
        if not address.startswith(self.base):
            if not address.startswith(("http://", "https://")):
                self.wrong.append(f"{template}: {address} is relative")
            return
        path = address.removeprefix(self.base) or "/"
        kind = kind_of(path)
        answer = self._opened(path, to=message.to)
        status, offers = answer.status_code, 'method="post"' in main_of(answer)
        is_new = kind not in self.kinds or (offers and kind not in self.pressed)
        self.kinds.add(kind)
        if is_new and status < 400:
            status = self._in_the_browser(kind, address)
        if status >= 400:
            self.wrong.append(f"{template}: {address}: {status}")

    def _opened(self, path, *, to):
        """What its reader gets in the end: logged out, then logged in where that is asked."""
        client = SiteClient()
        answer = client.get(path, follow=True)
        last = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        user = get_user_model().objects.filter(email__in=to, is_active=True).first()
        if user and LOG_IN.search(last):
            client.force_login(
                user, backend="django.contrib.auth.backends.ModelBackend"
            )
            return client.get(path, follow=True)
        return answer

    def _in_the_browser(self, kind, address):
        answer = self.page.goto(address)
        if answer.status >= 400 or LOG_IN.search(self.page.url):
            return answer.status
        if (status := press_the_main_button(self.page)) is None:
            return answer.status
        self.pressed.add(kind)
        heading = self.page.locator("h1")
        if status < 400 and not heading.first.inner_text().strip():
            self.wrong.append(f"{address}: the outcome has no heading")
        return status


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_link_of_every_mail_is_followed_to_its_end(
    open_context, make_user, monkeypatch, live_server, language, script
):
    page = open_context(width=390, java_script_enabled=script)
    followed = Followed(page, live_server.url)
    play(make_user, monkeypatch, language, between=followed.mails)
    assert not followed.wrong, "\n".join(followed.wrong)
    assert len(followed.known) > 60
    assert {"events:mail_cancel"} <= followed.pressed, followed.pressed
