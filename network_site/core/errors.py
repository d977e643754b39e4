"""What may fail around the site, and is told to people in words."""


class MailUnavailable(Exception):
    """A mail that somebody waits for at this moment cannot leave."""
