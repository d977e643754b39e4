"""A reader of the English interface lives in France: 03/04/2026 is the third of April."""

from network_site.formats.common import *  # noqa: F403

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_FORMAT = "j F"
