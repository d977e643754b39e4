"""What the apps below this one, and those of others, keep of people."""

from network_site.privacy.personal_data import account, back_office, background, own

__all__ = ["account", "back_office", "background", "own"]
