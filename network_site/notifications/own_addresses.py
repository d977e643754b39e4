from network_site.pages.addresses import open_to
from network_site.pages.visibility import MEMBERS

open_to(
    MEMBERS,
    *["notifications:centre", "notifications:settings", "notifications:welcome"],
)
