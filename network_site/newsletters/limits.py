"""How often one may ask here; counted by network_site.core.limits."""

WINDOW = 600
REQUESTS_PER_VISITOR = 5
PROPOSALS_PER_MEMBER = 5
