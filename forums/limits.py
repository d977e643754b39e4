"""How often one may write here; counted by network_site.core.limits."""

WINDOW = 600
POSTS_PER_WINDOW = 10
# Reading one's text again costs as much as sending it.
PREVIEWS_PER_WINDOW = 20
REPORTS_PER_WINDOW = 5
